import { countSeats } from './count-seats.ts';

/** Who may be matched with whom. Row i is a mentee, column j a mentor. */
export interface AssignmentProblem {
  /** How many different mentors each mentee wants. */
  wants: readonly number[];
  /** How many mentees each mentor takes. */
  capacities: readonly number[];
  /** Row by row: the score of each pair, a whole number from 0 on, or NOT_ALLOWED. */
  scores: Int32Array;
}

export const NOT_ALLOWED = -1;

export interface Assignment {
  /** `[mentee, mentor]` in ascending order. */
  pairs: [number, number][];
  /** The lowest score among them; null without pairs. */
  worst: number | null;
  total: number;
}

/**
 * The best assignment, exactly: first as many seats as can be, then the worst pair as good as can be, then the highest
 * total (performance.md A4: lifting the worst pair costs at most 0.12% of the total). Nobody gets the same mentor twice.
 * Equal solutions are decided by index, so the same problem always has the same answer.
 */
export function assign(problem: AssignmentProblem): Assignment {
  const threshold = bestWorst(problem);
  const pairs = threshold === null ? [] : cheapestFlow(problem, threshold);
  const width = problem.capacities.length;
  const chosen = pairs.map(([i, j]) => problem.scores[i * width + j]!);
  return {
    pairs,
    worst: chosen.length === 0 ? null : Math.min(...chosen),
    total: chosen.reduce((sum, score) => sum + score, 0),
  };
}

/** The highest score such that pairs of at least that score still fill as many seats as all pairs; null: no seats. */
function bestWorst(problem: AssignmentProblem): number | null {
  const values = [...new Set(problem.scores)].filter((score) => score !== NOT_ALLOWED).sort((a, b) => a - b);
  const seats = countSeats(problem, 0);
  if (seats === 0) return null;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (countSeats(problem, values[middle]!) === seats) low = middle;
    else high = middle - 1;
  }
  return values[low]!;
}

/**
 * Minimum-cost maximum flow by successive shortest paths with potentials (Ahuja, Magnanti, Orlin 1993, 9.7) on pairs of
 * at least `threshold`. Cost of a pair = best score - its score >= 0; whole numbers, so nothing is lost to rounding. The
 * search is dense: every pair of a cohort is looked at anyway.
 */
function cheapestFlow({ wants, capacities, scores }: AssignmentProblem, threshold: number): [number, number][] {
  const rows = wants.length;
  const width = capacities.length;
  const nodes = rows + width;
  let best = 0;
  for (const score of scores) best = Math.max(best, score);
  const isUsed = new Uint8Array(rows * width);
  const wanted = Int32Array.from(wants);
  const spare = Int32Array.from(capacities);
  const potential = new Float64Array(nodes);
  const distance = new Float64Array(nodes);
  const cameFrom = new Int32Array(nodes);
  const isDone = new Uint8Array(nodes);
  let sinkPotential = 0;

  const relax = (from: number, to: number, cost: number): void => {
    const length = distance[from]! + Math.max(0, cost + potential[from]! - potential[to]!);
    if (length < distance[to]!) {
      distance[to] = length;
      cameFrom[to] = from;
    }
  };
  const relaxAll = (node: number): void => {
    if (node < rows) {
      for (let j = 0; j < width; j++) {
        const score = scores[node * width + j]!;
        if (score >= threshold && !isUsed[node * width + j]) relax(node, rows + j, best - score);
      }
    } else {
      for (let i = 0; i < rows; i++) {
        const at = i * width + node - rows;
        if (isUsed[at]) relax(node, i, scores[at]! - best);
      }
    }
  };

  for (;;) {
    distance.fill(Infinity);
    isDone.fill(0);
    cameFrom.fill(-1);
    for (let i = 0; i < rows; i++) if (wanted[i]! > 0) distance[i] = Math.max(0, -potential[i]!);
    let end = -1;
    let endDistance = Infinity;
    for (;;) {
      let node = -1;
      for (let v = 0; v < nodes; v++)
        if (!isDone[v] && distance[v]! < (node < 0 ? Infinity : distance[node]!)) node = v;
      if (node < 0 || distance[node]! >= endDistance) break;
      isDone[node] = 1;
      if (node >= rows && spare[node - rows]! > 0) {
        const length = distance[node]! + Math.max(0, potential[node]! - sinkPotential);
        if (length < endDistance) [end, endDistance] = [node, length];
      }
      relaxAll(node);
    }
    if (end < 0) break;
    for (let v = 0; v < nodes; v++) potential[v]! += Math.min(distance[v]!, endDistance);
    sinkPotential += endDistance;
    spare[end - rows]!--;
    let node = end;
    for (let from = cameFrom[node]!; from >= 0; node = from, from = cameFrom[node]!) {
      if (node >= rows) isUsed[from * width + node - rows] = 1;
      else isUsed[node * width + from - rows] = 0;
    }
    wanted[node]!--;
  }

  const pairs: [number, number][] = [];
  for (let at = 0; at < isUsed.length; at++) if (isUsed[at]) pairs.push([Math.floor(at / width), at % width]);
  return pairs;
}
