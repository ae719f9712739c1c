import type { Highs } from 'highs';
import type { Instance } from './make-instance.ts';

/** Presolving takes longer than it saves on programs as small as these. */
const FASTEST = { output_flag: false, presolve: 'off', solver: 'simplex' } as const;

/**
 * The most seats that pairs from `least` on can fill, pinned ones beside them. A linear program whose corners are whole (its matrix is that of a
 * bipartite graph), so that the optimum needs no integer search.
 */
export const mostSeats = (highs: Highs, instance: Instance, least: number): number =>
  solve(highs, instance, least, () => 1, null) + instance.pinned.length;

/** The highest total of pairs from `least` on that fill exactly `seats` seats, pinned ones included. */
export function highestTotal(highs: Highs, instance: Instance, least: number, seats: number): number {
  const { pinned } = instance;
  const ofPins = pinned.reduce((sum, [, , score]) => sum + score, 0);
  return solve(highs, instance, least, (score) => score, seats - pinned.length) + ofPins;
}

function solve(
  highs: Highs,
  { wants, capacities, scores, pinned }: Instance,
  least: number,
  worth: (score: number) => number,
  seats: number | null,
): number {
  const used = (side: 0 | 1, index: number): number => pinned.filter((pair) => pair[side] === index).length;
  const names: string[] = [];
  const gains: string[] = [];
  const ofRow: string[][] = wants.map(() => []);
  const ofColumn: string[][] = capacities.map(() => []);
  scores.forEach((score, at) => {
    const [i, j] = [Math.floor(at / capacities.length), at % capacities.length];
    if (score < Math.max(0, least) || pinned.some((pair) => pair[0] === i && pair[1] === j)) return;
    const name = `x${at}`;
    names.push(name);
    gains.push(`${worth(score)} ${name}`);
    ofRow[i]!.push(name);
    ofColumn[j]!.push(name);
  });
  if (names.length === 0) return 0;
  const limits = [
    ...ofRow.map((list, i) => ({ list, most: wants[i]! - used(0, i) })),
    ...ofColumn.map((list, j) => ({ list, most: capacities[j]! - used(1, j) })),
  ].filter(({ list }) => list.length > 0);
  const text = [
    'Maximize',
    ` obj: ${gains.join('\n + ')}`,
    'Subject To',
    ...limits.map(({ list, most }, k) => ` c${k}: ${list.join('\n + ')} <= ${most}`),
    ...(seats === null ? [] : [` all: ${names.join('\n + ')} = ${seats}`]),
    'Bounds',
    ...names.map((name) => ` 0 <= ${name} <= 1`),
    'End',
  ].join('\n');
  const result = highs.solve(text, FASTEST);
  if (result.Status !== 'Optimal') throw new Error(`HiGHS: ${result.Status}`);
  return Math.round(result.ObjectiveValue);
}
