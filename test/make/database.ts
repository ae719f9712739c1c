import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import type { Database, TenantTransaction } from '../../server/db/schema.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import { ensureTenant } from '../../server/db/tenants.ts';
import { parseInstant } from '../../server/domain/time/instant.ts';
import type { TenantId } from '../../server/domain/people/person.ts';

/** Without a clock that waits, there is nothing to track. */
export const untracked = { track: <T>(work: () => Promise<T>): Promise<T> => work() };

/** How a file of tests gets its database: in memory by default, on a real PostgreSQL in test/postgres. */
export type OpenForTest = () => Promise<OpenDatabase>;
export const openInMemory: OpenForTest = () => openDatabase({ url: null, folder: null, clock: untracked });

/** One migrated database for the file. Call at the top of a file or `describe`; `db()` works inside tests. */
export function useDatabase(open: OpenForTest = openInMemory): () => Database {
  let opened: OpenDatabase | null = null;
  beforeAll(async () => {
    opened = await open();
    await migrate(opened.db);
  });
  afterAll(async () => {
    await opened?.close();
  });
  return () => {
    if (!opened) throw new Error('the database is open only inside tests');
    return opened.db;
  };
}

let tenants = 0;
/** A tenant id that no other test of the process has: what tests leave behind is nobody else's. */
export const freshTenantId = (): TenantId =>
  `7e4a${String(process.pid % 10_000).padStart(4, '0')}-0000-4000-8000-${String(++tenants).padStart(12, '0')}` as TenantId;

/** Registers a fresh tenant with a known salt. */
export async function addTenant(db: Database, tenantId = freshTenantId()): Promise<TenantId> {
  await inTenant(db, tenantId, (tx) =>
    ensureTenant(tx, tenantId, parseInstant('2026-09-01T00:00:00Z'), `salt of ${tenantId}`),
  );
  return tenantId;
}

export type InTransaction = <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
