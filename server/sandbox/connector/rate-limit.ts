import type { VirtualClock } from '../clock.ts';

/** At most `count` in any `seconds`. */
interface Limit {
  count: number;
  seconds: number;
}

/** Teams' documented limits for one bot in one thread ("Optimize your bot with rate limiting in Teams"). */
const THREAD_LIMITS: readonly Limit[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
];
const MEMBER_LIMITS: readonly Limit[] = [
  { count: 14, seconds: 1 },
  { count: 16, seconds: 2 },
  { count: 120, seconds: 30 },
  { count: 3600, seconds: 3600 },
];
/** One bot in one tenant, the same page: "30 requests per second". */
const TENANT_LIMITS: readonly Limit[] = [{ count: 30, seconds: 1 }];

/** Counts requests by virtual time. */
export interface RateLimit {
  /** Seconds to wait before the request may be made, or null when it is taken (and counted). A refused one does not count. */
  take(thread: string | null, what: 'write' | 'members'): number | null;
}

/** Seconds until one more fits, or null when it fits now. `times` is ascending. */
function waitFor(times: readonly number[], limits: readonly Limit[], now: number): number | null {
  let wait: number | null = null;
  for (const { count, seconds } of limits) {
    const nth = times[times.length - count];
    const free = nth === undefined ? now : nth + seconds * 1000;
    if (free > now) wait = Math.max(wait ?? 1, Math.ceil((free - now) / 1000));
  }
  return wait;
}

/** Rate limits of the Bot Connector for one bot in one tenant. */
export function createRateLimit(clock: VirtualClock): RateLimit {
  const taken = new Map<string, number[]>();

  const timesOf = (key: string, limits: readonly Limit[], now: number): number[] => {
    const longest = Math.max(...limits.map(({ seconds }) => seconds)) * 1000;
    // A clock that was set back leaves times ahead of it, which would refuse everything until it has caught up.
    const times = (taken.get(key) ?? []).filter((time) => time > now - longest && time <= now);
    taken.set(key, times);
    return times;
  };

  return {
    take(thread, what) {
      const now = clock.now();
      const limits = what === 'write' ? THREAD_LIMITS : MEMBER_LIMITS;
      const own = thread === null ? null : timesOf(`${what} ${thread}`, limits, now);
      const all = timesOf('tenant', TENANT_LIMITS, now);
      const waits = [own && waitFor(own, limits, now), waitFor(all, TENANT_LIMITS, now)].filter(
        (wait) => wait !== null,
      );
      if (waits.length > 0) return Math.max(...waits);
      own?.push(now);
      all.push(now);
      return null;
    },
  };
}
