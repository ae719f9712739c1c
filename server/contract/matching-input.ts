import * as z from 'zod/mini';
import {
  day,
  dayOrNull,
  eachOnce,
  flag,
  id,
  idOrNull,
  isName,
  language,
  list,
  listOf,
  listOrNone,
  MOST,
  name,
  nameOrNull,
  pairOfIds,
  record,
  someOf,
  tidy,
  whole,
  wholeOrNull,
} from './matching-fields.ts';

/*
 * The shape of what `inverso match` reads, and what becomes of it: everything that may be left out is filled in. Who is
 * in the long lists is read one by one (parseMatching), so that a million faults cost no more than fifty.
 */

export const MODES = ['reverse', 'traditional', 'reciprocal', 'crossFunctional'] as const;
export const CRITERIA = [
  'goals',
  'overlap',
  'languages',
  'interests',
  'style',
  'department',
  'office',
  'country',
  'departmentPartnership',
  'motivation',
  'pastPair',
] as const;
export const STYLE_TRAITS = ['communication', 'initiative', 'structure'] as const;
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const MILLION = 1_000_000;
const MINUTES_OF_A_DAY = 1_440;

const level = whole(1, 5);
const goal = record({ skill: name, level, weight: z._default(whole(1, 10), 1) });
const skill = record({ skill: name, level });

const STYLE = 'null, {communication, initiative, structure}, or a list of these three';
const styleObject = record({ communication: level, initiative: level, structure: level }, STYLE);
type WorkStyle = z.output<typeof styleObject>;
const styleList = z.pipe(
  z.array(level).check(z.length(3, `must be ${STYLE}`)),
  z.transform(([communication, initiative, structure]) => ({ communication, initiative, structure }) as WorkStyle),
);
const style = z._default(
  z.transform((value: unknown, context): WorkStyle | null => {
    if (value === null) return null;
    const read = (Array.isArray(value) ? styleList : styleObject).safeParse(value);
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: value } as never);
    return null;
  }),
  null,
);

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const PERIOD = 'must be [start, end] such as ["09:00", "17:00"], the start before the end, 24:00 at the latest';
const period = z.custom<[start: string, end: string]>((value) => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [start, end] = value as unknown[];
  if (typeof start !== 'string' || typeof end !== 'string') return false;
  return TIME.test(start) && (TIME.test(end) || end === '24:00') && start < end;
}, PERIOD);
type Period = z.output<typeof period>;
/** The working periods of a day. */
export const periods = z.pipe(
  listOf(period, MOST.periods),
  z.custom<Period[]>(
    (value) => value.every(([start], k, all) => k === 0 || start >= all[k - 1]![1]),
    'must be in order, none before the one before it ends',
  ),
);
const workingHours = z._default(z.nullable(record(someOf(WEEKDAYS, periods), 'an object, or null')), null);

const pastPartner = z.pipe(
  z.transform((value: unknown) => (typeof value === 'string' ? { id: value } : value)),
  record({ id, endedOn: dayOrNull }, 'an id, or {id, endedOn}'),
);

/** What both sides have. */
const person = {
  id,
  goals: listOrNone(goal, MOST.goals),
  skills: listOrNone(skill, MOST.skills),
  interests: z._default(z.pipe(listOf(name, MOST.interests), eachOnce), []),
  languages: z._default(z.pipe(listOf(language, MOST.languages), eachOnce), []),
  style,
  timeZone: z._default(z.custom<string>(isName, 'must be the name of a time zone'), 'UTC'),
  workingHours,
  pastPartners: listOrNone(pastPartner, MOST.pastPartners),
  paused: z._default(flag, false),
};

const wants = whole(1, 2);
const menteeShape = record({ ...person, wants: z._default(wants, 1) });
const mentorShape = record({
  ...person,
  // Who is on both sides may be written with the same fields; it says nothing here.
  wants: z.optional(wants),
  capacity: z._default(whole(1, 3), 1),
  trained: z._default(flag, true),
  motivation: z._default(
    z.custom<string | null>(
      (value) => value === null || (typeof value === 'string' && value.length <= MOST.motivation),
      `must be a text of at most ${MOST.motivation} characters, or null`,
    ),
    null,
  ),
});
const entryShape = record({
  id,
  managerId: idOrNull,
  department: nameOrNull,
  office: nameOrNull,
  country: nameOrNull,
  level: z._default(wholeOrNull(0, MOST.levels), null),
});

/** +1: alike is better, -1: unlike is better, 0: does not count. */
const sign = whole(-1, 1) as z.ZodMiniCustom<-1 | 0 | 1, -1 | 0 | 1>;

const rules = {
  seniorityGap: z.optional(wholeOrNull(-MOST.levels, MOST.levels)),
  minimumOverlap: z.optional(whole(0, MINUTES_OF_A_DAY)),
  minimumScore: z.optional(whole(0, MILLION)),
  pastPairMonths: z.optional(whole(0, MOST.pastPairMonths)),
  reportingLine: z.optional(flag),
  siblings: z.optional(flag),
  sharedLanguage: z.optional(flag),
  goalCovered: z.optional(flag),
  training: z.optional(flag),
  otherDepartment: z.optional(flag),
};
export const RULES = Object.keys(rules) as (keyof typeof rules)[];

const program = record({
  mode: z._default(z.enum(MODES, `must be one of ${MODES.join(', ')}`), 'reverse'),
  from: day,
  weeks: z._default(whole(1, MOST.weeks), 24),
  weights: z._default(record(someOf(CRITERIA, whole(0, MILLION))), {}),
  rules: z._default(record(rules), {}),
  styleSigns: z._default(record(someOf(STYLE_TRAITS, sign)), {}),
});

/** The whole, with lists whose items are read later, each by its shape in ITEMS. */
export const inputShape = record({
  program,
  organization: z._default(list(MOST.organization), []),
  mentees: list(MOST.people),
  mentors: list(MOST.people),
  pinned: z._default(list(MOST.pinned), []),
  forbidden: z._default(list(MOST.forbidden), []),
  departmentPartnerships: z._default(list(MOST.departmentPartnerships), []),
});

const departmentPair = z.pipe(
  z.custom<[string, string]>(
    (value) => Array.isArray(value) && value.length === 2 && value.every((one) => name.safeParse(one).success),
    'must be [department, department]',
  ),
  z.transform(([a, b]): [string, string] => [tidy(a), tidy(b)]),
);

export const ITEMS = {
  organization: entryShape,
  mentees: menteeShape,
  mentors: mentorShape,
  pinned: pairOfIds,
  forbidden: pairOfIds,
  departmentPartnerships: departmentPair,
};

export type MatchingEntry = z.output<typeof entryShape>;
export type MatchingMentee = z.output<typeof menteeShape>;
export type MatchingMentor = z.output<typeof mentorShape>;

/**
 * What `inverso match` reads, with everything filled in that may be left out. At least `program.from`, `mentees` and
 * `mentors` with their ids must be given; a mentee with all there is:
 *
 *     {"id": "chief", "wants": 1, "goals": [{"skill": "generative-ai", "level": 4, "weight": 2}], "interests": ["chess"],
 *      "languages": ["it", "en-GB"], "style": [1, 5, 3], "timeZone": "Europe/Rome",
 *      "workingHours": {"monday": [["09:00", "12:30"], ["13:30", "18:00"]]},
 *      "pastPartners": ["ben", {"id": "ada", "endedOn": "2025-06-30"}], "paused": false}
 *
 * A mentor has `capacity`, `trained` and `motivation` besides, and `skills` as goals without weight. Either
 * side may have goals and skills: in reciprocal programs both teach. `style` is communication, initiative, structure.
 */
export interface MatchingInput {
  program: z.output<typeof program>;
  /**
   * Participants and the managers above them. Levels count from the top, where nobody is above; somebody who is not listed
   * has none, and the seniority gap does not bind them.
   */
  organization: MatchingEntry[];
  mentees: MatchingMentee[];
  mentors: MatchingMentor[];
  /** `[mentee, mentor]` by id, as are the forbidden ones. */
  pinned: [mentee: string, mentor: string][];
  forbidden: [mentee: string, mentor: string][];
  /** Departments that gain from pairing, in either direction. */
  departmentPartnerships: [string, string][];
}
