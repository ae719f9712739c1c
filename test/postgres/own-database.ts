import pg from 'pg';

const SERVER = process.env['INVERSO_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Whether a PostgreSQL server answers; the suite says so when none does. */
export async function hasPostgres(): Promise<boolean> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    console.warn(`No PostgreSQL answers at ${SERVER}: set INVERSO_TEST_POSTGRES. The suite is skipped.`);
    return false;
  }
}

/** A new database of the test's own, and how to drop it. */
export async function createOwnDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `inverso_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: SERVER });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
