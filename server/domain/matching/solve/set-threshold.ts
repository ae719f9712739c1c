import { liftRow } from './lift-row.ts';
import { unlink } from './matching.ts';
import type { Network } from './network.ts';
import { columnNode, pushUnit } from './push-unit.ts';

/** Lets pairs of the core be used from `threshold` on, and no others; the flow stays one of least cost. */
export function setThreshold(net: Network, threshold: number): void {
  const isLower = threshold < net.threshold;
  net.threshold = threshold;
  if (!isLower) return sleepBelow(net, threshold);
  net.outside.fill(Infinity);
  // One row after another: each is placed anew before the arcs of the next one wake.
  for (let i = 0; i < net.rows; i++) {
    net.floors[i] = threshold;
    if (net.isPlaced) liftRow(net, i);
  }
}

/** Pairs below are undone, and their rows placed anew once all arcs below are asleep. */
function sleepBelow(net: Network, threshold: number): void {
  const { matching } = net;
  const undone: [row: number, column: number][] = [];
  net.floors.fill(threshold);
  for (let i = 0; i < net.rows; i++) {
    for (let k = matching.rowCount[i]! - 1; k >= 0; k--) {
      const at = i * matching.rowStride + k;
      if (matching.rowScores[at]! < threshold) undone.push([i, matching.rowMates[at]!]);
    }
  }
  for (const [row, column] of undone) unlink(matching, row, column);
  for (const [row, column] of undone) pushUnit(net, row, columnNode(net, column));
}
