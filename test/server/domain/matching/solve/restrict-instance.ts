import { NOT_ALLOWED } from '../../../../../server/domain/matching/solve/score-rows.ts';
import type { AssignmentProblem } from '../../../../../server/domain/matching/solve/types.ts';
import { problemOf, type Instance } from './make-instance.ts';

/**
 * An instance with what makeInstance leaves out: people without seats, some who want up to four, a list of forbidden pairs,
 * and a pin of a pair that the rows do not allow. `instance` is for judges: its scores do without the forbidden pairs.
 */
export function restrictInstance(
  from: Instance,
  random: () => number,
): { instance: Instance; problem: AssignmentProblem } {
  const { length: columns } = from.capacities;
  const redraw = (seats: number): number => (random() < 0.2 ? Math.floor(5 * random() ** 2) : seats);
  const open = { ...from, wants: from.wants.map(redraw), capacities: from.capacities.map(redraw), pinned: [] };
  const forbidden: [number, number][] = [];
  const scores = from.scores.map((score, at) => {
    if (random() >= 0.15) return score;
    forbidden.push([Math.floor(at / columns), at % columns]);
    return NOT_ALLOWED;
  });
  const instance: Instance = { ...open, scores, pinned: onePin({ ...open, scores: from.scores }, forbidden, random) };
  return { instance, problem: { ...problemOf({ ...instance, scores: from.scores }), forbidden } };
}

/** A pin of any pair that is not forbidden, mostly of one that the rows do not allow; none where that cannot be kept. */
function onePin(
  { wants, capacities, scores }: Instance,
  forbidden: readonly (readonly [number, number])[],
  random: () => number,
): Instance['pinned'] {
  for (let tries = 0; tries < 5; tries++) {
    const [row, column] = [Math.floor(random() * wants.length), Math.floor(random() * capacities.length)];
    const isKept = wants[row]! > 0 && capacities[column]! > 0;
    if (!isKept || forbidden.some(([i, j]) => i === row && j === column)) continue;
    const score = scores[row * capacities.length + column]!;
    if (score < 0 || random() < 0.2) return [[row, column, Math.floor(random() * 1_000_001)]];
  }
  return [];
}
