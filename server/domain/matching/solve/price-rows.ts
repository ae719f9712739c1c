import type { FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import { isMatched } from './matching.ts';
import { insertArc, type Network } from './network.ts';

/** Pairs that a row adds at once: what its prices make attractive now, some of it for later rounds. */
const ADDED_AT_ONCE = 8;
/** Pairs that are nearly worth their price come along: prices will move. */
const MARGIN = 6_000;

/** Prices that were checked against all pairs: whatever did not fall since needs no second look. */
export interface CheckedPrices {
  rows: Float64Array;
  columns: Float64Array;
  threshold: number;
}

/**
 * Compares every pair with the prices, adds what is worth more than its price to the core and places its row anew, round
 * by round, until nothing is: then the flow is optimal among all pairs at the threshold or above, not only in the core
 * (column generation; Ahuja, Magnanti, Orlin 1993, 17.4). Gives the prices that were proven.
 */
export function priceRows(net: Network, free: FreePairs, checked: CheckedPrices | null): CheckedPrices {
  for (;;) {
    const prices = readPrices(net);
    if (net.isComplete) return prices;
    const found = findUnderpriced(net, free, prices, rowsToCheck(net, prices, checked));
    if (found.length === 0) return prices;
    for (const { row, pairs } of found) {
      for (const { column, score } of pairs) insertArc(net, row, column, score);
      liftRow(net, row);
    }
  }
}

/** Prices as the certificate holds them: never below zero, rows and columns alike. */
export function readPrices(net: Network): CheckedPrices {
  return {
    rows: net.rowPotential.map((potential) => Math.max(0, potential - net.hubPotential)),
    columns: net.columnPotential.map((potential) => Math.max(0, potential + net.hubPotential)),
    threshold: net.threshold,
  };
}

/** All rows, unless earlier prices are proven and only some rows' ones fell. */
function rowsToCheck(net: Network, prices: CheckedPrices, checked: CheckedPrices | null): Int32Array {
  const all = (): Int32Array => Int32Array.from({ length: net.rows }, (_, i) => i);
  if (!checked || prices.threshold < checked.threshold) return all();
  for (let j = 0; j < net.columns; j++) if (prices.columns[j]! < checked.columns[j]!) return all();
  const fallen: number[] = [];
  for (let i = 0; i < net.rows; i++) if (prices.rows[i]! < checked.rows[i]!) fallen.push(i);
  return Int32Array.from(fallen);
}

interface Underpriced {
  row: number;
  pairs: { column: number; score: number; gain: number }[];
}

function findUnderpriced(net: Network, free: FreePairs, prices: CheckedPrices, rows: Int32Array): Underpriced[] {
  const scores = new Int32Array(net.columns);
  const found: Underpriced[] = [];
  for (const row of rows) {
    if (net.wants[row] === 0) continue;
    free.scores.fillRow(row, scores);
    const price = prices.rows[row]! - net.reward;
    if (hasUnderpriced(net, row, scores, prices.columns, price))
      found.push({ row, pairs: mostUnderpriced(net, row, scores, prices.columns, price) });
  }
  return found;
}

function hasUnderpriced(net: Network, row: number, scores: Int32Array, columns: Float64Array, price: number): boolean {
  const { threshold } = net;
  for (let j = 0; j < scores.length; j++) {
    const score = scores[j]!;
    if (score > price + columns[j]! && score >= threshold && !isMatched(net.matching, row, j)) return true;
  }
  return false;
}

/** The pairs of a row that gain most over their price, the ones within the margin included. */
function mostUnderpriced(
  net: Network,
  row: number,
  scores: Int32Array,
  columns: Float64Array,
  price: number,
): Underpriced['pairs'] {
  const pairs: Underpriced['pairs'] = [];
  for (let j = 0; j < scores.length; j++) {
    const score = scores[j]!;
    const gain = score - price - columns[j]!;
    if (gain > -MARGIN && score >= net.threshold && !isMatched(net.matching, row, j))
      pairs.push({ column: j, score, gain });
  }
  // A row that is idle finds everything cheap: it needs the best of that, not all.
  return pairs.sort((a, b) => b.gain - a.gain).slice(0, ADDED_AT_ONCE);
}
