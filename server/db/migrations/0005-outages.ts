import { sql, type Kysely } from 'kysely';

/* Since when calendars do not answer, for the administrator's page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table tenants add column calendars_failing_since timestamptz').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table tenants drop column calendars_failing_since').execute(db);
}
