import type { Instant, WallTime, ZoneId } from '../time/instant.ts';
import { toWall } from '../time/wall-time.ts';

/** A date of a series as it is stored. */
export interface StoredDate {
  originalStart: Instant;
  startsAt: Instant;
}

/**
 * The dates to come that stand where the pattern once put them, and no longer at its wall time: the zone's rules have
 * changed since they were derived, since a government moved its clock (reliability.md F47). Dates that were moved have no
 * wall time to keep.
 * findShifted({ firstStart: '2026-10-06T10:00', timeZone: 'Europe/Rome' }, [], now) // => []
 */
export function findShifted<Date extends StoredDate>(
  { firstStart, timeZone }: { firstStart: WallTime; timeZone: ZoneId },
  dates: readonly Date[],
  now: Instant,
): Date[] {
  const time = firstStart.slice(11, 16);
  return dates.filter(
    ({ originalStart, startsAt }) =>
      startsAt > now && startsAt === originalStart && toWall(startsAt, timeZone).slice(11, 16) !== time,
  );
}
