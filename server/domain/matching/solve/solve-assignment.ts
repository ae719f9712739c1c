import { buildCore } from './build-core.ts';
import { fillAllSeats, raiseWorst } from './find-worst.ts';
import { freePairs, type FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import { countPairs, createMatching, type Matching } from './matching.ts';
import { createNetwork, type Network } from './network.ts';
import { priceRows } from './price-rows.ts';
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
  const net = createNetwork(problem, free, buildCore(free));
  return improve({ problem, objective, free, net, matching: createMatching(problem.wants, problem.capacities) });
}

/**
 * Brings a network to the best assignment of its problem, from the flow that it holds under its old threshold. `matching`:
 * pairs of the core to begin with, which is changed.
 */
export function improve({ problem, objective, free, net, matching }: Start): Solution {
  const seats = fillAllSeats(net, free, matching);
  const worst = objective === 'total' ? null : raiseWorst(net, free, matching);
  setThreshold(net, worst?.worst ?? 0);
  if (!net.isPlaced) for (let i = 0; i < net.rows; i++) liftRow(net, i);
  net.isPlaced = true;
  priceRows(net, free);
  return describeSolution({ problem, objective, net, seats, worst: worst?.cover ?? null });
}

interface Start {
  problem: AssignmentProblem;
  objective: Objective;
  free: FreePairs;
  net: Network;
  matching: Matching;
}

interface Solved {
  problem: AssignmentProblem;
  objective: Objective;
  net: Network;
  seats: Cover;
  worst: Cover | null;
}

function describeSolution({ problem, objective, net, seats, worst }: Solved): Solution {
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
      rowPrices: net.rowPotential.map((potential) => Math.max(0, potential - net.hubPotential)),
      columnPrices: net.columnPotential.map((potential) => Math.max(0, potential + net.hubPotential)),
    },
    network: net,
  };
}
