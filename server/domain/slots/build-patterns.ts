import { DAY, MINUTE, type Instant, type LocalDate, type ZoneId } from '../time/instant.ts';
import { clockChanges } from '../time/offsets.ts';
import { dayNumber, fromDayLoosely, fromLocal } from '../time/wall-time.ts';
import { readWeek, weekdayOfDay } from './build-availability.ts';
import type { Frame } from './frame.ts';
import { INDEXES, listDates } from './list-dates.ts';
import { DOUBLE_WEEKS } from './score.ts';
import type { SlotPerson, SlotSeries } from './types.ts';

/**
 * All patterns of one weekday (and, by months, one index) in the anchor's hours. Its times are the cells of a row: cell j
 * is `rowMinute` + j * the grid, in minutes of the local day.
 */
export interface Pattern {
  /** 0 is Monday. */
  weekday: number;
  /** By months: 0..3 first to fourth, 4 last. By weeks: -1. */
  index: number;
  rowMinute: number;
  cells: number;
  /** Bit j: a session may begin at that time of day on all dates as far as the anchor's hours and clock go. */
  times: Uint32Array;
  /** Each date as days since 1970, and the slot of cell 0 on it; -1: the clock changes among the cells, see `mapped`. */
  days: Int32Array;
  rows: Int32Array;
  /**
   * What leads from the date before to this one and its weight in one number, since a search reads it for every date of every
   * candidate: from bit 16 on the slots beyond whole weeks, where a clock changed between the two; from bit 2 on the weeks;
   * then the weight.
   */
  steps: Int32Array;
  /** By how many slots the dates stray from whole weeks after the first one at the most; Infinity: some date is mapped. */
  strays: number;
  /** The slot of each cell on a date where the clock changes among them; -1: none. */
  mapped: (Int32Array | null)[];
  /** 2 for dates in the first weeks, else 1; and their sum. */
  weights: Uint8Array;
  weight: number;
  /** Days from the start of the count to the first date. */
  daysToFirst: number;
  /** Slots of each date's Monday-to-Sunday week of the anchor, half open. */
  weekFrom: Int32Array;
  weekTo: Int32Array;
}

/** What one anchor's series may look like. Built once per anchor, in the frame of the people's bits. */
export interface Patterns {
  frame: Frame;
  zone: ZoneId;
  count: number;
  list: Pattern[];
  /** Starts that touch an hour which the anchor's clock skips or shows twice: slots, half open, by twos. */
  barred: number[];
  /** No date begins before this slot; the first one not after `latestFirst`. */
  earliest: number;
  latestFirst: number;
}

export interface PatternBounds {
  /** The day from which earliness and near weeks are counted; the series' own `from` where it is left out. */
  countFrom?: LocalDate;
  /** No date begins before this, and the first one not after that. */
  notBefore?: Instant;
  firstNotAfter?: Instant;
}

/** The patterns of an anchor: weekdays on which the anchor works, starts on the grid inside one working period. */
export function buildPatterns(
  anchor: Pick<SlotPerson, 'timeZone' | 'workingHours'>,
  series: SlotSeries,
  frame: Frame,
  bounds: PatternBounds = {},
): Patterns {
  const zone = anchor.timeZone;
  const from = dayNumber(series.from);
  const slotFrom = (at: number): number => Math.ceil((at - frame.base) / frame.step);
  const patterns: Patterns = {
    frame,
    zone,
    count: series.count,
    list: [],
    barred: findBarred(zone, frame),
    earliest: Math.max(slotFrom(bounds.notBefore ?? -Infinity), slotFrom(fromDayLoosely(from, 0, zone))),
    latestFirst: Math.floor(((bounds.firstNotAfter ?? Infinity) - frame.base) / frame.step),
  };
  const countFrom = bounds.countFrom === undefined ? from : dayNumber(bounds.countFrom);
  const weekSlots = new Map<number, number>();
  const mondaySlot = (monday: number): number => {
    let slot = weekSlots.get(monday);
    if (slot === undefined) weekSlots.set(monday, (slot = slotFrom(fromDayLoosely(monday, 0, zone))));
    return slot;
  };
  for (const [weekday, periods] of readWeek(anchor.workingHours).entries()) {
    const row = readRow(periods, frame);
    if (row === null) continue;
    for (const index of 'weeks' in series.every ? [-1] : INDEXES.keys()) {
      const days = listDates(from, weekday, index, series.every, series.count);
      const weights = Uint8Array.from(days, (day) => (day < countFrom + 7 * DOUBLE_WEEKS ? 2 : 1));
      const pattern: Pattern = {
        ...{ weekday, index, days, weights },
        ...{ rowMinute: row.minute, cells: row.cells, times: row.times.slice() },
        rows: new Int32Array(series.count),
        steps: new Int32Array(series.count),
        strays: 0,
        mapped: Array.from({ length: series.count }, () => null),
        weight: weights.reduce((sum, weight) => sum + weight, 0),
        daysToFirst: Math.max(0, days[0]! - countFrom),
        weekFrom: days.map((day) => mondaySlot(day - weekdayOfDay(day))),
        weekTo: days.map((day) => mondaySlot(day - weekdayOfDay(day) + 7)),
      };
      days.forEach((day, i) => placeDate(patterns, pattern, i, day));
      measureSteps(pattern, frame);
      patterns.list.push(pattern);
    }
  }
  return patterns;
}

/** The cells of a weekday's row, and those at which a session fits into one period; null where none does. */
function readRow(
  periods: readonly (readonly [number, number])[],
  { step, length }: Frame,
): { minute: number; cells: number; times: Uint32Array } | null {
  const grid = step / MINUTE;
  const starts = periods.flatMap(([open, close]) => {
    const list: number[] = [];
    for (let at = Math.ceil(open / grid) * grid; at <= close - length / MINUTE; at += grid) list.push(at);
    return list;
  });
  if (starts.length === 0) return null;
  const minute = Math.min(...starts);
  const cells = (Math.max(...starts) - minute) / grid + 1;
  const times = new Uint32Array(Math.ceil(cells / 32));
  for (const start of starts) times[((start - minute) / grid) >>> 5]! |= 1 << (((start - minute) / grid) & 31);
  return { minute, cells, times };
}

/** Finds the slots of one date, and takes out the times that are none on it. */
function placeDate(patterns: Patterns, pattern: Pattern, i: number, day: number): void {
  const { frame, zone, earliest, latestFirst } = patterns;
  const { rowMinute, cells, times, rows, mapped } = pattern;
  const local = day * DAY + rowMinute * MINUTE;
  const span = (cells - 1) * frame.step + frame.length;
  const [first, end] = [fromLocal(local, zone), fromLocal(local + span, zone)];
  const isPlain = 'instant' in first && 'instant' in end && end.instant - first.instant === span;
  if (isPlain) rows[i] = (first.instant - frame.base) / frame.step;
  else {
    rows[i] = -1;
    mapped[i] = Int32Array.from({ length: cells }, (_, cell) => {
      const found = fromLocal(local + cell * frame.step, zone);
      const slot = 'instant' in found ? (found.instant - frame.base) / frame.step : -1;
      return isBarred(patterns, slot) ? -1 : slot;
    });
  }
  // A series never begins before it may; only the first date can be there.
  for (let cell = 0; cell < cells; cell++) {
    const slot = slotAt(pattern, i, cell);
    const isNone = slot < 0 || (i === 0 && (slot < earliest || slot > latestFirst));
    if (isNone) times[cell >>> 5]! &= ~(1 << (cell & 31));
  }
}

function measureSteps(pattern: Pattern, { step }: Frame): void {
  const { rows, steps, weights } = pattern;
  const week = (7 * DAY) / step;
  let strayed = 0;
  for (let date = 0; date < rows.length; date++) {
    const ahead = date === 0 ? 0 : rows[date]! - rows[date - 1]!;
    const weeks = Math.round(ahead / week);
    strayed += ahead - weeks * week;
    steps[date] = ((ahead - weeks * week) << 16) | (weeks << 2) | weights[date]!;
    pattern.strays = Math.max(pattern.strays, rows[date]! < 0 ? Infinity : Math.abs(strayed));
  }
}

/** The slot of a time on one date; -1 where the clock has none. */
export const slotAt = ({ rows, mapped }: Pattern, date: number, cell: number): number =>
  rows[date]! >= 0 ? rows[date]! + cell : mapped[date]![cell]!;

/** Whether a session there touches an hour that the anchor's clock skips or shows twice (reliability.md F44). */
export function isBarred({ barred }: Pick<Patterns, 'barred'>, slot: number): boolean {
  for (let k = 0; k < barred.length; k += 2) if (slot >= barred[k]! && slot < barred[k + 1]!) return true;
  return false;
}

/** The starts around each change of a clock within the frame: over a gap, and in either of two hours named alike. */
export function findBarred(zone: ZoneId, { base, step, length, slots }: Frame): number[] {
  return clockChanges(zone, base - DAY, base + slots * step + DAY).flatMap(({ at, before, after }) => {
    const twice = Math.max(0, before - after);
    return [Math.floor((at - twice - length - base) / step) + 1, Math.ceil((at + twice - base) / step)];
  });
}
