import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/* When cards were sent and answered, for an hour: the rates of Teams hold for all replicas together, and across restarts. */
const COLUMNS = `
  tenant_id uuid not null, message_id uuid not null, fence integer not null,
  sent_at timestamptz not null, answered_at timestamptz,
  primary key (tenant_id, message_id, fence)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'message_sends', COLUMNS);
  await sql.raw('create index message_sends_at on message_sends (tenant_id, sent_at)').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table message_sends').execute(db);
}
