import { copyMatching, createMatching, isMatched, type Matching } from './matching.ts';
import { createSearch, type Search } from './search.ts';

/**
 * The flow network of a part of all pairs, the core, with a flow of least cost on it. Supply comes from rows; a unit goes
 * through a column to the hub, or straight to the hub where the row stays without (it is idle). The price of an arc is
 * reward + score, so that a seat outweighs all scores together.
 *
 * Potentials keep the reduced cost of every arc with room at 0 or above, which proves the flow optimal on the core
 * (Ahuja, Magnanti, Orlin 1993, theorem 9.3). All are whole numbers far below 2^53, so nothing is lost to rounding.
 */
export interface Network {
  rows: number;
  columns: number;
  reward: number;
  /** Pairs below it are asleep: in the core, but not to be used. */
  threshold: number;
  /** What is wanted and offered beside the pinned pairs. */
  wants: Int32Array;
  capacities: Int32Array;
  /** Arcs of row i: `counts[i]` from `starts[i]` on, highest score first; the first `awake[i]` are at the threshold or above. */
  starts: Int32Array;
  counts: Int32Array;
  awake: Int32Array;
  arcColumns: Int32Array;
  arcScores: Int32Array;
  /** The core holds every allowed pair, so that nothing is left to look for. */
  isComplete: boolean;
  /** All rows have been placed: the flow is one of least cost. */
  isPlaced: boolean;
  matching: Matching;
  /** Units of each row that go straight to the hub; units of each column that go on to the hub. */
  idle: Int32Array;
  load: Int32Array;
  /** Row price = rowPotential - hubPotential; column price = columnPotential + hubPotential. */
  rowPotential: Float64Array;
  columnPotential: Float64Array;
  hubPotential: number;
  search: Search;
}

/** The highest score there may be. */
export const HIGHEST_SCORE = 1_000_000;
/** A price beyond all others: nobody goes to a column without places. */
const UNAFFORDABLE = 2 ** 50;
/** Free room in each row when the lists are laid out: a few rounds of additions without moving anything. */
const SPARE_ROOM = 24;

export interface Arcs {
  starts: Int32Array;
  counts: Int32Array;
  arcColumns: Int32Array;
  arcScores: Int32Array;
}

/** A network without flow. `wants` and `capacities` are those of the problem; `free` ones leave out pinned pairs. */
export function createNetwork(
  problem: { wants: readonly number[]; capacities: readonly number[] },
  free: { wants: Int32Array; capacities: Int32Array },
  arcs: Arcs,
  isComplete: boolean,
): Network {
  const { length: rows } = problem.wants;
  const { length: columns } = problem.capacities;
  const columnPotential = new Float64Array(columns);
  free.capacities.forEach((capacity, j) => {
    if (capacity === 0) columnPotential[j] = UNAFFORDABLE;
  });
  return {
    rows,
    columns,
    // One seat more is worth any loss of score on the way of its path through all rows.
    reward: HIGHEST_SCORE * (problem.wants.reduce((sum, wanted) => sum + wanted, 0) + 1),
    threshold: 0,
    wants: free.wants.slice(),
    capacities: free.capacities.slice(),
    ...arcs,
    awake: arcs.counts.slice(),
    isComplete,
    isPlaced: false,
    matching: createMatching(problem.wants, problem.capacities),
    idle: free.wants.slice(),
    load: new Int32Array(columns),
    rowPotential: new Float64Array(rows),
    columnPotential,
    hubPotential: 0,
    search: createSearch(rows + columns + 1),
  };
}

/** A copy that can be changed while the other one stays. Only the room for searches is shared. */
export const copyNetwork = (net: Network): Network => ({
  ...net,
  wants: net.wants.slice(),
  capacities: net.capacities.slice(),
  starts: net.starts.slice(),
  counts: net.counts.slice(),
  awake: net.awake.slice(),
  arcColumns: net.arcColumns.slice(),
  arcScores: net.arcScores.slice(),
  matching: copyMatching(net.matching),
  idle: net.idle.slice(),
  load: net.load.slice(),
  rowPotential: net.rowPotential.slice(),
  columnPotential: net.columnPotential.slice(),
});

/** Closes a column that has no places left, so that no search goes there. It must not have mates. */
export function closeColumn(net: Network, column: number): void {
  net.columnPotential[column] = UNAFFORDABLE;
}

/** Gives a column that was closed a price at which nobody would rather have it: the lowest that the awake arcs allow. */
export function openColumn(net: Network, column: number): void {
  const { starts, awake, arcColumns, arcScores, rowPotential, reward } = net;
  let price = -net.hubPotential;
  for (let i = 0; i < net.rows; i++) {
    const end = net.wants[i] === 0 ? 0 : starts[i]! + awake[i]!;
    for (let at = starts[i]!; at < end; at++) {
      if (arcColumns[at] === column) price = Math.max(price, reward + arcScores[at]! - rowPotential[i]!);
    }
  }
  net.columnPotential[column] = price;
}

/** Whether the pair is in the core. */
export function hasArc(net: Network, row: number, column: number): boolean {
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  for (let at = start; at < end; at++) if (net.arcColumns[at] === column) return true;
  return false;
}

/** Adds a pair to the core, in its place by score; not twice. Whether it breaks the potentials is for liftRow to see. */
export function insertArc(net: Network, row: number, column: number, score: number): void {
  if (hasArc(net, row, column)) return;
  if (net.counts[row] === net.starts[row + 1]! - net.starts[row]!) makeRoom(net);
  const { arcColumns, arcScores } = net;
  const start = net.starts[row]!;
  let at = start + net.counts[row]!++;
  for (; at > start && arcScores[at - 1]! < score; at--) {
    arcColumns[at] = arcColumns[at - 1]!;
    arcScores[at] = arcScores[at - 1]!;
  }
  arcColumns[at] = column;
  arcScores[at] = score;
  if (score >= net.threshold) net.awake[row]!++;
}

/** Takes a pair out of the core. The two must not be matched. */
export function removeArc(net: Network, row: number, column: number): void {
  const { arcColumns, arcScores } = net;
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  let at = start;
  while (at < end && arcColumns[at] !== column) at++;
  if (at === end) return;
  if (at < start + net.awake[row]!) net.awake[row]!--;
  net.counts[row]!--;
  arcColumns.copyWithin(at, at + 1, end);
  arcScores.copyWithin(at, at + 1, end);
}

/** Lays the lists out anew with spare room in each row. */
function makeRoom(net: Network): void {
  const starts = new Int32Array(net.rows + 1);
  for (let i = 0; i < net.rows; i++) starts[i + 1] = starts[i]! + net.counts[i]! + SPARE_ROOM;
  const arcColumns = new Int32Array(starts[net.rows]!);
  const arcScores = new Int32Array(starts[net.rows]!);
  for (let i = 0; i < net.rows; i++) {
    const [from, to] = [net.starts[i]!, net.starts[i]! + net.counts[i]!];
    arcColumns.set(net.arcColumns.subarray(from, to), starts[i]);
    arcScores.set(net.arcScores.subarray(from, to), starts[i]);
  }
  Object.assign(net, { starts, arcColumns, arcScores });
}

/** What the awake arcs of a row offer at most: reward + score - price of the column, of those that are not its pairs. */
export function bestOffer(net: Network, row: number): number {
  const { arcColumns, arcScores, columnPotential, reward } = net;
  const start = net.starts[row]!;
  const end = start + net.awake[row]!;
  let best = -Infinity;
  for (let at = start; at < end; at++) {
    const worth = reward + arcScores[at]!;
    // Prices are never below zero and the rest of the list is worth less.
    if (worth + net.hubPotential <= best) break;
    const offer = worth - columnPotential[arcColumns[at]!]!;
    if (offer > best && !isMatched(net.matching, row, arcColumns[at]!)) best = offer;
  }
  return best;
}
