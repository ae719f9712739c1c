import { WEEKDAYS } from '../people/person.ts';
import { DAY, plus, type Instant } from '../time/instant.ts';
import { addDays, dateOf, dayNumber, localDate, wallAt } from '../time/wall-time.ts';
import { buildAvailability, type Availability } from './build-availability.ts';
import { buildPatterns, slotAt, type Patterns } from './build-patterns.ts';
import { timeOf } from './find-series.ts';
import { makeFrame, startOf, type Frame } from './frame.ts';
import type { TimeSpan } from './is-still-free.ts';
import { INDEXES } from './list-dates.ts';
import { isGoodStart, nearestStart } from './nearest-start.ts';
import { prefersHours } from './prefers-hours.ts';
import { searchSeries, type FoundSeries } from './search-series.ts';
import { slotReasons } from './slot-reasons.ts';
import type { Blackout, SlotCandidate, SlotDate, SlotPerson, SlotSeries } from './types.ts';

/** The product's times are quarters of an hour of the mentee's clock. */
export const GRID_MINUTES = 15;
/** What `maxMoved` is said of: at most 2 of 6 (product.md D1). */
const MOVED_OF = 6;

export interface SlotSearch {
  /** The mentee: the series keeps the wall time of this person's zone. */
  anchor: SlotPerson;
  others: readonly SlotPerson[];
  shape: Pick<SlotSeries, 'every' | 'count' | 'minutes'>;
  /** The first date lies in [from, from + firstWithinDays]. */
  from: Instant;
  firstWithinDays: number;
  /** How many dates of six may take place at another time than the pattern says; of other counts as large a part. */
  maxMoved: number;
  /** Times that other open proposals hold for one of them; nobody is free then, whatever the status. */
  exclude?: readonly TimeSpan[];
  blackouts?: readonly Blackout[];
}

/**
 * Every pattern that may be offered, best first: dates free, then the score, then the first start. All dates are free for
 * all inside one working period of each, over every daylight-saving change (product.md D1); those that are not are moved to
 * the nearest good start of the same week. The series may begin in any week of the window, so either parity of a fortnight
 * is tried. Left out: more moved dates than `maxMoved` allows, nothing but moved dates, a date whose week is full. Empty
 * when a calendar is not readable. Throws RangeError for numbers that make no series.
 */
export function findSlots(search: SlotSearch): SlotCandidate[] {
  const { anchor, others, shape, from, firstWithinDays, exclude, blackouts } = search;
  requireBounds(search);
  const people = [anchor, ...others];
  const frame = makeFrame({ ...shape, from: localDate(from, anchor.timeZone) }, GRID_MINUTES, firstWithinDays);
  if (people.some(({ busy }) => busy === null)) return [];
  const context = { ...(exclude && { held: exclude }), ...(blackouts && { blackouts }) };
  const bits = people.map((person) => buildAvailability(person, frame, context));
  return findSlotsIn(patternsOfWeeks(anchor, frame, search), bits, search);
}

/** What a search asks of the series, whoever takes part. */
export type SlotTerms = Pick<SlotSearch, 'shape' | 'from' | 'firstWithinDays' | 'maxMoved'>;

/** The patterns of an anchor that begin in each week of the window. */
export interface WeeklyPatterns {
  weeks: {
    /** Of the week, as days since 1970. */
    lastDay: number;
    patterns: Patterns;
  }[];
  /** Whether the anchor named preferred hours. */
  prefers: boolean;
}

/** The patterns of each week in which the series may begin; the frame has to reach from the first day to the last date. */
export function patternsOfWeeks(anchor: SlotPerson, frame: Frame, terms: SlotTerms): WeeklyPatterns {
  const { shape, from, firstWithinDays } = terms;
  const firstDay = localDate(from, anchor.timeZone);
  const bounds = { countFrom: firstDay, notBefore: from, firstNotAfter: plus(from, firstWithinDays * DAY) };
  const weeks = Array.from({ length: Math.floor(firstWithinDays / 7) + 1 }, (_, week) => {
    const weekStart = addDays(firstDay, week * 7);
    return {
      lastDay: dayNumber(weekStart) + 6,
      patterns: buildPatterns(anchor, { ...shape, from: weekStart }, frame, bounds),
    };
  });
  return { weeks, prefers: prefersHours(anchor.preferences) };
}

/** What findSlots gives, from bits and patterns that were built before. */
export function findSlotsIn(
  { weeks, prefers }: WeeklyPatterns,
  bits: readonly Availability[],
  { shape, maxMoved }: Pick<SlotTerms, 'shape' | 'maxMoved'>,
): SlotCandidate[] {
  const mostMoved = Math.floor((maxMoved * shape.count) / MOVED_OF);
  const candidates: SlotCandidate[] = [];
  const leastFree = Math.max(1, shape.count - mostMoved);
  for (const { lastDay, patterns } of weeks) {
    for (const found of searchSeries(patterns, bits, Infinity, leastFree)) {
      // Patterns by months are found again in the week in which they begin.
      if (found.pattern.days[0]! > lastDay) continue;
      const dates = placeDates(patterns, bits, found);
      if (dates) candidates.push(describe(patterns, bits, found, dates, prefers));
    }
  }
  return candidates.sort(
    (a, b) =>
      a.movedDates - b.movedDates ||
      b.score - a.score ||
      a.dates[0]!.originalStart - b.dates[0]!.originalStart ||
      INDEXES.indexOf(a.index ?? 'first') - INDEXES.indexOf(b.index ?? 'first'),
  );
}

/** All dates, the broken ones moved; null when one has nowhere to go. */
function placeDates(patterns: Patterns, bits: readonly Availability[], found: FoundSeries): SlotDate[] | null {
  const { frame, count } = patterns;
  const { pattern, cell } = found;
  const dates: SlotDate[] = [];
  for (let date = 0; date < count; date++) {
    const original = slotAt(pattern, date, cell);
    const isMoved = !isGoodStart(patterns, bits, original);
    const slot = isMoved ? nearestStart(patterns, bits, pattern, date, original) : original;
    if (slot < 0) return null;
    const start = startOf(frame, slot);
    dates.push({ originalStart: startOf(frame, original), start, end: plus(start, frame.length), isMoved });
  }
  return dates;
}

function describe(
  patterns: Patterns,
  bits: readonly Availability[],
  found: FoundSeries,
  dates: SlotDate[],
  prefers: boolean,
): SlotCandidate {
  const { pattern, cell, score, datesFree } = found;
  const firstDate = dateOf(pattern.days[0]!);
  return {
    weekday: WEEKDAYS[pattern.weekday]!,
    time: timeOf(pattern, cell, GRID_MINUTES),
    timeZone: patterns.zone,
    ...(pattern.index >= 0 && { index: INDEXES[pattern.index]! }),
    firstDate,
    firstStart: wallAt(firstDate, pattern.rowMinute + cell * GRID_MINUTES),
    dates,
    movedDates: dates.length - datesFree,
    score,
    reasons: slotReasons(patterns, bits, found, prefers),
  };
}

function requireBounds({ firstWithinDays, maxMoved }: SlotSearch): void {
  for (const [name, value] of Object.entries({ firstWithinDays, maxMoved })) {
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`${name}: must be a whole number from 0 on, not ${value}`);
  }
}
