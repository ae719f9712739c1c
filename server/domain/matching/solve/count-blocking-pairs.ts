import { freePairs } from './free-pairs.ts';
import type { AssignmentProblem, Solution } from './types.ts';

/**
 * How many allowed pairs would both rather have each other: not matched together, the row has an unfilled seat or a
 * partner with a lower score, and so has the column. Pinned partners are never left. A figure to report, not a fault: the
 * cohort as a whole comes first. One pass over the rows; `onPair` is told of each.
 */
export function countBlockingPairs(
  problem: AssignmentProblem,
  pairs: Solution['pairs'],
  onPair?: (row: number, column: number) => void,
): number {
  const free = freePairs(problem);
  const pinned = new Set((problem.pinned ?? []).map(([row, column]) => `${row} ${column}`));
  const chosen = pairs.filter(([row, column]) => !pinned.has(`${row} ${column}`));
  const rowBars = barsOf(free.wants, chosen, 0);
  const columnBars = barsOf(free.capacities, chosen, 1);
  const matched: number[][] = problem.wants.map(() => []);
  for (const [row, column] of chosen) matched[row]!.push(column);
  const scores = new Int32Array(problem.capacities.length);
  let blocking = 0;
  for (let i = 0; i < problem.wants.length; i++) {
    const bar = rowBars[i]!;
    if (bar === Infinity) continue;
    free.scores.fillRow(i, scores);
    // A pair of the solution does not exceed its own bars, unless one of the two has a better reason to leave another.
    for (const column of matched[i]!) scores[column] = -1;
    for (let j = 0; j < scores.length; j++) {
      if (scores[j]! <= bar || scores[j]! <= columnBars[j]!) continue;
      blocking++;
      onPair?.(i, j);
    }
  }
  return blocking;
}

/** What a score has to exceed for somebody to want it: -1 with a free seat, nothing does where all partners are pinned. */
function barsOf(seats: Int32Array, chosen: Solution['pairs'], side: 0 | 1): Float64Array {
  const used = new Int32Array(seats.length);
  const bars = new Float64Array(seats.length).fill(Infinity);
  for (const pair of chosen) {
    used[pair[side]]!++;
    bars[pair[side]] = Math.min(bars[pair[side]]!, pair[2]);
  }
  return bars.map((bar, index) => (used[index]! < seats[index]! ? -1 : bar));
}
