import type { CohortScores } from './cohort-scores.ts';
import { describePrice, type PriceReason } from './describe-price.ts';
import { judgeCohort } from './judge-cohort.ts';
import type { PairOfIds } from './judge-pair.ts';
import type { ProfileMatching, ProfileProblem } from './match-profiles.ts';
import type { Edit } from './solve/edit-problem.ts';
import { priceEdit, type EditPrice } from './solve/price-edit.ts';
import { keepRows } from './solve/score-rows.ts';
import type { Solution } from './solve/types.ts';

/** What one decision of the administrator changes: the best matching with it, less the best one without it. */
export interface ChoicePrice {
  kind: 'pinned' | 'forbidden';
  pair: PairOfIds;
  price: PriceReason;
}

/** Nobody reads more; a big cohort takes some milliseconds for each. */
const MOST_PRICED = 200;

/**
 * The price of each pin and each forbidden pair of a problem, all others as they are: each is taken back on the last solution
 * (priceEdit), never solved anew. Of more than 200 the first ones.
 */
export function priceChoices(problem: ProfileProblem, matching: ProfileMatching): ChoicePrice[] {
  const { scores, solution } = matching;
  const place = createPlaces(scores);
  const pins = problem.pinned.slice(0, MOST_PRICED);
  const bans = eachOnce(problem.forbidden).slice(0, MOST_PRICED - pins.length);
  const open = bans.length === 0 ? solution : openBans(problem, matching);
  const priceOf = (base: Solution, edit: Edit): PriceReason => describePrice(scores, turn(priceEdit(base, edit)));
  return [
    ...pins.map((pair) => ({
      kind: 'pinned' as const,
      pair,
      price: priceOf(solution, { kind: 'unpin', ...place(pair) }),
    })),
    ...bans.map((pair) => ({
      kind: 'forbidden' as const,
      pair,
      price: priceOf(open, { kind: 'allow', ...place(pair) }),
    })),
  ];
}

/** Where a pair stands in the rows of scores. */
function createPlaces({ mentees, mentors }: CohortScores): (pair: PairOfIds) => { row: number; column: number } {
  const rowOf = new Map(mentees.map(({ id }, i) => [id, i]));
  const columnOf = new Map(mentors.map(({ id }, j) => [id, j]));
  return ([mentee, mentor]) => ({ row: rowOf.get(mentee)!, column: columnOf.get(mentor)! });
}

/** The same solution of the same problem, but with the forbidden pairs as edits that can be taken back. */
function openBans(problem: ProfileProblem, { scores, solution }: ProfileMatching): Solution {
  const { mentees, mentors } = scores;
  const place = createPlaces(scores);
  const forbidden = eachOnce(problem.forbidden).map((pair) => {
    const { row, column } = place(pair);
    return [row, column] as const;
  });
  const rows = keepRows(judgeCohort({ ...problem, mentees, mentors, forbidden: [] }));
  return { ...solution, problem: { ...solution.problem, scores: rows, forbidden } };
}

const eachOnce = (pairs: readonly PairOfIds[]): PairOfIds[] => [
  ...new Map(pairs.map((pair) => [pair.join('\n'), pair])).values(),
];

/** What comes with a decision is what goes when it is taken back. */
const turn = ({ seats, worst, total, gained, lost }: EditPrice): Omit<EditPrice, 'next'> => ({
  seats: 0 - seats,
  worst: { before: worst.after, after: worst.before },
  total: 0 - total,
  gained: lost,
  lost: gained,
});
