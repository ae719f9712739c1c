import { sql, type Kysely } from 'kysely';

/* What is answered of the pulse, in the place of the usual questions: nothing of it is ever published. */
const COLUMNS: Record<string, string> = {
  right_match: "text check (right_match in ('yes', 'unsure', 'another'))",
  safe_to_speak: 'integer check (safe_to_speak between 1 and 5)',
  taught_by: "text check (taught_by in ('me', 'partner', 'both'))",
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [column, type] of Object.entries(COLUMNS))
    await sql.raw(`alter table feedback add column ${column} ${type}`).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const column of Object.keys(COLUMNS)) await sql.raw(`alter table feedback drop column ${column}`).execute(db);
}
