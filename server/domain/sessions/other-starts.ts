import { WEEKDAYS } from '../people/person.ts';
import { cutCells, goodStarts } from '../slots/good-starts.ts';
import type { TimeSpan } from '../slots/is-still-free.ts';
import type { SlotPerson } from '../slots/types.ts';
import { MINUTE, type Instant, type LocalDate } from '../time/instant.ts';
import { addDays, dayNumber, fromDayLoosely, localDate, weekdayOf } from '../time/wall-time.ts';
import { isFrozen } from './freeze.ts';

/** One tap among three (product.md D4). */
export const MOST_STARTS = 3;
/** Where no later session of the series sets an end, other times are looked for so far ahead. */
export const FARTHEST_DAYS = 28;

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
  now: Instant;
}

/**
 * Starts on the executive's quarter hours at which both are free inside their working hours, nearest to the session
 * first, the earlier of two equally near. None is frozen, none on a neighbor's day or beyond it. With `sameWeek` only
 * those in the Monday-to-Sunday week in which the session stood.
 */
export function otherStarts(search: OtherStartsSearch, { sameWeek = false } = {}): Instant[] {
  const { session, mentee, mentor, held, now } = search;
  if (mentee.busy === null || mentor.busy === null) return [];
  const zone = mentee.timeZone;
  const { firstDay, lastDay } = daysOf(search, sameWeek);
  const from = Math.max(fromDayLoosely(dayNumber(firstDay), 0, zone), now) as Instant;
  const to = fromDayLoosely(dayNumber(lastDay) + 1, 0, zone);
  if (to <= from) return [];
  const minutes = Math.round((session.end - session.start) / MINUTE);
  const cells = cutCells(from, to, minutes);
  const good = goodStarts(mentee, mentor, held, cells, { minutes, from, tentativeIsFree: search.tentativeIsFree });
  const starts: Instant[] = [];
  good.forEach((isGood, cell) => {
    const start = (cells.base + cell * cells.size) as Instant;
    if (isGood && start < to && start !== session.start && !isFrozen(start, now, zone, mentee.workingHours))
      starts.push(start);
  });
  const away = (start: Instant): number => Math.abs(start - session.start);
  return starts.sort((a, b) => away(a) - away(b) || a - b);
}

/** The days on which the session may stand, both included; the last may lie before the first: then there is none. */
function daysOf(
  { session, previous, next, mentee }: OtherStartsSearch,
  sameWeek: boolean,
): { firstDay: LocalDate; lastDay: LocalDate } {
  const zone = mentee.timeZone;
  const day = localDate(session.start, zone);
  const monday = addDays(day, -WEEKDAYS.indexOf(weekdayOf(day)));
  const after = previous === null ? null : addDays(localDate(previous, zone), 1);
  const before = next === null ? null : addDays(localDate(next, zone), -1);
  const first = addDays(monday, sameWeek ? 0 : -FARTHEST_DAYS);
  const last = sameWeek ? addDays(monday, 6) : addDays(day, FARTHEST_DAYS);
  return {
    firstDay: after !== null && after > first ? after : first,
    lastDay: before !== null && before < last ? before : last,
  };
}

/** Of starts by nearness, up to three: each on another day where there are so many, best first. */
export function spreadStarts(starts: readonly Instant[], mentee: Pick<SlotPerson, 'timeZone'>): Instant[] {
  const days = new Set<LocalDate>();
  const chosen = starts.filter((start) => {
    const day = localDate(start, mentee.timeZone);
    if (days.size >= MOST_STARTS || days.has(day)) return false;
    days.add(day);
    return true;
  });
  for (const start of starts) {
    if (chosen.length >= MOST_STARTS) break;
    if (chosen.every((other) => Math.abs(other - start) >= APART)) chosen.push(start);
  }
  return chosen;
}

/** Two times of one day closer than this are hardly a choice. */
const APART = 60 * MINUTE;
