import { areSiblings } from '../people/reporting-line.ts';
import type { LocalDate } from '../time/instant.ts';
import { monthsBefore } from '../time/months-before.ts';
import { measureOverlaps, type Overlap } from './overlap.ts';
import {
  differencePoints,
  goalPoints,
  interestPoints,
  isOther,
  languagePoints,
  overlapPoints,
  stylePoints,
} from './points.ts';
import type { MenteeProfile, MentorProfile, OrganizationEntry, Profile } from './profile.ts';
import { readOrganization, type Organization } from './read-organization.ts';
import { readProfile, type ReadProfile } from './read-profile.ts';
import { HARD_RULES, type Criterion, type HardRule, type MatchingSettings, type ScoreParts } from './settings.ts';

/** Two people that belong, or must not belong, together. */
export type PairOfIds = readonly [menteeId: string, mentorId: string];

/** A cohort to be judged. */
export interface ProfileCohort {
  settings: MatchingSettings;
  /** The first day and the length of the cohort. */
  startsOn: LocalDate;
  weeks: number;
  /** Participants and the managers above them. */
  organization: ReadonlyMap<string, OrganizationEntry>;
  mentees: readonly MenteeProfile[];
  mentors: readonly MentorProfile[];
  forbidden: readonly PairOfIds[];
  /** Departments that gain from pairing, in either direction. */
  departmentPartnerships: readonly (readonly [string, string])[];
}

/** Judges one pair at a time; rows of them are judged faster by judgeCohort, with the same result. */
export interface PairJudge {
  organization: Organization;
  read: (profile: Profile) => ReadProfile;
  overlapOf: (mentee: Profile, mentor: Profile) => Overlap;
  areDepartmentPartners: (a: string | null | undefined, b: string | null | undefined) => boolean;
  hasDepartmentPartners: (department: string) => boolean;
  partsOf: (mentee: MenteeProfile, mentor: MentorProfile) => ScoreParts;
  breaks: (rule: HardRule, mentee: MenteeProfile, mentor: MentorProfile) => boolean;
  /** Points of the goals that a skill of the partner may reach: each in its own direction (`reciprocal`). */
  goalWeights: { mentee: number; mentor: number };
}

/** What is ready for the pairs of a cohort. */
export function createPairJudge(cohort: ProfileCohort): PairJudge {
  const { settings, startsOn, weeks } = cohort;
  const { weights, rules, styleSigns } = settings;
  const participants = new Set([...cohort.mentees, ...cohort.mentors].map(({ id }) => id));
  const organization = readOrganization(cohort.organization, participants);
  const overlapOf = measureOverlaps(startsOn, weeks);
  const profiles = new WeakMap<Profile, ReadProfile>();
  const read = (profile: Profile): ReadProfile => {
    let found = profiles.get(profile);
    if (!found) profiles.set(profile, (found = readProfile(profile)));
    return found;
  };
  const partners = new Set(cohort.departmentPartnerships.flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]));
  const paired = new Set(cohort.departmentPartnerships.flat());
  const areDepartmentPartners: PairJudge['areDepartmentPartners'] = (a, b) =>
    Boolean(a) && Boolean(b) && partners.has(`${a}\n${b}`);
  const forbidden = new Set(cohort.forbidden.map(([mentee, mentor]) => `${mentee}\n${mentor}`));
  const teachesBack = settings.mode === 'reciprocal';
  const goalWeights = { mentee: teachesBack ? Math.ceil(weights.goals / 2) : weights.goals, mentor: 0 };
  goalWeights.mentor = weights.goals - goalWeights.mentee;
  const bar = rules.pastPairMonths > 0 ? monthsBefore(startsOn, rules.pastPairMonths) : null;

  const pastOf = (mentee: MenteeProfile, mentor: MentorProfile) => [
    ...mentee.pastPartners.filter(({ id }) => id === mentor.id),
    ...mentor.pastPartners.filter(({ id }) => id === mentee.id),
  ];

  const goalsOf = (learner: ReadProfile, teacher: ReadProfile, weight: number): number =>
    learner.goals.reduce(
      (sum, { skill, level, share }) =>
        sum + goalPoints(weight, { known: teacher.skills.get(skill) ?? 0, level, share, all: learner.all }),
      0,
    );
  const covers = (learner: ReadProfile, teacher: ReadProfile): boolean =>
    learner.goals.some(({ skill, level }) => (teacher.skills.get(skill) ?? 0) >= level);

  const partsOf = (mentee: MenteeProfile, mentor: MentorProfile): ScoreParts => {
    const [a, b] = [read(mentee), read(mentor)];
    const [placeA, placeB] = [organization.entryOf(mentee.id), organization.entryOf(mentor.id)];
    const shared = a.interests.filter((interest) => b.interests.includes(interest)).length;
    const parts: ScoreParts = {
      goals: goalsOf(a, b, goalWeights.mentee) + goalsOf(b, a, goalWeights.mentor),
      overlap: overlapPoints(weights.overlap, overlapOf(mentee, mentor).minutesPerWeek),
      languages: languagePoints(weights.languages, a.languages, b.languages),
      interests: interestPoints(weights.interests, shared),
      style: stylePoints(weights.style, styleSigns, mentee.style, mentor.style),
      department: differencePoints(weights.department, placeA?.department, placeB?.department),
      office: differencePoints(weights.office, placeA?.office, placeB?.office),
      country: differencePoints(weights.country, placeA?.country, placeB?.country),
      departmentPartnership: areDepartmentPartners(placeA?.department, placeB?.department)
        ? weights.departmentPartnership
        : 0,
      motivation: isMotivated(mentor) ? weights.motivation : 0,
      pastPair: 0,
    };
    if (pastOf(mentee, mentor).length > 0) parts.pastPair -= Math.min(weights.pastPair, scoreOf(parts));
    return parts;
  };

  const breaksRule: Record<HardRule, (mentee: MenteeProfile, mentor: MentorProfile) => boolean> = {
    samePerson: (mentee, mentor) => mentee.id === mentor.id,
    reportingLine: (mentee, mentor) => rules.reportingLine && organization.areInOneLine(mentee.id, mentor.id),
    siblings: (mentee, mentor) => rules.siblings && areSiblings(mentee.id, mentor.id, organization.managerOf),
    seniorityGap: (mentee, mentor) =>
      isGapTooSmall(rules.seniorityGap, organization.levelOf(mentee.id), organization.levelOf(mentor.id)),
    sameDepartment: (mentee, mentor) => {
      const [a, b] = [
        organization.entryOf(mentee.id)?.department ?? null,
        organization.entryOf(mentor.id)?.department ?? null,
      ];
      return rules.otherDepartment && a !== null && b !== null && !isOther(a, b);
    },
    noSharedLanguage: (mentee, mentor) =>
      rules.sharedLanguage && !read(mentee).languages.some((language) => read(mentor).languages.includes(language)),
    noOverlap: (mentee, mentor) => overlapOf(mentee, mentor).minutesPerDay < rules.minimumOverlap,
    noGoalCovered: (mentee, mentor) => {
      const [a, b] = [read(mentee), read(mentor)];
      return rules.goalCovered && (!covers(a, b) || (teachesBack && b.goals.length > 0 && !covers(b, a)));
    },
    minimumScore: (mentee, mentor) => scoreOf(partsOf(mentee, mentor)) < rules.minimumScore,
    pastPair: (mentee, mentor) =>
      bar !== null && pastOf(mentee, mentor).some(({ endedOn }) => endedOn === null || endedOn > bar),
    excludedPair: (mentee, mentor) => forbidden.has(`${mentee.id}\n${mentor.id}`),
    notTrained: (_mentee, mentor) => rules.training && !mentor.isTrained,
    paused: (mentee, mentor) => mentee.isPaused || mentor.isPaused,
  };
  return {
    organization,
    read,
    overlapOf,
    areDepartmentPartners,
    hasDepartmentPartners: (department) => paired.has(department),
    partsOf,
    breaks: (rule, mentee, mentor) => breaksRule[rule](mentee, mentor),
    goalWeights,
  };
}

/** Whoever says why they take part counts as motivated. */
export const isMotivated = ({ motivation }: MentorProfile): boolean => (motivation ?? '').trim() !== '';

/** Levels count from the top. Where the directory does not tell, nominations do: nobody is refused for it. */
export const isGapTooSmall = (gap: number | null, mentee: number | null, mentor: number | null): boolean =>
  gap !== null && mentee !== null && mentor !== null && (gap >= 0 ? mentor - mentee < gap : mentor - mentee > gap);

/** The score of its parts. */
export const scoreOf = (parts: ScoreParts): number =>
  (Object.keys(parts) as Criterion[]).reduce((sum, name) => sum + parts[name], 0);

/** Every hard rule that the pair breaks, in the order of HARD_RULES. */
export const rulesBrokenBy = (judge: PairJudge, mentee: MenteeProfile, mentor: MentorProfile): HardRule[] =>
  HARD_RULES.filter((rule) => judge.breaks(rule, mentee, mentor));
