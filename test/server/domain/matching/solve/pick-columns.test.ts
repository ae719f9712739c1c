import { describe, expect, it } from 'vitest';
import { beginOf, pickBest, pickSpread } from '../../../../../server/domain/matching/solve/pick-columns.ts';

describe('pickBest', () => {
  const worth = Int32Array.of(4, 9, -1, 4, 7, 9, 4);

  it('gives what is worth most, best first, equal ones in the order of the scan', () => {
    expect(pickBest(worth, 4)).toEqual([1, 5, 4, 0]);
    expect(pickBest(worth, 4, -1, 2)).toEqual([5, 1, 4, 3]);
    expect(pickBest(worth, 9)).toEqual([1, 5, 4, 0, 3, 6]);
  });

  it('leaves out what is not worth more than the bar', () => {
    expect(pickBest(worth, 4, 4)).toEqual([1, 5, 4]);
    expect(pickBest(Float64Array.of(-Infinity, -2.5, -3), 4, -2.75)).toEqual([1]);
    expect(pickBest(new Int32Array(0), 4)).toEqual([]);
  });
});

describe('pickSpread', () => {
  const scores = Int32Array.of(0, -1, 5, 5, -1, 5, 5, 5);

  it('gives columns with a score, each once, at even distances from where the scan begins', () => {
    expect(pickSpread(scores, 3, 0)).toEqual([0, 3, 6]);
    expect(pickSpread(scores, 3, 5)).toEqual([5, 7, 2]);
    expect(pickSpread(scores, 9, 3)).toEqual([3, 5, 6, 7, 0, 2]);
    expect(pickSpread(Int32Array.of(-1), 3, 0)).toEqual([]);
  });
});

describe('beginOf', () => {
  it('is one of the columns, another one for rows that are near each other', () => {
    const begins = Array.from({ length: 100 }, (_, row) => beginOf(row, 1_000));
    expect(begins.every((begin) => Number.isInteger(begin) && begin >= 0 && begin < 1_000)).toBe(true);
    expect(new Set(begins).size).toBe(100);
  });
});
