import { isInstant, offsetsAround, offsetAt } from './offsets.ts';
import { DAY, MINUTE, type Instant, type LocalDate, type WallTime, type ZoneId } from './instant.ts';
import { WEEKDAYS, type Weekday, type WorkingHours } from '../people/person.ts';

/**
 * What a wall time means in a zone: one instant; none, because clocks were put forward over it; or two, because they
 * were put back. The last two are never proposed to anybody (reliability.md F44).
 */
export type FromWall = { instant: Instant } | { gap: { next: Instant } } | { doubled: readonly [Instant, Instant] };

const WALL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Milliseconds of a wall time as if it were UTC. Throws RangeError for a text that is not a wall time. */
function wallMilliseconds(wall: WallTime): number {
  const milliseconds = WALL.test(wall) ? Date.parse(`${wall}:00Z`) : NaN;
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 16) !== wall) {
    throw new RangeError(`not a wall time: ${wall}`);
  }
  return milliseconds;
}

/**
 * Wall time in a zone, cut to the minute.
 * toWall(parseInstant('2026-10-25T01:30:00Z'), zone) // => '2026-10-25T02:30' in Europe/Rome
 */
export const toWall = (at: Instant, zone: ZoneId): WallTime =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16) as WallTime;

/** The instant of a wall time in a zone, or why there is not exactly one. Throws RangeError for a malformed text. */
export const fromWall = (wall: WallTime, zone: ZoneId): FromWall => fromLocal(wallMilliseconds(wall), zone);

/** As fromWall, for a wall time that is given as milliseconds as if it were UTC. */
export function fromLocal(local: number, zone: ZoneId): FromWall {
  const offsets = offsetsAround(zone, local);
  if (offsets.length === 1) return { instant: (local - offsets[0]!) as Instant };
  const hits = offsets
    .map((offset) => local - offset)
    .filter((at, index) => isInstant(zone, at, offsets[index]!))
    .sort((a, b) => a - b) as Instant[];
  if (hits.length === 1) return { instant: hits[0]! };
  if (hits.length >= 2) return { doubled: [hits[0]!, hits[1]!] };
  // Inside the gap the later offset leads before the change and the earlier one behind it: the change is between.
  let before = local - Math.max(...offsets);
  let after = local - Math.min(...offsets);
  const old = offsetAt(zone, before);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === old) before = middle;
    else after = middle;
  }
  return { gap: { next: after as Instant } };
}

/**
 * The instant of a wall time where any will do (deadlines, edges of working hours): the first of two, and the end of a
 * gap. Never for the start of a session.
 */
export const fromWallLoosely = (wall: WallTime, zone: ZoneId): Instant => anyOf(fromWall(wall, zone));

/** As fromWallLoosely, for a day and minutes since its midnight, 0..1440. */
export const fromDayLoosely = (day: number, minutes: number, zone: ZoneId): Instant =>
  anyOf(fromLocal(day * DAY + minutes * MINUTE, zone));

function anyOf(found: FromWall): Instant {
  return 'instant' in found ? found.instant : 'gap' in found ? found.gap.next : found.doubled[0];
}

/** The calendar day in a zone. // => '2026-10-25' */
export const localDate = (at: Instant, zone: ZoneId): LocalDate => toWall(at, zone).slice(0, 10) as LocalDate;

/** Whole days since 1970-01-01. Throws RangeError for a text that is not a day of the calendar. */
export function dayNumber(date: LocalDate): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)].map(Number) as [
    number,
    number,
    number,
  ];
  const milliseconds = DATE.test(date) ? Date.UTC(year, month - 1, day) : NaN;
  const made = new Date(milliseconds);
  // The 31st of a shorter month would have become a day of the next one.
  if (made.getUTCFullYear() !== year || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) {
    throw new RangeError(`not a date: ${date}`);
  }
  return milliseconds / DAY;
}

/** The day that is so many days after 1970-01-01. */
export const dateOf = (day: number): LocalDate => new Date(day * DAY).toISOString().slice(0, 10) as LocalDate;

/** The day so many days later (or earlier). // addDays('2026-02-28', 1) => '2026-03-01' */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(dayNumber(date) + days);

/** The weekday of a day. // weekdayOf('2026-11-24') => 'tuesday' */
export const weekdayOf = (date: LocalDate): Weekday => WEEKDAYS[(((dayNumber(date) + 3) % 7) + 7) % 7]!;

/** A day and a time of day together; `minutes` since midnight, 0..1439. // wallAt('2026-11-24', 570) => '2026-11-24T09:30' */
export const wallAt = (date: LocalDate, minutes: number): WallTime =>
  new Date(dayNumber(date) * DAY + minutes * MINUTE).toISOString().slice(0, 16) as WallTime;

/** Minutes since midnight of `HH:MM`; `24:00` is the end of the day. Throws RangeError for anything else. */
export function minutesOfDay(time: string): number {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  if (!match || Number(match[2]) > 59 || minutes > 1440) throw new RangeError(`not a time of day: ${time}`);
  return minutes;
}

/** Whether these hours have a working period on that day. */
export const isWorkingDay = (date: LocalDate, hours: WorkingHours): boolean =>
  (hours[weekdayOf(date)]?.length ?? 0) > 0;
