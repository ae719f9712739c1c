import { describe, expect, it } from 'vitest';
import { countBlockingPairs } from '../../../../../server/domain/matching/solve/count-blocking-pairs.ts';
import { denseRows } from '../../../../../server/domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { AssignmentProblem, Pin, Solution } from '../../../../../server/domain/matching/solve/types.ts';
import { KINDS, makeInstance, numbers, problemOf, type Instance } from './make-instance.ts';

/** The definition, pair by pair. */
function countPlainly({ wants, capacities, scores, pinned }: Instance, pairs: Solution['pairs']): number {
  const isPinned = (i: number, j: number): boolean => pinned.some((pair) => pair[0] === i && pair[1] === j);
  let blocking = 0;
  scores.forEach((score, at) => {
    const [i, j] = [Math.floor(at / capacities.length), at % capacities.length];
    if (score < 0 || pairs.some((pair) => pair[0] === i && pair[1] === j)) return;
    const mentors = pairs.filter((pair) => pair[0] === i);
    const mentees = pairs.filter((pair) => pair[1] === j);
    const isLeft = ([row, column, own]: Solution['pairs'][number]): boolean => !isPinned(row, column) && own < score;
    const isWanted = mentors.length < wants[i]! || mentors.some(isLeft);
    if (isWanted && (mentees.length < capacities[j]! || mentees.some(isLeft))) blocking++;
  });
  return blocking;
}

const problem = (scores: number[], pinned: Pin[] = []): AssignmentProblem => ({
  wants: [1, 1],
  capacities: [1, 1],
  scores: denseRows(2, 2, Int32Array.from(scores)),
  pinned,
});

describe('countBlockingPairs', () => {
  it('counts pairs that would both rather have each other', () => {
    const scores = [1000, 400, 500, 100];
    const crossed: Solution['pairs'] = [
      [0, 1, 400],
      [1, 0, 500],
    ];
    expect(countBlockingPairs(problem(scores), crossed)).toBe(1);
    expect(countBlockingPairs(problem(scores, [[0, 1, 400]]), crossed)).toBe(0);
    const straight: Solution['pairs'] = [
      [0, 0, 1000],
      [1, 1, 100],
    ];
    expect(countBlockingPairs(problem(scores), straight)).toBe(0);
  });

  it('takes a free seat on both sides for a wish, and an equal score for none', () => {
    expect(countBlockingPairs(problem([5, -1, -1, 5]), [[0, 0, 5]])).toBe(1);
    expect(countBlockingPairs(problem([5, 5, 5, -1]), [[0, 0, 5]])).toBe(0);
  });

  it('is the definition, on many instances', () => {
    for (let k = 0; k < 140; k++) {
      const instance = makeInstance(KINDS[k % KINDS.length]!, 1 + (k % 25), 1 + (k % 31), numbers(k), k % 5);
      const { pairs } = solveAssignment(problemOf(instance), k % 2 === 0 ? 'total' : 'worst-then-total');
      // Half of the pairs gone: free seats on both sides, and more to wish for.
      const some = pairs.filter((pair, at) => at % 2 === 0 || instance.pinned.some((pin) => pin[0] === pair[0]));
      for (const list of [pairs, some])
        expect(countBlockingPairs(problemOf(instance), list)).toBe(countPlainly(instance, list));
    }
  });
});
