import { Migrator, type MigrationProvider } from 'kysely';
import * as first from './migrations/0001-first.ts';
import type { Database } from './schema.ts';

const provider: MigrationProvider = { getMigrations: async () => ({ '0001-first': first }) };

/** Brings the database to the newest schema. Returns the names of the migrations that ran now. Throws the first fault. */
export async function migrate(db: Database): Promise<string[]> {
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error(String(error));
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
