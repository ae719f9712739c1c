import type { AssignmentProblem, Pin } from './types.ts';

/** One change of a problem. `allow` takes a `forbid` back, `unpin` a `pin`; who leaves has no pairs from then on. */
export type Edit =
  | { kind: 'pin'; row: number; column: number; score: number }
  | { kind: 'unpin' | 'forbid' | 'allow'; row: number; column: number }
  | { kind: 'rowLeaves'; row: number }
  | { kind: 'columnLeaves'; column: number };

/** The problem after an edit. Throws RangeError for an edit that changes nothing or cannot be: it is about another problem. */
export function editProblem(problem: AssignmentProblem, edit: Edit): AssignmentProblem {
  const { pinned = [], forbidden = [] } = problem;
  const isSame = ([row, column]: readonly [number, number, ...unknown[]]): boolean =>
    'column' in edit && 'row' in edit && row === edit.row && column === edit.column;
  const refuse = (reason: string): never => {
    throw new RangeError(`${edit.kind}: ${reason}`);
  };
  switch (edit.kind) {
    case 'pin':
      if (pinned.some(isSame)) refuse('the pair is pinned');
      if (forbidden.some(isSame)) refuse('the pair is forbidden');
      return { ...problem, pinned: [...pinned, [edit.row, edit.column, edit.score]] };
    case 'unpin':
      if (!pinned.some(isSame)) refuse('the pair is not pinned');
      return { ...problem, pinned: pinned.filter((pair) => !isSame(pair)) };
    case 'forbid':
      if (pinned.some(isSame)) refuse('the pair is pinned');
      if (forbidden.some(isSame)) refuse('the pair is forbidden');
      return { ...problem, forbidden: [...forbidden, [edit.row, edit.column]] };
    case 'allow':
      if (!forbidden.some(isSame)) refuse('the pair is not forbidden');
      return { ...problem, forbidden: forbidden.filter((pair) => !isSame(pair)) };
    case 'rowLeaves':
      return {
        ...problem,
        wants: problem.wants.map((wanted, i) => (i === edit.row ? 0 : wanted)),
        pinned: pinned.filter(([row]) => row !== edit.row),
      };
    case 'columnLeaves':
      return {
        ...problem,
        capacities: problem.capacities.map((capacity, j) => (j === edit.column ? 0 : capacity)),
        pinned: pinned.filter(([, column]) => column !== edit.column),
      };
  }
}

/** The pinned pairs that end when somebody leaves. */
export function pinsOfLeaver({ pinned = [] }: AssignmentProblem, edit: Edit): Pin[] {
  if (edit.kind === 'rowLeaves') return pinned.filter(([row]) => row === edit.row);
  if (edit.kind === 'columnLeaves') return pinned.filter(([, column]) => column === edit.column);
  return [];
}
