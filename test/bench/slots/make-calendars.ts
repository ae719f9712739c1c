import type { PersonId, WorkingHours } from '../../../server/domain/people/person.ts';
import type { BusyInterval } from '../../../server/domain/slots/busy.ts';
import type { SlotPerson } from '../../../server/domain/slots/types.ts';
import { DAY, MINUTE, type Instant, type LocalDate, type ZoneId } from '../../../server/domain/time/instant.ts';
import { dayNumber, fromDayLoosely } from '../../../server/domain/time/wall-time.ts';
import { numbers } from '../../server/domain/matching/solve/make-instance.ts';

/** A Monday; 26 weeks from here cross four changes of daylight-saving time in Europe and America. */
export const FROM = '2026-09-28' as LocalDate;
const WEEKS = 27;
const ZONES = [
  'Europe/Rome',
  'Europe/Rome',
  'Europe/Rome',
  'Europe/Warsaw',
  'Europe/Warsaw',
  'Europe/Kyiv',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
] as ZoneId[];
const HOURS: readonly [string, string][] = [
  ['08:30', '17:30'],
  ['09:00', '17:00'],
  ['09:00', '18:00'],
];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** Meetings of a week: some come every week, the rest once. Together about 23. */
const ROUTINE = 9;
const ONCE = 15;
const LENGTHS = [30, 30, 30, 60, 60, 90];

/** People with 26 weeks of full calendars: about 23 meetings a week, one in twenty out of office or tentative. */
export function makeCalendars(count: number, seed: number): SlotPerson[] {
  const random = numbers(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => from[whole(from.length)]!;
  const first = dayNumber(FROM);
  return Array.from({ length: count }, (_, i): SlotPerson => {
    const timeZone = pick(ZONES);
    const [open, close] = pick(HOURS);
    const [from, to] = [toMinutes(open), toMinutes(close)];
    const meeting = (): { day: number; minute: number; minutes: number } => ({
      day: whole(5),
      minute: from + 15 * whole((to - from) / 15 - 1),
      minutes: pick(LENGTHS),
    });
    const routine = Array.from({ length: ROUTINE }, meeting);
    const busy: BusyInterval[] = [];
    for (let week = 0; week < WEEKS; week++) {
      for (const { day, minute, minutes } of [...routine, ...Array.from({ length: ONCE }, meeting)]) {
        const start = fromDayLoosely(first + 7 * week + day, minute, timeZone);
        const draw = random();
        const status = draw < 0.02 ? 'oof' : draw < 0.05 ? 'tentative' : 'busy';
        busy.push({ start, end: (start + minutes * MINUTE) as Instant, status });
      }
    }
    busy.sort((a, b) => a.start - b.start || a.end - b.end);
    const workingHours: WorkingHours = Object.fromEntries(DAYS.map((day) => [day, [[open, close]]]));
    return { personId: `person-${i}` as PersonId, timeZone, workingHours, busy };
  });
}

const toMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Pairs of a cohort: mentees first, mentors after them; a mentor has one to three mentees. */
export function makePairs(count: number, seed: number): { mentees: number; mentors: number; mentorOf: number[] } {
  const random = numbers(seed);
  const mentorOf: number[] = [];
  let mentors = 0;
  while (mentorOf.length < count) {
    const places = 1 + Math.floor(random() * 3);
    for (let k = 0; k < places && mentorOf.length < count; k++) mentorOf.push(count + mentors);
    mentors++;
  }
  return { mentees: count, mentors, mentorOf };
}

/** Of the days that `FROM` and the weeks after it cover. */
export const LAST = (dayNumber(FROM) + 7 * WEEKS) * DAY;
