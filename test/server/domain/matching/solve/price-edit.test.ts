import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../../../server/domain/matching/solve/check-certificate.ts';
import { editProblem, type Edit } from '../../../../../server/domain/matching/solve/edit-problem.ts';
import { priceEdit } from '../../../../../server/domain/matching/solve/price-edit.ts';
import { denseRows, NOT_ALLOWED } from '../../../../../server/domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { Solution } from '../../../../../server/domain/matching/solve/types.ts';
import { KINDS, makeInstance, numbers, problemOf, type Instance } from './make-instance.ts';

const solve2x2 = (...scores: number[]): Solution =>
  solveAssignment({ wants: [1, 1], capacities: [1, 1], scores: denseRows(2, 2, Int32Array.from(scores)) });

const without = (pairs: Solution['pairs'], others: Solution['pairs']): Solution['pairs'] =>
  pairs.filter((pair) => !others.some((other) => other[0] === pair[0] && other[1] === pair[1]));

/** A pin or a ban: half of them of pairs that are chosen. Pins may be of pairs that the rows do not allow. */
function chooseEdit({ pairs }: Solution, { wants, capacities, scores }: Instance, random: () => number): Edit {
  const chosen = random() < 0.5 ? pairs[Math.floor(random() * pairs.length)] : undefined;
  const row = chosen?.[0] ?? Math.floor(random() * wants.length);
  const column = chosen?.[1] ?? Math.floor(random() * capacities.length);
  if (random() < 0.5) return { kind: 'forbid', row, column };
  return { kind: 'pin', row, column, score: Math.max(0, scores[row * capacities.length + column]!) };
}

/** What a fresh solve finds; null for an edit that cannot be. */
function solveAnew({ problem, objective }: Solution, edit: Edit): Solution | null {
  try {
    return solveAssignment(editProblem(problem, edit), objective);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

describe('priceEdit', () => {
  it('says what a pin costs, and who changes partners for it', () => {
    const crossed = solve2x2(1000, 400, 500, 100);
    expect(priceEdit(crossed, { kind: 'pin', row: 0, column: 0, score: 1000 })).toMatchObject({
      seats: 0,
      worst: { before: 400, after: 100 },
      total: 200,
      gained: [
        [0, 0, 1000],
        [1, 1, 100],
      ],
      lost: [
        [0, 1, 400],
        [1, 0, 500],
      ],
    });
  });

  it('says that somebody is left without', () => {
    const full = solve2x2(9, 5, 7, NOT_ALLOWED);
    const price = priceEdit(full, { kind: 'pin', row: 0, column: 0, score: 9 });
    expect(price).toMatchObject({ seats: -1, worst: { before: 5, after: null }, total: -3, gained: [[0, 0, 9]] });
    expect(price.lost).toEqual(full.pairs);
    expect(priceEdit(full, { kind: 'forbid', row: 1, column: 0 })).toMatchObject({ seats: -1, total: -3 });
  });

  it('is the difference to a fresh solve, price upon price', () => {
    const seen = { pin: 0, forbid: 0, fewerSeats: 0, moreSeats: 0, free: 0 };
    for (let k = 0; k < 56; k++) {
      const random = numbers(20_000 + k);
      // Half of them so small that seats stay empty.
      const most = k % 2 === 0 ? 6 : 60;
      const [rows, columns] = [2 + Math.floor(random() * most), 2 + Math.floor(random() * most)];
      const instance = makeInstance(KINDS[k % KINDS.length]!, rows, columns, random, k % 4);
      let solution = solveAssignment(problemOf(instance), k % 5 === 4 ? 'total' : 'worst-then-total');
      for (let step = 0; step < 12; step++) {
        const edit = chooseEdit(solution, instance, random);
        const name = `instance ${k}, step ${step}, ${edit.kind}`;
        const fresh = solveAnew(solution, edit);
        if (!fresh) {
          expect(() => priceEdit(solution, edit), name).toThrow(RangeError);
          continue;
        }
        const { pairs } = solution;
        const { next, ...price } = priceEdit(solution, edit);
        expect(price, name).toEqual({
          seats: fresh.seats - solution.seats,
          // Of the total alone, the worst pair may differ among equal assignments.
          worst: { before: solution.worst, after: solution.objective === 'total' ? next.worst : fresh.worst },
          total: fresh.total - solution.total,
          gained: without(next.pairs, pairs),
          lost: without(pairs, next.pairs),
        });
        expect(price.gained.length - price.lost.length, name).toBe(price.seats);
        expect(checkCertificate(next).violations, name).toBe(0);
        if (edit.kind in seen) seen[edit.kind as 'pin' | 'forbid']++;
        seen.fewerSeats += Number(price.seats < 0);
        seen.moreSeats += Number(price.seats > 0);
        seen.free += Number(price.gained.length + price.lost.length === 0);
        solution = next;
      }
    }
    // A pin of a pair that is not allowed may fill a seat more.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it('asks nothing of anybody for a ban of a pair that is not chosen', () => {
    for (let k = 0; k < 28; k++) {
      const random = numbers(600 + k);
      const instance = makeInstance(KINDS[k % KINDS.length]!, 20, 70, random, k % 3);
      const solution = solveAssignment(problemOf(instance));
      const before = structuredClone(solution.pairs);
      for (let step = 0; step < 8; step++) {
        const [row, column] = [Math.floor(random() * 20), Math.floor(random() * 70)];
        if (solution.pairs.some((pair) => pair[0] === row && pair[1] === column)) continue;
        const { next, worst, ...price } = priceEdit(solution, { kind: 'forbid', row, column });
        expect(price).toEqual({ seats: 0, total: 0, gained: [], lost: [] });
        expect(worst.after).toBe(worst.before);
        expect(next.pairs).toEqual(before);
      }
      expect(solution.pairs).toEqual(before);
    }
  });
});
