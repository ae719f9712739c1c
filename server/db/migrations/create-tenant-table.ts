import { sql, type Kysely } from 'kysely';

/** Creates a table of which the application's role sees and writes the rows of one tenant alone. */
export async function createTenantTable(db: Kysely<unknown>, table: string, columns: string): Promise<void> {
  const isOwn = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;
  for (const statement of [
    `create table ${table} (${columns})`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy one_tenant on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to inverso_app`,
  ])
    await sql.raw(statement).execute(db);
}
