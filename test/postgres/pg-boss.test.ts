import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { TenantId } from '../../server/domain/people/person.ts';
import { instant, plus, type Instant } from '../../server/domain/time/instant.ts';
import { createPgBossJobs } from '../../server/jobs/pg-boss.ts';
import type { RunningJobs } from '../../server/jobs/in-memory.ts';
import type { Work } from '../../server/jobs/timetable.ts';
import { JOB_NAMES, type Clock, type JobName } from '../../server/ports.ts';
import { newId } from '../make/person.ts';
import { createDatabase, whyNoPostgres } from './open-postgres.ts';

const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

describe.skipIf(reason !== null)('jobs between replicas', () => {
  let database: { url: string; drop(): Promise<void> };
  const running: RunningJobs[] = [];
  const realClock: Clock = {
    now: () => instant(Date.now()),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    track: (work) => work(),
  };
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    for (const jobs of running.splice(0)) await jobs.stop();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('drop schema if exists inverso_jobs cascade');
    await client.end();
  });
  afterAll(async () => {
    await database.drop();
  });

  async function replica(
    change: Partial<Record<JobName, Work>> = {},
    takesWork = true,
    tenants = [newId() as TenantId],
  ) {
    const ran: { name: JobName; tenantId: TenantId; at: Instant }[] = [];
    const faults: unknown[] = [];
    const work = Object.fromEntries(
      JOB_NAMES.map((name): [JobName, Work] => [
        name,
        (input) => {
          ran.push({ name, ...input, at: realClock.now() });
          return change[name]?.(input) ?? Promise.resolve();
        },
      ]),
    ) as Record<JobName, Work>;
    const jobs = createPgBossJobs({
      clock: realClock,
      tenants,
      work,
      databaseUrl: database.url,
      takesWork,
      onError: (_name, _tenant, error) => faults.push(error),
    });
    running.push(jobs);
    await jobs.start();
    const timesOf = (name: JobName) => ran.filter((run) => run.name === name).map((run) => run.at);
    return { jobs, ran, faults, timesOf };
  }
  const until = (check: () => boolean) => expect.poll(check, { timeout: 30_000, interval: 50 }).toBe(true);

  test('every job runs at the start, and a wake runs it again', async () => {
    const { jobs, ran, timesOf } = await replica();
    await until(() => new Set(ran.map((run) => run.name)).size === JOB_NAMES.length);
    const before = timesOf('sendMessages').length;
    jobs.wake('sendMessages');
    jobs.wake('sendMessages');
    await until(() => timesOf('sendMessages').length > before);
  });

  test('work that fails is reported and tried again', async () => {
    let failures = 1;
    const { faults, timesOf } = await replica({
      offerSlots: () => (failures-- > 0 ? Promise.reject(new Error('broken')) : Promise.resolve()),
    });
    await until(() => timesOf('offerSlots').length >= 2);
    expect(faults).toMatchObject([{ message: 'broken' }]);
  });

  test('the earliest wish counts, also beside one that waits for later', async () => {
    const wishes: Instant[] = [];
    const { jobs, timesOf } = await replica({
      writeCalendar: () => {
        const now = realClock.now();
        // First it wishes to run in an hour; woken, it wishes to run in two seconds.
        const wish = plus(now, wishes.length === 0 ? 3_600_000 : 2_000);
        wishes.push(wish);
        return Promise.resolve(wishes.length <= 2 ? wish : null);
      },
    });
    await until(() => timesOf('writeCalendar').length === 1);
    jobs.wake('writeCalendar');
    await until(() => timesOf('writeCalendar').length >= 3);
    expect(timesOf('writeCalendar')[2]).toBeGreaterThanOrEqual(wishes[1]! - 1000);
  });

  test('a replica that takes no work wakes the one that does', async () => {
    const tenants = [newId() as TenantId];
    const worker = await replica({}, true, tenants);
    await until(() => worker.ran.length >= JOB_NAMES.length);
    const web = await replica({}, false, tenants);
    const before = worker.timesOf('bookSeries').length;
    web.jobs.wake('bookSeries');
    await until(() => worker.timesOf('bookSeries').length > before);
    expect(web.ran).toEqual([]);
  });

  test('stopping waits for what is going on, takes up nothing more, and leaves the rest for others', async () => {
    let isFinished = false;
    const { jobs, ran } = await replica({
      syncOrganization: async () => {
        await realClock.sleep(1_500);
        isFinished = true;
      },
    });
    await until(() => ran.some((run) => run.name === 'syncOrganization'));
    await jobs.stop();
    expect(isFinished).toBe(true);
    const count = ran.length;
    jobs.wake('sendMessages');
    await realClock.sleep(1_500);
    expect(ran).toHaveLength(count);
  });
});
