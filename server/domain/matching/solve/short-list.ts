import { buildCore } from './build-core.ts';
import { findComponents } from './find-components.ts';
import { fillAllSeats } from './find-worst.ts';
import { freePairs, type FreePairs } from './free-pairs.ts';
import { createMatching, isMatched, type Matching } from './matching.ts';
import { createNetwork } from './network.ts';
import { pickBest } from './pick-columns.ts';
import type { AssignmentProblem } from './types.ts';

/** Bits in a word of the list of pairs. */
const WORD = 32;

/**
 * For each row up to `size` columns to choose from, as `[column, score]`, best score first, equal ones by column: whichever
 * of them it takes, the others can still fill as many seats as can be filled at all. Pinned pairs are kept and not listed;
 * a row without a seat left, or without such a column, has an empty list. Throws RangeError for a pin that cannot be kept.
 *
 * Each choice is safe by itself: two rows may both be offered the last place of a column, so lists are drawn up anew, with
 * the choice as a pin, after each choice.
 *
 * A pair is in some largest assignment exactly if it is in the one at hand, or if both its ends are in one strongly
 * connected component of the residual graph of that flow (Dulmage and Mendelsohn 1958 for who may be left out; Régin 1994
 * and, with capacities, 1996 for the pairs). So one maximum flow and three passes over the rows are enough.
 *
 * @example shortList({ wants: [1, 1], capacities: [1, 1], scores: denseRows(2, 2, Int32Array.of(5, 9, -1, 7)) })
 * // => [[[0, 5]], [[1, 7]]]: the other row has only column 1
 */
export function shortList(problem: AssignmentProblem, size = 3): [column: number, score: number][][] {
  const free = freePairs(problem);
  const matching = fillSeatsOf(problem, free);
  const component = findComponents(...residualGraph(free, matching));
  const { length: rows } = free.wants;
  const scores = new Int32Array(free.capacities.length);
  return Array.from(free.wants, (wanted, i) => {
    if (wanted === 0) return [];
    free.scores.fillRow(i, scores);
    for (let j = 0; j < scores.length; j++) {
      const isSafe = component[rows + j] === component[i] || isMatched(matching, i, j);
      if (!isSafe) scores[j] = -1;
    }
    return pickBest(scores, size).map((j): [number, number] => [j, scores[j]!]);
  });
}

/** Some assignment that fills as many free seats as can be filled. */
function fillSeatsOf(problem: AssignmentProblem, free: FreePairs): Matching {
  const matching = createMatching(free.wants, free.capacities);
  fillAllSeats(createNetwork(problem, free, buildCore(free)), free, matching);
  return matching;
}

/** Number of nodes, and what takes the next arc of a node. */
type Graph = [nodes: number, takeNext: (node: number) => number];

/**
 * What may still change in a flow from a source through rows and columns to a sink: unused pairs and places forward, used
 * ones backward. Nodes: rows, columns, source, sink. There is no arc between sink and source, so that the flow keeps its
 * size.
 */
function residualGraph({ wants, capacities, scores }: FreePairs, matching: Matching): Graph {
  const [{ length: rows }, { length: columns }] = [wants, capacities];
  const { rowCount, columnCount, columnMates, columnStride } = matching;
  const source = rows + columns;
  const sink = source + 1;
  const width = Math.ceil(columns / WORD);
  const unused = listUnused({ wants, capacities, scores }, matching, width);
  /** Where the arcs of each node were taken up to. */
  const taken = new Int32Array(sink + 1);
  const fromRow = (row: number): number => {
    const column = nextBit(unused, row * width, taken[row]!, columns);
    taken[row] = column + 1;
    if (column < columns) return rows + column;
    return column === columns && rowCount[row]! > 0 ? source : -1;
  };
  const fromColumn = (column: number): number => {
    const at = taken[rows + column]!++;
    const count = columnCount[column]!;
    if (at < count) return columnMates[column * columnStride + at]!;
    return at === count && count < capacities[column]! ? sink : -1;
  };
  const fromSource = (): number => {
    while (taken[source]! < rows) {
      const row = taken[source]!++;
      if (rowCount[row]! < wants[row]!) return row;
    }
    return -1;
  };
  const fromSink = (): number => {
    while (taken[sink]! < columns) {
      const column = taken[sink]!++;
      if (columnCount[column]! > 0) return rows + column;
    }
    return -1;
  };
  return [
    sink + 1,
    (node) => {
      if (node < rows) return fromRow(node);
      if (node < source) return fromColumn(node - rows);
      return node === source ? fromSource() : fromSink();
    },
  ];
}

/** One bit for each allowed pair that is not matched, `width` words for each row: 12 MB for 10,000 x 10,000. */
function listUnused({ wants, capacities, scores }: FreePairs, matching: Matching, width: number): Int32Array {
  const bits = new Int32Array(wants.length * width);
  const row = new Int32Array(capacities.length);
  for (let i = 0; i < wants.length; i++) {
    if (wants[i] === 0) continue;
    scores.fillRow(i, row);
    for (let j = 0; j < row.length; j++) if (row[j]! >= 0) bits[i * width + (j >> 5)]! |= 1 << (j & 31);
    const start = i * matching.rowStride;
    for (const j of matching.rowMates.subarray(start, start + matching.rowCount[i]!))
      bits[i * width + (j >> 5)]! &= ~(1 << (j & 31));
  }
  return bits;
}

/** The first bit that is set from `from` on in the words from `start` on; without one `end`, or `from` where it is beyond. */
function nextBit(bits: Int32Array, start: number, from: number, end: number): number {
  let bit = from;
  while (bit < end) {
    const rest = bits[start + (bit >> 5)]! >>> (bit & 31);
    if (rest !== 0) return bit + 31 - Math.clz32(rest & -rest);
    bit = (bit | 31) + 1;
  }
  return Math.max(from, end);
}
