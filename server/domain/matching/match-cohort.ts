import type { Participant, Person, PersonId } from '../people/person.ts';
import type { LocalDate } from '../time/instant.ts';
import { matchProfiles, type ProfileMatching } from './match-profiles.ts';
import type { OrganizationEntry, Profile } from './profile.ts';
import { settingsFor, type MatchingRules, type Mode } from './settings.ts';
import type { MatchingResult } from './types.ts';

type PairOfPeople = readonly [menteeId: PersonId, mentorId: PersonId];

/** Two people who were a pair before. */
export interface PastPair {
  menteeId: PersonId;
  mentorId: PersonId;
  endedOn: LocalDate | null;
}

/** A cohort as it is stored. */
export interface CohortMatching {
  /** Everybody who still wants somebody; `seats` is what is still free. */
  mentees: readonly Participant[];
  mentors: readonly Participant[];
  /** Participants and the manager chains above them. */
  people: ReadonlyMap<PersonId, Person>;
  /** The first day and the length of the cohort. */
  startsOn: LocalDate;
  weeks: number;
  /** Pairs that the administrator set: kept first of all, as long as they break no hard rule. */
  pinned: readonly PairOfPeople[];
  forbidden?: readonly PairOfPeople[];
  /** Pairs of other cohorts that were agreed; `endedOn` null: not known, or still going on. */
  past?: readonly PastPair[];
  /** Reverse unless told. */
  mode?: Mode;
  rules?: Partial<MatchingRules>;
  /** Decides between equal solutions, so that no name is favored by its place in a list. */
  seed: number;
}

/** The first goal is what the executive wants most: it weighs three times the third and later ones. */
const GOAL_WEIGHTS = [3, 2, 1];

/**
 * What a reverse program changes of the rules: where everybody reports to a chief, two levels would leave an executive without any
 * mentor.
 */
const REVERSE_RULES: Partial<MatchingRules> = { seniorityGap: 1 };

/** In a program the mentor is asked first and learns then: the pair waits for the training, not the match. */
const PROGRAM_RULES: Partial<MatchingRules> = { training: false };

/** Matches the participants of a cohort (matchProfiles). Throws PinRefused for a pin that cannot be kept. */
export function matchCohort(input: CohortMatching): MatchingResult {
  const { pairs, unmatched, seats, worst, total, blockingPairs, blocking } = solveCohort(input);
  return {
    pairs: pairs.map((pair) => ({ ...pair, menteeId: pair.menteeId as PersonId, mentorId: pair.mentorId as PersonId })),
    unmatched: unmatched.map(({ personId, reasons }) => ({ personId: personId as PersonId, reasons })),
    seats,
    worst,
    total,
    blockingPairs,
    blocking: blocking.map(([menteeId, mentorId]) => ({
      menteeId: menteeId as PersonId,
      mentorId: mentorId as PersonId,
    })),
  };
}

/** The same with all that it was worked out from. Throws PinRefused. */
export function solveCohort(input: CohortMatching): ProfileMatching {
  const { mode = 'reverse' } = input;
  const pastOf = groupPast(input.past ?? []);
  const profileOf = (participant: Participant): Profile =>
    toProfile(participant, pastOf.get(participant.personId) ?? []);
  return matchProfiles({
    settings: settingsFor(mode, {
      rules: { ...PROGRAM_RULES, ...(mode === 'reverse' ? REVERSE_RULES : {}), ...input.rules },
    }),
    startsOn: input.startsOn,
    weeks: input.weeks,
    organization: new Map([...input.people.values()].map((person) => [person.personId, entryOf(person)])),
    mentees: input.mentees.map((participant) => ({ ...profileOf(participant), wants: participant.seats })),
    mentors: input.mentors.map((participant) => ({
      ...profileOf(participant),
      capacity: participant.seats,
      isTrained: participant.isTrained,
      motivation: participant.motivation,
    })),
    pinned: input.pinned,
    forbidden: input.forbidden ?? [],
    departmentPartnerships: [],
    seed: input.seed,
  });
}

const entryOf = ({ personId, managerId, department, officeLocation, country }: Person): OrganizationEntry => ({
  id: personId,
  managerId,
  department,
  office: officeLocation,
  country,
  level: null,
});

/** The earlier partners of each mentee; one side is enough for the rule and the penalty. */
function groupPast(past: readonly PastPair[]): Map<PersonId, Profile['pastPartners'][number][]> {
  const partners = new Map<PersonId, Profile['pastPartners'][number][]>();
  for (const { menteeId, mentorId, endedOn } of past)
    partners.set(menteeId, [...(partners.get(menteeId) ?? []), { id: mentorId, endedOn }]);
  return partners;
}

const toProfile = (participant: Participant, pastPartners: Profile['pastPartners']): Profile => ({
  id: participant.personId,
  goals: participant.goals.map(({ topic, level }, index) => ({
    skill: topic,
    level,
    weight: GOAL_WEIGHTS[Math.min(index, GOAL_WEIGHTS.length - 1)]!,
  })),
  skills: participant.skills.map(({ topic, level }) => ({ skill: topic, level })),
  interests: participant.interests,
  languages: participant.languages,
  style: null,
  timeZone: participant.timeZone,
  workingHours: participant.workingHours,
  pastPartners,
  isPaused: participant.isPaused,
});
