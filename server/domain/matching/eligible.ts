import type { Participant } from '../people/person.ts';
import { areSiblings, isInReportingLine } from '../people/reporting-line.ts';
import { isCovered, sharedOf, type MatchContext } from './context.ts';
import { HARD_RULES, type HardRule } from './types.ts';

type Breaks = (mentor: Participant, mentee: Participant, context: MatchContext, score: number) => boolean;

/** Each hard rule of product.md C2: true when the pair breaks it. */
const RULES: Readonly<Record<HardRule, Breaks>> = {
  samePerson: (mentor, mentee) => mentor.personId === mentee.personId,
  reportingLine: (mentor, mentee, { managerOf }) => isInReportingLine(mentor.personId, mentee.personId, managerOf),
  siblings: (mentor, mentee, { managerOf }) => areSiblings(mentor.personId, mentee.personId, managerOf),
  seniorityGap: (mentor, mentee, { levelOf, rules }) => {
    const [below, above] = [levelOf(mentor.personId), levelOf(mentee.personId)];
    // Where the directory does not tell, nominations do: the administrator named who is an executive.
    return below !== null && above !== null && below - above < rules.seniorityGap;
  },
  noSharedLanguage: (mentor, mentee) => sharedOf(mentee.languages, mentor.languages).length === 0,
  noOverlap: (mentor, mentee, { overlapOf, rules }) => overlapOf(mentee, mentor).minutesPerDay < rules.minimumOverlap,
  noGoalCovered: (mentor, mentee) => !mentee.goals.some((goal) => isCovered(goal, mentor)),
  minimumScore: (_mentor, _mentee, { rules }, score) => score < rules.minimumScore,
  pastPair: (mentor, mentee, { isPast }) => isPast(mentee.personId, mentor.personId),
  excludedPair: (mentor, mentee, { isForbidden }) => isForbidden(mentee.personId, mentor.personId),
  notTrained: (mentor) => !mentor.isTrained,
  paused: (mentor, mentee) => mentor.isPaused || mentee.isPaused,
};

/** Every hard rule that forbids the pair, in the order of HARD_RULES; an empty list: the two may be matched. */
export const brokenRules = (
  mentor: Participant,
  mentee: Participant,
  context: MatchContext,
  score: number,
): HardRule[] => HARD_RULES.filter((rule) => RULES[rule](mentor, mentee, context, score));
