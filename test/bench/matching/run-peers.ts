import loadHighs from 'highs';
import { munkres } from 'munkres';
import type { ScoreRows } from '../../../server/domain/matching/solve/score-rows.ts';
import { solveJonkerVolgenant } from './jonker-volgenant.ts';
import type { Program } from './make-profiles.ts';

/** What a peer needed for scores that are ready, and the total that it reached. */
export interface PeerResult {
  milliseconds: number;
  total: number;
}

const HIGHEST_SCORE = 1_000_000;
/** The cost of a pair that must not be: beyond all others, and its sums within 32 bits. */
const FORBIDDEN_COST = 20 * HIGHEST_SCORE;

/** Costs as the solvers of square assignments take them, and the total of an assignment by them. */
function costsOf(scores: ScoreRows): Int32Array {
  const costs = new Int32Array(scores.rows * scores.columns);
  for (let i = 0; i < scores.rows; i++) {
    const row = costs.subarray(i * scores.columns, (i + 1) * scores.columns);
    scores.fillRow(i, row);
    for (let j = 0; j < row.length; j++) row[j] = row[j]! < 0 ? FORBIDDEN_COST : HIGHEST_SCORE - row[j]!;
  }
  return costs;
}

const totalOf = (pairs: Iterable<readonly [number, number]>, columns: number, costs: Int32Array): number => {
  let total = 0;
  for (const [i, j] of pairs) {
    const cost = costs[i * columns + j]!;
    // Where not everybody can be matched, a peer has to put somebody into a pair that must not be.
    if (cost < FORBIDDEN_COST) total += HIGHEST_SCORE - cost;
  }
  return total;
};

/** The dense baseline, on one to one programs. */
export function runJonkerVolgenant({ judge }: Program): PeerResult {
  const scores = judge();
  const costs = costsOf(scores);
  const start = performance.now();
  const columnOf = solveJonkerVolgenant(scores.rows, costs);
  return { milliseconds: performance.now() - start, total: totalOf(columnOf.entries(), scores.columns, costs) };
}

/** The package `munkres`, on one to one programs. */
export function runMunkres({ judge }: Program): PeerResult {
  const scores = judge();
  const costs = costsOf(scores);
  const { rows, columns } = scores;
  const matrix = Array.from({ length: rows }, (_, i) => Array.from(costs.subarray(i * columns, (i + 1) * columns)));
  const start = performance.now();
  const pairs = munkres(matrix);
  return { milliseconds: performance.now() - start, total: totalOf(pairs, columns, costs) };
}

/** HiGHS in WebAssembly: seats and total as one linear program, given as text. Any wants and capacities. */
export async function runHighs({ wants, capacities, judge }: Program): Promise<PeerResult> {
  const scores = judge();
  const highs = await loadHighs();
  const row = new Int32Array(scores.columns);
  const reward = HIGHEST_SCORE * 10;
  const gains: string[] = [];
  const ofRow: string[][] = wants.map(() => []);
  const ofColumn: string[][] = capacities.map(() => []);
  for (let i = 0; i < scores.rows; i++) {
    scores.fillRow(i, row);
    row.forEach((score, j) => {
      if (score < 0) return;
      gains.push(`${reward + score} x${i}_${j}`);
      ofRow[i]!.push(`x${i}_${j}`);
      ofColumn[j]!.push(`x${i}_${j}`);
    });
  }
  const limits = [
    ...ofRow.map((list, i) => ({ list, most: wants[i]! })),
    ...ofColumn.map((list, j) => ({ list, most: capacities[j]! })),
  ];
  const text = [
    'Maximize',
    ` obj: ${gains.join('\n + ')}`,
    'Subject To',
    ...limits
      .filter(({ list }) => list.length > 0)
      .map(({ list, most }, k) => ` c${k}: ${list.join('\n + ')} <= ${most}`),
    'Bounds',
    ...ofRow.flat().map((name) => ` 0 <= ${name} <= 1`),
    'End',
  ].join('\n');
  const start = performance.now();
  const result = highs.solve(text, { output_flag: false, presolve: 'off', solver: 'simplex' });
  return { milliseconds: performance.now() - start, total: result.ObjectiveValue };
}
