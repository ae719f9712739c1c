import { Temporal } from 'temporal-polyfill';
import type { SandboxPerson } from '../world.ts';
import { minutesOf, USUAL_HOURS } from './week-grid.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Longest stretch without a working day that anybody's hours may have. */
const LOOK_AHEAD_DAYS = 8;

const at = (instant: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** Wall time `YYYY-MM-DDTHH:MM` of an instant in a zone. */
export function wallTime(instant: number, zone: string): string {
  return at(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** Instant of a wall time `YYYY-MM-DDTHH:MM` in a zone; in a gap the later one, in an overlap the earlier one. */
export function instantOf(wall: string, zone: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds;
}

/** Start and end of the person's working time on the local day of `instant`, or null on a free day. */
function workingDay(person: SandboxPerson, instant: number): { start: number; end: number } | null {
  const hours = person.mailbox.workingHours ?? USUAL_HOURS;
  const local = at(instant, person.mailbox.zone);
  if (!hours.daysOfWeek.includes(DAYS[local.dayOfWeek - 1]!)) return null;
  const midnight = local.toPlainDate().toZonedDateTime(person.mailbox.zone);
  const time = (text: string): number => midnight.add({ minutes: minutesOf(text) }).epochMilliseconds;
  return { start: time(hours.start), end: time(hours.end) };
}

/** Whether [start, end) is wholly inside one working day of the person. */
export function isWorkingTime(person: SandboxPerson, start: number, end: number): boolean {
  const day = workingDay(person, start);
  return day !== null && start >= day.start && end <= day.end;
}

/**
 * The first whole millisecond from `wanted` on at which the person works: itself when at work, else `minutesAfterStart` into the
 * next working day, so that not everybody acts on the stroke of nine.
 */
export function nextWorkingInstant(person: SandboxPerson, wanted: number, minutesAfterStart: number): number {
  const instant = Math.round(wanted);
  let probe = instant;
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++) {
    const day = workingDay(person, probe);
    if (day && instant >= day.start && instant < day.end) return instant;
    if (day && instant < day.start) return Math.min(day.start + minutesAfterStart * 60_000, day.end - 60_000);
    const local = at(probe, person.mailbox.zone);
    probe = local.toPlainDate().add({ days: 1 }).toZonedDateTime(person.mailbox.zone).epochMilliseconds;
  }
  return instant;
}
