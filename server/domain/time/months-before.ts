import type { LocalDate } from './instant.ts';

/**
 * The same day so many months earlier, or the last day of that month where it has no such day.
 *
 * @example monthsBefore('2026-03-31', 1) // => '2026-02-28'
 */
export function monthsBefore(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const total = year * 12 + (month - 1) - months;
  const [earlierYear, earlierMonth] = [Math.floor(total / 12), (total % 12) + 1];
  const last = new Date(Date.UTC(earlierYear, earlierMonth, 0)).getUTCDate();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(earlierYear).padStart(4, '0')}-${two(earlierMonth)}-${two(Math.min(day, last))}` as LocalDate;
}
