import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * What is published of answers, week by week, and never changes; and with an answer when it was first given, the person's
 * groups then, and with which week its score, its topic and its comment were published.
 */
const COLUMNS = `
  tenant_id uuid not null, cohort_id uuid not null,
  kind text not null check (kind in ('scores', 'topics', 'comments')),
  week timestamptz not null, content jsonb not null,
  primary key (tenant_id, cohort_id, kind, week),
  foreign key (tenant_id, cohort_id) references cohorts`;

const FEEDBACK: Record<string, string> = {
  given_at: 'timestamptz',
  department: 'text',
  office: 'text',
  scores_week: 'timestamptz',
  topics_week: 'timestamptz',
  comments_week: 'timestamptz',
};

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'feedback_snapshots', COLUMNS);
  for (const [column, type] of Object.entries(FEEDBACK))
    await sql.raw(`alter table feedback add column ${column} ${type}`).execute(db);
  // A change of the type fills the rows of all tenants; an update here, outside any tenant, would find none.
  await sql.raw('alter table feedback alter column given_at type timestamptz using answered_at').execute(db);
  await sql.raw('alter table feedback alter column given_at set not null').execute(db);
  await sql.raw('alter table tenants add column published_week timestamptz').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table tenants drop column published_week').execute(db);
  for (const column of Object.keys(FEEDBACK)) await sql.raw(`alter table feedback drop column ${column}`).execute(db);
  await sql.raw('drop table feedback_snapshots').execute(db);
}
