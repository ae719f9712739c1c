import type { CohortScores } from './cohort-scores.ts';
import { firstOfEachSkill, isGoalCovered } from './explain-pair.ts';
import type { EditPrice } from './solve/price-edit.ts';

/** Two people by their ids. */
export interface PairOfPrice {
  mentee: string;
  mentor: string;
}

/** What a pin or a ban changes, as an administrator weighs it; locales make the sentences. */
export interface PriceReason {
  code: 'price';
  /** Pairs after less before. */
  seats: number;
  /** Goals that a mentor of theirs covers, after less before. */
  goals: number;
  /** Mentees who had the mentor that fits them best of all, and lose that one. */
  firstChoicesLost: number;
  /** The lowest score of the pairs that are not pinned; null without such pairs. */
  worstBefore: number | null;
  worstAfter: number | null;
  /** Sum of scores after less before. */
  total: number;
  /** Pairs that come and pairs that go. */
  gained: PairOfPrice[];
  lost: PairOfPrice[];
}

/** The price of an edit (priceEdit) in terms of the people it is about. */
export function describePrice(
  scores: CohortScores,
  { seats, worst, total, gained, lost }: Omit<EditPrice, 'next'>,
): PriceReason {
  const { mentees, mentors } = scores;
  const asIds = ([i, j]: readonly [number, number, number]): PairOfPrice => ({
    mentee: mentees[i]!.id,
    mentor: mentors[j]!.id,
  });
  const coveredBy = (pairs: EditPrice['gained']): number =>
    pairs.reduce((sum, [i, j]) => sum + countCovered(scores, i, j), 0);
  return {
    code: 'price',
    seats,
    goals: coveredBy(gained) - coveredBy(lost),
    firstChoicesLost: countFirstChoicesLost(scores, lost, gained),
    worstBefore: worst.before,
    worstAfter: worst.after,
    total,
    gained: gained.map(asIds),
    lost: lost.map(asIds),
  };
}

const countCovered = ({ mentees, mentors }: CohortScores, i: number, j: number): number =>
  firstOfEachSkill(mentees[i]!.goals).filter((goal) => isGoalCovered(goal, mentors[j]!.skills)).length;

/** Whoever gets another one who fits as well loses nothing. */
function countFirstChoicesLost(scores: CohortScores, lost: EditPrice['lost'], gained: EditPrice['gained']): number {
  const row = new Int32Array(scores.columns);
  const losers = new Set<number>();
  for (const [i, , score] of lost) {
    scores.fillRow(i, row);
    const best = row.reduce((most, other) => Math.max(most, other), 0);
    if (score >= best && !gained.some(([k, , other]) => k === i && other >= best)) losers.add(i);
  }
  return losers.size;
}
