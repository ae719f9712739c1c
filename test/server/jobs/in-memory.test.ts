import { expect, test } from 'vitest';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { createInMemoryJobs } from '../../../server/jobs/in-memory.ts';
import { TIMETABLE, type Work } from '../../../server/jobs/timetable.ts';
import { JOB_NAMES, type Clock, type JobName } from '../../../server/ports.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { newId } from '../../make/person.ts';
import { START } from '../../make/server.ts';

const TENANT = newId() as TenantId;

function setUp(change: Partial<Record<JobName, Work>> = {}, tenants = [TENANT]) {
  const clock = createVirtualClock(START);
  const ran: { name: JobName; at: number; tenantId: TenantId }[] = [];
  const faults: unknown[] = [];
  const work = Object.fromEntries(
    JOB_NAMES.map((name): [JobName, Work] => [
      name,
      (input) => {
        ran.push({ name, at: clock.now() - START, ...input });
        return change[name]?.(input) ?? Promise.resolve();
      },
    ]),
  ) as Record<JobName, Work>;
  const jobs = createInMemoryJobs({
    clock: clock as unknown as Clock,
    tenants,
    work,
    onError: (_name, _tenant, error) => faults.push(error),
  });
  const timesOf = (name: JobName) => ran.filter((run) => run.name === name).map((run) => run.at);
  return { clock, jobs, ran, faults, timesOf };
}

test('every job of the timetable runs at the start, in its order, and then by its cadence', async () => {
  const { clock, jobs, ran, timesOf } = setUp();
  expect(new Set(TIMETABLE.map((entry) => entry.name))).toEqual(new Set(JOB_NAMES));
  void jobs.start();
  await clock.advanceTo(START);
  expect(ran.map((run) => run.name)).toEqual(TIMETABLE.map((entry) => entry.name));
  await clock.advanceTo(plus(START, 24 * HOUR));
  for (const { name, everyMilliseconds } of TIMETABLE)
    expect(timesOf(name)).toHaveLength(1 + (24 * HOUR) / everyMilliseconds);
  await jobs.stop();
});

test('a wake runs the job as soon as whoever woke it has finished, and twice is once', async () => {
  const { clock, jobs, timesOf } = setUp();
  void jobs.start();
  await clock.advanceTo(plus(START, MINUTE));
  jobs.wake('sendMessages');
  await clock.whenIdle();
  jobs.wake('sendMessages');
  await clock.whenIdle();
  expect(timesOf('sendMessages')).toEqual([0]);
  await clock.advanceTo(plus(START, HOUR));
  expect(timesOf('sendMessages')).toEqual([0, MINUTE + 1]);
  await jobs.stop();
});

test('a wake while the job is running is not lost: it runs once more when it has ended', async () => {
  const runs = { begun: 0, going: 0, most: 0 };
  const { clock, jobs, timesOf } = setUp({
    sendMessages: async () => {
      runs.begun++;
      runs.most = Math.max(runs.most, ++runs.going);
      if (runs.begun === 2) await clock.sleep(1000);
      runs.going--;
    },
  });
  void jobs.start();
  await clock.advanceTo(plus(START, MINUTE));
  jobs.wake('sendMessages');
  await clock.advanceTo(plus(START, MINUTE + 400));
  expect(runs).toEqual({ begun: 2, going: 1, most: 1 });
  jobs.wake('sendMessages');
  jobs.wake('sendMessages');
  await clock.advanceTo(plus(START, HOUR));
  expect(timesOf('sendMessages')).toEqual([0, MINUTE + 1, MINUTE + 1001]);
  expect(runs).toEqual({ begun: 3, going: 0, most: 1 });
  await jobs.stop();
});

test('a job that names its next time gets it', async () => {
  const wishes: (Instant | null)[] = [plus(START, 90_000), plus(START, 100_000), null];
  const { clock, jobs, timesOf } = setUp({ writeCalendar: async () => wishes.shift() ?? null });
  void jobs.start();
  await clock.advanceTo(plus(START, HOUR));
  expect(timesOf('writeCalendar')).toEqual([0, 90_000, 100_000]);
  await jobs.stop();
});

test('a job that fails is reported, left alone for a minute and tried again; the others go on', async () => {
  let failures = 2;
  const { clock, jobs, faults, timesOf } = setUp({
    offerSlots: async () => {
      if (failures-- > 0) throw new Error('broken');
    },
  });
  void jobs.start();
  await clock.advanceTo(plus(START, 5 * MINUTE));
  expect(timesOf('offerSlots')).toEqual([0, MINUTE, 2 * MINUTE]);
  expect(faults).toHaveLength(2);
  expect(timesOf('askFeedback')).toEqual([0]);
  await jobs.stop();
});

test('every tenant gets its turn', async () => {
  const second = newId() as TenantId;
  const { clock, jobs, ran } = setUp({}, [TENANT, second]);
  void jobs.start();
  await clock.advanceTo(START);
  expect(ran.filter((run) => run.tenantId === second)).toHaveLength(TIMETABLE.length);
  await jobs.stop();
});

test('stopping waits for what is going on and takes up nothing more', async () => {
  let finish: () => void = () => undefined;
  const { clock, jobs, timesOf } = setUp({
    syncOrganization: () => new Promise((resolve) => (finish = () => resolve(null))),
  });
  void jobs.start();
  await new Promise((resolve) => setImmediate(resolve));
  let isStopped = false;
  const stopping = jobs.stop().then(() => (isStopped = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isStopped).toBe(false);
  finish();
  await stopping;
  expect(timesOf('prepareParticipants')).toEqual([]);
  jobs.wake('sendMessages');
  expect(clock.now()).toBe(START);
  expect(timesOf('sendMessages')).toEqual([]);
});
