import type { BusyInterval } from '../slots/busy.ts';
import { isBlocking, type TimeSpan } from '../slots/is-still-free.ts';

/**
 * Whether something blocking lies over a booked session in a person's calendar. Items carry no ids (platform.md,
 * correction 11), so exactly one with the session's own start and end is taken for the session itself: the one that is
 * shown as this person answered, else the mildest. Tentative items never disturb a booked session. A missing item says
 * nothing: a silent delete is not claimed.
 *
 * `items`: as they stand, never joined. // an item 10:00-10:30 twice, both busy => true
 */
export function isClashing(items: readonly BusyInterval[], session: TimeSpan, hasAccepted: boolean): boolean {
  const over = items.filter(({ start, end }) => start < session.end && session.start < end);
  const same = over.filter(({ start, end }) => start === session.start && end === session.end);
  const expected = hasAccepted ? 'busy' : 'tentative';
  const own = same.find(({ status }) => status === expected) ?? mildest(same);
  return over.some((item) => item !== own && isBlocking(item.status, true));
}

const mildest = (items: readonly BusyInterval[]): BusyInterval | undefined =>
  items.find(({ status }) => !isBlocking(status, true)) ?? items[0];
