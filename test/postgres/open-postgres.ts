import pg from 'pg';
import { openDatabase } from '../../server/db/connection.ts';
import { untracked, type OpenForTest } from '../make/database.ts';

const SERVER = process.env['INVERSO_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
let databases = 0;

async function ask(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Why the PostgreSQL server cannot be used, or null. Tests without it are skipped with this sentence. */
export async function whyNoPostgres(): Promise<string | null> {
  try {
    await ask('select 1');
    return null;
  } catch (error) {
    const { host } = new URL(SERVER);
    return `PostgreSQL at ${host} cannot be used (${(error as Error).message || String((error as { code?: unknown }).code)}): set INVERSO_TEST_POSTGRES.`;
  }
}

/** A new, empty database on the server; `drop` removes it whoever is still connected. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `inverso_test_${process.pid}_${++databases}_${Math.random().toString(36).slice(2, 8)}`;
  await ask(`create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(`drop database if exists ${name} with (force)`) };
}

/** Opens a database of its own for a file of tests; closing it drops it. */
export const openOnPostgres: OpenForTest = async () => {
  const { url, drop } = await createDatabase();
  const opened = await openDatabase({ url, folder: null, clock: untracked });
  return {
    ...opened,
    async close() {
      await opened.close();
      await drop();
    },
  };
};
