import { sql, type Kysely } from 'kysely';

/* Answers to an invitation carry the address that it was sent to, also after the person was given another one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table people add column former_mail text').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table people drop column former_mail').execute(db);
}
