import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../../../server/domain/matching/solve/check-certificate.ts';
import {
  denseRows,
  keepRows,
  NOT_ALLOWED,
  sparseRows,
} from '../../../../../server/domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { AssignmentProblem, Solution } from '../../../../../server/domain/matching/solve/types.ts';
import { highestTotal, mostSeats } from './judge-with-highs.ts';
import { KINDS, makeInstance, numbers, problemOf, type Instance } from './make-instance.ts';
import { restrictInstance } from './restrict-instance.ts';
import { tryAll } from './try-all.ts';

const figures = ({ seats, worst, total }: Solution): [number, number | null, number] => [seats, worst, total];

/** Instances from nothing to 7 x 7, of every kind, with and without pins; the sizes at which trying all is possible. */
function smallInstance(k: number): Instance {
  const random = numbers(k);
  const kind = KINDS[k % KINDS.length]!;
  const rows = 1 + Math.floor(random() * 7);
  const columns = kind === 'square' ? rows : 1 + Math.floor(random() * 7);
  return makeInstance(kind, rows, columns, random, k % 3);
}

describe('solveAssignment', () => {
  it('finds what trying everything finds, on 1,000 small instances of all kinds', () => {
    for (let k = 0; k < 1_000; k++) {
      const instance = smallInstance(k);
      const solution = solveAssignment(problemOf(instance));
      expect(figures(solution), `instance ${k}, ${instance.kind}`).toEqual(tryAll(instance));
      expect(checkCertificate(solution).violations, `instance ${k}, ${instance.kind}`).toBe(0);
    }
  });

  it('finds it with forbidden pairs, pins that the rows do not allow, people without seats and up to four of them', () => {
    const seen = { forbidden: 0, pins: 0, without: 0, many: 0 };
    for (let k = 0; k < 400; k++) {
      const { instance, problem } = restrictInstance(smallInstance(30_000 + k), numbers(k));
      for (const objective of ['worst-then-total', 'total'] as const) {
        const solution = solveAssignment(problem, objective);
        const name = `instance ${k}, ${instance.kind}, ${objective}`;
        const [seats, worst, total] = tryAll(instance);
        expect(solution.seats, name).toBe(seats);
        if (objective === 'worst-then-total') expect([solution.worst, solution.total], name).toEqual([worst, total]);
        else expect(solution.total, name).toBeGreaterThanOrEqual(total);
        expect(checkCertificate(solution).violations, name).toBe(0);
        expect(solution.pairs.some(([i, j]) => problem.forbidden!.some((pair) => pair[0] === i && pair[1] === j))).toBe(
          false,
        );
      }
      seen.forbidden += problem.forbidden!.length;
      seen.pins += instance.pinned.length;
      seen.without += instance.wants.filter((wanted) => wanted === 0).length;
      seen.many += instance.wants.filter((wanted) => wanted > 2).length;
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });

  it('finds what HiGHS finds, on 200 instances of 60 x 60', async () => {
    const highs = await loadHighs();
    for (let k = 0; k < 200; k++) {
      const random = numbers(5_000 + k);
      const instance = makeInstance(KINDS[k % KINDS.length]!, 60, 60, random, k % 4);
      const solution = solveAssignment(problemOf(instance));
      const name = `instance ${k}, ${instance.kind}`;
      expect(solution.seats, name).toBe(mostSeats(highs, instance, 0));
      // No better worst pair fills as many seats; the total is judged among pairs from the worst on.
      expect(mostSeats(highs, instance, solution.worst! + 1), name).toBeLessThan(solution.seats);
      expect(solution.total, name).toBe(highestTotal(highs, instance, solution.worst!, solution.seats));
      expect(checkCertificate(solution).violations, name).toBe(0);
    }
  });

  it('finds the highest total alone where that is asked', async () => {
    const highs = await loadHighs();
    for (let k = 0; k < 14; k++) {
      const instance = makeInstance(KINDS[k % KINDS.length]!, 50, 60, numbers(900 + k), k % 3);
      const solution = solveAssignment(problemOf(instance), 'total');
      expect(solution.total).toBe(highestTotal(highs, instance, 0, mostSeats(highs, instance, 0)));
      expect(checkCertificate(solution).violations).toBe(0);
    }
  });

  it('gives somebody who wants two mentors two different ones', () => {
    const { pairs } = solveAssignment({ wants: [2], capacities: [3, 1], scores: denseRows(1, 2, Int32Array.of(9, 1)) });
    expect(pairs).toEqual([
      [0, 0, 9],
      [0, 1, 1],
    ]);
  });

  it('fills a seat before it makes a pair better, and lifts the worst pair before the total', () => {
    const two = { wants: [1, 1], capacities: [1, 1] };
    const seats = solveAssignment({ ...two, scores: denseRows(2, 2, Int32Array.of(1000, 1, 1000, NOT_ALLOWED)) });
    expect(figures(seats)).toEqual([2, 1, 1001]);
    const scores = denseRows(2, 2, Int32Array.of(1000, 400, 500, 100));
    expect(figures(solveAssignment({ ...two, scores }))).toEqual([2, 400, 900]);
    expect(figures(solveAssignment({ ...two, scores }, 'total'))).toEqual([2, 100, 1100]);
  });

  it('has nothing to say about nobody', () => {
    const nothing = { pairs: [], seats: 0, worst: null, total: 0 };
    const empty = (wants: number[], capacities: number[]): AssignmentProblem => ({
      wants,
      capacities,
      scores: denseRows(wants.length, capacities.length, new Int32Array(wants.length * capacities.length).fill(-1)),
    });
    for (const problem of [empty([], []), empty([1, 2], []), empty([], [3]), empty([1, 2], [1, 1]), empty([0], [0])]) {
      const solution = solveAssignment(problem);
      expect(solution).toMatchObject(nothing);
      expect(checkCertificate(solution).violations).toBe(0);
    }
  });

  it('reads each row only a few times where all mentees rank the mentors alike', () => {
    const people = 300;
    const scores = Int32Array.from({ length: people ** 2 }, (_, at) => 20_000 * ((at % people) % 50));
    const dense = denseRows(people, people, scores);
    let reads = 0;
    const solution = solveAssignment({
      wants: Array<number>(people).fill(1),
      capacities: Array<number>(people).fill(1),
      scores: {
        ...dense,
        fillRow(i, out) {
          reads++;
          dense.fillRow(i, out);
        },
      },
    });
    expect(figures(solution)).toEqual([people, 0, scores.subarray(0, people).reduce((sum, score) => sum + score, 0)]);
    expect(checkCertificate(solution).violations).toBe(0);
    expect(reads).toBeLessThan(6 * people);
  });

  it('pairs the best with the best where scores are products, and is proven beyond the core', () => {
    const people = 150;
    const scores = Int32Array.from(
      { length: people ** 2 },
      (_, at) => 40 * (1 + Math.floor(at / people)) * (1 + (at % people)),
    );
    const ones = Array<number>(people).fill(1);
    const solution = solveAssignment(
      { wants: ones, capacities: ones, scores: denseRows(people, people, scores) },
      'total',
    );
    expect(solution.pairs.map(([i, j]) => [i, j])).toEqual(ones.map((_, i) => [i, i]));
    expect(checkCertificate(solution).violations).toBe(0);
  });

  it('refuses a pin that cannot be kept', () => {
    const problem = { wants: [1, 2], capacities: [1, 1], scores: denseRows(2, 2, Int32Array.of(1, 2, 3, 4)) };
    const pin = (...pinned: [number, number, number][]): (() => Solution) => {
      return () => solveAssignment({ ...problem, pinned });
    };
    expect(pin([0, 0, 1], [0, 1, 2])).toThrow(RangeError);
    expect(pin([0, 0, 1], [1, 0, 3])).toThrow(RangeError);
    expect(pin([0, 0, 1], [0, 0, 1])).toThrow(RangeError);
    expect(pin([2, 0, 1])).toThrow(RangeError);
    expect(() => solveAssignment({ ...problem, wants: [1] })).toThrow(RangeError);
    expect(pin([0, 0, 1], [1, 1, 4])().pairs).toEqual([
      [0, 0, 1],
      [1, 1, 4],
    ]);
  });
});

/** Instances beyond the size of the core, so that pricing has something to find. */
const instances = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    rows: fc.integer({ min: 1, max: 60 }),
    columns: fc.integer({ min: 1, max: 90 }),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    pins: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ kind, rows, columns, seed, pins }) => makeInstance(kind, rows, columns, numbers(seed), pins));

const SETTINGS = { numRuns: 100, seed: 3 };

describe('every solution', () => {
  it('keeps wants and capacities, with different mentors, allowed pairs and all pins, and is proven', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const { wants, capacities, scores, pinned } = instance;
        const solution = solveAssignment(problemOf(instance));
        const { pairs } = solution;
        const width = capacities.length;
        expect(new Set(pairs.map(([i, j]) => i * width + j)).size).toBe(pairs.length);
        wants.forEach((most, i) => expect(pairs.filter((pair) => pair[0] === i).length).toBeLessThanOrEqual(most));
        capacities.forEach((most, j) => expect(pairs.filter((pair) => pair[1] === j).length).toBeLessThanOrEqual(most));
        for (const [i, j, score] of pairs) expect(score).toBe(scores[i * width + j]);
        expect(pairs.every(([, , score]) => score >= 0)).toBe(true);
        expect(pairs).toEqual([...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
        for (const pin of pinned) expect(pairs).toContainEqual(pin);
        expect(checkCertificate(solution)).toEqual({ violations: 0, assignment: 0, covers: 0, prices: 0 });
      }),
      SETTINGS,
    );
  });

  it('is not worse when one mentor is added', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 1_000_000 }), (instance, seed) => {
        const random = numbers(seed);
        const width = instance.capacities.length;
        const more: Instance = {
          ...instance,
          capacities: [...instance.capacities, 1 + Math.floor(random() * 3)],
          scores: Int32Array.from({ length: instance.wants.length * (width + 1) }, (_, at) => {
            const [i, j] = [Math.floor(at / (width + 1)), at % (width + 1)];
            if (j < width) return instance.scores[i * width + j]!;
            return random() < 0.5 ? Math.floor(random() * 1_000_001) : NOT_ALLOWED;
          }),
        };
        const [before, after] = [solveAssignment(problemOf(instance)), solveAssignment(problemOf(more))];
        const ranks = [before, after].map(({ seats, worst, total }) => [seats, worst ?? -1, total]);
        const at = ranks[0]!.findIndex((value, index) => value !== ranks[1]![index]);
        if (at >= 0) expect(ranks[1]![at]).toBeGreaterThan(ranks[0]![at]!);
      }),
      SETTINGS,
    );
  });

  it('has the same figures whatever the order of people', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 1_000_000 }), (instance, seed) => {
        const random = numbers(seed);
        const turn = (count: number): number[] => {
          const ranks = Array.from({ length: count }, random);
          return Array.from({ length: count }, (_, index) => index).sort((a, b) => ranks[a]! - ranks[b]!);
        };
        const [rows, columns] = [turn(instance.wants.length), turn(instance.capacities.length)];
        const turned: Instance = {
          ...instance,
          wants: rows.map((i) => instance.wants[i]!),
          capacities: columns.map((j) => instance.capacities[j]!),
          scores: Int32Array.from(rows.flatMap((i) => columns.map((j) => instance.scores[i * columns.length + j]!))),
          pinned: instance.pinned.map(([i, j, score]) => [rows.indexOf(i), columns.indexOf(j), score]),
        };
        expect(figures(solveAssignment(problemOf(turned)))).toEqual(figures(solveAssignment(problemOf(instance))));
      }),
      SETTINGS,
    );
  });

  it('is the same for the same problem, however its rows are given', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const problem = problemOf(instance);
        const first = solveAssignment(problem);
        expect(solveAssignment(problem).pairs).toEqual(first.pairs);
        expect(solveAssignment({ ...problem, scores: keepRows(problem.scores) }).pairs).toEqual(first.pairs);
        const width = instance.capacities.length;
        const lists = instance.wants.map((_, i) =>
          Array.from(instance.scores.subarray(i * width, (i + 1) * width))
            .map((score, j): [number, number] => [j, score])
            .filter(([, score]) => score >= 0),
        );
        const sparse = solveAssignment({ ...problem, scores: sparseRows(width, lists) });
        expect(figures(sparse)).toEqual(figures(first));
        expect(checkCertificate(sparse).violations).toBe(0);
      }),
      SETTINGS,
    );
  });
});
