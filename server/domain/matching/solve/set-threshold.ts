import { liftRow } from './lift-row.ts';
import { unlink } from './matching.ts';
import type { Network } from './network.ts';
import { columnNode, pushUnit } from './push-unit.ts';

/** Lets pairs of the core be used from `threshold` on, and no others; the flow stays one of least cost. */
export function setThreshold(net: Network, threshold: number): void {
  const isLower = threshold < net.threshold;
  net.threshold = threshold;
  if (!isLower) return sleepBelow(net, threshold);
  for (let i = 0; i < net.rows; i++) {
    const before = net.awake[i]!;
    net.awake[i] = countAwake(net, i);
    if (net.isPlaced && net.awake[i]! > before) liftRow(net, i);
  }
}

/** How many arcs of a row are at the threshold or above; they stand first. */
function countAwake({ starts, counts, arcScores, threshold }: Network, row: number): number {
  let low = 0;
  let high = counts[row]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arcScores[starts[row]! + middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs below are undone, and their rows placed anew once all arcs below are asleep. */
function sleepBelow(net: Network, threshold: number): void {
  const { matching } = net;
  const undone: [row: number, column: number][] = [];
  for (let i = 0; i < net.rows; i++) {
    net.awake[i] = countAwake(net, i);
    for (let k = matching.rowCount[i]! - 1; k >= 0; k--) {
      const at = i * matching.rowStride + k;
      if (matching.rowScores[at]! < threshold) undone.push([i, matching.rowMates[at]!]);
    }
  }
  for (const [row, column] of undone) unlink(matching, row, column);
  for (const [row, column] of undone) pushUnit(net, row, columnNode(net, column));
}
