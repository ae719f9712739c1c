import type { CohortScores } from './cohort-scores.ts';
import { RULE_BITS } from './rule-bits.ts';

/** The rules that each mentor breaks with one mentee, as bits. */
export interface RuleRow {
  /** All of them; the pause of the mentee itself is left out. */
  broken: Int32Array;
  /** The same without what only follows from another one: a score is low because something else is missing. */
  telling: Int32Array;
  /** Columns of mentors who are not the mentee, active and, where it is required, trained. */
  atHand: number[];
  /** Columns of all mentors who are not the mentee. */
  others: number[];
  isMenteePaused: boolean;
}

/** Rules about what the score counts as well. */
const SCORED = (['sameDepartment', 'noSharedLanguage', 'noOverlap', 'noGoalCovered', 'pastPair'] as const).reduce(
  (bits, rule) => bits | RULE_BITS[rule],
  0,
);

/** Reads the broken rules of a whole row, once. */
export function readRules({ mentees, mentors, columns, fillBroken }: CohortScores, i: number): RuleRow {
  const isMenteePaused = mentees[i]!.isPaused;
  const broken = new Int32Array(columns);
  fillBroken(i, broken);
  const telling = new Int32Array(columns);
  const atHand: number[] = [];
  const others: number[] = [];
  for (let j = 0; j < columns; j++) {
    let bits = broken[j]!;
    const { isPaused } = mentors[j]!;
    if (isMenteePaused && !isPaused) bits &= ~RULE_BITS.paused;
    broken[j] = bits;
    telling[j] = (bits & SCORED) === 0 ? bits : bits & ~RULE_BITS.minimumScore;
    if ((bits & RULE_BITS.samePerson) !== 0) continue;
    others.push(j);
    if (!isPaused && (bits & RULE_BITS.notTrained) === 0) atHand.push(j);
  }
  return { broken, telling, atHand, others, isMenteePaused };
}
