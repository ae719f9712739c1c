import { insertArc } from './arcs.ts';
import type { FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import type { Network } from './network.ts';
import { beginOf, pickBest } from './pick-columns.ts';
import { NOT_ALLOWED } from './score-rows.ts';

/** Pairs that a row adds at once: what its prices make attractive now, some of it for later rounds. */
const ADDED_AT_ONCE = 16;
/** Pairs that are nearly worth their price come along: prices will move. */
const MARGIN = 12_000;

/**
 * Compares every pair outside the core with the prices, adds what is worth more than its price to the core and places its
 * row anew, round by round, until nothing is: then the flow is optimal among all pairs at the threshold or above, not only
 * in the core (column generation; Ahuja, Magnanti, Orlin 1993, 17.4).
 *
 * A row is read again only when its potential has fallen below the best offer outside the core that it was last seen to
 * have: those of columns only rise, so offers only become worse.
 */
export function priceRows(net: Network, free: FreePairs): void {
  if (net.isComplete) return;
  const scores = new Int32Array(net.columns);
  const worth = new Float64Array(net.columns);
  for (let hasFound = true; hasFound;) {
    hasFound = false;
    const found: Underpriced[] = [];
    for (let row = 0; row < net.rows; row++) {
      if (net.wants[row] === 0 || net.rowPotential[row]! >= net.outside[row]!) continue;
      readOutside(net, free, row, scores);
      net.outside[row] = net.reward + bestOutside(scores, net.columnPotential, net.threshold);
      if (net.rowPotential[row]! < net.outside[row]!)
        found.push({ row, pairs: mostUnderpriced(net, row, scores, worth) });
    }
    for (const { row, pairs } of found) {
      for (const { column, score } of pairs) insertArc(net, row, column, score);
      liftRow(net, row);
      // Only some pairs were added.
      net.outside[row] = Infinity;
      hasFound = true;
    }
  }
}

interface Underpriced {
  row: number;
  pairs: { column: number; score: number }[];
}

/** The scores of a row without the pairs of the core. */
function readOutside(net: Network, free: FreePairs, row: number, scores: Int32Array): void {
  free.scores.fillRow(row, scores);
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  for (let at = start; at < end; at++) scores[net.arcColumns[at]!] = NOT_ALLOWED;
}

/** The most that a score is above the potential of its column. */
function bestOutside(scores: Int32Array, potentials: Float64Array, threshold: number): number {
  let best = -Infinity;
  for (let j = 0; j < scores.length; j++) {
    const score = scores[j]!;
    const worth = score - potentials[j]!;
    if (worth > best && score >= threshold) best = worth;
  }
  return best;
}

/** The columns that gain most over their price, the ones within the margin included. `worth` is room for a row. */
function mostUnderpriced(net: Network, row: number, scores: Int32Array, worth: Float64Array): Underpriced['pairs'] {
  for (let j = 0; j < worth.length; j++)
    worth[j] = scores[j]! >= net.threshold ? scores[j]! - net.columnPotential[j]! : -Infinity;
  // A row that is idle finds everything cheap: it needs the best of that, not all.
  const bar = net.rowPotential[row]! - net.reward - MARGIN;
  return pickBest(worth, ADDED_AT_ONCE, bar, beginOf(row, net.columns)).map((j) => ({ column: j, score: scores[j]! }));
}
