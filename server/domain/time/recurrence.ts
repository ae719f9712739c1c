import { addDays, fromWall, weekdayOf } from './wall-time.ts';
import { MINUTE, plus, type Instant, type LocalDate, type WallTime, type ZoneId } from './instant.ts';
import type { Weekday } from '../people/person.ts';

export interface SeriesDate {
  originalStart: Instant;
  end: Instant;
}

export type MonthlyIndex = 'first' | 'second' | 'third' | 'fourth' | 'last';

/** The dates at one wall time; null when the clock skips or repeats that time on one of them. */
function atWallTime(
  dates: readonly LocalDate[],
  firstStart: WallTime,
  zone: ZoneId,
  minutes: number,
): SeriesDate[] | null {
  const series: SeriesDate[] = [];
  for (const date of dates) {
    const found = fromWall(`${date}${firstStart.slice(10)}` as WallTime, zone);
    if (!('instant' in found)) return null;
    series.push({ originalStart: found.instant, end: plus(found.instant, minutes * MINUTE) });
  }
  return series;
}

/**
 * All dates of a weekly series. The wall time in `timeZone` stays the same over daylight-saving changes; UTC is derived
 * (reliability.md R8). Null when it does not exist, or exists twice, on one of the dates. Throws RangeError for a
 * malformed `firstStart` or numbers below 1.
 */
export function expandSeries(series: {
  firstStart: WallTime;
  timeZone: ZoneId;
  everyWeeks: number;
  count: number;
  minutes: number;
}): SeriesDate[] | null {
  const { firstStart, timeZone, everyWeeks, count, minutes } = series;
  requireWhole({ everyWeeks, count, minutes });
  const first = firstStart.slice(0, 10) as LocalDate;
  const dates = Array.from({ length: count }, (_, i) => addDays(first, i * 7 * everyWeeks));
  return atWallTime(dates, firstStart, timeZone, minutes);
}

/**
 * All dates of a monthly series on, for example, each third Tuesday. `firstStart` must itself be such a day (Exchange
 * wants the range to begin on the pattern), else RangeError. Null as for `expandSeries`.
 */
export function expandMonthly(series: {
  firstStart: WallTime;
  timeZone: ZoneId;
  everyMonths: number;
  index: MonthlyIndex;
  count: number;
  minutes: number;
}): SeriesDate[] | null {
  const { firstStart, timeZone, everyMonths, index, count, minutes } = series;
  requireWhole({ everyMonths, count, minutes });
  const first = firstStart.slice(0, 10) as LocalDate;
  const weekday = weekdayOf(first);
  const month = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1;
  const dates = Array.from({ length: count }, (_, i) => weekdayOfMonth(month + i * everyMonths, weekday, index));
  if (dates[0] !== first) throw new RangeError(`firstStart: ${first} is not the ${index} ${weekday} of its month`);
  return atWallTime(dates, firstStart, timeZone, minutes);
}

/**
 * Which weekday of their months these dates are, all on one weekday. Dates that are each the fourth and the last are
 * `fourth`: for them both mean the same. Throws RangeError when no one index fits all.
 * indexInMonth(['2026-10-06', '2026-11-03']) // => 'first'
 */
export function indexInMonth(dates: readonly LocalDate[]): MonthlyIndex {
  const fits = (index: MonthlyIndex): boolean =>
    dates.every((date) => {
      const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
      return weekdayOfMonth(month, weekdayOf(date), index) === date;
    });
  const found = (['first', 'second', 'third', 'fourth', 'last'] as const).find(fits);
  if (dates.length === 0 || !found) throw new RangeError(`no weekday of the month fits all of ${dates.join(', ')}`);
  return found;
}

function weekdayOfMonth(month: number, weekday: Weekday, index: MonthlyIndex): LocalDate {
  const firstDay = (m: number): LocalDate =>
    `${String(Math.floor(m / 12)).padStart(4, '0')}-${String((m % 12) + 1).padStart(2, '0')}-01` as LocalDate;
  const step = index === 'last' ? -1 : 1;
  let date = index === 'last' ? addDays(firstDay(month + 1), -1) : firstDay(month);
  while (weekdayOf(date) !== weekday) date = addDays(date, step);
  const weeks = { first: 0, second: 1, third: 2, fourth: 3, last: 0 }[index];
  return addDays(date, weeks * 7);
}

function requireWhole(numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name}: must be a whole number from 1 on, not ${value}`);
  }
}
