import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * What somebody has finished of the training, once for all cohorts; which modules a cohort requires, none for those that
 * exist already; and to which version of the agreement each side of a pair said yes, unknown for earlier ones.
 */
const COLUMNS = `
  tenant_id uuid not null, person_id uuid not null, module text not null, finished_at timestamptz not null,
  primary key (tenant_id, person_id, module)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenantTable(db, 'finished_modules', COLUMNS);
  await sql.raw("alter table cohorts add column required_training jsonb not null default '[]'").execute(db);
  await sql
    .raw('alter table pairs add column mentor_agreement integer, add column mentee_agreement integer')
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table pairs drop column mentor_agreement, drop column mentee_agreement').execute(db);
  await sql.raw('alter table cohorts drop column required_training').execute(db);
  await sql.raw('drop table finished_modules').execute(db);
}
