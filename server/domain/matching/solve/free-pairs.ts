import { NOT_ALLOWED, type ScoreRows } from './score-rows.ts';
import type { AssignmentProblem } from './types.ts';

/** What is left to decide when pinned and forbidden pairs are settled. */
export interface FreePairs {
  wants: Int32Array;
  capacities: Int32Array;
  /** Rows in which pinned and forbidden pairs are not allowed. */
  scores: ScoreRows;
}

/**
 * The problem without its pinned pairs and the places they take. Throws RangeError for sizes that do not fit, and for a
 * pin that cannot be kept: an unknown index, the same pair twice, forbidden as well, or more than is wanted or offered.
 */
export function freePairs(problem: AssignmentProblem): FreePairs {
  const { scores, pinned = [], forbidden = [] } = problem;
  const wants = Int32Array.from(problem.wants);
  const capacities = Int32Array.from(problem.capacities);
  if (scores.rows !== wants.length || scores.columns !== capacities.length)
    throw new RangeError('scores: other sizes than wants and capacities');
  const settled = new Map<number, Set<number>>();
  const settle = (row: number, column: number): boolean => {
    let columns = settled.get(row);
    if (!columns) settled.set(row, (columns = new Set()));
    return columns.size < columns.add(column).size;
  };
  for (const [row, column] of forbidden) settle(row, column);
  for (const [row, column] of pinned) {
    const isKept = settle(row, column) && wants[row]! > 0 && capacities[column]! > 0;
    if (!isKept) throw new RangeError(`pinned: row ${row} and column ${column} cannot be kept together`);
    wants[row]!--;
    capacities[column]!--;
  }
  return { wants, capacities, scores: settled.size === 0 ? scores : leaveOut(scores, settled) };
}

function leaveOut(scores: ScoreRows, settled: ReadonlyMap<number, ReadonlySet<number>>): ScoreRows {
  return {
    ...scores,
    fillRow(i, out) {
      scores.fillRow(i, out);
      const columns = settled.get(i);
      if (columns) for (const column of columns) out[column] = NOT_ALLOWED;
    },
  };
}
