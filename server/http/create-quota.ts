import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { countWindows } from './count-windows.ts';
import { refuseAbove } from './limit-callers.ts';

/** What waits while one runs is told to come again after so long. */
const COME_AGAIN_SECONDS = 5;

/**
 * Keeps a kind of heavy work from being asked for in a loop (hostile input 82): for each key one runs at a time, and `most`
 * begin in the window. Throws `busy` with the time to wait. Each replica counts its own.
 */
export function createQuota(
  clock: Clock,
  { most, milliseconds }: { most: number; milliseconds: number },
): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const count = countWindows(clock);
  const running = new Set<string>();
  return async (key, work) => {
    if (running.has(key)) throw new AppError('busy', { retryAfterSeconds: COME_AGAIN_SECONDS });
    refuseAbove(most, count(key, milliseconds));
    running.add(key);
    try {
      return await work();
    } finally {
      running.delete(key);
    }
  };
}
