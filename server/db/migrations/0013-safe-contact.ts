import { sql, type Kysely } from 'kysely';
import { createTenantTable } from './create-tenant-table.ts';

/*
 * The safe contact of each cohort, none for those that exist already, and who asked them to get in touch: one row a day, so
 * that a second click on the same day sends nothing.
 */
const COLUMNS = `
  tenant_id uuid not null, cohort_id uuid not null, person_id uuid not null, contact_id uuid not null, asked_on date not null,
  primary key (tenant_id, cohort_id, person_id, contact_id, asked_on),
  foreign key (tenant_id, cohort_id) references cohorts`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table cohorts add column safe_contact_id uuid').execute(db);
  await createTenantTable(db, 'contact_requests', COLUMNS);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table contact_requests').execute(db);
  await sql.raw('alter table cohorts drop column safe_contact_id').execute(db);
}
