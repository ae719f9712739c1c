import type { PersonId, Weekday, WorkingHours } from '../../../../server/domain/people/person.ts';
import type { BusyInterval, BusyStatus } from '../../../../server/domain/slots/busy.ts';
import type { SeriesSearch } from '../../../../server/domain/slots/find-series.ts';
import type { Every, SlotPerson, SlotPreferences } from '../../../../server/domain/slots/types.ts';
import {
  DAY,
  MINUTE,
  plus,
  type Instant,
  type LocalDate,
  type ZoneId,
} from '../../../../server/domain/time/instant.ts';
import { addDays } from '../../../../server/domain/time/wall-time.ts';
import { numbers } from '../matching/solve/make-instance.ts';

/** Twenty zones of every kind: quarters of an hour, half an hour of summer time, changes at midnight, in the south, none. */
export const ZONES = [
  'Europe/Rome',
  'Europe/Warsaw',
  'Europe/Kyiv',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Asia/Beirut',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
] as const;

/** Mondays and other days from which a series of a few months meets the changes of autumn 2026, spring and autumn 2027, spring 2028. */
const FROM = ['2026-09-07', '2026-10-14', '2027-02-03', '2027-03-08', '2027-09-19', '2028-02-29'] as LocalDate[];

const WORKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const on = (days: readonly Weekday[], ...periods: [string, string][]): WorkingHours =>
  Object.fromEntries(days.map((day) => [day, periods]));
const HOURS = [
  on(WORKDAYS, ['09:00', '17:30']),
  on(WORKDAYS, ['09:00', '17:30']),
  on(WORKDAYS, ['08:30', '12:30'], ['13:30', '18:00']),
  on(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], ['07:10', '15:05']),
  on(['monday', 'wednesday'], ['10:00', '12:00'], ['12:00', '16:00']),
  // Nights at the weekend: the hours that clocks skip and repeat.
  { ...on(['saturday', 'sunday'], ['00:00', '05:00'], ['22:00', '24:00']), friday: [['12:00', '14:00']] },
] as const satisfies readonly WorkingHours[];
const STATUSES: readonly BusyStatus[] = [
  'busy',
  'busy',
  'busy',
  'busy',
  'tentative',
  'oof',
  'free',
  'workingElsewhere',
];

/** A search that follows from the seed alone: mostly pairs, some threes, with calendars full of meetings. */
export function makeSearch(seed: number): SeriesSearch {
  const next = numbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const chance = (share: number): boolean => next() < share;
  const from = pick(FROM);
  const every: Every = chance(0.85) ? { weeks: pick([1, 2, 2, 3, 4]) } : { months: pick([1, 1, 2]) };
  const count = 2 + Math.floor(next() * ('weeks' in every ? 8 / Math.sqrt(every.weeks) : 3 / every.months));
  const days = 'weeks' in every ? 7 * every.weeks * count + 7 : 31 * (every.months * count + 1);
  const start = (Date.parse(`${from}T00:00:00Z`) - 8 * DAY) as Instant;

  const meeting = (): BusyInterval => {
    const at = plus(start, (Math.floor(next() * (days + 16)) * 24 * 60 + 360 + Math.floor(next() * 180) * 5) * MINUTE);
    const minutes = chance(0.02) ? 3 * 24 * 60 : pick([15, 25, 30, 30, 60, 60, 60, 90, 240, 7]);
    return { start: at, end: plus(at, minutes * MINUTE), status: pick(STATUSES) };
  };
  const routine = (): BusyInterval[] => {
    const first = meeting();
    const length = Math.min(first.end - first.start, 60 * MINUTE);
    return Array.from({ length: Math.ceil(days / 7) }, (_, week) => {
      const at = plus(first.start, week * 7 * DAY);
      return { start: at, end: plus(at, length), status: first.status };
    });
  };
  const preferences = (): SlotPreferences => ({
    ...(chance(0.3) && {
      preferred: pick([on(WORKDAYS, ['09:00', '11:00']), on(['tuesday'], ['13:00', '18:00']), {}]),
    }),
    ...(chance(0.3) && { protected: on(['friday', 'monday'], ['14:00', '18:00']) }),
    ...(chance(0.2) && { noMeetingDays: ['friday' as const] }),
    ...(chance(0.3) && { bufferMinutes: pick([0, 5, 20, 60]) }),
    ...(chance(0.3) && { tentativeIsFree: true }),
  });
  const person = (id: string, zones: readonly string[]): SlotPerson => ({
    personId: id as PersonId,
    timeZone: pick(zones) as ZoneId,
    workingHours: chance(0.85) ? pick(HOURS.slice(0, 3)) : pick(HOURS),
    busy: [
      ...Array.from({ length: Math.floor(next() * 3.5 * days) }, meeting),
      ...Array.from({ length: Math.floor(next() * 3) }, routine).flat(),
    ],
    preferences: preferences(),
    ...(chance(0.3) && { holidays: [addDays(from, Math.floor(next() * days)), addDays(from, 20)] }),
  });
  // Half of the pairs sit near each other, or hardly any date would be free.
  const home = Math.floor(next() * ZONES.length);
  const near = chance(0.5) ? [ZONES[home]!] : chance(0.5) ? ZONES.slice(0, 5) : ZONES;
  const people = Array.from({ length: chance(0.15) ? 3 : 2 }, (_, i) => person(`p${i + 1}`, near));
  return {
    anchor: pick(people),
    people,
    series: { from, every, count, minutes: pick([15, 30, 30, 30, 45, 60, 25, 50, 37]) },
    gridMinutes: chance(0.92) ? 15 : 5,
    top: chance(0.6) ? 20_000 : 20,
    ...(chance(0.3) && { blackouts: [{ from: addDays(from, 10), to: addDays(from, 16) }] }),
  };
}
