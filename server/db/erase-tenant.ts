import { sql } from 'kysely';
import type { TenantTransaction } from './schema.ts';

/**
 * Deletes every row of the tenant of this transaction, the tenant's own with them: of all tables that the database has,
 * those first that refer to others.
 */
export async function eraseTenant(tx: TenantTransaction): Promise<void> {
  for (const table of await orderForDeleting(tx)) await sql`delete from ${sql.table(table)}`.execute(tx);
}

async function orderForDeleting(tx: TenantTransaction): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attname = 'tenant_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    order by c.relname`.execute(tx);
  const { rows: references } = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent from pg_constraint k
    join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f' and child.oid <> parent.oid`.execute(tx);
  const left = new Set(tables.map(({ name }) => name));
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      (name) => !references.some(({ child, parent }) => parent === name && left.has(child)),
    );
    if (free.length === 0) throw new Error(`tables refer to one another in a circle: ${[...left].join(', ')}`);
    for (const name of free) left.delete(name);
    order.push(...free);
  }
  return order;
}
