import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/* Who asked to be erased. Afterwards only a mark is left that gives no id back, so that nothing brings the person in again. */
const COLUMNS = `
  tenant_id uuid not null, mark uuid not null, person_id uuid, asked_at timestamptz not null, done_at timestamptz,
  primary key (tenant_id, mark)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'erasures', COLUMNS);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table erasures').execute(db);
}
