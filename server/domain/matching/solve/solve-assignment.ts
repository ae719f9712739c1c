import { buildCore } from './build-core.ts';
import { fillAllSeats, raiseWorst } from './find-worst.ts';
import { freePairs, type FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import { copyMatching, countPairs, createMatching } from './matching.ts';
import { createNetwork, type Network } from './network.ts';
import { priceRows, type CheckedPrices } from './price-rows.ts';
import { setThreshold } from './set-threshold.ts';
import type { AssignmentProblem, Cover, Objective, Solution } from './types.ts';

/**
 * The best assignment, proven: as many seats as can be filled, then (with 'worst-then-total') the worst pair as good as it
 * can be, then the highest total. Nobody gets the same column twice. Whole numbers throughout; the same problem always has
 * the same answer. Throws RangeError for a pin that cannot be kept.
 *
 * Works on a core of candidate pairs and compares all pairs, row by row, with what the core gives, so that a dense matrix
 * is never needed; rows are asked for several times (see keepRows).
 */
export function solveAssignment(problem: AssignmentProblem, objective: Objective = 'worst-then-total'): Solution {
  const free = freePairs(problem);
  const { arcs, isComplete } = buildCore(free);
  const net = createNetwork(problem, free, arcs, isComplete);
  const matching = createMatching(problem.wants, problem.capacities);
  const seats = fillAllSeats(net, free, matching);
  const worst = objective === 'total' ? null : raiseWorst(net, free, matching);
  setThreshold(net, worst?.worst ?? 0);
  for (let i = 0; i < net.rows; i++) liftRow(net, i);
  net.isPlaced = true;
  const prices = priceRows(net, free, null);
  return describeSolution({ problem, objective, net, seats, worst: worst?.cover ?? null, prices });
}

/**
 * Brings a network that was changed under its old threshold to the best assignment of the problem as it is now. `checked`:
 * prices that are proven for all pairs but those of the edit.
 */
export function improve(
  problem: AssignmentProblem,
  objective: Objective,
  free: FreePairs,
  net: Network,
  checked: CheckedPrices | null,
): Solution {
  const matching = copyMatching(net.matching);
  const seats = fillAllSeats(net, free, matching);
  const worst = objective === 'total' ? null : raiseWorst(net, free, matching);
  setThreshold(net, worst?.worst ?? 0);
  const prices = priceRows(net, free, checked);
  return describeSolution({ problem, objective, net, seats, worst: worst?.cover ?? null, prices });
}

interface Solved {
  problem: AssignmentProblem;
  objective: Objective;
  net: Network;
  seats: Cover;
  worst: Cover | null;
  prices: CheckedPrices;
}

function describeSolution({ problem, objective, net, seats, worst, prices }: Solved): Solution {
  const { matching } = net;
  const pairs: Solution['pairs'] = (problem.pinned ?? []).map(([row, column, score]) => [row, column, score]);
  let lowest = Infinity;
  for (let i = 0; i < net.rows; i++) {
    for (let k = 0; k < matching.rowCount[i]!; k++) {
      const at = i * matching.rowStride + k;
      pairs.push([i, matching.rowMates[at]!, matching.rowScores[at]!]);
      lowest = Math.min(lowest, matching.rowScores[at]!);
    }
  }
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    problem,
    objective,
    pairs,
    seats: pairs.length,
    worst: countPairs(matching) === 0 ? null : lowest,
    total: pairs.reduce((sum, [, , score]) => sum + score, 0),
    certificate: {
      seats,
      worst,
      threshold: net.threshold,
      reward: net.reward,
      rowPrices: prices.rows,
      columnPrices: prices.columns,
    },
    network: net,
  };
}
