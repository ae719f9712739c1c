import PgBoss from 'pg-boss';
import type { TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { JobName } from '../ports.ts';
import type { InMemoryOptions, RunningJobs } from './in-memory.ts';
import { coalesceWakes } from './coalesce-wakes.ts';
import { TIMETABLE } from './timetable.ts';

/** One job of a kind and tenant waits at a time: waking twice is waking once. */
const RETRIES = 8;
const POLL_SECONDS = 1;
/** A wake is a row: many answers in a moment need one, well before a replica looks again. */
const TOGETHER_MILLISECONDS = 100;
/** What is due so soon is not worth the queue, which counts in seconds: the same worker waits for it and goes on. */
const SOON = 1_000;
/** For so long at a stretch; then other tenants have their turn. */
const STRETCH = 5_000;
const EXPIRE_SECONDS = 600;
const DEAD_LETTERS = 'dead-letters';

interface Ask {
  tenantId: string;
}

/**
 * Jobs between replicas on PostgreSQL: each wake is a row that one replica takes, failures are tried again and end
 * among the dead letters, and each job's cadence is kept by the first replica that looks. What is due stands in our own
 * tables, so a lost or doubled job changes nothing. A replica that does not take work only wakes the others.
 */
export function createPgBossJobs(options: InMemoryOptions & { databaseUrl: string; takesWork: boolean }): RunningJobs {
  const boss = new PgBoss({ connectionString: options.databaseUrl, schema: 'inverso_jobs' });
  boss.on('error', (error) => options.onError('sendMessages', options.tenants[0]!, error));
  const timers: NodeJS.Timeout[] = [];
  let isRunning = false;

  /** A later job is named by its second: an earlier wish must never be swallowed by one that waits for a later time. */
  const send = async (name: JobName, later?: { tenantId: TenantId; at: Instant }): Promise<void> => {
    if (!isRunning) return;
    const wait = later === undefined ? 0 : Math.max(0, Math.floor((later.at - options.clock.now()) / 1000));
    for (const tenantId of later === undefined ? options.tenants : [later.tenantId]) {
      await boss.send(name, { tenantId } satisfies Ask, {
        singletonKey: `${tenantId}:${later === undefined ? 'now' : Math.ceil(later.at / 1000)}`,
        startAfter: wait,
      });
    }
  };

  const openQueue = (name: JobName): Promise<void> =>
    boss.createQueue(name, {
      name,
      policy: 'short',
      retryLimit: RETRIES,
      retryBackoff: true,
      expireInSeconds: EXPIRE_SECONDS,
      deadLetter: DEAD_LETTERS,
    });

  const workOn = async (name: JobName, tenantId: TenantId): Promise<Instant | null | void> => {
    const { clock } = options;
    const began = clock.now();
    for (;;) {
      const again = await options.work[name]({ tenantId });
      const now = clock.now();
      if (typeof again !== 'number' || again > now + SOON || now > began + STRETCH || !isRunning) return again;
      await clock.sleep(Math.max(1, again - now));
    }
  };

  const work = async (name: JobName): Promise<void> => {
    await boss.work<Ask>(name, { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async ([job]) => {
      const tenantId = options.tenants.find((tenant) => tenant === job?.data.tenantId);
      if (tenantId === undefined) return;
      try {
        const again = await workOn(name, tenantId);
        if (typeof again === 'number') await send(name, { tenantId, at: again });
      } catch (error) {
        options.onError(name, tenantId, error);
        throw error;
      }
    });
  };

  const wakeAtOnce = (name: JobName): void => {
    void send(name).catch((error: unknown) => options.onError(name, options.tenants[0]!, error));
  };

  return {
    ...coalesceWakes({ wake: wakeAtOnce }, options.clock, TOGETHER_MILLISECONDS),
    async start() {
      isRunning = true;
      await boss.start();
      await boss.createQueue(DEAD_LETTERS);
      for (const { name, everyMilliseconds } of TIMETABLE) {
        await openQueue(name);
        if (!options.takesWork) continue;
        await work(name);
        await send(name);
        timers.push(setInterval(() => void send(name).catch(() => undefined), everyMilliseconds));
      }
    },
    async stop() {
      isRunning = false;
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, wait: true, timeout: 10_000 });
    },
  };
}
