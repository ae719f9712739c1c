import type { SessionState } from '../../contract/vocabulary.ts';
import type { Instant } from '../time/instant.ts';

interface Numbered {
  number: number;
  startsAt: Instant;
  state: SessionState;
}

/**
 * Starts of the sessions before and after one in its series, which a new time must lie between. A declined or deleted
 * date still stands in the organizer's calendar, which does not let a date pass it (ErrorOccurrenceCrossingBoundary);
 * a cancelled one does not.
 */
export function findNeighbors(
  sessions: readonly Numbered[],
  { number }: { number: number },
): { previous: Instant | null; next: Instant | null } {
  const standing = sessions.filter(({ state }) => state !== 'cancelled').sort((a, b) => a.number - b.number);
  return {
    previous: standing.filter((other) => other.number < number).at(-1)?.startsAt ?? null,
    next: standing.find((other) => other.number > number)?.startsAt ?? null,
  };
}
