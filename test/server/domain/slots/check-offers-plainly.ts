import { Temporal } from 'temporal-polyfill';
import type { SlotSearch } from '../../../../server/domain/slots/find-slots.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';

/** A pattern as the checker finds it: first start in the anchor's wall time, and where each date takes place. */
export interface PlainSlot {
  firstStart: string;
  starts: number[];
  movedDates: number;
}

/*
 * The rules of the search said once more, slowly and in another way: with Temporal's own zones, one date at a time,
 * without cells. It shares no code with what it checks.
 */

const minute = 60_000;

/** The instant of a wall time, or null when the clock skips or repeats it. */
function exactly(date: Temporal.PlainDate, time: string, zone: string): number | null {
  try {
    return date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'reject' })
      .epochMilliseconds;
  } catch {
    return null;
  }
}

const dayOf = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** The time of day of a quarter of an hour, 0..95. */
const clock = (quarter: number): string =>
  `${String(quarter >> 2).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

function isAtWork(person: SlotPerson, start: number, end: number): boolean {
  const date = dayOf(start, person.timeZone);
  return (person.workingHours[WEEK[date.dayOfWeek - 1]!] ?? []).some(([from, to]) => {
    const opens = date.toZonedDateTime({ timeZone: person.timeZone, plainTime: from }).epochMilliseconds;
    const closes = date.toZonedDateTime({ timeZone: person.timeZone, plainTime: to }).epochMilliseconds;
    return opens <= start && end <= closes;
  });
}

/** All slots by trying every day and every quarter of an hour. */
export function findPlainly(search: SlotSearch): PlainSlot[] {
  const { anchor, others, shape, from, firstWithinDays, exclude = [] } = search;
  const everyWeeks = 'weeks' in shape.every ? shape.every.weeks : NaN;
  const maxMoved = Math.floor((search.maxMoved * shape.count) / 6);
  const people = [anchor, ...others];
  const zone = anchor.timeZone;
  const latest = from + firstWithinDays * 86_400_000;
  const length = shape.minutes * minute;
  const isFree = (person: SlotPerson, start: number, end: number): boolean =>
    [...(person.busy ?? []), ...exclude.map((item) => ({ ...item, status: 'busy' }))].every(
      (item) =>
        item.status === 'free' ||
        item.status === 'workingElsewhere' ||
        (item.status === 'tentative' && person.preferences?.tentativeIsFree === true) ||
        item.end <= start ||
        item.start >= end,
    );
  const isGood = (start: number): boolean =>
    start >= from &&
    people.every((person) => isFree(person, start, start + length)) &&
    people.every((person) => isAtWork(person, start, start + length));
  const goodOf = new Map<string, number[]>();
  /** All good starts of the week of a day; remembered, since Temporal takes its time. */
  const goodInWeekOf = (day: Temporal.PlainDate): number[] => {
    const monday = day.subtract({ days: day.dayOfWeek - 1 });
    const key = monday.toString();
    const known = goodOf.get(key);
    if (known) return known;
    const starts: number[] = [];
    for (let weekday = 0; weekday < 7; weekday++) {
      for (let quarter = 0; quarter < 96; quarter++) {
        const at = exactly(monday.add({ days: weekday }), clock(quarter), zone);
        if (at !== null && isGood(at)) starts.push(at);
      }
    }
    goodOf.set(key, starts);
    return starts;
  };

  const found: PlainSlot[] = [];
  for (
    let date = dayOf(from, zone);
    Temporal.PlainDate.compare(date, dayOf(latest, zone)) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (let quarter = 0; quarter < 96; quarter++) {
      const time = clock(quarter);
      const periods = anchor.workingHours[WEEK[date.dayOfWeek - 1]!] ?? [];
      const ends = Temporal.PlainTime.from(time).add({ minutes: shape.minutes }).toString({ smallestUnit: 'minute' });
      if (ends < time || !periods.some(([open, close]) => open <= time && ends <= close)) continue;
      const starts: number[] = [];
      let movedDates = 0;
      for (let i = 0; i < shape.count; i++) {
        const day = date.add({ weeks: i * everyWeeks });
        const start = exactly(day, time, zone);
        if (start === null || (i === 0 && (start < from || start > latest))) break;
        if (goodInWeekOf(day).includes(start)) {
          starts.push(start);
          continue;
        }
        movedDates++;
        if (movedDates > maxMoved) break;
        const choices = goodInWeekOf(day).filter((at) => i > 0 || at <= latest);
        choices.sort((a, b) => Math.abs(a - start) - Math.abs(b - start) || a - b);
        if (choices[0] === undefined) break;
        starts.push(choices[0]);
      }
      if (starts.length === shape.count && movedDates < shape.count) {
        found.push({ firstStart: `${date.toString()}T${time}`, starts, movedDates });
      }
    }
  }
  return found;
}
