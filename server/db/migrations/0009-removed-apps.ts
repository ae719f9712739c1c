import { sql, type Kysely } from 'kysely';

/* Since when the sign-in service says that our application is not in the tenant any more: its data is kept for a while only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table tenants add column app_removed_at timestamptz').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table tenants drop column app_removed_at').execute(db);
}
