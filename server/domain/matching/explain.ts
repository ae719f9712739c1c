import type { Side } from '../../contract/vocabulary.ts';
import type { Participant } from '../people/person.ts';
import { isCovered, sharedOf, type MatchContext } from './context.ts';
import { HARD_RULES, type HardRule, type MatchReason } from './types.ts';

/** Why two people fit, per criterion, what speaks most for it first. Criteria that give nothing are left out. */
export function explainPair(
  mentor: Participant,
  mentee: Participant,
  { people, overlapOf }: MatchContext,
): MatchReason[] {
  const reasons: MatchReason[] = [];
  const covered = mentee.goals.filter((goal) => isCovered(goal, mentor)).map(({ topic }) => topic);
  if (covered.length > 0) reasons.push({ code: 'goalsCovered', covered, of: mentee.goals.length });
  const languages = sharedOf(mentee.languages, mentor.languages);
  if (languages.length > 0) reasons.push({ code: 'sharedLanguages', languages });
  const interests = sharedOf(mentee.interests, mentor.interests);
  if (interests.length > 0) reasons.push({ code: 'sharedInterests', interests });
  const hoursPerWeek = Math.floor(overlapOf(mentee, mentor).minutesPerWeek / 60);
  if (hoursPerWeek > 0) reasons.push({ code: 'overlapHours', hoursPerWeek });
  const [a, b] = [people.get(mentor.personId), people.get(mentee.personId)];
  if (a?.department && b?.department && a.department !== b.department) {
    reasons.push({ code: 'otherDepartment', department: a.department, menteeDepartment: b.department });
  }
  if (a?.officeLocation && b?.officeLocation && a.officeLocation !== b.officeLocation) {
    reasons.push({ code: 'otherOffice', office: a.officeLocation, menteeOffice: b.officeLocation });
  }
  return reasons;
}

/** The reasons as one side reads them: the other department and office are always the partner's. */
export const reasonsForSide = (reasons: readonly MatchReason[], side: Side): MatchReason[] =>
  side === 'mentee'
    ? [...reasons]
    : reasons.map((reason) => {
        if (reason.code === 'otherDepartment') return { ...reason, department: reason.menteeDepartment };
        return reason.code === 'otherOffice' ? { ...reason, office: reason.menteeOffice } : reason;
      });

/**
 * Why somebody stayed without a mentor: how many mentors each hard rule keeps away, most frequent first, equal counts in
 * the order of HARD_RULES. A mentor kept away by several rules counts for each. Empty: every allowed mentor is full.
 */
export function explainUnmatched(
  brokenPerMentor: readonly (readonly HardRule[])[],
): { rule: HardRule; mentors: number }[] {
  if (brokenPerMentor.some((broken) => broken.length === 0)) return [];
  return HARD_RULES.map((rule) => ({ rule, mentors: brokenPerMentor.filter((broken) => broken.includes(rule)).length }))
    .filter(({ mentors }) => mentors > 0)
    .sort((a, b) => b.mentors - a.mentors);
}
