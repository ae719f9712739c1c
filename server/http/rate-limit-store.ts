import type { Clock } from '../ports.ts';
import { countWindows } from './count-windows.ts';

/** Counts requests per key and window by our own clock. Made for @fastify/rate-limit, which asks for `incr` and `child`. */
export function createRateLimitStore(clock: Clock): new () => {
  incr(
    key: string,
    callback: (error: Error | null, result: { current: number; ttl: number }) => void,
    timeWindow?: number,
  ): void;
  child(): unknown;
} {
  const count = countWindows(clock);
  return class Store {
    incr(
      key: string,
      callback: (error: Error | null, result: { current: number; ttl: number }) => void,
      timeWindow = 60_000,
    ): void {
      callback(null, count(key, timeWindow));
    }

    child(): Store {
      return this;
    }
  };
}
