import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../../server/db/migrate.ts';
import { savePeople } from '../../../server/db/people.ts';
import { at, type Database, type TenantTransaction } from '../../../server/db/schema.ts';
import { assertIsolation, ENTER_ROLE, inTenant, LEAVE_ROLE } from '../../../server/db/tenancy.ts';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { addTenant, useDatabase, type OpenForTest } from '../../make/database.ts';
import { newId, person } from '../../make/person.ts';
import { START } from '../../make/server.ts';

/** Looks at the database as it would be after `change`, which is taken back: roles belong to the whole server. */
async function assertAfter(db: Database, change: string): Promise<void> {
  const takeBack = new Error('take back');
  let outcome: unknown = null;
  await db
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('role', 'none', true)`.execute(tx);
      await sql.raw(change).execute(tx);
      await sql`select set_config('role', 'inverso_app', true)`.execute(tx);
      outcome = await assertIsolation(insideOf(tx)).catch((error: unknown) => error);
      throw takeBack;
    })
    .catch((error: unknown) => {
      if (error !== takeBack) throw error;
    });
  if (outcome instanceof Error) throw outcome;
}

/** A transaction that can be used like a database: what would be transactions happens inside it. */
const insideOf = (tx: TenantTransaction): Database =>
  new Proxy(tx, {
    get(target, key) {
      if (key === 'transaction')
        return () => ({ execute: <T>(work: (tx: TenantTransaction) => Promise<T>) => work(tx) });
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });

/** Tenants never see one another's rows, on any database that we run on (reliability.md, hostile inputs 45 to 47). */
export function describeIsolation(open: OpenForTest): void {
  describe('tenants are apart', () => {
    const db = useDatabase(open);
    const withPerson = async (): Promise<TenantId> => {
      const tenantId = await addTenant(db());
      await inTenant(db(), tenantId, (tx) => savePeople(tx, tenantId, [person()], START));
      return tenantId;
    };
    const peopleOf = (tenantId: TenantId) =>
      inTenant(db(), tenantId, (tx) => tx.selectFrom('people').selectAll().execute());

    test('migrations ran from nothing, and running them again does nothing', async () => {
      expect(await migrate(db())).toEqual([]);
      await assertIsolation(db());
      await expect(sql`select * from kysely_migration`.execute(db())).rejects.toMatchObject({ code: '42501' });
    });

    test('the other tenant sees no row, in any table', async () => {
      const one = await withPerson();
      const other = await addTenant(db());
      expect(await peopleOf(one)).toHaveLength(1);
      expect(await peopleOf(other)).toEqual([]);
      const { rows } = await sql<{ table: string }>`
        select c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
        where a.attname = 'tenant_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`.execute(
        db(),
      );
      expect(rows.length).toBeGreaterThan(20);
      for (const { table } of rows) {
        const seen = await inTenant(db(), other, (tx) =>
          sql<{ tenantId: string }>`select distinct tenant_id from ${sql.table(table)}`.execute(tx),
        );
        expect(seen.rows.filter((row) => row.tenantId !== other)).toEqual([]);
      }
    });

    test('a row for another tenant is refused, and so is giving one away', async () => {
      const one = await withPerson();
      const other = await addTenant(db());
      await expect(inTenant(db(), one, (tx) => savePeople(tx, other, [person()], START))).rejects.toMatchObject({
        code: '42501',
      });
      await expect(
        inTenant(db(), one, (tx) => tx.updateTable('people').set({ tenantId: other }).execute()),
      ).rejects.toMatchObject({ code: '42501' });
      const changed = await inTenant(db(), other, (tx) =>
        tx.updateTable('people').set({ displayName: 'x' }).where('tenantId', '=', one).executeTakeFirst(),
      );
      expect(changed.numUpdatedRows).toBe(0n);
      const deleted = await inTenant(db(), other, (tx) =>
        tx.deleteFrom('people').where('tenantId', '=', one).executeTakeFirst(),
      );
      expect(deleted.numDeletedRows).toBe(0n);
    });

    test('a query outside any tenant sees nothing and writes nothing (45)', async () => {
      await withPerson();
      expect(await db().selectFrom('people').selectAll().execute()).toEqual([]);
      expect(await db().selectFrom('tenants').selectAll().execute()).toEqual([]);
      const tenantId = newId() as TenantId;
      await expect(
        db()
          .insertInto('administrators')
          .values({ tenantId, personId: person().personId, addedAt: at(START) })
          .execute(),
      ).rejects.toMatchObject({ code: '42501' });
      const inRole = await db()
        .transaction()
        .execute(async (tx) => {
          await sql`select set_config('role', 'inverso_app', true)`.execute(tx);
          return tx.selectFrom('people').selectAll().execute();
        });
      expect(inRole).toEqual([]);
    });

    test('a connection that is used again remembers no tenant (46)', async () => {
      const one = await withPerson();
      const seeNothing = async (): Promise<void> => {
        const rows = await Promise.all(
          Array.from({ length: 12 }, () => db().selectFrom('people').selectAll().execute()),
        );
        expect(rows.flat()).toEqual([]);
        const { rows: settings } = await sql<{
          tenant: string | null;
          role: string;
        }>`select current_setting('app.tenant', true) as tenant, current_user as role`.execute(db());
        expect(settings[0]!.tenant ?? '').toBe('');
        expect(settings[0]!.role).toBe('inverso_app');
      };
      await peopleOf(one);
      await seeNothing();
      await expect(inTenant(db(), one, async () => Promise.reject(new Error('thrown in the middle')))).rejects.toThrow(
        'thrown in the middle',
      );
      await seeNothing();
      await expect(inTenant(db(), one, (tx) => sql`select 1/0`.execute(tx))).rejects.toMatchObject({ code: '22012' });
      await seeNothing();
      // Somebody forgets `local`: the next user of the connection still names a tenant of their own.
      const other = await addTenant(db());
      await inTenant(db(), one, (tx) => sql`select set_config('app.tenant', ${one}, false)`.execute(tx));
      expect(await peopleOf(other)).toEqual([]);
      await sql`select set_config('app.tenant', '', false)`.execute(db());
    });

    test('an aborted transaction does not take a later one with it', async () => {
      const one = await withPerson();
      await expect(
        inTenant(db(), one, async (tx) => {
          await savePeople(tx, one, [person()], START);
          await sql`select no_such_column from people`.execute(tx);
        }),
      ).rejects.toThrow();
      expect(await peopleOf(one)).toHaveLength(1);
    });

    describe('start-up refuses to run (47)', () => {
      const refusedAfter = (change: string, reason: RegExp) =>
        expect(assertAfter(db(), change)).rejects.toThrow(reason);

      test('when the role is a superuser', () =>
        refusedAfter('alter role inverso_app superuser', /role inverso_app is a superuser/));
      test('when the role bypasses row security', () =>
        refusedAfter('alter role inverso_app bypassrls', /bypasses row security/));
      test('when the role owns a table', () =>
        refusedAfter('alter table people owner to inverso_app', /table people belongs to the role/));
      test('when a table does not force row security', async () => {
        await refusedAfter('alter table feedback no force row level security', /table feedback does not force/);
        await refusedAfter('alter table messages disable row level security', /table messages does not force/);
      });
      test('when a new table with a tenant was forgotten', () =>
        refusedAfter('create table forgotten (tenant_id uuid)', /table forgotten/));
      test('and goes on otherwise', () => assertAfter(db(), 'select 1'));
      test('when a query outside any tenant would be asked with the rights of the owner', async () => {
        await db()
          .connection()
          .execute(async (connection) => {
            await sql.raw(LEAVE_ROLE).execute(connection);
            await expect(assertIsolation(connection)).rejects.toThrow(/is a superuser|belongs to the role/);
            await sql.raw(ENTER_ROLE).execute(connection);
            await assertIsolation(connection);
          });
      });
    });
  });
}
