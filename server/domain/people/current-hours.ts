import { clockChanges, offsetAt } from '../time/offsets.ts';
import { DAY, type Instant, type ZoneId } from '../time/instant.ts';
import { hoursOrAssumed } from '../time/working-days.ts';
import type { WorkingHours } from './person.ts';

/** When somebody works; a zone that is not known is null, never UTC. */
export interface Hours {
  timeZone: ZoneId | null;
  workingHours: WorkingHours | null;
}

/** Zones that run alike for so long are one to a calendar, whatever their names. */
const AHEAD = 400 * DAY;

/**
 * When a person works as far as is known now: what their mailbox just said before what was read when they were invited
 * (reliability.md F43: who moved or travels is offered times of the new zone). The known zone stays where the other one
 * runs alike, since mailboxes tell a whole family of zones by one name. Without any hours the usual ones are assumed.
 *
 * currentHours({ timeZone: 'Europe/Rome', workingHours: null }, { timeZone: 'Europe/Berlin', workingHours: null }, now).timeZone // => 'Europe/Rome'
 */
export function currentHours(
  known: Hours,
  seen: Hours | null,
  now: Instant,
): { timeZone: ZoneId | null; workingHours: WorkingHours } {
  const { timeZone } = known;
  const moved = seen?.timeZone ?? null;
  return {
    timeZone: moved === null || (timeZone !== null && runAlike(timeZone, moved, now)) ? timeZone : moved,
    workingHours: hoursOrAssumed(seen?.workingHours ?? known.workingHours),
  };
}

function runAlike(a: ZoneId, b: ZoneId, from: Instant): boolean {
  if (a === b) return true;
  const changes = (zone: ZoneId): string => JSON.stringify(clockChanges(zone, from, from + AHEAD));
  return offsetAt(a, from) === offsetAt(b, from) && changes(a) === changes(b);
}
