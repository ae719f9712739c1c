import type { Person, PersonId } from '../../domain/people/person.ts';
import type { Instant, LocalDate } from '../../domain/time/instant.ts';
import { countryCode } from './country-code.ts';
import { listHolidays } from './list-holidays.ts';

/** The public holidays of everybody's country; none where the directory names no country that we know. */
export async function holidaysOf(
  people: ReadonlyMap<PersonId, Person>,
  from: Instant,
  to: Instant,
): Promise<Map<PersonId, LocalDate[]>> {
  const [firstYear, lastYear] = [from, to].map((at) => new Date(at).getUTCFullYear()) as [number, number];
  const found = new Map<PersonId, LocalDate[]>();
  for (const [personId, { country }] of people) {
    const code = countryCode(country);
    const days = code === null ? null : await listHolidays(code, firstYear, lastYear);
    if (days) found.set(personId, days);
  }
  return found;
}
