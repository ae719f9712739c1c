import { visitRow } from './arcs.ts';
import { isMatched, link, unlink } from './matching.ts';
import type { Network } from './network.ts';
import { clearSearch, reach, settleNow, takeNearest } from './search.ts';

/** The node numbers: rows first, then columns, then the hub. */
export const columnNode = (net: Network, column: number): number => net.rows + column;
export const hubNode = (net: Network): number => net.rows + net.columns;

/**
 * Sends one unit from `source` to `target` on a cheapest path with room (successive shortest paths with potentials; Ahuja,
 * Magnanti, Orlin 1993, 9.7) and keeps the potentials valid. The search ends where nothing nearer than the target is left.
 * Throws Error when there is no path: the caller's bookkeeping is wrong, as the hub joins everything.
 */
export function pushUnit(net: Network, source: number, target: number): void {
  const { search } = net;
  const { distance } = search;
  const hub = hubNode(net);
  reach(search, source, 0, source);
  for (;;) {
    const node = takeNearest(search);
    if (node < 0 || distance[node]! >= distance[target]!) break;
    search.settled[search.settledCount++] = node;
    if (node < net.rows) scanRow(net, node, target);
    else if (node < hub) scanColumn(net, node - net.rows, target);
    else scanHub(net, target);
  }
  if (distance[target] === Infinity) throw new Error(`no path from node ${source} to node ${target}`);
  lowerPotentials(net, distance[target]!);
  movePath(net, source, target);
  clearSearch(search);
}

/** From a row: to columns by its awake arcs, most worth first while they can matter, and to the hub by staying idle. */
function scanRow(net: Network, row: number, target: number): void {
  const { search, arcColumns, arcScores, arcKeys, columnPotential, load, capacities, rows } = net;
  const { distance, viaScore } = search;
  const hub = rows + net.columns;
  const isHubTarget = target === hub;
  const own = distance[row]! + net.rowPotential[row]!;
  let bound = distance[target]!;
  if (own - net.hubPotential < Math.min(bound, distance[hub]!)) {
    reach(search, hub, own - net.hubPotential, row);
    bound = distance[target]!;
  }
  const base = own - net.reward;
  const floor = net.floors[row]!;
  visitRow(net, row);
  const start = net.starts[row]!;
  const end = start + net.counts[row]!;
  for (let at = start; at < end; at++) {
    if (base - arcKeys[at]! >= bound) return;
    const column = arcColumns[at]!;
    const node = rows + column;
    const next = base - arcScores[at]! + columnPotential[column]!;
    if (next >= distance[node]! || next >= bound || arcScores[at]! < floor) continue;
    if (isMatched(net.matching, row, column)) continue;
    viaScore[node] = arcScores[at]!;
    reach(search, node, next, row);
    // A column with a free place leads on to the hub for nothing.
    if (isHubTarget && load[column]! < capacities[column]!) {
      reach(search, hub, next, node);
      bound = next;
    } else if (node === target) bound = next;
  }
}

/** From a column: to the rows matched with it, which would have to go elsewhere, and to the hub if a place is free. */
function scanColumn(net: Network, column: number, target: number): void {
  const { search, matching, rowPotential, rows } = net;
  const { distance } = search;
  const node = rows + column;
  const hub = rows + net.columns;
  const base = distance[node]! - net.columnPotential[column]!;
  if (net.load[column]! < net.capacities[column]!) {
    const next = base - net.hubPotential;
    if (next < Math.min(distance[hub]!, distance[target]!)) reach(search, hub, next, node);
  }
  let at = column * matching.columnStride;
  for (const end = at + matching.columnCount[column]!; at < end; at++) {
    const row = matching.columnMates[at]!;
    const next = base + net.reward + matching.columnScores[at]! - rowPotential[row]!;
    if (next >= distance[row]! || next >= distance[target]!) continue;
    if (next > distance[node]! || row === target) reach(search, row, next, node);
    else if (settleNow(search, row, next, node)) scanRow(net, row, target);
  }
}

/** From the hub: to rows with idle units and to columns that send units on. Met only after an edit. */
function scanHub(net: Network, target: number): void {
  const { search, idle, load, rowPotential, columnPotential, rows } = net;
  const { distance } = search;
  const hub = hubNode(net);
  const base = distance[hub]! + net.hubPotential;
  for (let i = 0; i < rows; i++) {
    const next = base - rowPotential[i]!;
    if (idle[i]! > 0 && next < distance[i]! && next < distance[target]!) reach(search, i, next, hub);
  }
  for (let j = 0; j < net.columns; j++) {
    const next = base + columnPotential[j]!;
    if (load[j]! > 0 && next < distance[rows + j]! && next < distance[target]!) reach(search, rows + j, next, hub);
  }
}

/** Nodes nearer than the target come down by what they are nearer. */
function lowerPotentials(net: Network, end: number): void {
  const { search, rowPotential, columnPotential, rows } = net;
  const { distance, settled } = search;
  const hub = hubNode(net);
  for (let k = 0; k < search.settledCount; k++) {
    const node = settled[k]!;
    const by = end - distance[node]!;
    if (node < rows) rowPotential[node]! -= by;
    else if (node < hub) columnPotential[node - rows]! += by;
    else net.hubPotential -= by;
  }
  // A column that nobody uses keeps the price zero; only a fall of the hub can take it below.
  if (distance[hub]! < end) {
    for (let j = 0; j < net.columns; j++) {
      if (net.load[j] === 0 && columnPotential[j]! < -net.hubPotential) columnPotential[j] = -net.hubPotential;
    }
  }
}

/** Moves one unit along the path that was found. */
function movePath(net: Network, source: number, target: number): void {
  const { search, matching, rows } = net;
  const hub = hubNode(net);
  for (let node = target; node !== source;) {
    const from = search.cameFrom[node]!;
    if (node === hub) {
      if (from < rows) net.idle[from]!++;
      else net.load[from - rows]!++;
    } else if (from === hub) {
      if (node < rows) net.idle[node]!--;
      else net.load[node - rows]!--;
    } else if (from < rows) link(matching, from, node - rows, search.viaScore[node]!);
    else unlink(matching, node, from - rows);
    node = from;
  }
}
