import * as z from 'zod/mini';

/* The single fields of what `inverso match` reads, each with what is told when it is wrong. */

/** How much is taken at most. Each is far above what a program has, and keeps one wrong file from filling the memory. */
export const MOST = {
  /** Mentees, and mentors. */
  people: 20_000,
  /** Entries of the directory: participants and the managers above them. */
  organization: 100_000,
  goals: 20,
  skills: 50,
  interests: 50,
  languages: 20,
  pastPartners: 200,
  /** Working periods of a day. */
  periods: 10,
  pinned: 40_000,
  forbidden: 100_000,
  departmentPartnerships: 10_000,
  /** Characters of an id, a name, a skill. */
  characters: 200,
  motivation: 2_000,
  weeks: 104,
  /** Whole levels of the manager tree. */
  levels: 100,
  pastPairMonths: 120,
} as const;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
/** A whole number of a range. */
export const whole = (least: number, most: number): z.ZodMiniCustom<number, number> =>
  z.custom<number>((value) => isWhole(value, least, most), `must be a whole number from ${least} to ${most}`);
/** The same, or null. */
export const wholeOrNull = (least: number, most: number): z.ZodMiniCustom<number | null, number | null> =>
  z.custom<number | null>(
    (value) => value === null || isWhole(value, least, most),
    `must be a whole number from ${least} to ${most}, or null`,
  );
/** A switch. */
export const flag = z.custom<boolean>((value) => typeof value === 'boolean', 'must be true or false');

/** An object of these fields and no other; `what` it must be is told for anything else. */
export const record = <T extends z.core.$ZodLooseShape>(fields: T, what = 'an object') =>
  z.strictObject(fields, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not known here, only ${Object.keys(fields).join(', ')}`
        : `must be ${what}`,
  });
/** Such a field under each of the names, any of which may be left out. */
export const someOf = <K extends string, T extends z.ZodMiniType>(names: readonly K[], field: T) =>
  Object.fromEntries(names.map((key) => [key, z.optional(field)])) as Record<K, z.ZodMiniOptional<T>>;

/** A list no longer than `most`; its length is looked at before anything in it. */
export const list = (most: number): z.ZodMiniCustom<unknown[], unknown[]> =>
  z.custom<unknown[]>((value) => Array.isArray(value) && value.length <= most, {
    error: ({ input }) => (Array.isArray(input) ? `must not be longer than ${most}` : 'must be a list'),
  });
/** A list of such items. */
export const listOf = <T extends z.ZodMiniType>(item: T, most: number) => z.pipe(list(most), z.array(item));
/** The same, empty where it is left out. */
export const listOrNone = <T extends z.ZodMiniType>(item: T, most: number) => z._default(listOf(item, most), []);

/** Control characters, and such that nobody sees or that turn the direction of a line: none of them belongs in an id. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MOST.characters && !INVISIBLE.test(value);
const AN_ID = `must be an id of 1 to ${MOST.characters} characters, none of them invisible`;
export const id = z.custom<string>(isId, AN_ID);
/** An empty one is none, as spreadsheets write it. */
export const idOrNull = z._default(
  z.pipe(
    z.custom<string | null>((value) => value === null || value === '' || isId(value), `${AN_ID}, or null`),
    z.transform((value) => value || null),
  ),
  null,
);
/** Two people that belong, or must not belong, together. */
export const pairOfIds = z.custom<[mentee: string, mentor: string]>(
  (value) => Array.isArray(value) && value.length === 2 && value.every(isId),
  'must be [mentee, mentor], both by id',
);

/** Texts that people entered: one line, without outer spaces, accents coded in one way. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
export const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST.characters;
export const name = z.pipe(
  z.custom<string>(
    (value) => isName(value) && tidy(value) !== '',
    `must be a text of 1 to ${MOST.characters} characters`,
  ),
  z.transform(tidy),
);
/** An empty one is none. */
export const nameOrNull = z._default(
  z.pipe(
    z.custom<string | null>(
      (value) => value === null || isName(value),
      `must be a text of at most ${MOST.characters} characters, or null`,
    ),
    z.transform((value) => (value === null ? null : tidy(value) || null)),
  ),
  null,
);

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const [year, month, day] = value.split('-').map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, day));
  // The 31st of a shorter month would have become a day of the next one.
  return year >= FIRST_YEAR && year <= LAST_YEAR && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}
const A_DAY = `must be a day as YYYY-MM-DD, from ${FIRST_YEAR} to ${LAST_YEAR}`;
export const day = z.custom<string>(isDay, A_DAY);
export const dayOrNull = z._default(
  z.custom<string | null>((value) => value === null || isDay(value), `${A_DAY}, or null`),
  null,
);

/** `pt-BR` says how one writes; what two people share is `pt`. */
export const language = z.pipe(
  z.custom<string>(
    (value) => typeof value === 'string' && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(value),
    'must be a language tag such as en or pt-BR',
  ),
  z.transform((tag) => tag.split('-')[0]!.toLowerCase()),
);
/** A list without what it holds already. */
export const eachOnce = z.transform((values: string[]): string[] => [...new Set(values)]);
