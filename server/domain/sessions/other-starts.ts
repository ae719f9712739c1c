import { WEEKDAYS } from '../people/person.ts';
import { findAlternatives } from '../slots/find-alternatives.ts';
import type { TimeSpan } from '../slots/is-still-free.ts';
import type { Blackout, SlotPerson } from '../slots/types.ts';
import { MINUTE, type Instant, type LocalDate, type ZoneId } from '../time/instant.ts';
import { addDays, dayNumber, fromDayLoosely, localDate, weekdayOf } from '../time/wall-time.ts';
import { firstUnfrozen } from './freeze.ts';

/** Where no later session of the series sets an end, other times are looked for so far ahead, and back. */
const FARTHEST_DAYS = 28;

/** What a new time for one session has to keep to. */
export interface OtherStartsSearch {
  /** The session as it stands, or stood. */
  session: TimeSpan;
  /** Starts of the sessions before and after it in its series; a new time lies strictly between their days. */
  previous: Instant | null;
  next: Instant | null;
  /** The executive, by whose days and weeks everything is counted. A calendar that is not readable has no free time. */
  mentee: SlotPerson;
  mentor: SlotPerson;
  /** Times that plans of ours hold for one of the two, whatever their calendars show. */
  held: readonly TimeSpan[];
  tentativeIsFree: boolean;
  /** Days of the program without sessions. */
  blackouts: readonly Blackout[];
  now: Instant;
}

/**
 * Up to three other starts for a session (see `findAlternatives`), none of them frozen. With `sameWeek`, for a move that
 * nobody is asked about, only in the Monday-to-Sunday week of the executive in which the session stands, and none that one
 * of the two would rather keep free, or that the program keeps free.
 */
export function otherStarts(search: OtherStartsSearch, { sameWeek = false } = {}): Instant[] {
  const { session, mentee, mentor, now } = search;
  const zone = mentee.timeZone;
  const day = localDate(session.start, zone);
  const monday = addDays(day, -WEEKDAYS.indexOf(weekdayOf(day)));
  const first = sameWeek ? monday : addDays(day, -FARTHEST_DAYS);
  const behind = sameWeek ? addDays(monday, 7) : addDays(day, FARTHEST_DAYS + 1);
  const earliest = firstUnfrozen(now, zone, mentee.workingHours);
  const found = findAlternatives({
    anchor: mentee,
    others: [mentor],
    minutes: Math.round((session.end - session.start) / MINUTE),
    start: session.start,
    previous: search.previous,
    next: search.next,
    from: Math.max(midnight(first, zone), earliest) as Instant,
    to: midnight(behind, zone),
    gridMinutes: 15,
    tentativeIsFree: search.tentativeIsFree,
    exclude: search.held,
    blackouts: search.blackouts,
    isUnasked: sameWeek,
  });
  return found.map(({ start }) => start);
}

/** The window in which calendars have to be known for `otherStarts`. */
export const windowOfOtherStarts = (session: TimeSpan, now: Instant): TimeSpan => {
  const reach = (FARTHEST_DAYS + 2) * 24 * 60 * MINUTE;
  return {
    start: Math.max(now, session.start - reach) as Instant,
    end: (Math.max(now, session.end) + reach) as Instant,
  };
};

const midnight = (date: LocalDate, zone: ZoneId): Instant => fromDayLoosely(dayNumber(date), 0, zone);
