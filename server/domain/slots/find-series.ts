import { WEEKDAYS, type Weekday } from '../people/person.ts';
import { MINUTE, plus, type Instant, type ZoneId } from '../time/instant.ts';
import type { MonthlyIndex } from '../time/recurrence.ts';
import { buildAvailability } from './build-availability.ts';
import { buildPatterns, slotAt, type Pattern } from './build-patterns.ts';
import { explainDates, type WhyNot } from './explain-date.ts';
import { makeFrame, startOf } from './frame.ts';
import { INDEXES } from './list-dates.ts';
import { isGoodStart, nearestStart } from './nearest-start.ts';
import { prefersHours } from './prefers-hours.ts';
import { searchSeries } from './search-series.ts';
import { slotReasons } from './slot-reasons.ts';
import type { Blackout, SlotPerson, SlotReason, SlotSeries } from './types.ts';

export interface SeriesSearch {
  /** The series keeps the wall time of this person's zone. */
  anchor: SlotPerson;
  /** All who take part, the anchor among them, in the order in which reasons name them. */
  people: readonly SlotPerson[];
  series: SlotSeries;
  gridMinutes: 5 | 15;
  /** How many patterns are given at most. */
  top: number;
  blackouts?: readonly Blackout[];
}

/** One date of a pattern as the calendars say. */
export interface JudgedDate {
  start: Instant;
  free: boolean;
  /** Empty where the date is free. */
  why: WhyNot[];
  /** The nearest start of the same week that is free for all; null where the date is free, or the week is full. */
  alternative: Instant | null;
}

/** A pattern with all its dates. */
export interface JudgedSeries {
  weekday: Weekday;
  /** By months: which such weekday of the month; else null. */
  index: MonthlyIndex | null;
  /** `HH:MM` in `timeZone`. */
  time: string;
  timeZone: ZoneId;
  dates: JudgedDate[];
  datesFree: number;
  /** 0..1,000,000, higher is better. */
  score: number;
  reasons: SlotReason[];
}

/**
 * The best patterns of a series for two or more people, each judged on ALL its dates (product.md D1): most dates free
 * first, then the score, then weekday and time. Starts lie on the grid of the anchor's local day, inside one of the
 * anchor's working periods; a pattern that touches an hour which the anchor's clock skips or shows twice on any date is
 * none. Throws RangeError for numbers that make no series.
 */
export function findSeries(search: SeriesSearch): JudgedSeries[] {
  const { anchor, people, series, gridMinutes, top, blackouts } = search;
  const frame = makeFrame(series, gridMinutes);
  const bits = people.map((person) => buildAvailability(person, frame, blackouts ? { blackouts } : {}));
  const patterns = buildPatterns(anchor, series, frame);
  const explain = explainDates(people);
  const prefers = prefersHours(anchor.preferences);
  return searchSeries(patterns, bits, top).map((found) => {
    const { pattern, cell, datesFree, score } = found;
    const dates = Array.from({ length: series.count }, (_, date): JudgedDate => {
      const slot = slotAt(pattern, date, cell);
      const start = startOf(frame, slot);
      if (isGoodStart(patterns, bits, slot)) return { start, free: true, why: [], alternative: null };
      const other = nearestStart(patterns, bits, pattern, date, slot);
      const why = explain(start, plus(start, frame.length));
      return { start, free: false, why, alternative: other < 0 ? null : startOf(frame, other) };
    });
    return {
      weekday: WEEKDAYS[pattern.weekday]!,
      index: pattern.index < 0 ? null : INDEXES[pattern.index]!,
      time: timeOf(pattern, cell, gridMinutes),
      timeZone: anchor.timeZone,
      ...{ dates, datesFree, score, reasons: slotReasons(patterns, bits, found, prefers) },
    };
  });
}

/** The time of day of a cell, `HH:MM`. */
export function timeOf({ rowMinute }: Pattern, cell: number, gridMinutes: number): string {
  const minute = rowMinute + cell * gridMinutes;
  return new Date(minute * MINUTE).toISOString().slice(11, 16);
}
