import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../../../server/domain/matching/solve/check-certificate.ts';
import { solveAssignment } from '../../../../../server/domain/matching/solve/solve-assignment.ts';
import type { Certificate, Solution } from '../../../../../server/domain/matching/solve/types.ts';
import { makeInstance, numbers, problemOf } from './make-instance.ts';

/** More seats wanted than there are, and a pinned pair: every part of the certificate has something to say. */
const solution = solveAssignment(problemOf(makeInstance('tight', 50, 50, numbers(11), 1)));
const withCertificate = (change: Partial<Certificate>): Solution => ({
  ...solution,
  certificate: { ...solution.certificate, ...change },
});
const changed = (prices: Float64Array, at: number, by: number): Float64Array =>
  prices.map((price, index) => (index === at ? price + by : price));

describe('checkCertificate', () => {
  it('finds nothing wrong with an optimum', () => {
    expect(checkCertificate(solution)).toEqual({ violations: 0, assignment: 0, covers: 0, prices: 0 });
  });

  it('finds every price that is too low or too high', () => {
    const { rowPrices, columnPrices } = solution.certificate;
    const chosen = solution.pairs.slice(1);
    for (const [row, column] of chosen.slice(0, 10)) {
      const low = withCertificate({ columnPrices: changed(columnPrices, column, -1_000_000) });
      expect(checkCertificate(low).prices).toBeGreaterThan(0);
      const high = withCertificate({ rowPrices: changed(rowPrices, row, 1_000_000) });
      expect(checkCertificate(high).prices).toBeGreaterThan(0);
      const broken = withCertificate({ rowPrices: changed(rowPrices, row, Number.NaN) });
      expect(checkCertificate(broken).prices).toBeGreaterThan(0);
    }
  });

  it('finds a cover that proves nothing', () => {
    const { seats, worst } = solution.certificate;
    const none = { rows: seats.rows.map(() => 0), columns: seats.columns.map(() => 0) };
    expect(checkCertificate(withCertificate({ seats: none })).covers).toBe(1);
    expect(checkCertificate(withCertificate({ worst: none })).covers).toBe(1);
    const all = { rows: seats.rows.map(() => 1), columns: seats.columns.map(() => 1) };
    expect(checkCertificate(withCertificate({ seats: all })).covers).toBe(1);
    // A place more than the claim allows.
    const closed = worst!.columns.indexOf(0);
    const wider = worst!.columns.map((bit, j) => (j === closed ? 1 : bit));
    expect(checkCertificate(withCertificate({ worst: { ...worst!, columns: wider } })).covers).toBe(1);
    expect(checkCertificate(withCertificate({ worst: null })).covers).toBe(1);
  });

  it('finds an assignment that is worse, or none', () => {
    const [first, ...rest] = solution.pairs;
    const fewer = { ...solution, pairs: rest, seats: rest.length, total: solution.total - first![2] };
    expect(checkCertificate(fewer).violations).toBeGreaterThan(0);
    expect(checkCertificate({ ...solution, total: solution.total + 1 }).assignment).toBe(1);
    expect(checkCertificate({ ...solution, worst: solution.worst! + 1 }).assignment).toBeGreaterThan(0);
    const [row, column, score] = solution.pairs.at(-1)!;
    const dearer: Solution['pairs'] = [...solution.pairs.slice(0, -1), [row, column, score + 1]];
    expect(checkCertificate({ ...solution, pairs: dearer, total: solution.total + 1 }).assignment).toBeGreaterThan(0);
    const twice: Solution['pairs'] = [...solution.pairs, solution.pairs.at(-1)!];
    expect(checkCertificate({ ...solution, pairs: twice }).assignment).toBeGreaterThan(0);
  });

  it('finds a total that is not the highest: a swap of two pairs with the old prices', () => {
    const { scores } = solution.problem;
    const rows = solution.pairs.map(([row]) => {
      const out = new Int32Array(scores.columns);
      scores.fillRow(row, out);
      return out;
    });
    let swaps = 0;
    for (let a = 1; a < solution.pairs.length; a++) {
      for (let b = a + 1; b < solution.pairs.length; b++) {
        const [[i, j, s], [k, l, t]] = [solution.pairs[a]!, solution.pairs[b]!];
        const [u, v] = [rows[a]![l]!, rows[b]![j]!];
        const isOther =
          i !== k && j !== l && solution.pairs.every(([x, y]) => !(x === i && y === l) && !(x === k && y === j));
        if (!isOther || Math.min(u, v) < solution.worst! || u + v >= s + t) continue;
        const pairs = solution.pairs.map((pair) => pair);
        pairs[a] = [i, l, u];
        pairs[b] = [k, j, v];
        const worst = pairs.slice(1).reduce((least, [, , score]) => Math.min(least, score), Infinity);
        expect(
          checkCertificate({ ...solution, pairs, worst, total: solution.total + u + v - s - t }).violations,
        ).toBeGreaterThan(0);
        swaps++;
      }
    }
    expect(swaps).toBeGreaterThan(0);
  });
});
