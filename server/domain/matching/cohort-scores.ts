import type { Overlap } from './overlap.ts';
import type { MenteeProfile, MentorProfile, OrganizationEntry } from './profile.ts';
import type { HardRule, MatchingSettings, ScoreParts } from './settings.ts';
import type { ScoreRows } from './solve/score-rows.ts';

/** All pairs of a cohort, judged: row i is `mentees[i]`, column j is `mentors[j]`. Pairs that break a rule are not allowed. */
export interface CohortScores extends ScoreRows {
  settings: MatchingSettings;
  mentees: readonly MenteeProfile[];
  mentors: readonly MentorProfile[];
  /** What the directory says about somebody; undefined: they are not in it. */
  organizationOf: (id: string) => OrganizationEntry | undefined;
  /** The parts of a pair's score, whatever rules it breaks. */
  partsOf: (i: number, j: number) => ScoreParts;
  /** Every hard rule that the pair breaks, in the order of HARD_RULES. */
  brokenRules: (i: number, j: number) => HardRule[];
  /** The same for a whole row, fast: one set of bits (RULE_BITS) in each of `out[0..columns)`. */
  fillBroken: (i: number, out: Int32Array) => void;
  overlapOf: (i: number, j: number) => Overlap;
}
