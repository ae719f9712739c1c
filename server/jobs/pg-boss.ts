import PgBoss from 'pg-boss';
import type { JobName } from '../ports.ts';
import type { InMemoryOptions, RunningJobs } from './in-memory.ts';
import { TIMETABLE } from './timetable.ts';

/** One job of a kind and tenant waits at a time: waking twice is waking once. */
const RETRIES = 8;
const POLL_SECONDS = 1;
const EXPIRE_SECONDS = 600;
const DEAD_LETTERS = 'dead-letters';

interface Ask {
  tenantId: string;
}

/**
 * Jobs between replicas on PostgreSQL: each wake is a row that one replica takes, failures are tried again and end
 * among the dead letters, and each job's cadence is kept by the first replica that looks. What is due stands in our own
 * tables, so a lost or doubled job changes nothing.
 */
export function createPgBossJobs(options: InMemoryOptions & { databaseUrl: string }): RunningJobs {
  const boss = new PgBoss({ connectionString: options.databaseUrl, schema: 'inverso_jobs' });
  boss.on('error', (error) => options.onError('sendMessages', options.tenants[0]!, error));
  const timers: NodeJS.Timeout[] = [];
  let isRunning = false;

  const send = async (name: JobName, startAfter: number): Promise<void> => {
    if (!isRunning) return;
    for (const tenantId of options.tenants) {
      await boss.send(name, { tenantId } satisfies Ask, {
        singletonKey: `${tenantId}:${startAfter === 0 ? 'now' : 'later'}`,
        startAfter: Math.ceil(startAfter / 1000),
      });
    }
  };

  const work = async (name: JobName): Promise<void> => {
    await boss.createQueue(name, {
      name,
      policy: 'short',
      retryLimit: RETRIES,
      retryBackoff: true,
      expireInSeconds: EXPIRE_SECONDS,
      deadLetter: DEAD_LETTERS,
    });
    await boss.work<Ask>(name, { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async ([job]) => {
      const tenantId = options.tenants.find((tenant) => tenant === job?.data.tenantId);
      if (tenantId === undefined) return;
      try {
        const again = await options.work[name]({ tenantId });
        if (typeof again === 'number') await send(name, Math.max(1000, again - options.clock.now()));
      } catch (error) {
        options.onError(name, tenantId, error);
        throw error;
      }
    });
  };

  return {
    wake(name) {
      void send(name, 0).catch((error: unknown) => options.onError(name, options.tenants[0]!, error));
    },
    async start() {
      isRunning = true;
      await boss.start();
      await boss.createQueue(DEAD_LETTERS);
      for (const { name, everyMilliseconds } of TIMETABLE) {
        await work(name);
        await send(name, 0);
        timers.push(setInterval(() => void send(name, 0).catch(() => undefined), everyMilliseconds));
      }
    },
    async stop() {
      isRunning = false;
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, wait: true, timeout: 10_000 });
    },
  };
}
