import type { Edit } from './edit-problem.ts';
import { resolveAfter } from './resolve-after.ts';
import type { Solution } from './types.ts';

/** What an edit, a pin or a ban above all, changes: the price of a wish. */
export interface EditPrice {
  /** Seats filled after less before: below 0, somebody is left without. */
  seats: number;
  /** The lowest score of the pairs that are not pinned; null without such pairs. A pin takes its pair out of it. */
  worst: { before: number | null; after: number | null };
  /** Sum of scores after less before. */
  total: number;
  /** Pairs that come and pairs that go, in ascending order. A pair that stays is in neither, even if pinned at another score. */
  gained: Solution['pairs'];
  lost: Solution['pairs'];
  /** The best assignment after the edit, from which the next one can be priced. */
  next: Solution;
}

/**
 * What one edit costs, by solving anew from the last solution, which stays as it is. Seats, worst and total are those of a
 * fresh solve; among equal assignments it is one near the last, so that few pairs come and go. Throws RangeError for an
 * edit that cannot be.
 */
export function priceEdit(solution: Solution, edit: Edit): EditPrice {
  const next = resolveAfter(solution, edit);
  return {
    seats: next.seats - solution.seats,
    worst: { before: solution.worst, after: next.worst },
    total: next.total - solution.total,
    gained: pairsWithout(next, solution),
    lost: pairsWithout(solution, next),
    next,
  };
}

/** The pairs of one solution that the other one does not have. */
function pairsWithout({ pairs, problem }: Solution, other: Solution): Solution['pairs'] {
  const { length: columns } = problem.capacities;
  const keyOf = ([row, column]: Solution['pairs'][number]): number => row * columns + column;
  const others = new Set(other.pairs.map(keyOf));
  return pairs.filter((pair) => !others.has(keyOf(pair)));
}
