import type { Participant, Person, PersonId } from '../people/person.ts';
import { managersAbove, type ManagerOf } from '../people/reporting-line.ts';
import type { LocalDate } from '../time/instant.ts';
import { measureOverlaps, type Overlap, type Worker } from './overlap.ts';

/** Numbers of the hard rules; each is a setting of the program. */
export interface MatchingRules {
  /**
   * Levels of the manager tree that the mentor has to stand below the executive. One: where everybody reports to a
   * chief, two would leave an executive without any mentor.
   */
  seniorityGap: number;
  /** Common working time per working day of the executive, minutes; less has no common slot all year. */
  minimumOverlap: number;
  /** Pairs below this score are not proposed: better to wait for a mentor than to lose an executive's trust. */
  minimumScore: number;
}

export const DEFAULT_RULES: MatchingRules = { seniorityGap: 1, minimumOverlap: 120, minimumScore: 200_000 };

/** Two people that belong, or must not belong, together. */
export type PairOfIds = readonly [menteeId: PersonId, mentorId: PersonId];

/** Everything about a cohort that is needed to judge one pair. */
export interface MatchContext {
  people: ReadonlyMap<PersonId, Person>;
  managerOf: ManagerOf;
  /** How many managers stand above a person; null when the directory tells nothing about their place. */
  levelOf: (person: PersonId) => number | null;
  overlapOf: (mentee: Worker, mentor: Worker) => Overlap;
  rules: MatchingRules;
  isForbidden: (mentee: PersonId, mentor: PersonId) => boolean;
  isPast: (mentee: PersonId, mentor: PersonId) => boolean;
}

export interface MatchContextInput {
  /** Participants and the manager chains above them. */
  people: ReadonlyMap<PersonId, Person>;
  /** The first day and the length of the cohort. */
  startsOn: LocalDate;
  weeks: number;
  forbidden?: readonly PairOfIds[];
  /** Pairs of earlier cohorts. */
  past?: readonly PairOfIds[];
  rules?: Partial<MatchingRules>;
}

/** Prepares the look-ups of a cohort once, so that judging a pair is cheap. */
export function buildContext({
  people,
  startsOn,
  weeks,
  forbidden = [],
  past = [],
  rules,
}: MatchContextInput): MatchContext {
  const managerOf: ManagerOf = (id) => people.get(id)?.managerId;
  const leaders = new Set<PersonId>();
  for (const person of people.values()) {
    if (person.managerId !== null && person.managerId !== person.personId) leaders.add(person.managerId);
  }
  const levels = new Map<PersonId, number | null>();
  const levelOf = (id: PersonId): number | null => {
    let level = levels.get(id);
    if (level === undefined) {
      const above = managersAbove(id, managerOf).length;
      // Nobody above and nobody below: not the top of the company, but somebody whose manager was never entered.
      level = above === 0 && !leaders.has(id) ? null : above;
      levels.set(id, level);
    }
    return level;
  };
  const isIn = (pairs: readonly PairOfIds[]): ((mentee: PersonId, mentor: PersonId) => boolean) => {
    const keys = new Set(pairs.map(([mentee, mentor]) => `${mentee} ${mentor}`));
    return (mentee, mentor) => keys.has(`${mentee} ${mentor}`);
  };
  return {
    people,
    managerOf,
    levelOf,
    overlapOf: measureOverlaps(startsOn, weeks),
    rules: { ...DEFAULT_RULES, ...rules },
    isForbidden: isIn(forbidden),
    isPast: isIn(past),
  };
}

/** Whether a skill reaches a goal: the mentor knows the topic at least at the level that the mentee wants to reach. */
export const isCovered = (goal: Participant['goals'][number], mentor: Participant): boolean =>
  mentor.skills.some(({ topic, level }) => topic === goal.topic && level >= goal.level);

/** What both lists hold, compared without case and outer spaces, in the order and spelling of the first. */
export function sharedOf(a: readonly string[], b: readonly string[]): string[] {
  const normal = (text: string): string => text.trim().toLowerCase();
  const other = new Set(b.map(normal));
  const seen = new Set<string>();
  return a.filter((text) => {
    const key = normal(text);
    const isNew = other.has(key) && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
