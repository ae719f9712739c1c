import type { Side } from '../../contract/vocabulary.ts';
import type { CohortScores } from './cohort-scores.ts';
import { keyOf } from './points.ts';
import type { ProfileGoal, ProfileSkill } from './profile.ts';
import type { MatchReason } from './reasons.ts';
import { CRITERIA, type Criterion } from './settings.ts';

/** The criterion that a reason speaks for. */
const CRITERION_OF: Readonly<Record<MatchReason['code'], Criterion>> = {
  goalsCovered: 'goals',
  overlapHours: 'overlap',
  sharedLanguages: 'languages',
  sharedInterests: 'interests',
  otherDepartment: 'department',
  otherOffice: 'office',
  otherCountry: 'country',
  departmentPartnership: 'departmentPartnership',
};

/**
 * Why mentee `i` and mentor `j` fit: what gives most of the score first, equal parts in the order of CRITERIA. What gives
 * nothing is left out, and so is a difference of which the directory does not show both values. Style and motivation are
 * never reasons: style is shown to nobody, and why a mentor takes part they say in their own words.
 */
export function explainPair(scores: CohortScores, i: number, j: number): MatchReason[] {
  const parts = scores.partsOf(i, j);
  const order = (reason: MatchReason): number => CRITERIA.indexOf(CRITERION_OF[reason.code]);
  return [...whatIsShared(scores, i, j), ...whatDiffers(scores, i, j)]
    .filter(({ code }) => parts[CRITERION_OF[code]] > 0)
    .sort((a, b) => parts[CRITERION_OF[b.code]] - parts[CRITERION_OF[a.code]] || order(a) - order(b));
}

function whatIsShared({ mentees, mentors, overlapOf }: CohortScores, i: number, j: number): MatchReason[] {
  const [mentee, mentor] = [mentees[i]!, mentors[j]!];
  const goals = firstOfEachSkill(mentee.goals);
  const covered = goals.filter((goal) => isGoalCovered(goal, mentor.skills)).map(({ skill }) => skill);
  const languages = sharedTexts(mentee.languages, mentor.languages);
  const interests = sharedTexts(mentee.interests, mentor.interests);
  const hoursPerWeek = Math.floor(overlapOf(i, j).minutesPerWeek / 60);
  const reasons: MatchReason[] = [];
  if (covered.length > 0) reasons.push({ code: 'goalsCovered', covered, of: goals.length });
  if (hoursPerWeek > 0) reasons.push({ code: 'overlapHours', hoursPerWeek });
  if (languages.length > 0) reasons.push({ code: 'sharedLanguages', languages });
  if (interests.length > 0) reasons.push({ code: 'sharedInterests', interests });
  return reasons;
}

function whatDiffers({ mentees, mentors, organizationOf }: CohortScores, i: number, j: number): MatchReason[] {
  const [own, other] = [organizationOf(mentees[i]!.id), organizationOf(mentors[j]!.id)];
  if (!own || !other) return [];
  const reasons: MatchReason[] = [];
  if (own.department && other.department) {
    const departments = { department: other.department, menteeDepartment: own.department };
    if (own.department !== other.department) reasons.push({ code: 'otherDepartment', ...departments });
    reasons.push({ code: 'departmentPartnership', ...departments });
  }
  if (own.office && other.office && own.office !== other.office)
    reasons.push({ code: 'otherOffice', office: other.office, menteeOffice: own.office });
  if (own.country && other.country && own.country !== other.country)
    reasons.push({ code: 'otherCountry', country: other.country, menteeCountry: own.country });
  return reasons;
}

/** The reasons as one side reads them: the other department, office and country are always the partner's. */
export const reasonsForSide = (reasons: readonly MatchReason[], side: Side): MatchReason[] =>
  side === 'mentee' ? [...reasons] : reasons.map(asMentorReads);

function asMentorReads(reason: MatchReason): MatchReason {
  switch (reason.code) {
    case 'otherDepartment':
    case 'departmentPartnership':
      return { ...reason, department: reason.menteeDepartment };
    case 'otherOffice':
      return { ...reason, office: reason.menteeOffice };
    case 'otherCountry':
      return { ...reason, country: reason.menteeCountry };
    default:
      return reason;
  }
}

/** The goals that count: the first of each skill. */
export function firstOfEachSkill(goals: readonly ProfileGoal[]): ProfileGoal[] {
  const seen = new Set<string>();
  return goals.filter(({ skill }) => seen.size < seen.add(keyOf(skill)).size);
}

/** Whether somebody knows what is wanted at least at the wanted level. */
export const isGoalCovered = (goal: ProfileGoal, skills: readonly ProfileSkill[]): boolean =>
  skills.some(
    ({ skill, level }) => level >= goal.level && (skill === goal.skill || keyOf(skill) === keyOf(goal.skill)),
  );

/** What both lists hold, each once, in the order and spelling of the first. */
export function sharedTexts(own: readonly string[], other: readonly string[]): string[] {
  const theirs = new Set(other.map(keyOf));
  theirs.delete('');
  // Taken out as it is found, so that nothing is said twice.
  return own.filter((text) => theirs.delete(keyOf(text)));
}
