import type { SlotsPerson } from '../../contract/slots-input.ts';
import { parseSlots } from '../../contract/slots.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { SeriesSearch } from '../../domain/slots/find-series.ts';
import type { SlotPerson, SlotSeries } from '../../domain/slots/types.ts';
import { parseInstant, type LocalDate, type ZoneId } from '../../domain/time/instant.ts';
import { ASSUMED_HOURS } from '../../domain/time/working-days.ts';
import { parseZone } from '../../domain/time/zones.ts';
import { listHolidays } from '../../use-cases/slots/list-holidays.ts';
import { UsageError } from '../read-args.ts';

/** Holidays are looked up in the year of the first date and so many after it: no series is longer. */
const MORE_YEARS = 3;

/** What `inverso slots` was given, as the search takes it. Throws UsageError. */
export async function readSearch(input: unknown): Promise<SeriesSearch> {
  const parsed = parseSlots(input, parseZone);
  if ('faults' in parsed) throw new UsageError(parsed.faults);
  const { series, anchor, granularityMinutes, top, blackouts } = parsed.value;
  const year = Number(series.from.slice(0, 4));
  const people = await Promise.all(parsed.value.people.map((person, i) => readPerson(person, `people.${i}`, year)));
  return {
    anchor: people.find(({ personId }) => personId === anchor)!,
    people,
    // The contract checked that they are days.
    series: series as SlotSeries,
    gridMinutes: granularityMinutes,
    top,
    blackouts: blackouts as { from: LocalDate; to: LocalDate }[],
  };
}

async function readPerson(person: SlotsPerson, path: string, year: number): Promise<SlotPerson> {
  const { id, timeZone, workingHours, busy, preferences, country } = person;
  const holidays = country === null ? [] : await listHolidays(country, year, year + MORE_YEARS);
  if (holidays === null)
    throw new UsageError([
      { path: `${path}.country`, reason: 'must be a country whose holidays are known, such as IT' },
    ]);
  return {
    personId: id as PersonId,
    // parseZone gave it.
    timeZone: timeZone as ZoneId,
    workingHours: workingHours ?? ASSUMED_HOURS,
    busy: busy.map(([start, end, status]) => ({ start: parseInstant(start), end: parseInstant(end), status })),
    preferences: preferences,
    holidays: [...(person.holidays as LocalDate[]), ...holidays],
  };
}
