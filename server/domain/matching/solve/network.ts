import type { Core } from './build-core.ts';
import { copyMatching, createMatching, type Matching } from './matching.ts';
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
  /**
   * Arcs of row i: `counts[i]` from `starts[i]` on, highest key first. A key is what an arc is worth at most: its score less
   * the potential of its column when the row was sorted, as those only rise.
   */
  starts: Int32Array;
  counts: Int32Array;
  arcColumns: Int32Array;
  arcScores: Int32Array;
  arcKeys: Float64Array;
  /** The threshold for each row: rows are woken one after another. Arcs below it are asleep. */
  floors: Int32Array;
  /** How often a row was looked through since it was sorted. */
  visits: Int32Array;
  /** The core holds every allowed pair, so that nothing is left to look for. */
  isComplete: boolean;
  /** All rows have been placed: the flow is one of least cost. */
  isPlaced: boolean;
  matching: Matching;
  /** Units of each row that go straight to the hub; units of each column that go on to the hub. */
  idle: Int32Array;
  load: Int32Array;
  /** What pairs outside the core offer each row at most; Infinity: not known. */
  outside: Float64Array;
  /**
   * Row price = rowPotential - hubPotential; column price = columnPotential + hubPotential. Potentials of columns only rise,
   * unless openColumn sets one.
   */
  rowPotential: Float64Array;
  columnPotential: Float64Array;
  hubPotential: number;
  search: Search;
}

/** The highest score there may be. */
export const HIGHEST_SCORE = 1_000_000;
/** A price beyond all others: nobody goes to a column without places. */
const UNAFFORDABLE = 2 ** 50;

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
  { arcs, isComplete, bars }: Core,
): Network {
  const { length: rows } = problem.wants;
  const { length: columns } = problem.capacities;
  const columnPotential = new Float64Array(columns);
  free.capacities.forEach((capacity, j) => {
    if (capacity === 0) columnPotential[j] = UNAFFORDABLE;
  });
  // One seat more is worth any loss of score on the way of its path through all rows.
  const reward = HIGHEST_SCORE * (problem.wants.reduce((sum, wanted) => sum + wanted, 0) + 1);
  return {
    rows,
    columns,
    reward,
    threshold: 0,
    wants: free.wants.slice(),
    capacities: free.capacities.slice(),
    ...arcs,
    arcKeys: Float64Array.from(arcs.arcScores),
    floors: new Int32Array(rows),
    visits: new Int32Array(rows),
    isComplete,
    isPlaced: false,
    matching: createMatching(problem.wants, problem.capacities),
    idle: free.wants.slice(),
    load: new Int32Array(columns),
    // Columns cost nothing yet, and never less.
    outside: bars.map((bar) => reward + bar),
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
  arcColumns: net.arcColumns.slice(),
  arcScores: net.arcScores.slice(),
  arcKeys: net.arcKeys.slice(),
  floors: net.floors.slice(),
  visits: net.visits.slice(),
  matching: copyMatching(net.matching),
  idle: net.idle.slice(),
  load: net.load.slice(),
  outside: net.outside.slice(),
  rowPotential: net.rowPotential.slice(),
  columnPotential: net.columnPotential.slice(),
});

/** Closes a column that has no places left, so that no search goes there. It must not have mates. */
export function closeColumn(net: Network, column: number): void {
  net.columnPotential[column] = UNAFFORDABLE;
}
