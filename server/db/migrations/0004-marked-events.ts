import { sql, type Kysely } from 'kysely';

/* Which events notifications named, as the keys of an object; null: any of the mailbox may have changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table mailbox_marks add column marked_events jsonb').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table mailbox_marks drop column marked_events').execute(db);
}
