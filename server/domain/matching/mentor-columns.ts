import { isMotivated, type PairJudge } from './judge-pair.ts';
import { hoursKeyOf } from './overlap.ts';
import { STYLE_TRAITS, type MentorProfile, type OrganizationEntry, type Profile } from './profile.ts';
import type { MatchingSettings } from './settings.ts';

/** What stands for "must not be matched" in sums of points: no sum of points brings it back above zero. */
export const BLOCKED = -(2 ** 30);

/** Mentors who are alike in something: one number each, and one mentor to ask about it. */
export interface Classes {
  /** The class of each mentor. */
  of: Uint16Array;
  examples: MentorProfile[];
}

/** Classes of several kinds together: one number for each combination that occurs. */
export interface Combined {
  /** The combination of each mentor. */
  of: Uint16Array;
  /** For each kind, the class of each combination. */
  kinds: Uint16Array[];
}

/** Who of the mentors has something, and at which level (interests: 1). */
export interface Holders {
  columns: Int32Array;
  levels: Uint8Array;
}

/** A goal of a mentor that the skill of a mentee may reach (reciprocal mode): the points by the mentee's level. */
export interface MentorGoals {
  columns: number[];
  levels: number[];
  shares: number[];
  alls: number[];
}

/** Mentors as columns: what a whole row needs of them, worked out once. */
export interface MentorColumns {
  /** Motivation, or BLOCKED for mentors who may be matched with nobody. */
  base: Int32Array;
  languages: Classes;
  /** Time zone and working hours. */
  hours: Classes;
  department: Classes;
  office: Classes;
  country: Classes;
  level: Classes;
  style: Classes;
  /** Languages and hours: people of one office are often alike in both. */
  where: Combined;
  /** Department, office, country and level. */
  place: Combined;
  skills: ReadonlyMap<string, Holders>;
  interests: ReadonlyMap<string, Holders>;
  goals: ReadonlyMap<string, MentorGoals>;
  /** By id. */
  columnOf: ReadonlyMap<string, number>;
  /** Mentors below a participant, at any distance. */
  below: ReadonlyMap<string, readonly number[]>;
  /** Mentors who report to somebody. */
  reports: ReadonlyMap<string, readonly number[]>;
}

/** More classes than this of one kind do not fit into 16 bits. */
const MOST_CLASSES = 65_536;

/** Sorts the mentors of a cohort into columns. Throws RangeError for more than 65,536 of them. */
export function sortMentors(
  mentors: readonly MentorProfile[],
  judge: PairJudge,
  { weights, rules }: MatchingSettings,
): MentorColumns {
  if (mentors.length > MOST_CLASSES) throw new RangeError(`mentors: more than ${MOST_CLASSES}`);
  const { organization, read } = judge;
  const isIn = rules.training ? ({ isTrained }: MentorProfile) => isTrained : () => true;
  const below = new Map<string, number[]>();
  const reports = new Map<string, number[]>();
  mentors.forEach(({ id }, j) => {
    for (const manager of organization.participantsAbove(id)) push(below, manager, j);
    const manager = organization.managerOf(id);
    if (manager !== null) push(reports, manager, j);
  });
  const entryOf = ({ id }: MentorProfile): OrganizationEntry | undefined => organization.entryOf(id);
  const classes = {
    languages: classify(mentors, (mentor) => read(mentor).languages.join()),
    hours: classify(mentors, hoursKeyOf),
    department: classify(mentors, (mentor) => entryOf(mentor)?.department ?? ''),
    office: classify(mentors, (mentor) => entryOf(mentor)?.office ?? ''),
    country: classify(mentors, (mentor) => entryOf(mentor)?.country ?? ''),
    level: classify(mentors, ({ id }) => String(organization.levelOf(id))),
    style: classify(mentors, styleKeyOf),
  };
  return {
    base: Int32Array.from(mentors, (mentor) =>
      mentor.isPaused || !isIn(mentor) ? BLOCKED : isMotivated(mentor) ? weights.motivation : 0,
    ),
    ...classes,
    where: combine(classes.languages, classes.hours),
    place: combine(classes.department, classes.office, classes.country, classes.level),
    skills: holdersOf(mentors, (mentor) => read(mentor).skills),
    interests: holdersOf(mentors, (mentor) => read(mentor).interests.map((interest) => [interest, 1] as const)),
    goals: goalsOf(mentors, judge),
    columnOf: new Map(mentors.map(({ id }, j) => [id, j])),
    below,
    reports,
  };
}

/** People with the same key have the same style. */
export const styleKeyOf = ({ style }: Profile): string =>
  style === null ? '' : STYLE_TRAITS.map((trait) => style[trait]).join();

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function classify(mentors: readonly MentorProfile[], nameOf: (mentor: MentorProfile) => string): Classes {
  const numbers = new Map<string, number>();
  const examples: MentorProfile[] = [];
  const of = new Uint16Array(mentors.length);
  for (let j = 0; j < mentors.length; j++) {
    const mentor = mentors[j]!;
    const name = nameOf(mentor);
    let number = numbers.get(name);
    if (number === undefined) {
      numbers.set(name, (number = examples.length));
      examples.push(mentor);
    }
    of[j] = number;
  }
  return { of, examples };
}

function combine(...kinds: Classes[]): Combined {
  let { of } = kinds[0]!;
  let firsts: number[] = [];
  // One kind after another: both factors of a key stay below 65,536.
  for (const kind of kinds.slice(1)) {
    const numbers = new Map<number, number>();
    const next = new Uint16Array(of.length);
    firsts = [];
    for (let j = 0; j < of.length; j++) {
      const key = of[j]! * kind.examples.length + kind.of[j]!;
      let number = numbers.get(key);
      if (number === undefined) {
        numbers.set(key, (number = firsts.length));
        firsts.push(j);
      }
      next[j] = number;
    }
    of = next;
  }
  return { of, kinds: kinds.map((kind) => Uint16Array.from(firsts, (j) => kind.of[j]!)) };
}

function holdersOf(
  mentors: readonly MentorProfile[],
  heldBy: (mentor: MentorProfile) => Iterable<readonly [string, number]>,
): Map<string, Holders> {
  const lists = new Map<string, { columns: number[]; levels: number[] }>();
  for (let j = 0; j < mentors.length; j++) {
    for (const [key, level] of heldBy(mentors[j]!)) {
      let list = lists.get(key);
      if (!list) lists.set(key, (list = { columns: [], levels: [] }));
      list.columns.push(j);
      list.levels.push(level);
    }
  }
  return new Map(
    [...lists].map(([key, list]) => [
      key,
      { columns: new Int32Array(list.columns), levels: new Uint8Array(list.levels) },
    ]),
  );
}

function goalsOf(mentors: readonly MentorProfile[], { read, goalWeights }: PairJudge): Map<string, MentorGoals> {
  const found = new Map<string, MentorGoals>();
  if (goalWeights.mentor === 0) return found;
  mentors.forEach((mentor, j) => {
    const { goals, all } = read(mentor);
    for (const { skill, level, share } of goals) {
      let list = found.get(skill);
      if (!list) found.set(skill, (list = { columns: [], levels: [], shares: [], alls: [] }));
      list.columns.push(j);
      list.levels.push(level);
      list.shares.push(share);
      list.alls.push(all);
    }
  });
  return found;
}
