import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../../../server/domain/matching/solve/check-certificate.ts';
import { editProblem, type Edit } from '../../../../../server/domain/matching/solve/edit-problem.ts';
import { resolveAfter } from '../../../../../server/domain/matching/solve/resolve-after.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { Solution } from '../../../../../server/domain/matching/solve/types.ts';
import { KINDS, makeInstance, numbers, problemOf, type Instance } from './make-instance.ts';

/** Some edit of a solution; it may be one that is refused. */
function chooseEdit({ problem, pairs }: Solution, { scores, capacities, wants }: Instance, random: () => number): Edit {
  const some = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const [row, column] = [Math.floor(random() * wants.length), Math.floor(random() * capacities.length)];
  const [pin, ban, pair] = [some(problem.pinned ?? []), some(problem.forbidden ?? []), some(pairs)];
  const which = random();
  // A pin may be of a pair that the rows do not allow.
  if (which < 0.25) return { kind: 'pin', row, column, score: Math.max(0, scores[row * capacities.length + column]!) };
  if (which < 0.3 && pair) return { kind: 'pin', row: pair[0], column: pair[1], score: pair[2] };
  if (which < 0.45 && pin) return { kind: 'unpin', row: pin[0], column: pin[1] };
  if (which < 0.7 && pair) return { kind: 'forbid', row: pair[0], column: pair[1] };
  if (which < 0.85 && ban) return { kind: 'allow', row: ban[0], column: ban[1] };
  if (which < 0.9) return { kind: 'forbid', row, column };
  return which < 0.95 ? { kind: 'rowLeaves', row } : { kind: 'columnLeaves', column };
}

const isPossible = (solution: Solution, edit: Edit): boolean => {
  try {
    solveAssignment(editProblem(solution.problem, edit));
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

describe('resolveAfter', () => {
  it('finds what a fresh solve finds, edit upon edit, and proves it', () => {
    const kinds = new Set<string>();
    for (let k = 0; k < 28; k++) {
      const random = numbers(300 + k);
      const rows = 10 + Math.floor(random() * 40);
      const instance = makeInstance(KINDS[k % KINDS.length]!, rows, 10 + Math.floor(random() * 60), random, k % 4);
      let solution = solveAssignment(problemOf(instance), k % 4 === 3 ? 'total' : 'worst-then-total');
      for (let step = 0; step < 25; step++) {
        const edit = chooseEdit(solution, instance, random);
        if (!isPossible(solution, edit)) {
          expect(() => resolveAfter(solution, edit)).toThrow(RangeError);
          continue;
        }
        const fresh = solveAssignment(editProblem(solution.problem, edit), solution.objective);
        const next = resolveAfter(solution, edit);
        const name = `instance ${k}, step ${step}, ${edit.kind}`;
        expect([next.seats, next.total], name).toEqual([fresh.seats, fresh.total]);
        if (solution.objective !== 'total') expect(next.worst, name).toBe(fresh.worst);
        expect(checkCertificate(next).violations, name).toBe(0);
        kinds.add(edit.kind);
        solution = next;
      }
    }
    expect([...kinds].sort()).toEqual(['allow', 'columnLeaves', 'forbid', 'pin', 'rowLeaves', 'unpin']);
  });

  it('leaves the solution that it starts from as it is', () => {
    const instance = makeInstance('tight', 30, 30, numbers(4));
    const solution = solveAssignment(problemOf(instance));
    // The room for searches is shared, and means nothing between them.
    const { search: _, ...network } = solution.network;
    const before = structuredClone([solution.pairs, solution.certificate, network]);
    const [row, column] = solution.pairs[3]!;
    const forbidden = resolveAfter(solution, { kind: 'forbid', row, column });
    expect(forbidden.pairs).not.toEqual(solution.pairs);
    expect([solution.pairs, solution.certificate, network]).toEqual(before);
    expect(solution.network).toMatchObject(network);
    const back = resolveAfter(forbidden, { kind: 'allow', row, column });
    expect([back.seats, back.worst, back.total]).toEqual([solution.seats, solution.worst, solution.total]);
  });

  it.each<Edit>([
    { kind: 'unpin', row: 0, column: 0 },
    { kind: 'allow', row: 0, column: 0 },
    { kind: 'pin', row: 1, column: 1, score: 5 },
    { kind: 'forbid', row: 1, column: 1 },
  ])('refuses %j, which changes nothing or cannot be', (edit) => {
    const instance = makeInstance('square', 3, 3, numbers(4));
    const problem = { ...problemOf(instance), pinned: [[1, 1, 5]] as const };
    expect(() => resolveAfter(solveAssignment(problem), edit)).toThrow(RangeError);
  });
});
