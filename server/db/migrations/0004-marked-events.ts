import { sql, type Kysely } from 'kysely';

/*
 * Which events notifications named, as the keys of an object; null: any of the mailbox may have changed. Every notification
 * asks whether its event is ours, and a busy mentor's mailbox sends many about others.
 */
const STATEMENTS = [
  'alter table mailbox_marks add column marked_events jsonb',
  'create index sessions_event on sessions (tenant_id, event_id)',
  'create index series_event on series (tenant_id, event_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop index series_event, sessions_event').execute(db);
  await sql.raw('alter table mailbox_marks drop column marked_events').execute(db);
}
