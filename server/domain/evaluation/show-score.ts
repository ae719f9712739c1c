import { BEST, WORST, type GroupRules } from './small-groups.ts';

/** A group's mean score with two decimals, or where near an end of the scale, a bound of it alone. */
export type ShownScore = { people: number } & ({ value: number } | { atLeast: number } | { atMost: number });

/**
 * What is told of the scores of a group, one of each person. A sum near the largest possible one would say of everybody
 * that they gave the best score (reliability.md 85), and does so also where it is only large for what is left after the
 * answers that a reader knows. So it is told exactly only if it stays further from both ends than four known answers can
 * move it, and otherwise as a bound, which is closer the larger the group is. This hangs on the sum alone, so that the
 * choice between the two tells nothing more; a group that agrees in the middle looks like any other of the same mean.
 * Ask only for groups of at least `rules.people`.
 *
 * showScore([4, 4, 5, ...], rules) // => { people: 40, value: 4.3 }, of nine people { people: 9, atLeast: 3.1 }
 */
export function showScore(scores: readonly number[], { margin }: GroupRules): ShownScore {
  const people = scores.length;
  const sum = scores.reduce((total, score) => total + score, 0);
  if (sum >= BEST * people - margin) return { people, atLeast: Math.floor((BEST - margin / people) * 10) / 10 };
  if (sum <= WORST * people + margin) return { people, atMost: Math.ceil((WORST + margin / people) * 10) / 10 };
  return { people, value: Math.round((sum / people) * 100) / 100 };
}

/** Whether the mean itself is told. */
export const isExact = (score: ShownScore): score is { people: number; value: number } => 'value' in score;
