import { editProblem, pinsOfLeaver, type Edit } from './edit-problem.ts';
import { freePairs, type FreePairs } from './free-pairs.ts';
import { liftRow } from './lift-row.ts';
import { copyMatching, isMatched, link, matesOfColumn, matesOfRow, unlink } from './matching.ts';
import { bestOffer, insertArc, openColumn, removeArc } from './arcs.ts';
import { closeColumn, copyNetwork, type Network } from './network.ts';
import { columnNode, hubNode, pushUnit } from './push-unit.ts';
import { NOT_ALLOWED } from './score-rows.ts';
import { improve } from './solve-assignment.ts';
import type { Solution } from './types.ts';

/**
 * The best assignment after one edit, found and proven from the last solution, which stays as it is: seats, worst and total
 * are those of a fresh solve; among equal assignments it may be another one. Throws RangeError for an edit that cannot be.
 */
export function resolveAfter(solution: Solution, edit: Edit): Solution {
  const net = copyNetwork(solution.network);
  const problem = editProblem(solution.problem, edit);
  const free = freePairs(problem);
  // The partners of somebody who leaves get their places back first, without the pair as one to choose.
  for (const [row, column] of pinsOfLeaver(solution.problem, edit)) unpin(net, row, column, NOT_ALLOWED);
  change(net, free, edit);
  return improve({ problem, objective: solution.objective, free, net, matching: copyMatching(net.matching) });
}

function change(net: Network, free: FreePairs, edit: Edit): void {
  switch (edit.kind) {
    case 'pin':
      return pin(net, edit.row, edit.column);
    case 'unpin':
      return unpin(net, edit.row, edit.column, scoreOf(free, edit.row, edit.column));
    case 'forbid':
      return forbid(net, edit.row, edit.column);
    case 'allow': {
      const score = scoreOf(free, edit.row, edit.column);
      if (score < 0) return;
      insertArc(net, edit.row, edit.column, score);
      return liftRow(net, edit.row);
    }
    case 'rowLeaves':
      return removeRow(net, edit.row);
    case 'columnLeaves':
      return removeColumn(net, edit.column);
  }
}

function scoreOf({ scores }: FreePairs, row: number, column: number): number {
  const out = new Int32Array(scores.columns);
  scores.fillRow(row, out);
  return out[column]!;
}

/** One unit less is wanted and one place less offered, and the pair is no longer one to choose. */
function pin(net: Network, row: number, column: number): void {
  const wasMatched = isMatched(net.matching, row, column);
  if (wasMatched) unlink(net.matching, row, column);
  removeArc(net, row, column);
  net.wants[row]!--;
  net.capacities[column]!--;
  if (wasMatched) net.load[column]!--;
  else {
    const isColumnFull = net.load[column]! > net.capacities[column]!;
    const wasIdle = net.idle[row]! > 0;
    if (isColumnFull) net.load[column]!--;
    if (wasIdle) net.idle[row]!--;
    // Somebody has to leave the column, and the row leaves somebody: one path from there to here.
    if (isColumnFull || !wasIdle)
      pushUnit(net, isColumnFull ? columnNode(net, column) : hubNode(net), wasIdle ? hubNode(net) : row);
  }
  if (net.capacities[column] === 0) closeColumn(net, column);
}

/** One unit more is wanted and one place more offered; with a score, the pair is one to choose, at first chosen. */
function unpin(net: Network, row: number, column: number, score: number): void {
  const { rowPotential, columnPotential, reward, matching } = net;
  if (net.wants[row]!++ === 0) rowPotential[row] = Math.max(net.hubPotential, bestOffer(net, row));
  if (net.capacities[column]!++ === 0) openColumn(net, column);
  net.load[column]!++;
  net.outside[row] = Infinity;
  if (score >= 0) {
    insertArc(net, row, column, score);
    if (score >= net.threshold && reward + score >= rowPotential[row]! + columnPotential[column]!)
      return link(matching, row, column, score);
  }
  pushUnit(net, row, columnNode(net, column));
}

function forbid(net: Network, row: number, column: number): void {
  const wasMatched = isMatched(net.matching, row, column);
  if (wasMatched) unlink(net.matching, row, column);
  removeArc(net, row, column);
  if (wasMatched) pushUnit(net, row, columnNode(net, column));
}

/** Columns that the row leaves are one unit short each. */
function removeRow(net: Network, row: number): void {
  const columns = matesOfRow(net.matching, row);
  for (const column of columns) unlink(net.matching, row, column);
  net.wants[row] = 0;
  net.idle[row] = 0;
  for (const column of columns) pushUnit(net, hubNode(net), columnNode(net, column));
}

/** Rows that the column leaves have a unit to place each. */
function removeColumn(net: Network, column: number): void {
  const rows = matesOfColumn(net.matching, column);
  for (const row of rows) unlink(net.matching, row, column);
  net.capacities[column] = 0;
  net.load[column] = 0;
  closeColumn(net, column);
  for (const row of rows) pushUnit(net, row, hubNode(net));
}
