import type { WorkingHours } from '../people/person.ts';
import { DAY, MINUTE, type LocalDate, type ZoneId } from '../time/instant.ts';
import { addDays, weekdayOf } from '../time/wall-time.ts';
import { hoursOrAssumed, workingPeriods } from '../time/working-days.ts';
import { WEEKDAYS } from '../people/person.ts';

const WEEK = 7 * DAY;

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
  const monday = addDays(startsOn, -WEEKDAYS.indexOf(weekdayOf(startsOn)));
  const most = Math.max(1, weeks);
  const known = new Map<string, Schedule>();
  const measured = new Map<string, Overlap>();
  const keys = new WeakMap<Worker, string>();
  const keyOf = (worker: Worker): string => {
    let key = keys.get(worker);
    if (key === undefined) keys.set(worker, (key = hoursKeyOf(worker)));
    return key;
  };

  const scheduleOf = (key: string, { timeZone, workingHours }: Worker): Schedule => {
    let found = known.get(key);
    if (!found) {
      const hours = hoursOrAssumed(workingHours);
      // From one day before the first week to one day after the last: the other person's day may reach over it.
      const days = Array.from({ length: 7 * most + 2 }, (_, i) =>
        workingPeriods(addDays(monday, i - 1), timeZone, hours),
      );
      const shapes = Array.from({ length: most }, (_, week) =>
        days
          .slice(7 * week, 7 * week + 9)
          .map((periods) => periods.map(({ start, end }) => [start - week * WEEK, end - week * WEEK]).join())
          .join(';'),
      );
      found = {
        isNew: shapes.map((shape, week) => week === 0 || shape !== shapes[week - 1]),
        weeks: Array.from({ length: most }, (_, week) => days.slice(7 * week + 1, 7 * week + 8).flat()),
        spans: Float64Array.from(days.flat().flatMap(({ start, end }) => [start, end])),
        workingDays: WEEKDAYS.filter((day) => (hours[day]?.length ?? 0) > 0).length,
      };
      known.set(key, found);
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
        // Clocks change a few times a year: other weeks are like the one before.
        if (!own.isNew[week] && !other.isNew[week]) continue;
        worst = Math.min(worst, commonMilliseconds(own.weeks[week]!, other.spans));
      }
      const minutesPerWeek = Math.floor(worst / MINUTE);
      measured.set(key, (overlap = { minutesPerWeek, minutesPerDay: Math.floor(minutesPerWeek / own.workingDays) }));
    }
    return overlap;
  };
}

/** When somebody works during the cohort. */
interface Schedule {
  /** The working periods of each week. */
  weeks: Period[][];
  /** Whether a week, with a day on either side, is unlike the one before. */
  isNew: boolean[];
  /** Starts and ends of all of them, a day more on either side, in order. */
  spans: Float64Array;
  /** Working days a week. */
  workingDays: number;
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
