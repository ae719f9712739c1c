import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * What the administrator wishes of a matching: pairs to keep and pairs to leave out, one wish a pair. `refused_by` names the
 * hard rule for which the last matching could not keep a pin. A run knows the digest of what it was computed from, so that
 * it can be told when it is out of date, and the first pairs who would both prefer each other.
 */
const COLUMNS = `
  tenant_id uuid not null, cohort_id uuid not null, mentee_id uuid not null, mentor_id uuid not null,
  wish text not null check (wish in ('pinned', 'forbidden')), wished_at timestamptz not null, refused_by text,
  primary key (tenant_id, cohort_id, mentee_id, mentor_id),
  foreign key (tenant_id, cohort_id) references cohorts`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'match_wishes', COLUMNS);
  await sql
    .raw("alter table match_runs add column basis text, add column blocking jsonb not null default '[]'")
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table match_runs drop column basis, drop column blocking').execute(db);
  await sql.raw('drop table match_wishes').execute(db);
}
