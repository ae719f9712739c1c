import type { Clock } from '../ports.ts';

interface Window {
  since: number;
  count: number;
}

/** After so many keys windows that are over are thrown away. */
const CLEAN_AT = 10_000;

/**
 * Counts requests per key and window by our own clock, so that limits hold in virtual time as in real time. Made for
 * @fastify/rate-limit, which asks for `incr` and `child`.
 */
export function createRateLimitStore(clock: Clock): new () => {
  incr(
    key: string,
    callback: (error: Error | null, result: { current: number; ttl: number }) => void,
    timeWindow?: number,
  ): void;
  child(): unknown;
} {
  const windows = new Map<string, Window>();
  return class Store {
    incr(
      key: string,
      callback: (error: Error | null, result: { current: number; ttl: number }) => void,
      timeWindow = 60_000,
    ): void {
      const now = clock.now();
      if (windows.size > CLEAN_AT)
        for (const [name, window] of windows) if (now - window.since >= timeWindow) windows.delete(name);
      let window = windows.get(key);
      if (!window || now - window.since >= timeWindow || now < window.since) {
        window = { since: now, count: 0 };
        windows.set(key, window);
      }
      window.count++;
      callback(null, { current: window.count, ttl: window.since + timeWindow - now });
    }

    child(): Store {
      return this;
    }
  };
}
