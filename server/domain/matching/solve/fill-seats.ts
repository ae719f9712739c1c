import { isMatched, link, unlink, type Matching } from './matching.ts';
import type { Network } from './network.ts';
import type { Cover } from './types.ts';

/**
 * Adds pairs of the core that score at least `threshold` until no more seats can be filled, by paths that may give other
 * rows other columns (maximum flow in rounds of breadth-first searches; Ahuja, Magnanti, Orlin 1993, 8.2). Changes
 * `matching`. Gives the cover that proves it for the core: rows that no short row leads to, and columns that one does.
 */
export function fillSeats(net: Network, matching: Matching, threshold: number): Cover {
  const reach = createReach(net);
  let short: number[] = [];
  for (let i = 0; i < net.rows; i++) if (matching.rowCount[i]! < net.wants[i]!) short.push(i);
  for (;;) {
    reach.rows.fill(0);
    reach.columns.fill(0);
    let hasGrown = false;
    for (const row of short) {
      while (matching.rowCount[row]! < net.wants[row]! && seat(net, matching, threshold, row, reach)) hasGrown = true;
    }
    if (!hasGrown) break;
    short = short.filter((row) => matching.rowCount[row]! < net.wants[row]!);
  }
  return { rows: reach.rows.map((isReached) => 1 - isReached), columns: reach.columns };
}

/** What the searches of one round have seen: a dead end for the later ones of the round. */
interface Reach {
  rows: Uint8Array;
  columns: Uint8Array;
  /** The row that a column was reached from, the column that a row was. */
  rowBefore: Int32Array;
  columnBefore: Int32Array;
  queue: Int32Array;
}

const createReach = ({ rows, columns }: Network): Reach => ({
  rows: new Uint8Array(rows),
  columns: new Uint8Array(columns),
  rowBefore: new Int32Array(columns),
  columnBefore: new Int32Array(rows),
  queue: new Int32Array(rows),
});

/** Finds `root` one more column, if need be by finding another one for a row that has it. */
function seat(net: Network, matching: Matching, threshold: number, root: number, reach: Reach): boolean {
  const { starts, counts, arcColumns, arcScores, capacities } = net;
  const { queue } = reach;
  if (reach.rows[root]) return false;
  let tail = 0;
  queue[tail++] = root;
  reach.rows[root] = 1;
  reach.columnBefore[root] = -1;
  for (let head = 0; head < tail; head++) {
    const row = queue[head]!;
    const start = starts[row]!;
    const end = start + counts[row]!;
    for (let at = start; at < end; at++) {
      if (arcScores[at]! < threshold) continue;
      const column = arcColumns[at]!;
      if (reach.columns[column] || isMatched(matching, row, column)) continue;
      reach.columns[column] = 1;
      reach.rowBefore[column] = row;
      if (matching.columnCount[column]! < capacities[column]!) {
        // The row may have more to give in this round.
        reach.rows[root] = 0;
        shift(net, matching, column, reach);
        return true;
      }
      let mate = column * matching.columnStride;
      for (const last = mate + matching.columnCount[column]!; mate < last; mate++) {
        const other = matching.columnMates[mate]!;
        if (reach.rows[other]) continue;
        reach.rows[other] = 1;
        reach.columnBefore[other] = column;
        queue[tail++] = other;
      }
    }
  }
  return false;
}

/** Gives each row on the way the column after it, for the one before. */
function shift(net: Network, matching: Matching, end: number, reach: Reach): void {
  for (let column = end; column >= 0;) {
    const row = reach.rowBefore[column]!;
    link(matching, row, column, scoreOf(net, row, column));
    column = reach.columnBefore[row]!;
    if (column >= 0) unlink(matching, row, column);
  }
}

function scoreOf(net: Network, row: number, column: number): number {
  const { arcColumns, arcScores } = net;
  let at = net.starts[row]!;
  while (arcColumns[at] !== column) at++;
  return arcScores[at]!;
}

/** Undoes the pairs below `threshold`. */
export function dropBelow(matching: Matching, threshold: number): void {
  const { rowMates, rowScores, rowStride, rowCount } = matching;
  for (let i = 0; i < rowCount.length; i++) {
    for (let k = rowCount[i]! - 1; k >= 0; k--) {
      const at = i * rowStride + k;
      if (rowScores[at]! < threshold) unlink(matching, i, rowMates[at]!);
    }
  }
}
