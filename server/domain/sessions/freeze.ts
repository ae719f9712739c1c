import type { WorkingHours } from '../people/person.ts';
import type { Instant, ZoneId } from '../time/instant.ts';
import { dayNumber, fromDayLoosely, localDate } from '../time/wall-time.ts';
import { addWorkingDays } from '../time/working-days.ts';

/** Nothing is changed within 24 h of a session, counted on the executive's working days (product.md D4). */
const FREEZE_WORKING_DAYS = 1;

/** From when on a session that begins at `start` is left alone. From a Monday, that is the Friday before. */
export const freezesAt = (start: Instant, zone: ZoneId, hours: WorkingHours | null): Instant =>
  addWorkingDays(start, -FREEZE_WORKING_DAYS, zone, hours);

/** Whether a session that begins at `start` may no longer be changed, nor one be put there. */
export const isFrozen = (start: Instant, now: Instant, zone: ZoneId, hours: WorkingHours | null): boolean =>
  now > freezesAt(start, zone, hours);

/** The first instant at which a session could be put so that it is not frozen at once. */
export function firstUnfrozen(now: Instant, zone: ZoneId, hours: WorkingHours | null): Instant {
  const next = addWorkingDays(now, FREEZE_WORKING_DAYS, zone, hours);
  if (!isFrozen(next, now, zone, hours)) return next;
  // From a free day the whole next working day is too near: its 24 h began on the last working day before.
  return fromDayLoosely(dayNumber(localDate(next, zone)) + 1, 0, zone);
}
