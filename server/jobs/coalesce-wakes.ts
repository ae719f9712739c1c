import type { Clock, JobName, Jobs } from '../ports.ts';

/**
 * Wakes jobs some time after they were first asked for, once for all who asked meanwhile: notifications come in showers,
 * and those of a few seconds are read together. What is lost with the process was written down before; every job runs
 * at the next start.
 */
export function coalesceWakes(jobs: Jobs, clock: Clock, milliseconds: number): Jobs {
  const waiting = new Set<JobName>();
  return {
    wake(name) {
      if (waiting.has(name)) return;
      waiting.add(name);
      void clock.sleep(milliseconds, { key: `wake ${name}` }).then(() => {
        waiting.delete(name);
        jobs.wake(name);
      });
    },
  };
}
