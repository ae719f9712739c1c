import { sql, type Kysely } from 'kysely';

/*
 * A session that did not take place may be held at another time. What was asked and said about the first date stays, and
 * is told apart by the attempt; `session_start` says of which date it was once the session stands at another.
 */
const TABLES = ['feedback_requests', 'feedback'];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table sessions add column attempt integer not null default 1').execute(db);
  for (const table of TABLES) {
    await sql
      .raw(
        `alter table ${table} add column attempt integer not null default 1, add column session_start timestamptz,
          drop constraint ${table}_pkey, add primary key (tenant_id, session_id, person_id, attempt)`,
      )
      .execute(db);
  }
  await sql
    .raw("create index sessions_not_held on sessions (tenant_id, ends_at) where held = 'notHeld' and state = 'booked'")
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop index sessions_not_held').execute(db);
  for (const table of TABLES) {
    // Outside any tenant the owner sees no row while row security is forced.
    for (const statement of [
      `alter table ${table} no force row level security`,
      `delete from ${table} where attempt > 1`,
      `alter table ${table} force row level security`,
      `alter table ${table} drop constraint ${table}_pkey, add primary key (tenant_id, session_id, person_id)`,
      `alter table ${table} drop column attempt, drop column session_start`,
    ])
      await sql.raw(statement).execute(db);
  }
  await sql.raw('alter table sessions drop column attempt').execute(db);
}
