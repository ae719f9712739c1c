import type { Recurrence, RecurrencePattern } from './model.ts';
import { WEEKDAYS, WEEK_INDEXES } from './model.ts';
import { DAY, dateOf } from './zones.ts';

/** Days since 1970-01-01. */
export type DayNumber = number;

export const dayNumber = (date: string): DayNumber => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
const weekdayOf = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;
const firstOfMonth = (year: number, month: number): DayNumber => Math.floor(Date.UTC(year, month, 1) / DAY);
const daysInMonth = (year: number, month: number): number => firstOfMonth(year, month + 1) - firstOfMonth(year, month);

/** A pattern that yields nothing this often in a row is taken to be at its end. */
const MOST_EMPTY_STEPS = 600;

/** The days of one step of the pattern, e.g. of one week, in order; not yet cut to the range. */
function daysOfStep(pattern: RecurrencePattern, start: DayNumber, step: number): DayNumber[] {
  const { interval } = pattern;
  if (pattern.type === 'daily') return [start + step * interval];
  if (pattern.type === 'weekly') {
    const first = WEEKDAYS.indexOf(pattern.firstDayOfWeek);
    const weekStart = start - ((weekdayOf(start) - first + 7) % 7) + step * interval * 7;
    return pattern.daysOfWeek
      .map((name) => weekStart + ((WEEKDAYS.indexOf(name) - first + 7) % 7))
      .sort((a, b) => a - b);
  }
  const begin = new Date(start * DAY);
  const yearly = pattern.type === 'absoluteYearly' || pattern.type === 'relativeYearly';
  const months = yearly ? pattern.month - 1 : begin.getUTCMonth() + step * interval;
  const year = begin.getUTCFullYear() + (yearly ? step * interval : Math.floor(months / 12));
  const month = ((months % 12) + 12) % 12;
  const first = firstOfMonth(year, month);
  const length = daysInMonth(year, month);
  if (pattern.type === 'absoluteMonthly' || pattern.type === 'absoluteYearly') {
    // Outlook: a day that a month does not have is its last day.
    return [first + Math.min(pattern.dayOfMonth, length) - 1];
  }
  const matching: DayNumber[] = [];
  for (let day = first; day < first + length; day++) {
    if (pattern.daysOfWeek.includes(WEEKDAYS[weekdayOf(day)]!)) matching.push(day);
  }
  const chosen = pattern.index === 'last' ? matching.at(-1) : matching[WEEK_INDEXES.indexOf(pattern.index)];
  return chosen === undefined ? [] : [chosen];
}

/**
 * The days on which a series takes place, from its start to its end or to `until` (inclusive), whichever is earlier.
 * Moved and cancelled occurrences are not considered.
 */
export function expandDays({ pattern, range }: Recurrence, until: DayNumber): DayNumber[] {
  const start = dayNumber(range.startDate);
  const last = range.type === 'endDate' ? Math.min(until, dayNumber(range.endDate ?? range.startDate)) : until;
  const most = range.type === 'numbered' ? range.numberOfOccurrences : Infinity;
  const days: DayNumber[] = [];
  for (let step = 0, empty = 0; empty < MOST_EMPTY_STEPS; step++) {
    const found = daysOfStep(pattern, start, step).filter((day) => day >= start);
    empty = found.length === 0 ? empty + 1 : 0;
    for (const day of found) {
      if (day > last || days.length >= most) return days;
      days.push(day);
    }
  }
  return days;
}

/** The last day of a series; null for one without end. */
export function lastDay(recurrence: Recurrence): DayNumber | null {
  const { type, endDate } = recurrence.range;
  if (type === 'noEnd') return null;
  if (type === 'endDate' && endDate) return dayNumber(endDate);
  return expandDays(recurrence, Infinity).at(-1) ?? dayNumber(recurrence.range.startDate);
}

/** `YYYYMMDD` of a day, as occurrence ids carry it. */
export const compactDate = (day: DayNumber): string => dateOf(day * DAY).replaceAll('-', '');

/** The day of a `YYYYMMDD`. */
export const dayOfCompact = (date: string): DayNumber =>
  dayNumber(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
