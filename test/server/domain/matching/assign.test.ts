import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, NOT_ALLOWED, type AssignmentProblem } from '../../../../server/domain/matching/assign.ts';
import { countBlockingPairs } from '../../../../server/domain/matching/count-blocking-pairs.ts';

/** Every assignment there is, the best by seats, then worst pair, then total. */
function bestByTrying({ wants, capacities, scores }: AssignmentProblem): [seats: number, worst: number, total: number] {
  const width = capacities.length;
  const left = [...wants];
  const spare = [...capacities];
  let best: [number, number, number] = [0, Infinity, 0];
  const visit = (at: number, seats: number, worst: number, total: number): void => {
    if (at === scores.length) {
      if (seats > best[0] || (seats === best[0] && (worst > best[1] || (worst === best[1] && total > best[2]))))
        best = [seats, worst, total];
      return;
    }
    const [i, j, score] = [Math.floor(at / width), at % width, scores[at]!];
    if (score !== NOT_ALLOWED && left[i]! > 0 && spare[j]! > 0) {
      left[i]!--;
      spare[j]!--;
      visit(at + 1, seats + 1, Math.min(worst, score), total + score);
      left[i]!++;
      spare[j]!++;
    }
    visit(at + 1, seats, worst, total);
  };
  visit(0, 0, Infinity, 0);
  return best;
}

function makeProblem(rows: number, width: number, random: () => number, allowed: number): AssignmentProblem {
  return {
    wants: Array.from({ length: rows }, () => (random() < 0.2 ? 2 : 1)),
    capacities: Array.from({ length: width }, () => 1 + Math.floor(random() ** 3 * 3)),
    scores: Int32Array.from({ length: rows * width }, () =>
      random() < allowed ? Math.floor(random() * 1_000_001) : NOT_ALLOWED,
    ),
  };
}

/** A small generator with a fixed seed: the same problems on every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const problems = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([rows, width]) =>
  fc.record({
    wants: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: rows, maxLength: rows }),
    capacities: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: width, maxLength: width }),
    // Few different scores make many ties, and ties are where a wrong order of goals shows.
    scores: fc
      .array(
        fc.oneof(fc.constant(NOT_ALLOWED), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1_000_000 })),
        {
          minLength: rows * width,
          maxLength: rows * width,
        },
      )
      .map((list) => Int32Array.from(list)),
  }),
);

describe('assign', () => {
  it('is the best there is on 300 small problems: seats, then the worst pair, then the total', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { pairs, worst, total } = assign(problem);
        expect([pairs.length, worst ?? Infinity, total]).toEqual(bestByTrying(problem));
        const width = problem.capacities.length;
        expect(new Set(pairs.map(([i, j]) => i * width + j)).size).toBe(pairs.length);
        problem.wants.forEach((wanted, i) =>
          expect(pairs.filter((pair) => pair[0] === i).length).toBeLessThanOrEqual(wanted),
        );
        problem.capacities.forEach((seats, j) =>
          expect(pairs.filter((pair) => pair[1] === j).length).toBeLessThanOrEqual(seats),
        );
        expect(pairs.every(([i, j]) => problem.scores[i * width + j] !== NOT_ALLOWED)).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('gives somebody who wants two mentors two different ones', () => {
    const { pairs } = assign({ wants: [2], capacities: [3, 1], scores: Int32Array.from([900, 100]) });
    expect(pairs).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it('fills a seat before it makes a pair better, and lifts the worst pair before the total', () => {
    expect(
      assign({ wants: [1, 1], capacities: [1, 1], scores: Int32Array.from([1000, 1, 1000, NOT_ALLOWED]) }).pairs,
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(assign({ wants: [1, 1], capacities: [1, 1], scores: Int32Array.from([1000, 400, 500, 100]) })).toEqual({
      pairs: [
        [0, 1],
        [1, 0],
      ],
      worst: 400,
      total: 900,
    });
  });

  it('answers the same problem the same way', () => {
    const problem = makeProblem(20, 30, numbers(3), 0.5);
    expect(assign(problem)).toEqual(assign(problem));
  });

  it('needs no time for a cohort and little for a large one', () => {
    assign(makeProblem(40, 120, numbers(1), 0.4));
    let start = performance.now();
    const cohort = assign(makeProblem(40, 120, numbers(2), 0.4));
    expect(performance.now() - start).toBeLessThan(100);
    expect(cohort.pairs.length).toBeGreaterThanOrEqual(40);
    start = performance.now();
    const large = assign(makeProblem(300, 300, numbers(2), 0.4));
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(large.pairs.length).toBeGreaterThan(300);
  });

  it('has nothing to say about nobody', () => {
    expect(assign({ wants: [], capacities: [], scores: new Int32Array(0) })).toEqual({
      pairs: [],
      worst: null,
      total: 0,
    });
    expect(assign({ wants: [1], capacities: [1], scores: Int32Array.from([NOT_ALLOWED]) })).toEqual({
      pairs: [],
      worst: null,
      total: 0,
    });
  });
});

describe('countBlockingPairs', () => {
  const two = { wants: [1, 1], capacities: [1, 1] };
  it('counts pairs that would both prefer each other', () => {
    const scores = Int32Array.from([1000, 400, 500, 100]);
    expect(
      countBlockingPairs({ ...two, scores }, [
        [0, 1],
        [1, 0],
      ]),
    ).toBe(1);
    expect(
      countBlockingPairs({ ...two, scores }, [
        [0, 0],
        [1, 1],
      ]),
    ).toBe(0);
  });
  it('takes a free seat on both sides for a wish', () => {
    expect(countBlockingPairs({ ...two, scores: Int32Array.from([5, NOT_ALLOWED, NOT_ALLOWED, 5]) }, [[0, 0]])).toBe(1);
  });
});
