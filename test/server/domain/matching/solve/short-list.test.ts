import { describe, expect, it } from 'vitest';
import { denseRows, NOT_ALLOWED } from '../../../../../server/domain/matching/solve/score-rows.ts';
import { shortList } from '../../../../../server/domain/matching/solve/short-list.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { AssignmentProblem } from '../../../../../server/domain/matching/solve/types.ts';
import { KINDS, makeInstance, numbers, problemOf, type Instance } from './make-instance.ts';
import { restrictInstance } from './restrict-instance.ts';
import { tryAll } from './try-all.ts';

/** Only seats count here: without scores, trying all ends soon. */
const tryAllSeats = (instance: Instance): number =>
  tryAll({ ...instance, scores: instance.scores.map((score) => Math.min(score, 0)) })[0];

const withPin = <T extends Pick<AssignmentProblem, 'pinned'>>(from: T, row: number, column: number): T => ({
  ...from,
  pinned: [...(from.pinned ?? []), [row, column, 0]],
});

/** Pairs of a row that may be chosen at all, best score first: allowed, not pinned, with a seat left on both sides. */
function choicesOf({ wants, capacities, scores, pinned }: Instance, row: number): [column: number, score: number][] {
  const used = (side: 0 | 1, index: number): number => pinned.filter((pair) => pair[side] === index).length;
  if (used(0, row) >= wants[row]!) return [];
  return capacities
    .map((_, column): [number, number] => [column, scores[row * capacities.length + column]!])
    .filter(([column, score]) => score >= 0 && used(1, column) < capacities[column]!)
    .filter(([column]) => !pinned.some((pair) => pair[0] === row && pair[1] === column))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

describe('shortList', () => {
  it('lists the best pairs that leave a full matching for the others, as trying everything finds them', () => {
    let [leftOut, empty] = [0, 0];
    for (let k = 0; k < 700; k++) {
      const random = numbers(70_000 + k);
      const kind = KINDS[k % KINDS.length]!;
      const rows = 1 + Math.floor(random() * 6);
      const columns = kind === 'square' ? rows : 1 + Math.floor(random() * 6);
      const plain = makeInstance(kind, rows, columns, random, k % 3);
      const { instance, problem } =
        k % 2 === 0 ? { instance: plain, problem: problemOf(plain) } : restrictInstance(plain, random);
      const size = 1 + (k % 4);
      const most = tryAllSeats(instance);
      const expected = instance.wants.map((_, row) => {
        const choices = choicesOf(instance, row);
        const safe = choices.filter(([column]) => tryAllSeats(withPin(instance, row, column)) === most);
        leftOut += choices.length - safe.length;
        if (safe.length === 0) empty++;
        return safe.slice(0, size);
      });
      expect(shortList(problem, size), `instance ${k}, ${kind}`).toEqual(expected);
    }
    expect(leftOut).toBeGreaterThan(100);
    expect(empty).toBeGreaterThan(100);
  });

  it('does so for 12 to 40 people, as a fresh solve with the pair as a pin finds them', () => {
    let leftOut = 0;
    for (let k = 0; k < 28; k++) {
      const random = numbers(8_000 + k);
      // Few places for many people and the other way round.
      const [rows, columns] = k % 3 === 0 ? [12, 90] : k % 3 === 1 ? [40, 60] : [30, 30];
      const kind = KINDS[k % KINDS.length]!;
      const plain = makeInstance(kind, rows, columns, random, k % 4);
      // Two or three pairs for each row: who takes what hangs together over long ways.
      const kept = k % 2 === 0 ? 1 : 3 / columns;
      plain.scores.forEach((_, at) => random() >= kept && (plain.scores[at] = NOT_ALLOWED));
      const { instance, problem } = restrictInstance(plain, random);
      const { seats } = solveAssignment(problem, 'total');
      const keepsSeats = (row: number, column: number): boolean =>
        solveAssignment(withPin(problem, row, column), 'total').seats === seats;
      shortList(problem).forEach((list, row) => {
        // From the best one on until three are found: every one that is left out on the way has a reason.
        const expected: [number, number][] = [];
        for (const [column, score] of choicesOf(instance, row)) {
          if (expected.length === 3) break;
          if (keepsSeats(row, column)) expected.push([column, score]);
          else leftOut++;
        }
        expect(list, `instance ${k}, ${kind}, row ${row}`).toEqual(expected);
      });
    }
    expect(leftOut).toBeGreaterThan(50);
  });

  it('looks beyond the pairs that the solver begins with: the 60 best of a row may all be needed by others', () => {
    const [half, size] = [60, 120];
    const random = numbers(9);
    const scores = Int32Array.from({ length: size * size }, (_, at) => {
      const isNeeded = at % size < half;
      if (at < half * size && !isNeeded) return NOT_ALLOWED;
      return Math.floor(random() * 500_000) + (isNeeded ? 500_000 : 0);
    });
    const ones = Array.from({ length: size }, () => 1);
    const lists = shortList({ wants: ones, capacities: ones, scores: denseRows(size, size, scores) });
    const expected = ones.map((_, row) => {
      const own = Array.from({ length: half }, (_, k) => k + (row < half ? 0 : half));
      const ofRow = own.map((column): [number, number] => [column, scores[row * size + column]!]);
      return ofRow.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3);
    });
    expect(lists).toEqual(expected);
  });

  it('lets one after another choose the best that is offered, and nobody is left out for it', () => {
    for (let k = 0; k < 14; k++) {
      const instance = makeInstance(KINDS[k % KINDS.length]!, 25, 25, numbers(400 + k));
      let problem = problemOf(instance);
      const { seats } = solveAssignment(problem);
      instance.wants.forEach((wanted, row) => {
        for (let seat = 0; seat < wanted; seat++) {
          const [best] = shortList(problem, 1)[row]!;
          if (best) problem = withPin(problem, row, best[0]);
        }
      });
      expect(problem.pinned).toHaveLength(seats);
    }
  });

  it('finds the only full matching of 1,000 people among half a million pairs', () => {
    const size = 1_000;
    const random = numbers(6);
    // Row i has columns 0 to i: row 0 takes column 0, so row 1 takes column 1, and so on.
    const scores = Int32Array.from({ length: size * size }, (_, at) =>
      at % size <= Math.floor(at / size) ? Math.floor(random() * 1_000_001) : NOT_ALLOWED,
    );
    const ones = Array.from({ length: size }, () => 1);
    const lists = shortList({ wants: ones, capacities: ones, scores: denseRows(size, size, scores) });
    expect(lists).toEqual(ones.map((_, i) => [[i, scores[i * size + i]]]));
  });

  it('lists three of equal ones in the order of columns, and what a row that wants two may take', () => {
    const equal = { wants: [1], capacities: [0, 1, 1, 1, 1], scores: denseRows(1, 5, Int32Array.of(9, 5, 5, 5, 5)) };
    expect(shortList(equal)).toEqual([
      [
        [1, 5],
        [2, 5],
        [3, 5],
      ],
    ]);
    // Row 0 wants two of three columns; column 2 is all that row 1 has.
    const two = { wants: [2, 1], capacities: [1, 1, 1], scores: denseRows(2, 3, Int32Array.of(1, 2, 9, -1, -1, 4)) };
    expect(shortList(two)).toEqual([
      [
        [1, 2],
        [0, 1],
      ],
      [[2, 4]],
    ]);
    expect(shortList({ ...two, pinned: [[1, 2, 4]] })[1]).toEqual([]);
    expect(shortList(two, 0)).toEqual([[], []]);
  });

  it('has nothing for nobody, and refuses a pin that cannot be kept', () => {
    const none = { wants: [], capacities: [], scores: denseRows(0, 0, new Int32Array(0)) };
    expect(shortList(none)).toEqual([]);
    expect(shortList({ wants: [1, 2], capacities: [], scores: denseRows(2, 0, new Int32Array(0)) })).toEqual([[], []]);
    const one = { wants: [1], capacities: [0], scores: denseRows(1, 1, Int32Array.of(5)) };
    expect(() => shortList({ ...one, pinned: [[0, 0, 5]] })).toThrow(RangeError);
  });
});
