import type { Participant, Person, PersonId } from '../people/person.ts';
import type { LocalDate } from '../time/instant.ts';
import { matchProfiles } from './match-profiles.ts';
import type { OrganizationEntry, Profile } from './profile.ts';
import { settingsFor, type MatchingRules } from './settings.ts';
import type { MatchingResult } from './types.ts';

type PairOfPeople = readonly [menteeId: PersonId, mentorId: PersonId];

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
  rules?: Partial<MatchingRules>;
  /** Decides between equal solutions, so that no name is favored by its place in a list. */
  seed: number;
}

/** The first goal is what the executive wants most: it weighs three times the third and later ones. */
const GOAL_WEIGHTS = [3, 2, 1];

/**
 * What a program changes of the rules: where everybody reports to a chief, two levels would leave an executive without any
 * mentor.
 */
const PROGRAM_RULES: Partial<MatchingRules> = { seniorityGap: 1 };

/** Matches the participants of a cohort (matchProfiles). Throws PinRefused for a pin that cannot be kept. */
export function matchCohort(input: CohortMatching): MatchingResult {
  const { pairs, unmatched, seats, worst, total, blockingPairs } = matchProfiles({
    settings: settingsFor('reverse', { rules: { ...PROGRAM_RULES, ...input.rules } }),
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
  return {
    pairs: pairs.map((pair) => ({ ...pair, menteeId: pair.menteeId as PersonId, mentorId: pair.mentorId as PersonId })),
    unmatched: unmatched.map(({ personId, reasons }) => ({ personId: personId as PersonId, reasons })),
    seats,
    worst,
    total,
    blockingPairs,
  };
}

const entryOf = ({ personId, managerId, department, officeLocation, country }: Person): OrganizationEntry => ({
  id: personId,
  managerId,
  department,
  office: officeLocation,
  country,
  level: null,
});

const profileOf = (participant: Participant): Profile => ({
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
  pastPartners: [],
  isPaused: participant.isPaused,
});
