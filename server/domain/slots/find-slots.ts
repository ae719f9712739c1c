import { DAY, MINUTE, plus, type Instant, type LocalDate, type ZoneId } from '../time/instant.ts';
import { offsetsAround } from '../time/offsets.ts';
import { WEEKDAYS } from '../people/person.ts';
import {
  addDays,
  dayNumber,
  fromWall,
  fromWallLoosely,
  localDate,
  minutesOfDay,
  wallAt,
  weekdayOf,
} from '../time/wall-time.ts';
import type { BusyInterval } from './busy.ts';
import { cutCells, goodStarts, GRID, type Cells } from './good-starts.ts';
import type { SeriesShape, SlotCandidate, SlotDate, SlotPerson } from './types.ts';

export interface SlotSearch {
  /** The mentee: the series keeps the wall time of this person's zone. */
  anchor: SlotPerson;
  other: SlotPerson;
  shape: SeriesShape;
  /** The first date lies in [from, from + firstWithinDays]. */
  from: Instant;
  firstWithinDays: number;
  /** How many dates may take place at another time than the pattern says. */
  maxMoved: number;
  tentativeIsFree: boolean;
  /** Times that other open proposals hold for one of the two; nobody is free then, whatever the status. */
  exclude: readonly BusyInterval[];
}

/**
 * Every weekly pattern (weekday and time on the anchor's quarter-hour grid, inside the anchor's hours) whose dates are
 * ALL free for both inside one working period of each, over every daylight-saving change (product.md D1). A date that is
 * not free moves to the nearest good start in the same Monday-to-Sunday week of the anchor, the earlier of two equally
 * near: weeks of a series never share a day, so Exchange accepts the move (ErrorOccurrenceCrossingBoundary). Patterns
 * with more than `maxMoved` such dates, with nothing but such dates, or with a date that the clock skips or repeats are
 * left out. Scores and reasons come from rankSlots. By first start; empty when a calendar is not readable. Throws
 * RangeError for numbers that make no series.
 */
export function findSlots(search: SlotSearch): SlotCandidate[] {
  const { anchor, other, shape, from, firstWithinDays, exclude } = search;
  requireShape(search);
  if (anchor.busy === null || other.busy === null) return [];
  const latest = plus(from, firstWithinDays * DAY);
  // The last date may move to the end of its week; two days more cover the distance of any zone from UTC.
  const horizon = plus(latest, ((shape.count - 1) * shape.everyWeeks * 7 + 9) * DAY);
  const cells = cutCells(from, horizon, shape.minutes);
  const good = goodStarts(anchor, other, exclude, cells, { ...search, minutes: shape.minutes });
  const place = placer(search, good, cells, latest);

  const found: SlotCandidate[] = [];
  const last = localDate(latest, anchor.timeZone);
  for (let date = localDate(from, anchor.timeZone); date <= last; date = addDays(date, 1)) {
    for (const minuteOfDay of gridStarts(anchor, date, shape.minutes)) {
      const dates = place(date, minuteOfDay);
      if (dates) found.push(describe(date, minuteOfDay, anchor.timeZone, dates));
    }
  }
  return found;
}

/** Minutes since midnight at which a session may begin by the anchor's hours of that weekday, ascending. */
function gridStarts(anchor: SlotPerson, date: LocalDate, minutes: number): number[] {
  const step = GRID / MINUTE;
  const starts = new Set<number>();
  for (const [start, end] of anchor.workingHours[weekdayOf(date)] ?? []) {
    const stop = minutesOfDay(end) - minutes;
    for (let at = Math.ceil(minutesOfDay(start) / step) * step; at <= stop; at += step) starts.add(at);
  }
  return [...starts].sort((a, b) => a - b);
}

/** A function that gives all dates of the pattern starting on a day at a time, or null when it is not one to offer. */
function placer(
  { anchor, shape, from, maxMoved }: SlotSearch,
  good: Uint8Array,
  { base, size, count }: Cells,
  latest: Instant,
): (first: LocalDate, minuteOfDay: number) => SlotDate[] | null {
  const startAt = wallClock(anchor.timeZone);
  const cellOf = (at: number): number => (at - base) / size;

  /** The nearest good start in the same week, or null. */
  const nearest = (original: Instant, date: LocalDate, until: number): Instant | null => {
    const monday = addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
    const low = Math.max(0, Math.ceil(cellOf(fromWallLoosely(wallAt(monday, 0), anchor.timeZone))));
    const nextMonday = fromWallLoosely(wallAt(addDays(monday, 7), 0), anchor.timeZone);
    const high = Math.min(count, Math.ceil(cellOf(nextMonday)), Math.floor(cellOf(until)) + 1);
    const step = GRID / size;
    const center = cellOf(original);
    for (let away = step; center - away >= low || center + away < high; away += step) {
      if (center - away >= low && good[center - away]) return (base + (center - away) * size) as Instant;
      if (center + away >= 0 && center + away < high && good[center + away])
        return (base + (center + away) * size) as Instant;
    }
    return null;
  };

  return (first, minuteOfDay) => {
    const originals: Instant[] = [];
    let broken = 0;
    for (let i = 0; i < shape.count; i++) {
      const at = startAt(dayNumber(first) + i * 7 * shape.everyWeeks, minuteOfDay);
      if (at === null || (i === 0 && (at < from || at > latest))) return null;
      if (!good[cellOf(at)] && ++broken > maxMoved) return null;
      originals.push(at);
    }
    if (broken === shape.count) return null;
    const dates: SlotDate[] = [];
    for (const [i, originalStart] of originals.entries()) {
      const isMoved = !good[cellOf(originalStart)];
      const date = addDays(first, i * 7 * shape.everyWeeks);
      const start = isMoved ? nearest(originalStart, date, i === 0 ? latest : Infinity) : originalStart;
      if (start === null) return null;
      dates.push({ originalStart, start, end: plus(start, shape.minutes * MINUTE), isMoved });
    }
    return dates;
  };
}

/** Instants of wall times; null where the clock skips or repeats them. The offset of a day is looked up once. */
function wallClock(zone: ZoneId): (day: number, minuteOfDay: number) => Instant | null {
  const offsets = new Map<number, number | null>();
  return (day, minuteOfDay) => {
    let offset = offsets.get(day);
    if (offset === undefined) {
      const around = offsetsAround(zone, day * DAY + DAY / 2);
      offsets.set(day, (offset = around.length === 1 ? around[0]! : null));
    }
    if (offset !== null) return (day * DAY + minuteOfDay * MINUTE - offset) as Instant;
    const found = fromWall(wallAt(addDays('1970-01-01' as LocalDate, day), minuteOfDay), zone);
    return 'instant' in found ? found.instant : null;
  };
}

function describe(firstDate: LocalDate, minuteOfDay: number, timeZone: ZoneId, dates: SlotDate[]): SlotCandidate {
  const firstStart = wallAt(firstDate, minuteOfDay);
  const movedDates = dates.filter(({ isMoved }) => isMoved).length;
  const time = firstStart.slice(11);
  return {
    weekday: weekdayOf(firstDate),
    time,
    timeZone,
    firstDate,
    firstStart,
    dates,
    movedDates,
    score: 0,
    reasons: [],
  };
}

function requireShape({ shape, firstWithinDays, maxMoved }: SlotSearch): void {
  const numbers = { ...shape, firstWithinDays, 'maxMoved + 1': maxMoved + 1 };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name}: must be a whole number from 1 on, not ${value}`);
  }
}
