import type { PersonId } from '../people/person.ts';
import { describePrice, type PriceReason } from './describe-price.ts';
import { solveCohort, type CohortMatching } from './match-cohort.ts';
import { isPinRefused, type PinRefused, type ProfileMatching } from './match-profiles.ts';
import type { Solution } from './solve/types.ts';

/** What other wishes would change, or the pin that cannot be kept, and whether it is one of before already. */
export type WishPrice =
  | { outcome: 'price'; price: PriceReason }
  | {
      outcome: 'refused';
      when: 'before' | 'after';
      pair: readonly [menteeId: PersonId, mentorId: PersonId];
      rule: PinRefused['rule'];
    };

/** A cohort with its pins and bans, and what would stand in their place. */
export interface WishedMatching extends CohortMatching {
  wished: Required<Pick<CohortMatching, 'pinned' | 'forbidden'>>;
}

/**
 * The price of other wishes about the same people: the best matching with them, less the best one without them. Both are
 * solved anew, so that what is told is exactly what will be stored.
 */
export function priceWishes({ wished, ...before }: WishedMatching): WishPrice {
  const old = solveOrRefuse(before, 'before');
  if ('outcome' in old) return old;
  const next = solveOrRefuse({ ...before, ...wished }, 'after');
  if ('outcome' in next) return next;
  return { outcome: 'price', price: compare(old, next) };
}

function solveOrRefuse(
  input: CohortMatching,
  when: 'before' | 'after',
): ProfileMatching | Extract<WishPrice, { outcome: 'refused' }> {
  try {
    return solveCohort(input);
  } catch (error) {
    if (!isPinRefused(error)) throw error;
    return { outcome: 'refused', when, pair: input.pinned[error.index]!, rule: error.rule };
  }
}

/** The same people and seed stand in the same rows and columns. */
function compare(old: ProfileMatching, next: ProfileMatching): PriceReason {
  return describePrice(old.scores, {
    seats: next.seats - old.seats,
    worst: { before: old.worst, after: next.worst },
    total: next.total - old.total,
    gained: pairsWithout(next.solution, old.solution),
    lost: pairsWithout(old.solution, next.solution),
  });
}

/** The pairs of one solution that the other one does not have. */
function pairsWithout({ pairs }: Solution, other: Solution): Solution['pairs'] {
  const others = new Set(other.pairs.map(([row, column]) => `${row} ${column}`));
  return pairs.filter(([row, column]) => !others.has(`${row} ${column}`));
}
