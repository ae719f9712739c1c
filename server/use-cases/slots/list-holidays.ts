import { DAY, type LocalDate } from '../../domain/time/instant.ts';
import { addDays } from '../../domain/time/wall-time.ts';

/** By country and year: the tables do not change while the server runs. */
const known = new Map<string, readonly LocalDate[]>();

/**
 * The public holidays of a country (ISO 3166, two letters) in the years from `firstYear` to `lastYear`, as days of its own
 * calendar; observances, school and bank holidays are left out. Null: no holidays of that country are known. The tables are
 * those of date-holidays (data CC BY 3.0 from Wikipedia); they are read when the first country is asked for.
 * await listHolidays('IT', 2026, 2026) // => ['2026-01-01', '2026-01-06', ..., '2026-12-26']
 */
export async function listHolidays(country: string, firstYear: number, lastYear: number): Promise<LocalDate[] | null> {
  const { default: Holidays } = await import('date-holidays');
  const table = new Holidays(country);
  if (!Object.hasOwn(table.getCountries(), country)) return null;
  const days = new Set<LocalDate>();
  for (let year = firstYear; year <= lastYear; year++) {
    const key = `${country} ${year}`;
    if (!known.has(key)) known.set(key, listYear(table.getHolidays(year)));
    for (const day of known.get(key)!) days.add(day);
  }
  return [...days];
}

function listYear(holidays: readonly { date: string; start: Date; end: Date; type: string }[]): LocalDate[] {
  return holidays
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      const first = date.slice(0, 10) as LocalDate;
      // Some last for days; one in which the clock changes is an hour shorter or longer.
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      return Array.from({ length }, (_, i) => addDays(first, i));
    });
}
