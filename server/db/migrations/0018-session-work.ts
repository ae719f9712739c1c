import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/* Notes about a session, one for each reader that its writer chose, and what each of a pair tries until the next one. */
const NOTES = `
  tenant_id uuid not null, session_id uuid not null, person_id uuid not null, share text not null, text text not null,
  written_at timestamptz not null, primary key (tenant_id, session_id, person_id, share)`;
const ACTIONS = `
  tenant_id uuid not null, action_id uuid not null, pair_id uuid not null, session_id uuid not null,
  person_id uuid not null, text text not null, created_at timestamptz not null, done_at timestamptz,
  primary key (tenant_id, action_id)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'session_notes', NOTES);
  await createTenantTable(db, 'session_actions', ACTIONS);
  await sql.raw('create index session_actions_pair on session_actions (tenant_id, pair_id)').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table session_actions').execute(db);
  await sql.raw('drop table session_notes').execute(db);
}
