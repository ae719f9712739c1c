import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { at } from '../../server/db/schema.ts';
import { assertIsolation, inTenant } from '../../server/db/tenancy.ts';
import { ensureTenant, loadTenant } from '../../server/db/tenants.ts';
import type { TenantId } from '../../server/domain/people/person.ts';
import { instant } from '../../server/domain/time/instant.ts';
import { realClock } from '../../server/real-clock.ts';
import { runSimulation, type SimulationResult } from '../../server/simulation/run-simulation.ts';
import { createOwnDatabase, hasPostgres } from './own-database.ts';

const A = '11111111-1111-4111-8111-111111111111' as TenantId;
const B = '22222222-2222-4222-8222-222222222222' as TenantId;
const NOW = instant(Date.parse('2026-09-28T06:00:00.123Z'));

describe.skipIf(!(await hasPostgres()))('on PostgreSQL', () => {
  let own: Awaited<ReturnType<typeof createOwnDatabase>>;
  let database: OpenDatabase;
  beforeAll(async () => {
    own = await createOwnDatabase();
    database = await openDatabase({ url: own.url, folder: null, clock: realClock });
    await migrate(database.db);
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });

  it('migrates once, and again without a change', async () => {
    expect(await migrate(database.db)).toEqual([]);
  });

  it('shows a tenant its own rows alone, reads instants as milliseconds, and refuses a row for another tenant', async () => {
    await inTenant(database.db, A, (tx) => ensureTenant(tx, A, NOW, 'salt'));
    const row = await inTenant(database.db, A, (tx) => tx.selectFrom('tenants').selectAll().executeTakeFirstOrThrow());
    expect(row.createdAt).toBe(NOW);
    expect((await inTenant(database.db, A, (tx) => loadTenant(tx))).tenantId).toBe(A);
    expect(await inTenant(database.db, B, (tx) => tx.selectFrom('tenants').selectAll().execute())).toEqual([]);
    const intrusion = inTenant(database.db, B, (tx) =>
      tx
        .insertInto('tenants')
        .values({ tenantId: A, salt: 'x', createdAt: at(NOW) })
        .execute(),
    );
    await expect(intrusion).rejects.toMatchObject({ code: '42501' });
  });

  it('forgets the tenant when a transaction fails', async () => {
    await inTenant(database.db, A, () => Promise.reject(new Error('no'))).catch(() => undefined);
    const { rows } = await sql<{
      tenant: string | null;
    }>`select nullif(current_setting('app.tenant', true), '') as tenant`.execute(database.db);
    expect(rows[0]?.tenant).toBeNull();
  });

  it('starts only while tenants are isolated', async () => {
    await assertIsolation(database.db);
    const owner = new pg.Client({ connectionString: own.url });
    await owner.connect();
    await owner.query('alter table people no force row level security');
    await expect(assertIsolation(database.db)).rejects.toThrow(/people/);
    await owner.query('alter table people force row level security');
    await owner.end();
  });

  const runProgram = async (faultRate: number, databaseUrl: string | null): Promise<SimulationResult> =>
    runSimulation({
      people: 60,
      mentees: 8,
      weeks: 3,
      seed: 2,
      sandboxPort: 0,
      graphVia: null,
      faultRate,
      rates: { moved: 0.42, cancelled: 0.3 },
      movesAllowed: true,
      everyMonths: 0,
      logLevel: 'silent',
      databaseUrl,
      progress: () => undefined,
    });
  const onOwnDatabase = async (faultRate: number): Promise<SimulationResult> => {
    const program = await createOwnDatabase();
    try {
      return await runProgram(faultRate, program.url);
    } finally {
      await program.drop();
    }
  };

  /** All numbers of a run but how long it took. */
  const numbersOf = ({ wallSeconds: _, ...numbers }: SimulationResult): Omit<SimulationResult, 'wallSeconds'> =>
    numbers;

  it('runs the same program with the same numbers as the embedded database', async () => {
    const [here, embedded] = [await onOwnDatabase(0), await runProgram(0, null)];
    expect(numbersOf(here)).toEqual(numbersOf(embedded));
    expect(here.seriesBooked).toBeGreaterThan(0);
  }, 300_000);

  it('breaks nothing while a tenth of everything goes wrong, and the same goes wrong on both', async () => {
    const [here, embedded] = [await onOwnDatabase(0.1), await runProgram(0.1, null)];
    expect(numbersOf(here)).toEqual(numbersOf(embedded));
    expect(here.violations.filter(({ invariant }) => invariant !== 'runCounts')).toEqual([]);
    expect(here.seriesBooked).toBeGreaterThan(0);
    expect(here.faults['injected']).toBeGreaterThan(50);
  }, 300_000);
});
