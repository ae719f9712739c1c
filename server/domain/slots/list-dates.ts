import { DAY } from '../time/instant.ts';
import { weekdayOfDay } from './build-availability.ts';
import type { Every } from './types.ts';

/** Which weekday of the month, by number: first to fourth, then last. A fifth one is there only where it is the last. */
export const INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;

/** Days since 1970 of the pattern's dates: the first is the first on or after `from`. `index` -1: by weeks. */
export function listDates(from: number, weekday: number, index: number, every: Every, count: number): Int32Array {
  const days = new Int32Array(count);
  if ('weeks' in every) {
    const first = from + ((weekday - weekdayOfDay(from) + 7) % 7);
    for (let i = 0; i < count; i++) days[i] = first + i * 7 * every.weeks;
    return days;
  }
  const date = new Date(from * DAY);
  let month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (dayInMonth(month, weekday, index) < from) month++;
  for (let i = 0; i < count; i++) days[i] = dayInMonth(month + i * every.months, weekday, index);
  return days;
}

/** The day of one weekday in a month that is counted from year 0. */
function dayInMonth(month: number, weekday: number, index: number): number {
  const firstOf = (m: number): number => Date.UTC(Math.floor(m / 12), m % 12, 1) / DAY;
  if (INDEXES[index] === 'last') {
    const last = firstOf(month + 1) - 1;
    return last - ((weekdayOfDay(last) - weekday + 7) % 7);
  }
  const first = firstOf(month);
  return first + ((weekday - weekdayOfDay(first) + 7) % 7) + index * 7;
}
