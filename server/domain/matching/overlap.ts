import type { WorkingHours } from '../people/person.ts';
import { DAY, MINUTE, type LocalDate, type ZoneId } from '../time/instant.ts';
import { offsetAt } from '../time/offsets.ts';
import { dateOf, dayNumber, weekdayOf } from '../time/wall-time.ts';
import { hoursOrAssumed, workingPeriods } from '../time/working-days.ts';
import { WEEKDAYS } from '../people/person.ts';

/** When somebody works. */
export interface Worker {
  timeZone: ZoneId;
  workingHours: WorkingHours | null;
}

/** People with the same key work at the same hours. */
export const hoursKeyOf = ({ timeZone, workingHours }: Worker): string => `${timeZone} ${JSON.stringify(workingHours)}`;

export interface Overlap {
  /** Minutes of common working time in the worst week of the cohort: a series has to fit into each of them. */
  minutesPerWeek: number;
  /** The same per working day of the first of the two. */
  minutesPerDay: number;
}

/**
 * A function that gives the common working time of two people, measured in every week of the cohort, since
 * daylight-saving changes of either zone move it. Each pair of zones and hours is measured once.
 */
export function measureOverlaps(startsOn: LocalDate, weeks: number): (mentee: Worker, mentor: Worker) => Overlap {
  const monday = dayNumber(startsOn) - WEEKDAYS.indexOf(weekdayOf(startsOn));
  const most = Math.max(1, weeks);
  const zones = new Map<ZoneId, number[]>();
  const schedules = new Map<string, Schedule>();
  const measured = new Map<string, Overlap>();
  const keys = new WeakMap<Worker, string>();
  const keyOf = (worker: Worker): string => {
    let key = keys.get(worker);
    if (key === undefined) keys.set(worker, (key = hoursKeyOf(worker)));
    return key;
  };

  /** For each week the first one that is like it: clocks change a few times a year, and other weeks are alike. */
  const alikeIn = (zone: ZoneId): number[] => {
    let alike = zones.get(zone);
    if (!alike) {
      const first = new Map<number, number>();
      alike = Array.from({ length: most }, (_, week) => {
        const offset = offsetThrough(zone, monday + 7 * week - AROUND - 1, monday + 7 * week + 7 + AROUND + 1);
        if (offset === null) return week;
        if (!first.has(offset)) first.set(offset, week);
        return first.get(offset)!;
      });
      zones.set(zone, alike);
    }
    return alike;
  };

  const scheduleOf = (key: string, { timeZone, workingHours }: Worker): Schedule => {
    let found = schedules.get(key);
    if (!found) {
      const hours = hoursOrAssumed(workingHours);
      const made: Week[] = [];
      found = {
        weeks: alikeIn(timeZone).map((week) => (made[week] ??= weekOf(monday + 7 * week, timeZone, hours))),
        workingDays: WEEKDAYS.filter((day) => (hours[day]?.length ?? 0) > 0).length,
      };
      schedules.set(key, found);
    }
    return found;
  };

  return (mentee, mentor) => {
    const [keyA, keyB] = [keyOf(mentee), keyOf(mentor)];
    const key = `${keyA} ${keyB}`;
    let overlap = measured.get(key);
    if (!overlap) {
      const own = scheduleOf(keyA, mentee);
      const other = scheduleOf(keyB, mentor);
      let worst = Infinity;
      for (let week = 0; week < most; week++) {
        const [mine, theirs] = [own.weeks[week]!, other.weeks[week]!];
        if (week > 0 && mine === own.weeks[week - 1] && theirs === other.weeks[week - 1]) continue;
        worst = Math.min(worst, commonMilliseconds(mine.periods, theirs.spans));
      }
      const minutesPerWeek = Math.floor(worst / MINUTE);
      measured.set(key, (overlap = { minutesPerWeek, minutesPerDay: Math.floor(minutesPerWeek / own.workingDays) }));
    }
    return overlap;
  };
}

/** Days before and after a week on which somebody in another zone may work during it: zones are up to 26 hours apart. */
const AROUND = 2;

/** When somebody works during the cohort; weeks that are alike are the same object. */
interface Schedule {
  weeks: Week[];
  /** Working days a week. */
  workingDays: number;
}

/** Milliseconds since the start of the week's Monday in UTC. */
interface Week {
  /** The working periods of its seven days. */
  periods: Period[];
  /** Starts and ends of all of them and of the days around, in order. */
  spans: Float64Array;
}

interface Period {
  start: number;
  end: number;
}

function weekOf(monday: number, zone: ZoneId, hours: WorkingHours): Week {
  const days = Array.from({ length: 7 + 2 * AROUND }, (_, i) =>
    workingPeriods(dateOf(monday + i - AROUND), zone, hours).map(({ start, end }) => ({
      start: start - monday * DAY,
      end: end - monday * DAY,
    })),
  );
  return {
    periods: days.slice(AROUND, AROUND + 7).flat(),
    spans: Float64Array.from(days.flat().flatMap(({ start, end }) => [start, end])),
  };
}

/** The zone's distance from UTC if it is the same on all days from `first` to `last`, else null. */
function offsetThrough(zone: ZoneId, first: number, last: number): number | null {
  const offset = offsetAt(zone, first * DAY);
  for (let day = first + 1; day <= last; day++) if (offsetAt(zone, day * DAY) !== offset) return null;
  return offset;
}

function commonMilliseconds(own: readonly Period[], theirs: Float64Array): number {
  let sum = 0;
  for (const { start, end } of own) {
    for (let i = firstEndingAfter(theirs, start); i < theirs.length && theirs[i]! < end; i += 2) {
      sum += Math.min(end, theirs[i + 1]!) - Math.max(start, theirs[i]!);
    }
  }
  return sum;
}

/** Index of the first span that ends after `at`; spans stand as start, end, start, end. */
function firstEndingAfter(spans: Float64Array, at: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[2 * middle + 1]! > at) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}
