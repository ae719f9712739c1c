import type { FreePairs } from './free-pairs.ts';
import type { Arcs } from './network.ts';
import { beginOf } from './pick-columns.ts';

/** Best pairs of each row, and of each column, that the core begins with. Columns' own ones matter where seats are scarce. */
const BEST_OF_ROW = 112;
const BEST_OF_COLUMN = 5;
/** Listed pairs up to here are all taken into the core: 64 MB. */
const MOST_ENTRIES = 8_000_000;
const SPARE_ROOM = 16;
/** Nothing exceeds the bar of a column without places. */
const NO_PLACES = 2 ** 30;
/** Above every column number: one number holds a score and its place in the row. */
const PLACES = 2 ** 16;

/**
 * The part of all pairs that the solver begins with: candidates that are likely to be in an optimum. It need not hold one;
 * pricing adds what is missing. Complete when all allowed pairs are listed and few.
 */
export function buildCore(free: FreePairs): Core {
  const { entries } = free.scores;
  const bars = new Float64Array(free.wants.length).fill(-Infinity);
  if (entries && entries.columns.length <= MOST_ENTRIES) return { arcs: takeEntries(free), isComplete: true, bars };
  const ofColumns = createColumnBests(free.capacities);
  const rowKeys = new Float64Array(free.wants.length * BEST_OF_ROW);
  const rowCounts = new Int32Array(free.wants.length);
  const scores = new Int32Array(free.capacities.length);
  const buffer = new Float64Array(4 * BEST_OF_ROW);
  for (let i = 0; i < free.wants.length; i++) {
    if (free.wants[i] === 0) continue;
    free.scores.fillRow(i, scores);
    ({ count: rowCounts[i], bar: bars[i] } = keepBest(scores, i, buffer, ofColumns));
    rowKeys.set(buffer.subarray(0, rowCounts[i]), i * BEST_OF_ROW);
  }
  return { arcs: merge(rowKeys, rowCounts, ofColumns), isComplete: false, bars };
}

export interface Core {
  arcs: Arcs;
  isComplete: boolean;
  /** No pair of a row that the core leaves out scores more; -Infinity: it leaves none out. */
  bars: Float64Array;
}

interface ColumnBests {
  rows: Int32Array;
  scores: Int32Array;
  counts: Int32Array;
  /** What a score has to exceed to be among the best of its column. */
  bars: Int32Array;
}

function createColumnBests(capacities: Int32Array): ColumnBests {
  const { length } = capacities;
  return {
    rows: new Int32Array(length * BEST_OF_COLUMN),
    scores: new Int32Array(length * BEST_OF_COLUMN),
    counts: new Int32Array(length),
    bars: capacities.map((capacity) => (capacity > 0 ? -1 : NO_PLACES)),
  };
}

/**
 * Leaves the keys of the best pairs of one row at the start of `buffer`, in any order, and offers each pair to its column.
 * Gives their number, and the bar that no other pair is above. Key = score, then earlier in the scan; at last score and
 * column.
 */
function keepBest(
  scores: Int32Array,
  row: number,
  buffer: Float64Array,
  ofColumns: ColumnBests,
): { count: number; bar: number } {
  const columns = scores.length;
  const begin = beginOf(row, columns);
  const best: RowBest = { scores, row, begin, buffer, count: 0, bar: -1 };
  scan(best, ofColumns, begin, columns);
  scan(best, ofColumns, 0, begin);
  let { count, bar } = best;
  if (count > BEST_OF_ROW) {
    bar = Math.floor(moveHighestFirst(buffer, count, BEST_OF_ROW) / PLACES);
    count = BEST_OF_ROW;
  }
  for (let k = 0; k < count; k++) {
    const score = Math.floor(buffer[k]! / PLACES);
    const column = (PLACES - 1 - (buffer[k]! - score * PLACES) + begin) % columns;
    buffer[k] = score * PLACES + column;
  }
  return { count, bar: bar < 0 ? -Infinity : bar };
}

/** The best pairs of a row so far. */
interface RowBest {
  scores: Int32Array;
  row: number;
  /** Where the scan began. */
  begin: number;
  buffer: Float64Array;
  /** Keys in the buffer. */
  count: number;
  /** What a score has to exceed to be among the best. */
  bar: number;
}

/** Takes what is among the best of the row or of its column, of the columns `from` to `to`. */
function scan(best: RowBest, ofColumns: ColumnBests, from: number, to: number): void {
  const { scores } = best;
  const { bars } = ofColumns;
  let j = from;
  for (; j + 3 < to; j += 4) {
    const { bar } = best;
    const [a, b, c, d] = [scores[j]!, scores[j + 1]!, scores[j + 2]!, scores[j + 3]!];
    // Four at a time: a difference is negative where a score exceeds a bar, and hardly any does.
    const toRow = (bar - a) | (bar - b) | (bar - c) | (bar - d);
    const toColumn = (bars[j]! - a) | (bars[j + 1]! - b) | (bars[j + 2]! - c) | (bars[j + 3]! - d);
    if ((toRow | toColumn) < 0) for (let k = j; k < j + 4; k++) take(best, ofColumns, k);
  }
  for (; j < to; j++) take(best, ofColumns, j);
}

function take(best: RowBest, ofColumns: ColumnBests, column: number): void {
  const { scores, row, begin, buffer } = best;
  const score = scores[column]!;
  const bar = ofColumns.bars[column]!;
  if (score > bar) offerToColumn(ofColumns, column, row, score);
  if (score <= best.bar || bar === NO_PLACES) return;
  const place = column >= begin ? column - begin : column - begin + scores.length;
  buffer[best.count++] = score * PLACES + (PLACES - 1 - place);
  if (best.count < buffer.length) return;
  best.count = BEST_OF_ROW;
  best.bar = Math.floor(moveHighestFirst(buffer, buffer.length, BEST_OF_ROW) / PLACES);
}

/** Moves the `kept` highest of the first `count` numbers to the front and gives the least of them (Hoare's FIND, 1961). */
function moveHighestFirst(numbers: Float64Array, count: number, kept: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = numbers[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (numbers[i]! > pivot) i++;
      while (numbers[j]! < pivot) j--;
      if (i > j) break;
      const swapped = numbers[i]!;
      numbers[i++] = numbers[j]!;
      numbers[j--] = swapped;
    }
    if (kept - 1 <= j) high = j;
    else if (kept - 1 >= i) low = i;
    else break;
  }
  return numbers[kept - 1]!;
}

function offerToColumn({ rows, scores, counts, bars }: ColumnBests, column: number, row: number, score: number): void {
  const start = column * BEST_OF_COLUMN;
  if (counts[column]! < BEST_OF_COLUMN) counts[column]!++;
  // Insertion in order, highest first; the lowest one falls out.
  let at = start + counts[column]! - 1;
  for (; at > start && scores[at - 1]! < score; at--) {
    scores[at] = scores[at - 1]!;
    rows[at] = rows[at - 1]!;
  }
  scores[at] = score;
  rows[at] = row;
  if (counts[column] === BEST_OF_COLUMN) bars[column] = scores[start + BEST_OF_COLUMN - 1]!;
}

/** Joins what rows and columns chose, each pair once, highest score first in each row. */
function merge(rowKeys: Float64Array, rowCounts: Int32Array, ofColumns: ColumnBests): Arcs {
  const rows = rowCounts.length;
  const most = rowCounts.slice();
  eachColumnBest(ofColumns, (row) => most[row]!++);
  const starts = startsFor(most, SPARE_ROOM);
  const keys = new Float64Array(starts[rows]!);
  const counts = rowCounts.slice();
  for (let i = 0; i < rows; i++)
    keys.set(rowKeys.subarray(i * BEST_OF_ROW, i * BEST_OF_ROW + rowCounts[i]!), starts[i]);
  eachColumnBest(ofColumns, (row, column, score) => {
    const key = score * PLACES + column;
    const start = starts[row]!;
    if (keys.subarray(start, start + rowCounts[row]!).includes(key)) return;
    keys[start + counts[row]!++] = key;
  });
  return sortArcs(starts, counts, keys);
}

function eachColumnBest(
  { rows, scores, counts }: ColumnBests,
  visit: (row: number, column: number, score: number) => void,
): void {
  for (let j = 0; j < counts.length; j++) {
    for (let at = j * BEST_OF_COLUMN; at < j * BEST_OF_COLUMN + counts[j]!; at++) visit(rows[at]!, j, scores[at]!);
  }
}

function startsFor(counts: Int32Array, room: number): Int32Array {
  const starts = new Int32Array(counts.length + 1);
  counts.forEach((count, i) => (starts[i + 1] = starts[i]! + count + room));
  return starts;
}

/** Arcs from keys of score and column, in any order within each row. */
function sortArcs(starts: Int32Array, counts: Int32Array, keys: Float64Array): Arcs {
  const arcColumns = new Int32Array(keys.length);
  const arcScores = new Int32Array(keys.length);
  for (let i = 0; i < counts.length; i++) {
    const start = starts[i]!;
    const end = start + counts[i]!;
    keys.subarray(start, end).sort();
    for (let at = start; at < end; at++) {
      const key = keys[start + end - 1 - at]!;
      const score = Math.floor(key / PLACES);
      arcScores[at] = score;
      arcColumns[at] = key - score * PLACES;
    }
  }
  return { starts, counts, arcColumns, arcScores };
}

/**
 * All listed pairs that are neither pinned nor forbidden. Those of people without free places too: an edit may give some
 * back.
 */
function takeEntries({ wants, capacities, scores }: FreePairs): Arcs {
  const { starts: from, columns } = scores.entries!;
  const row = new Int32Array(capacities.length);
  const counts = new Int32Array(wants.length);
  for (let i = 0; i < wants.length; i++) counts[i] = from[i + 1]! - from[i]!;
  const starts = startsFor(counts, 0);
  const keys = new Float64Array(starts[wants.length]!);
  counts.fill(0);
  for (let i = 0; i < wants.length; i++) {
    // Read through the row: pinned and forbidden pairs are left out there.
    scores.fillRow(i, row);
    for (let at = from[i]!; at < from[i + 1]!; at++) {
      const column = columns[at]!;
      if (row[column]! >= 0) keys[starts[i]! + counts[i]!++] = row[column]! * PLACES + column;
    }
  }
  return sortArcs(starts, counts, keys);
}
