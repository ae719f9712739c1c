import type { Instant } from '../domain/time/instant.ts';

/** Documented limit of Outlook: 4 requests in flight per app and mailbox. */
export const PLACES_PER_MAILBOX = 4;
/** Places of all mailboxes together, so that a burst cannot take every socket of the process. */
const PLACES_IN_ALL = 64;

/** Hands out places per scope (a mailbox, the directory, ...) and remembers which scopes are paused. */
export interface Gate {
  /**
   * Resolves once every scope of `needs` has that many free places, with the function that gives them back. First come,
   * first served within a scope; all places of one caller are taken at the same moment, so nobody waits in a circle.
   */
  enter(needs: ReadonlyMap<string, number>): Promise<() => void>;
  /** Until when the scope must not be called, or null. */
  pausedUntil(scope: string): Instant | null;
  /** Nobody calls the scope before `until`; a shorter pause never replaces a longer one. */
  pause(scope: string, until: Instant): void;
  /** Counts a failure of the scope and gives how many came in a row. */
  countFailure(scope: string): number;
  /** The scope answered properly. */
  clearFailures(scope: string): void;
}

interface Waiting {
  needs: [scope: string, places: number][];
  start: () => void;
}

/** The gate in front of Graph. State is in memory only: waits that must survive a restart go back to the caller. */
export function createGate(now: () => Instant, placesInAll = PLACES_IN_ALL): Gate {
  const taken = new Map<string, number>();
  const paused = new Map<string, Instant>();
  const failures = new Map<string, number>();
  let inAll = 0;
  let queue: Waiting[] = [];

  const fits = ({ needs }: Waiting): boolean =>
    inAll < placesInAll && needs.every(([scope, places]) => (taken.get(scope) ?? 0) + places <= PLACES_PER_MAILBOX);

  const admit = (): void => {
    const behind = new Set<string>();
    const left: Waiting[] = [];
    for (const waiting of queue) {
      if (waiting.needs.some(([scope]) => behind.has(scope)) || !fits(waiting)) {
        for (const [scope] of waiting.needs) behind.add(scope);
        left.push(waiting);
        continue;
      }
      inAll++;
      for (const [scope, places] of waiting.needs) taken.set(scope, (taken.get(scope) ?? 0) + places);
      waiting.start();
    }
    queue = left;
  };

  const leave = (needs: Waiting['needs']): void => {
    inAll--;
    for (const [scope, places] of needs) {
      const rest = (taken.get(scope) ?? 0) - places;
      if (rest > 0) taken.set(scope, rest);
      else taken.delete(scope);
    }
    admit();
  };

  return {
    enter(wanted) {
      const needs: Waiting['needs'] = [...wanted].map(([scope, places]) => [
        scope,
        Math.min(places, PLACES_PER_MAILBOX),
      ]);
      return new Promise((resolve) => {
        let isIn = true;
        const release = (): void => {
          if (isIn) leave(needs);
          isIn = false;
        };
        queue.push({ needs, start: () => resolve(release) });
        admit();
      });
    },
    pausedUntil(scope) {
      const until = paused.get(scope);
      if (until === undefined) return null;
      if (until > now()) return until;
      paused.delete(scope);
      return null;
    },
    pause(scope, until) {
      if (until > (paused.get(scope) ?? now())) paused.set(scope, until);
    },
    countFailure(scope) {
      const count = (failures.get(scope) ?? 0) + 1;
      failures.set(scope, count);
      return count;
    },
    clearFailures(scope) {
      failures.delete(scope);
    },
  };
}
