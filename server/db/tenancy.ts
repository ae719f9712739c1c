import { CompiledQuery, sql } from 'kysely';
import type { TenantId } from '../domain/people/person.ts';
import type { Database, TenantTransaction } from './schema.ts';

/**
 * The statement that every connection begins with: it takes on the role without rights of its own for good, so that a
 * query outside any tenant sees nothing even where we sign in as a superuser (reliability.md, hostile input 45). Gives no
 * row, and does nothing, on a database that has not been migrated.
 */
export const ENTER_ROLE = `select set_config('role', rolname, false) from pg_roles where rolname = 'inverso_app' and pg_has_role(session_user, oid, 'member')`;
/** Takes the role off again: only migrations need the rights of the owner. */
export const LEAVE_ROLE = `select set_config('role', 'none', false)`;

/**
 * Begins a statement whose answer nobody reads: it need not be waited for, and goes out together with the next one of its
 * transaction. When it fails, so does the next.
 */
export const SENT_AHEAD = '/* sent ahead */ ';

/** Enters a tenant for the rest of a transaction; one value, the tenant. */
const ENTER_TENANT = `${SENT_AHEAD}select set_config('role', 'inverso_app', true), set_config('app.tenant', $1, true)`;

export const isSentAhead = (text: string): boolean => text === 'begin' || text.startsWith(SENT_AHEAD);

/**
 * Runs `work` in one transaction that sees the rows of one tenant alone, as a role without rights of its own. Commits
 * when it resolves, rolls back when it rejects. The only way to the tables.
 */
export function inTenant<T>(db: Database, tenantId: TenantId, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw(ENTER_TENANT, [tenantId]));
    return work(tx);
  });
}

/**
 * Refuses to go on when the role of `inTenant`, or of a query outside it, could see more than one tenant: it must not be
 * a superuser, bypass row security or own a table, and every table with a tenant column must force row security. Throws
 * an Error that says which.
 */
export async function assertIsolation(db: Database): Promise<void> {
  const nobody = '00000000-0000-0000-0000-000000000000' as TenantId;
  const outside = await findFaults(db);
  const inside = await inTenant(db, nobody, findFaults);
  const faults = [...new Set([...outside, ...inside])];
  if (faults.length > 0) throw new Error(`Tenants are not isolated: ${faults.join('; ')}.`);
}

async function findFaults(db: Database): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
      select 'role ' || rolname || ' is a superuser or bypasses row security' as fault
        from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
      union all
      select 'table ' || c.relname || ' belongs to the role ' || current_user
        from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user and c.relkind = 'r'
      union all
      select 'table ' || c.relname || ' does not force row security'
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where a.attname = 'tenant_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity)`.execute(db);
  return rows.map((row) => row.fault);
}
