import { mkdirSync } from 'node:fs';
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Clock } from '../ports.ts';
import { lockFolder } from './lock-folder.ts';
import { parseDate, parseInt8, parseTimestamp } from './parse-values.ts';
import { createPgliteDialect, startEmbedded } from './pglite-dialect.ts';
import type { Database, Schema } from './schema.ts';
import { ENTER_ROLE, isSentAhead } from './tenancy.ts';

export interface OpenDatabase {
  db: Database;
  kind: 'embedded' | 'postgres';
  close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://...`; null: the embedded database. */
  url: string | null;
  /** Folder of the embedded database; null: in memory, gone with the process. */
  folder: string | null;
  clock: Pick<Clock, 'track'>;
  /** Connections to PostgreSQL; 20 unless told. One makes transactions run one after another, in the order of asking. */
  connections?: number;
}

/** Connections to PostgreSQL per process: so many commits at once are written to disk together. */
const POOL_SIZE = 20;
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

/** Opens PostgreSQL or the embedded database. The embedded folder is locked for this process until `close`. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return options.url === null ? openEmbedded(options) : openPostgres(options.url, options);
}

async function openEmbedded({ folder, clock }: DatabaseOptions): Promise<OpenDatabase> {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const unlock = folder === null ? async () => undefined : await lockFolder(folder);
  const embedded = await startEmbedded(folder === null ? null : `${folder}/database`);
  const run = embedded.run;
  embedded.run = (statements) => clock.track(() => run(statements));
  const db = new Kysely<Schema>({ dialect: createPgliteDialect(embedded), plugins });
  return {
    db,
    kind: 'embedded',
    async close() {
      await db.destroy();
      await unlock();
    },
  };
}

async function openPostgres(url: string, { clock, connections = POOL_SIZE }: DatabaseOptions): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // Statements that are asked at once go out at once; each waits for the one before it in the server alone.
    pipeline: true,
    options: '-c timezone=UTC',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
        if (oid === Number(pg.types.builtins.INT8)) return parseInt8;
        if (oid === Number(pg.types.builtins.TIMESTAMPTZ)) return parseTimestamp;
        if (oid === Number(pg.types.builtins.DATE)) return parseDate;
        return pg.types.getTypeParser(oid, format) as unknown;
      }) as typeof pg.types.getTypeParser,
    },
  });
  const inRole = new WeakSet<pg.PoolClient>();
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So does one that breaks between two statements of a transaction; the next statement is told.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const dialect = new PostgresDialect({
    pool: {
      async connect(): Promise<PostgresPoolClient> {
        const client = await clock.track(() => pool.connect());
        if (!inRole.has(client)) await clock.track(() => enterRole(client, inRole));
        let ahead: pg.QueryConfig[] = [];
        const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
          const statements = [...ahead, prepared(sql, parameters)];
          ahead = isSentAhead(sql) ? statements : [];
          return isSentAhead(sql) ? UNREAD : clock.track(() => runTogether(client, statements));
        };
        return {
          query: query as unknown as PostgresPoolClient['query'],
          release: () => client.release(),
        };
      },
      end: () => pool.end(),
    },
  });
  const db = new Kysely<Schema>({ dialect, plugins });
  return { db, kind: 'postgres', close: () => db.destroy() };
}

/** What is told of a statement that is yet to be sent. */
const UNREAD = { command: 'SELECT', rowCount: 0, rows: [] };

/** Sends statements in one go and gives the answer of the last. Rejects with the first fault, once all are answered. */
async function runTogether(client: pg.PoolClient, statements: readonly pg.QueryConfig[]): Promise<unknown> {
  if (statements.length === 1) return client.query(statements[0]!);
  const answers = await Promise.allSettled(statements.map((statement) => client.query(statement)));
  const fault = answers.find((answer) => answer.status === 'rejected');
  if (fault) throw fault.reason;
  const last = answers.at(-1)!;
  return last.status === 'fulfilled' ? last.value : undefined;
}

/** Names of statements, by their text. The code itself has some hundreds; what is beyond is not worth a place. */
const names = new Map<string, string>();
const MOST_NAMED = 1000;

/**
 * A statement with values under a name, so that each connection parses and plans it once and not every time: that is most
 * of what a short statement costs.
 */
function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  if (values.length === 0) return { text };
  let name = names.get(text);
  if (name === undefined && names.size < MOST_NAMED) names.set(text, (name = `s${names.size}`));
  return { text, values: [...values], ...(name === undefined ? {} : { name }) };
}

/** A fresh connection of the pool takes on the role without rights; one that cannot is thrown away. */
async function enterRole(client: pg.PoolClient, inRole: WeakSet<pg.PoolClient>): Promise<void> {
  try {
    const entered = await client.query(ENTER_ROLE);
    if (entered.rowCount === 1) inRole.add(client);
  } catch (error) {
    client.release(true);
    throw error;
  }
}
