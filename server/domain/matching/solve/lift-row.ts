import { matesOfRow, unlink } from './matching.ts';
import { bestOffer } from './arcs.ts';
import type { Network } from './network.ts';
import { columnNode, hubNode, pushUnit } from './push-unit.ts';

/**
 * Makes the potentials hold for all arcs of a row that are awake, and the flow cheapest again: after arcs were added or woken, and
 * for a row that has not been placed yet. The row's price rises to its best offer; units that are too cheap at that price
 * are taken back and sent on their cheapest way.
 */
export function liftRow(net: Network, row: number): void {
  if (net.wants[row] === 0) return;
  const offer = bestOffer(net, row);
  if (offer <= net.rowPotential[row]!) return;
  net.rowPotential[row] = offer;
  const idle = net.idle[row]!;
  net.idle[row] = 0;
  const left = takeBack(net, row);
  for (const column of left) pushUnit(net, row, columnNode(net, column));
  for (let unit = 0; unit < idle; unit++) pushUnit(net, row, hubNode(net));
}

/** Undoes the pairs of a row that cost more than its price allows; their columns, each one unit short. */
function takeBack(net: Network, row: number): number[] {
  const { matching, columnPotential } = net;
  const left: number[] = [];
  const price = net.rowPotential[row]! - net.reward;
  for (const column of matesOfRow(matching, row)) {
    const at = matching.rowMates.indexOf(column, row * matching.rowStride);
    if (matching.rowScores[at]! >= price + columnPotential[column]!) continue;
    unlink(matching, row, column);
    left.push(column);
  }
  return left;
}
