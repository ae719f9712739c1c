import {
  PostgresAdapter,
  PostgresIntrospector,
  CompiledQuery,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import { openLite, type Statement } from './open-lite.ts';
import { startWorker } from '../threads/start-worker.ts';
import { isSentAhead } from './tenancy.ts';

interface Answer {
  id: number;
  rows?: unknown[];
  affected?: number;
  error?: { message: string; code?: string; constraint?: string };
}

/** One embedded PostgreSQL in a worker thread: a single session, used by one connection at a time. */
export interface EmbeddedDatabase {
  /** Runs statements one after another until one fails, and gives what the last one answered. */
  run: (statements: readonly Statement[]) => Promise<{ rows: unknown[]; affected: number }>;
  /** Waits for the session to be free and takes it; everything that uses the session must go through here. */
  acquire(): Promise<() => void>;
  close(): Promise<void>;
}

/**
 * Starts the embedded database: on a folder in a worker thread, so that a long query never stops the server; in memory
 * (null) on this thread, where tests and simulations save the way to and fro. Rejects when the folder cannot be opened.
 */
export function startEmbedded(folder: string | null): Promise<EmbeddedDatabase> {
  return folder === null ? startInMemory() : startOnFolder(folder);
}

/** Hands the one session to one user after another. */
function createQueue(): () => Promise<() => void> {
  let tail: Promise<void> = Promise.resolve();
  return async () => {
    const before = tail;
    let free = (): void => undefined;
    tail = new Promise((resolve) => (free = resolve));
    await before;
    return free;
  };
}

async function startInMemory(): Promise<EmbeddedDatabase> {
  const lite = await openLite(null);
  return {
    run: (statements) => lite.run(statements),
    acquire: createQueue(),
    close: () => lite.close(),
  };
}

async function startOnFolder(folder: string): Promise<EmbeddedDatabase> {
  const worker = startWorker(new URL('./pglite-worker', import.meta.url).href, { workerData: { folder } });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let next = 1;
  let dead: Error | null = null;
  const fail = (error: Error): void => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    asked?.resolve(answer);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the embedded database has stopped')));
  await new Promise<Answer>((resolve, reject) => waiting.set(0, { resolve, reject }));

  return {
    async run(statements) {
      if (dead) throw dead;
      const id = next++;
      const answer = await new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, statements });
      });
      if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
      return { rows: answer.rows ?? [], affected: answer.affected ?? 0 };
    },
    acquire: createQueue(),
    async close() {
      if (dead) return;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('close');
      await ended;
    },
  };
}

class EmbeddedConnection implements DatabaseConnection {
  readonly database: EmbeddedDatabase;
  readonly free: () => void;
  private ahead: Statement[] = [];

  constructor(database: EmbeddedDatabase, free: () => void) {
    this.database = database;
    this.free = free;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    const statements = [...this.ahead, { sql, parameters }];
    this.ahead = isSentAhead(sql) ? statements : [];
    if (isSentAhead(sql)) return { rows: [] };
    const { rows, affected } = await this.database.run(statements);
    return { rows: rows as R[], numAffectedRows: BigInt(affected) };
  }

  // eslint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('the embedded database does not stream');
  }
}

/** Kysely on the embedded database. */
export function createPgliteDialect(database: EmbeddedDatabase): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: async () => new EmbeddedConnection(database, await database.acquire()),
      beginTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('begin'))),
      commitTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('commit'))),
      rollbackTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('rollback'))),
      releaseConnection: async (connection) => (connection as EmbeddedConnection).free(),
      destroy: () => database.close(),
    }),
  };
}
