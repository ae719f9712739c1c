import type { TenantId } from '../domain/people/person.ts';
import { plus, type Instant } from '../domain/time/instant.ts';
import type { Clock, JobName, Jobs } from '../ports.ts';
import { TIMETABLE, type Work } from './timetable.ts';

export interface RunningJobs extends Jobs {
  /** Starts the timetable; every job runs once at once. */
  start(): void | Promise<void>;
  /** Stops taking up work and waits for what is going on. */
  stop(): Promise<void>;
}

export interface InMemoryOptions {
  clock: Clock;
  tenants: readonly TenantId[];
  work: Record<JobName, Work>;
  /** A job that failed is logged and tried again later; loops never die of one. */
  onError(name: JobName, tenantId: TenantId, error: unknown): void;
}

/** How long a job that threw is left alone. */
const AFTER_ERROR = 60_000;
/**
 * Whoever wakes us is let finish first, and all that is awake at the same instant: which of the two asks the database
 * first would otherwise hang on the machine, and the same seed would not give the same numbers.
 */
const AFTER_WAKE = 1;

/**
 * Jobs in this process, one after another in a fixed order, by whatever clock there is: the same program in real and
 * in virtual time. Used with the embedded database; with PostgreSQL and several replicas pg-boss carries them.
 */
export function createInMemoryJobs(options: InMemoryOptions): RunningJobs {
  const { clock, tenants, work } = options;
  const due = new Map<string, Instant>();
  const key = (name: JobName, tenantId: TenantId): string => `${name}:${tenantId}`;
  let wakeUp: (() => void) | null = null;
  let isRunning = false;
  let stopping = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  const next = (): { name: JobName; tenantId: TenantId; at: Instant } | null => {
    let first: { name: JobName; tenantId: TenantId; at: Instant } | null = null;
    for (const { name } of TIMETABLE) {
      for (const tenantId of tenants) {
        const at = due.get(key(name, tenantId));
        if (at !== undefined && (first === null || at < first.at)) first = { name, tenantId, at };
      }
    }
    return first;
  };

  const runOne = async (name: JobName, tenantId: TenantId): Promise<void> => {
    const every = TIMETABLE.find((entry) => entry.name === name)!.everyMilliseconds;
    const started = clock.now();
    due.set(key(name, tenantId), plus(started, every));
    try {
      const again = await work[name]({ tenantId });
      // Woken meanwhile stays woken; otherwise the job's own wish counts, never earlier than a moment from now.
      const woken = due.get(key(name, tenantId))!;
      if (typeof again === 'number')
        due.set(key(name, tenantId), Math.min(woken, Math.max(again, clock.now() + 1)) as Instant);
    } catch (error) {
      options.onError(name, tenantId, error);
      due.set(key(name, tenantId), plus(clock.now(), AFTER_ERROR));
    }
  };

  /** Sleeps until the time is over, or one of the signals or `stop` ends it. */
  const sleep = (milliseconds: number, ...signals: AbortSignal[]): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, ...signals]);
    return clock.sleep(milliseconds, { key: 'jobs', signal }).catch(() => undefined);
  };

  const run = async (): Promise<void> => {
    while (isRunning) {
      const job = next();
      if (job && job.at <= clock.now()) {
        await runOne(job.name, job.tenantId);
        continue;
      }
      const sleeping = new AbortController();
      wakeUp = () => sleeping.abort(new Error('woken'));
      await sleep(job ? job.at - clock.now() : 60_000, sleeping.signal);
      wakeUp = null;
      if (sleeping.signal.aborted) await sleep(AFTER_WAKE);
    }
  };

  return {
    wake(name) {
      for (const tenantId of tenants) due.set(key(name, tenantId), clock.now());
      wakeUp?.();
    },
    start() {
      if (isRunning) return;
      isRunning = true;
      stopping = new AbortController();
      for (const { name } of TIMETABLE) for (const tenantId of tenants) due.set(key(name, tenantId), clock.now());
      loop = run();
    },
    async stop() {
      isRunning = false;
      stopping.abort(new Error('stopped'));
      await loop;
    },
  };
}
