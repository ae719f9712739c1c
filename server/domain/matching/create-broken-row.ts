import { createRow } from './create-row.ts';
import type { Fixes } from './find-fixes.ts';
import { isMotivated, scoreOf, type PairJudge, type ProfileCohort } from './judge-pair.ts';
import type { Classes, MentorColumns } from './mentor-columns.ts';
import type { MenteeProfile, MentorProfile } from './profile.ts';
import { RULE_BITS } from './rule-bits.ts';
import type { HardRule, MatchingRules } from './settings.ts';

/** Rules that are the same for all mentors of a class. */
const BY_CLASS = [
  ['level', 'seniorityGap'],
  ['department', 'sameDepartment'],
  ['languages', 'noSharedLanguage'],
  ['hours', 'noOverlap'],
] as const satisfies [keyof MentorColumns, HardRule][];

/** Rules that hang on the two people by name. */
const BY_NAME = ['samePerson', 'reportingLine', 'siblings', 'pastPair', 'excludedPair'] as const satisfies HardRule[];

/** With these, a row holds the bare score of every pair. */
const NO_RULES: MatchingRules = {
  seniorityGap: null,
  minimumOverlap: 0,
  minimumScore: 0,
  pastPairMonths: 0,
  reportingLine: false,
  siblings: false,
  sharedLanguage: false,
  goalCovered: false,
  training: false,
  otherDepartment: false,
};

/**
 * Fills rows with the rules that each pair breaks, as bits: with the same result as asking the judge pair by pair, but rules
 * of classes are asked once for a class, and scores come from whole rows.
 */
export function createBrokenRow(
  cohort: ProfileCohort,
  judge: PairJudge,
  columns: MentorColumns,
  fixes: Fixes,
): (i: number, out: Int32Array) => void {
  const { mentees, mentors, settings } = cohort;
  const { weights, rules } = settings;
  const bitOf = (rule: HardRule, mentee: MenteeProfile, mentor: MentorProfile): number =>
    judge.breaks(rule, mentee, mentor) ? RULE_BITS[rule] : 0;
  const ofMentors = Int32Array.from(
    mentors,
    ({ isPaused, isTrained }) =>
      (isPaused ? RULE_BITS.paused : 0) | (rules.training && !isTrained ? RULE_BITS.notTrained : 0),
  );
  const bareRow = createRow({ ...cohort, settings: { ...settings, rules: NO_RULES } }, judge, {
    ...columns,
    base: Int32Array.from(mentors, (mentor) => (isMotivated(mentor) ? weights.motivation : 0)),
  });
  const bare = new Int32Array(mentors.length);
  return (i, out) => {
    const mentee = mentees[i]!;
    out.set(ofMentors);
    for (const [kind, rule] of BY_CLASS) addClasses(out, columns[kind], (mentor) => bitOf(rule, mentee, mentor));
    bareRow(mentee, bare);
    const earlier = fixes.past(mentee);
    for (const j of earlier) bare[j] = scoreOf(judge.partsOf(mentee, mentors[j]!));
    const paused = mentee.isPaused ? RULE_BITS.paused : 0;
    for (let j = 0; j < mentors.length; j++)
      out[j]! |=
        paused |
        bitOf('noGoalCovered', mentee, mentors[j]!) |
        (bare[j]! < rules.minimumScore ? RULE_BITS.minimumScore : 0);
    for (const j of [...fixes.forbidden(mentee), ...earlier])
      for (const rule of BY_NAME) out[j]! |= bitOf(rule, mentee, mentors[j]!);
  };
}

function addClasses(out: Int32Array, { of, examples }: Classes, bitOf: (mentor: MentorProfile) => number): void {
  const bits = Int32Array.from(examples, bitOf);
  for (let j = 0; j < of.length; j++) out[j]! |= bits[of[j]!]!;
}
