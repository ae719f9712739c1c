import { WEEKDAYS, type WorkingHours } from '../people/person.ts';
import type { Instant, LocalDate, WallTime, ZoneId } from './instant.ts';
import {
  addDays,
  dayNumber,
  fromDayLoosely,
  fromWallLoosely,
  isWorkingDay,
  localDate,
  minutesOfDay,
  toWall,
  weekdayOf,
} from './wall-time.ts';

const NINE_TO_FIVE = [['09:00', '17:00']] as const;

/** What is assumed of a person whose hours are not known, and confirmed in the proposal. */
export const ASSUMED_HOURS: WorkingHours = {
  monday: NINE_TO_FIVE,
  tuesday: NINE_TO_FIVE,
  wednesday: NINE_TO_FIVE,
  thursday: NINE_TO_FIVE,
  friday: NINE_TO_FIVE,
};

/** The given hours, or the assumed ones when they are not known or hold no time at all (a day from 09:00 to 09:00). */
export const hoursOrAssumed = (hours: WorkingHours | null | undefined): WorkingHours =>
  hours && WEEKDAYS.some((day) => hours[day]?.some(([start, end]) => minutesOfDay(start) < minutesOfDay(end)))
    ? hours
    : ASSUMED_HOURS;

/** The working periods of one local day as instants, in order; empty on a free day. */
export function workingPeriods(date: LocalDate, zone: ZoneId, hours: WorkingHours): { start: Instant; end: Instant }[] {
  const day = dayNumber(date);
  const periods = (hours[weekdayOf(date)] ?? []).map(([start, end]) => ({
    start: fromDayLoosely(day, minutesOfDay(start), zone),
    end: fromDayLoosely(day, minutesOfDay(end), zone),
  }));
  return periods.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
}

/** Whether a person is at work at that instant. */
export const isWorkingTime = (at: Instant, zone: ZoneId, hours: WorkingHours): boolean =>
  workingPeriods(localDate(at, zone), zone, hours).some(({ start, end }) => start <= at && at < end);

/** Whether that instant lies between the first start and the last end of the person's hours that day, breaks included. */
export function isWithinWorkingDay(at: Instant, zone: ZoneId, hours?: WorkingHours | null): boolean {
  const periods = workingPeriods(localDate(at, zone), zone, hoursOrAssumed(hours));
  const [first, last] = [periods[0], periods.at(-1)];
  return first !== undefined && last !== undefined && first.start <= at && at < last.end;
}

/**
 * The same wall time so many working days later (earlier for negative numbers); the day of `at` itself is not counted.
 * From a Friday, one working day later is Monday.
 */
export function addWorkingDays(at: Instant, days: number, zone: ZoneId, hours?: WorkingHours | null): Instant {
  if (!Number.isInteger(days)) throw new RangeError(`days: must be a whole number, not ${days}`);
  if (days === 0) return at;
  const week = hoursOrAssumed(hours);
  const wall = toWall(at, zone);
  let date = wall.slice(0, 10) as LocalDate;
  for (let left = Math.abs(days); left > 0;) {
    date = addDays(date, Math.sign(days));
    if (isWorkingDay(date, week)) left--;
  }
  return fromWallLoosely(`${date}${wall.slice(10)}` as WallTime, zone);
}

/** The first start of a working day after `at`: the start of that day's hours, 09:00 where they are not known. */
export function nextWorkingMorning(at: Instant, zone: ZoneId, hours?: WorkingHours | null): Instant {
  const week = hoursOrAssumed(hours);
  for (let date = localDate(at, zone); ; date = addDays(date, 1)) {
    const morning = workingPeriods(date, zone, week)[0];
    if (morning && morning.start > at) return morning.start;
  }
}
