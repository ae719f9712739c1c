/** Who is matched with whom, from both sides. */
export interface Matching {
  /** Room per row and per column in the lists below. */
  rowStride: number;
  columnStride: number;
  /** Columns matched with row i at `i * rowStride`, `rowCount[i]` of them, and the scores. */
  rowMates: Int32Array;
  rowScores: Int32Array;
  rowCount: Int32Array;
  columnMates: Int32Array;
  columnScores: Int32Array;
  columnCount: Int32Array;
}

/** A matching of nobody. A list has room for one more than fits at the end: paths add before they take away. */
export function createMatching(wants: ArrayLike<number>, capacities: ArrayLike<number>): Matching {
  const most = (list: ArrayLike<number>): number => {
    let found = 0;
    for (let i = 0; i < list.length; i++) found = Math.max(found, list[i]!);
    return found;
  };
  const rowStride = most(wants) + 2;
  const columnStride = most(capacities) + 2;
  return {
    rowStride,
    columnStride,
    rowMates: new Int32Array(wants.length * rowStride),
    rowScores: new Int32Array(wants.length * rowStride),
    rowCount: new Int32Array(wants.length),
    columnMates: new Int32Array(capacities.length * columnStride),
    columnScores: new Int32Array(capacities.length * columnStride),
    columnCount: new Int32Array(capacities.length),
  };
}

export const copyMatching = (from: Matching): Matching => ({
  ...from,
  rowMates: from.rowMates.slice(),
  rowScores: from.rowScores.slice(),
  rowCount: from.rowCount.slice(),
  columnMates: from.columnMates.slice(),
  columnScores: from.columnScores.slice(),
  columnCount: from.columnCount.slice(),
});

/** Whether row and column are matched. */
export function isMatched(matching: Matching, row: number, column: number): boolean {
  const { rowMates } = matching;
  let at = row * matching.rowStride;
  for (const end = at + matching.rowCount[row]!; at < end; at++) if (rowMates[at] === column) return true;
  return false;
}

export function link(matching: Matching, row: number, column: number, score: number): void {
  const a = row * matching.rowStride + matching.rowCount[row]!++;
  matching.rowMates[a] = column;
  matching.rowScores[a] = score;
  const b = column * matching.columnStride + matching.columnCount[column]!++;
  matching.columnMates[b] = row;
  matching.columnScores[b] = score;
}

export function unlink(matching: Matching, row: number, column: number): void {
  const { rowMates, rowScores, columnMates, columnScores } = matching;
  let at = row * matching.rowStride;
  let last = at + --matching.rowCount[row]!;
  while (rowMates[at] !== column) at++;
  rowMates[at] = rowMates[last]!;
  rowScores[at] = rowScores[last]!;
  at = column * matching.columnStride;
  last = at + --matching.columnCount[column]!;
  while (columnMates[at] !== row) at++;
  columnMates[at] = columnMates[last]!;
  columnScores[at] = columnScores[last]!;
}

/** The columns matched with a row, as a list of its own. */
export const matesOfRow = ({ rowMates, rowStride, rowCount }: Matching, row: number): Int32Array =>
  rowMates.slice(row * rowStride, row * rowStride + rowCount[row]!);

/** The rows matched with a column, as a list of its own. */
export const matesOfColumn = ({ columnMates, columnStride, columnCount }: Matching, column: number): Int32Array =>
  columnMates.slice(column * columnStride, column * columnStride + columnCount[column]!);

/** How many pairs there are. */
export function countPairs({ rowCount }: Matching): number {
  let sum = 0;
  for (let i = 0; i < rowCount.length; i++) sum += rowCount[i]!;
  return sum;
}

/** The lowest score among the pairs; Infinity without pairs. */
export function lowestScore({ rowScores, rowStride, rowCount }: Matching): number {
  let lowest = Infinity;
  for (let i = 0; i < rowCount.length; i++) {
    for (let k = 0; k < rowCount[i]!; k++) lowest = Math.min(lowest, rowScores[i * rowStride + k]!);
  }
  return lowest;
}
