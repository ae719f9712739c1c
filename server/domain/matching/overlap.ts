import type { WorkingHours } from '../people/person.ts';
import { MINUTE, type LocalDate, type ZoneId } from '../time/instant.ts';
import { addDays, weekdayOf } from '../time/wall-time.ts';
import { hoursOrAssumed, workingPeriods } from '../time/working-days.ts';
import { WEEKDAYS } from '../people/person.ts';

/** When somebody works. */
export interface Worker {
  timeZone: ZoneId;
  workingHours: WorkingHours | null;
}

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
  const monday = addDays(startsOn, -WEEKDAYS.indexOf(weekdayOf(startsOn)));
  const spans = new Map<string, Float64Array>();
  const periods = new Map<string, Period[][]>();
  const measured = new Map<string, Overlap>();
  const keys = new WeakMap<Worker, string>();
  const keyOf = (worker: Worker): string => {
    let key = keys.get(worker);
    if (key === undefined) keys.set(worker, (key = `${worker.timeZone} ${JSON.stringify(worker.workingHours)}`));
    return key;
  };

  /** Starts and ends of all working periods from one day before the first week to one day after the last, in order. */
  const spansOf = (key: string, { timeZone, workingHours }: Worker): Float64Array => {
    let found = spans.get(key);
    if (!found) {
      const days = Array.from({ length: 7 * weeks + 2 }, (_, i) => addDays(monday, i - 1));
      const periods = days.flatMap((date) => workingPeriods(date, timeZone, hoursOrAssumed(workingHours)));
      spans.set(key, (found = Float64Array.from(periods.flatMap(({ start, end }) => [start, end]))));
    }
    return found;
  };

  /** The working periods of each week of the cohort. */
  const weeksOf = (key: string, { timeZone, workingHours }: Worker): Period[][] => {
    let found = periods.get(key);
    if (!found) {
      const hours = hoursOrAssumed(workingHours);
      found = Array.from({ length: Math.max(1, weeks) }, (_, week) =>
        WEEKDAYS.flatMap((_day, day) => workingPeriods(addDays(monday, 7 * week + day), timeZone, hours)),
      );
      periods.set(key, found);
    }
    return found;
  };

  return (mentee, mentor) => {
    const [keyA, keyB] = [keyOf(mentee), keyOf(mentor)];
    const key = `${keyA} ${keyB}`;
    let overlap = measured.get(key);
    if (!overlap) {
      const theirs = spansOf(keyB, mentor);
      const hours = hoursOrAssumed(mentee.workingHours);
      const own = weeksOf(keyA, mentee);
      let worst = Infinity;
      for (let week = 0; week < Math.max(1, weeks); week++) {
        worst = Math.min(worst, commonMilliseconds(own[week]!, theirs));
      }
      const minutesPerWeek = Math.floor(worst / MINUTE);
      const workingDays = WEEKDAYS.filter((day) => (hours[day]?.length ?? 0) > 0).length;
      measured.set(key, (overlap = { minutesPerWeek, minutesPerDay: Math.floor(minutesPerWeek / workingDays) }));
    }
    return overlap;
  };
}

interface Period {
  start: number;
  end: number;
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
