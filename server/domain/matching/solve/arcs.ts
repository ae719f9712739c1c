import { isMatched } from './matching.ts';
import type { Network } from './network.ts';

/** Free room in each row when the lists are laid out anew: a few rounds of additions without moving anything. */
const SPARE_ROOM = 24;
/** A row is sorted again when it was looked through this often: sorting costs about as much. */
const VISITS_BETWEEN_SORTS = 24;

/** Whether the pair is in the core. */
export function hasArc(net: Network, row: number, column: number): boolean {
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  for (let at = start; at < end; at++) if (net.arcColumns[at] === column) return true;
  return false;
}

/** Adds a pair to the core, in its place; not twice. Whether it breaks the potentials is for liftRow to see. */
export function insertArc(net: Network, row: number, column: number, score: number): void {
  if (hasArc(net, row, column)) return;
  if (net.counts[row] === net.starts[row + 1]! - net.starts[row]!) makeRoom(net);
  const at = net.starts[row]! + net.counts[row]!++;
  net.arcColumns[at] = column;
  net.arcScores[at] = score;
  net.arcKeys[at] = score - net.columnPotential[column]!;
  settle(net, net.starts[row]!, at);
}

/** Takes a pair out of the core. The two must not be matched. */
export function removeArc(net: Network, row: number, column: number): void {
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  let at = start;
  while (at < end && net.arcColumns[at] !== column) at++;
  if (at === end) return;
  net.counts[row]!--;
  net.arcColumns.copyWithin(at, at + 1, end);
  net.arcScores.copyWithin(at, at + 1, end);
  net.arcKeys.copyWithin(at, at + 1, end);
}

/** Lays the lists out anew with spare room in each row. */
function makeRoom(net: Network): void {
  const starts = new Int32Array(net.rows + 1);
  for (let i = 0; i < net.rows; i++) starts[i + 1] = starts[i]! + net.counts[i]! + SPARE_ROOM;
  const arcColumns = new Int32Array(starts[net.rows]!);
  const arcScores = new Int32Array(starts[net.rows]!);
  const arcKeys = new Float64Array(starts[net.rows]!);
  for (let i = 0; i < net.rows; i++) {
    const [from, to] = [net.starts[i]!, net.starts[i]! + net.counts[i]!];
    arcColumns.set(net.arcColumns.subarray(from, to), starts[i]);
    arcScores.set(net.arcScores.subarray(from, to), starts[i]);
    arcKeys.set(net.arcKeys.subarray(from, to), starts[i]);
  }
  Object.assign(net, { starts, arcColumns, arcScores, arcKeys });
}

/** Moves one arc up to its place among those before it, which are in order. */
function settle({ arcColumns, arcScores, arcKeys }: Network, start: number, from: number): void {
  const [column, score, key] = [arcColumns[from]!, arcScores[from]!, arcKeys[from]!];
  let at = from;
  for (; at > start && arcKeys[at - 1]! < key; at--) {
    arcColumns[at] = arcColumns[at - 1]!;
    arcScores[at] = arcScores[at - 1]!;
    arcKeys[at] = arcKeys[at - 1]!;
  }
  arcColumns[at] = column;
  arcScores[at] = score;
  arcKeys[at] = key;
}

/** Counts a visit; now and then sorts the row by what its arcs are worth at the potentials of today. */
export function visitRow(net: Network, row: number): void {
  if (++net.visits[row]! < VISITS_BETWEEN_SORTS) return;
  sortRow(net, row);
}

/** Sorts a row by what its arcs are worth at the potentials of today. Mostly in order already, hence by insertion. */
export function sortRow(net: Network, row: number): void {
  net.visits[row] = 0;
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  for (let at = start; at < end; at++) {
    net.arcKeys[at] = net.arcScores[at]! - net.columnPotential[net.arcColumns[at]!]!;
    settle(net, start, at);
  }
}

/** What the awake arcs of a row offer at most: reward + score - potential of the column, of those not matched. */
export function bestOffer(net: Network, row: number): number {
  const { arcColumns, arcScores, arcKeys, columnPotential } = net;
  const floor = net.floors[row]!;
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  let best = -Infinity;
  for (let at = start; at < end && arcKeys[at]! > best; at++) {
    const column = arcColumns[at]!;
    const worth = arcScores[at]! - columnPotential[column]!;
    if (worth > best && arcScores[at]! >= floor && !isMatched(net.matching, row, column)) best = worth;
  }
  return net.reward + best;
}

/** Gives a column that was closed a price at which nobody would rather have it: the lowest that the awake arcs allow. */
export function openColumn(net: Network, column: number): void {
  const { starts, counts, arcColumns, arcScores, rowPotential, reward } = net;
  let price = -net.hubPotential;
  const holders: number[] = [];
  for (let i = 0; i < net.rows; i++) {
    for (let at = starts[i]!; at < starts[i]! + counts[i]!; at++) {
      if (arcColumns[at] !== column) continue;
      holders.push(i);
      if (net.wants[i]! > 0 && arcScores[at]! >= net.floors[i]!)
        price = Math.max(price, reward + arcScores[at]! - rowPotential[i]!);
    }
  }
  net.columnPotential[column] = price;
  // Keys and what is known of offers hold potentials that were higher than this one.
  for (const row of holders) sortRow(net, row);
  net.outside.fill(Infinity);
}
