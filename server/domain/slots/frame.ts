import { DAY, MINUTE, type Instant } from '../time/instant.ts';
import { dayNumber } from '../time/wall-time.ts';
import { wordsFor } from './bits.ts';
import type { SlotSeries } from './types.ts';

/** The week of the first date begins up to six days before it; two more for the distance of any zone from UTC. */
const MARGIN_DAYS = 8;
const LONGEST_MONTH = 31;

/**
 * The time that a search looks at, as equal steps from `base` on; slot s is a start at base + s * step. People's bits and
 * patterns fit together only when they were built for the same frame. Steps lie on the anchor's grid whatever the zone and
 * season, because every zone is whole quarters of an hour away from UTC (tzdata, from 1972 on).
 */
export interface Frame {
  /** Midnight in UTC. */
  base: Instant;
  /** Milliseconds. */
  step: number;
  slots: number;
  words: number;
  /** Length of a session in milliseconds; bits say where a whole session fits. */
  length: number;
  /** The days it covers in any zone, as numbers since 1970, both within. */
  firstDay: number;
  lastDay: number;
}

/**
 * The frame of a series with starts on a grid of 5 or 15 minutes. `moreDays`: by how much later than `series.from` the
 * series may begin at the most. Throws RangeError for numbers that make no series.
 */
export function makeFrame(series: SlotSeries, gridMinutes: 5 | 15, moreDays = 0): Frame {
  requireSeries(series);
  const firstDay = dayNumber(series.from) - MARGIN_DAYS;
  const { every, count } = series;
  const span = 'weeks' in every ? 7 + (count - 1) * 7 * every.weeks : LONGEST_MONTH * (2 + (count - 1) * every.months);
  const lastDay = dayNumber(series.from) + moreDays + span + MARGIN_DAYS;
  return frameOf(firstDay, lastDay, series.minutes, gridMinutes);
}

/** The frame of the sessions that begin in [from, to). */
export const frameOfWindow = (from: Instant, to: Instant, minutes: number, gridMinutes: 5 | 15): Frame =>
  frameOf(Math.floor(from / DAY) - 2, Math.floor(to / DAY) + 2, minutes, gridMinutes);

function frameOf(firstDay: number, lastDay: number, minutes: number, gridMinutes: number): Frame {
  const step = gridMinutes * MINUTE;
  const slots = ((lastDay + 1 - firstDay) * DAY) / step;
  const base = (firstDay * DAY) as Instant;
  return { base, step, slots, words: wordsFor(slots), length: minutes * MINUTE, firstDay, lastDay };
}

function requireSeries({ every, count, minutes }: SlotSeries): void {
  for (const [name, value] of Object.entries({ ...every, count, minutes })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name}: must be a whole number from 1 on, not ${value}`);
  }
  if (count > MOST_DATES) throw new RangeError(`count: must not exceed ${MOST_DATES}, not ${count}`);
}

/** Six counters of bits hold so many dates (searchSeries). */
export const MOST_DATES = 63;

/** The start of a slot. */
export const startOf = (frame: Frame, slot: number): Instant => (frame.base + slot * frame.step) as Instant;

/** The slot that begins at an instant; it must be on the grid. */
export const slotOf = (frame: Frame, start: Instant): number => (start - frame.base) / frame.step;
