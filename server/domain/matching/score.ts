import type { Participant } from '../people/person.ts';
import { sharedOf, type MatchContext } from './context.ts';
import type { ScoreParts } from './types.ts';

/**
 * What each criterion may give, in millionths; together 1,000,000. Goals outweigh everything else together: an executive
 * comes to learn. Overlap is next, since without common time there is no series. Languages, interests and difference
 * decide between mentors who teach alike.
 */
export const WEIGHTS: ScoreParts = {
  goals: 520_000,
  overlap: 180_000,
  languages: 100_000,
  interests: 90_000,
  difference: 110_000,
};

/** The first goal is what the executive wants most: it weighs three times the third and later ones. */
const GOAL_WEIGHTS = [3, 2, 1];
/** Half a working week in common: more of it finds no more slots. */
const ENOUGH_OVERLAP = 20 * 60;
/** Three shared interests are enough to talk about. */
const ENOUGH_INTERESTS = 3;
/** Another department is the wider view; another office adds to it (product.md C1). */
const DEPARTMENT_SHARE = 70_000;

/**
 * How well two people fit, as whole millionths; the parts sum to the score. Whether they may be matched at all is
 * decided in eligible.ts.
 */
export function scorePair(
  mentor: Participant,
  mentee: Participant,
  context: MatchContext,
): { score: number; parts: ScoreParts } {
  const parts: ScoreParts = {
    goals: scoreGoals(mentor, mentee),
    interests: scoreInterests(mentor, mentee),
    languages: scoreLanguages(mentor, mentee),
    overlap: scoreOverlap(mentor, mentee, context),
    difference: scoreDifference(mentor, mentee, context),
  };
  return { score: parts.goals + parts.interests + parts.languages + parts.overlap + parts.difference, parts };
}

/** A covered goal counts whole; a skill below the wanted level at most half, so that it never beats a covered one. */
function scoreGoals(mentor: Participant, mentee: Participant): number {
  let reached = 0;
  let possible = 0;
  mentee.goals.forEach(({ topic, level }, index) => {
    const weight = GOAL_WEIGHTS[Math.min(index, GOAL_WEIGHTS.length - 1)]!;
    possible += weight;
    const known = Math.max(0, ...mentor.skills.filter((skill) => skill.topic === topic).map((skill) => skill.level));
    // In halves of a level over all levels: 60 is divisible by twice each level up to 5 but 4, hence 120.
    reached += weight * (known >= level ? 120 : (120 * known) / (2 * level));
  });
  return possible === 0 ? 0 : Math.floor((WEIGHTS.goals * reached) / (120 * possible));
}

function scoreInterests(mentor: Participant, mentee: Participant): number {
  const shared = Math.min(sharedOf(mentee.interests, mentor.interests).length, ENOUGH_INTERESTS);
  return Math.floor((WEIGHTS.interests * shared) / ENOUGH_INTERESTS);
}

/** Whole where the executive's first language is shared, half for another one. */
function scoreLanguages(mentor: Participant, mentee: Participant): number {
  const [first] = mentee.languages;
  if (first !== undefined && sharedOf([first], mentor.languages).length > 0) return WEIGHTS.languages;
  return sharedOf(mentee.languages, mentor.languages).length > 0 ? WEIGHTS.languages / 2 : 0;
}

function scoreOverlap(mentor: Participant, mentee: Participant, { overlapOf }: MatchContext): number {
  const minutes = Math.min(overlapOf(mentee, mentor).minutesPerWeek, ENOUGH_OVERLAP);
  return Math.floor((WEIGHTS.overlap * minutes) / ENOUGH_OVERLAP);
}

/** Only a difference that the directory shows counts: an empty field is not another department. */
function scoreDifference(mentor: Participant, mentee: Participant, { people }: MatchContext): number {
  const [a, b] = [people.get(mentor.personId), people.get(mentee.personId)];
  const differ = (x: string | null | undefined, y: string | null | undefined): boolean =>
    Boolean(x) && Boolean(y) && x !== y;
  return (
    (differ(a?.department, b?.department) ? DEPARTMENT_SHARE : 0) +
    (differ(a?.officeLocation, b?.officeLocation) ? WEIGHTS.difference - DEPARTMENT_SHARE : 0)
  );
}
