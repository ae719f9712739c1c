import * as z from 'zod/mini';

/** What `inverso assign` reads. Row = mentee, column = mentor. */
export interface AssignmentInput {
  wants: number[];
  capacities: number[];
  /** One row per mentee with one score per mentor; null = must not be matched. Either this or `sparse`. */
  scores?: (number | null)[][] | undefined;
  /** For large ones: per mentee the pairs that are allowed, `[mentor, score]`. */
  sparse?: [number, number][][] | undefined;
  pinned: [number, number][];
}

/** What it writes. `worst` is null without pairs that are not pinned. */
export interface AssignmentOutput {
  pairs: [mentee: number, mentor: number, score: number][];
  seats: number;
  worst: number | null;
  total: number;
  blockingPairs: number;
  /** Solving and counting, without parsing. */
  milliseconds: number;
}

export const MOST_PEOPLE = 20_000;
/** 25 million scores are 200 MB of text: the most that one string of JSON holds with room to spare. */
const MOST_DENSE = 5_000;
const HIGHEST_SCORE = 1_000_000;

const isWhole = (value: unknown): value is number => Number.isInteger(value);

const whole = (least: number, most: number): z.ZodMiniCustom<number, number> =>
  z.custom<number>(
    (value) => isWhole(value) && value >= least && value <= most,
    `must be a whole number from ${least} to ${most}`,
  );
const list = z.custom<unknown[]>((value) => Array.isArray(value), 'must be a list');
const people = (least: number, most: number): z.ZodMiniArray<ReturnType<typeof whole>> =>
  z
    .array(whole(least, most), 'must be a list of whole numbers')
    .check(z.maxLength(MOST_PEOPLE, `must not be longer than ${MOST_PEOPLE}`));

/**
 * The shape alone. Millions of scores are looked at in plain loops, by findFaults: a schema for each would take longer than
 * to solve.
 */
const shape = z.strictObject(
  {
    wants: people(1, 2),
    capacities: people(1, 3),
    scores: z.optional(z.array(list, 'must be a list of rows')),
    sparse: z.optional(z.array(list, 'must be a list of rows')),
    pinned: z._default(
      z.array(
        z.custom<[number, number]>(
          (value) => Array.isArray(value) && value.length === 2 && value.every(isWhole),
          'must be [mentee, mentor]',
        ),
        'must be a list of [mentee, mentor]',
      ),
      [],
    ),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'is not known here' : 'must be an object') },
);

/** A fault of the input: where it is, and what is allowed there. */
export interface AssignmentFault {
  path: string;
  reason: string;
}

/** Faults that are listed at most: who gets one number wrong often gets a million wrong. */
const MOST_FAULTS = 50;

/** Reads the input of `inverso assign`, or says what is wrong with it: at most 50 faults. */
export function parseAssignment(input: unknown): { value: AssignmentInput } | { faults: AssignmentFault[] } {
  const parsed = shape.safeParse(input);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues
        .flatMap((issue): AssignmentFault[] =>
          issue.code === 'unrecognized_keys'
            ? issue.keys.map((key) => ({ path: key, reason: issue.message }))
            : [{ path: issue.path.join('.') || 'input', reason: issue.message }],
        )
        .slice(0, MOST_FAULTS),
    };
  }
  const value = parsed.data as AssignmentInput;
  const faults: AssignmentFault[] = [];
  for (const fault of findFaults(value)) if (faults.push(fault) === MOST_FAULTS) break;
  return faults.length > 0 ? { faults } : { value };
}

function* findFaults(value: AssignmentInput): Generator<AssignmentFault, void> {
  const { scores, sparse, wants } = value;
  if (scores && sparse) {
    yield { path: 'sparse', reason: 'must not be given together with scores' };
    return;
  }
  if (!scores && !sparse) {
    yield { path: 'scores', reason: 'must be given, or sparse in its place' };
    return;
  }
  const rows = (scores ?? sparse)!.length;
  const name = scores ? 'scores' : 'sparse';
  if (rows !== wants.length) {
    yield { path: name, reason: `must have one row per mentee: ${wants.length}, not ${rows}` };
    return;
  }
  const before = { count: 0 };
  for (const fault of scores ? findInDense(value, scores) : findInSparse(value, sparse!)) {
    before.count++;
    yield fault;
  }
  // Pins are judged by scores that are sound.
  if (before.count === 0) yield* findInPins(value);
}

const isScore = (value: unknown): boolean => isWhole(value) && value >= 0 && value <= HIGHEST_SCORE;
const SCORE = `a whole number from 0 to ${HIGHEST_SCORE}`;

function* findInDense({ wants, capacities }: AssignmentInput, scores: unknown[][]): Generator<AssignmentFault, void> {
  const columns = capacities.length;
  if (wants.length > MOST_DENSE || columns > MOST_DENSE) {
    yield { path: 'scores', reason: `must not exceed ${MOST_DENSE} x ${MOST_DENSE}: use sparse` };
    return;
  }
  for (const [i, row] of scores.entries()) {
    if (row.length !== columns)
      yield { path: `scores.${i}`, reason: `must have one score per mentor: ${columns}, not ${row.length}` };
    for (let j = 0; j < row.length; j++) {
      if (row[j] !== null && !isScore(row[j])) yield { path: `scores.${i}.${j}`, reason: `must be ${SCORE}, or null` };
    }
  }
}

function* findInSparse({ capacities }: AssignmentInput, sparse: unknown[][]): Generator<AssignmentFault, void> {
  const columns = capacities.length;
  const lastRow = new Int32Array(columns).fill(-1);
  for (const [i, row] of sparse.entries()) {
    for (const [k, entry] of row.entries()) {
      const path = `sparse.${i}.${k}`;
      if (!Array.isArray(entry) || entry.length !== 2) {
        yield { path, reason: 'must be [mentor, score]' };
        continue;
      }
      const [mentor, score] = entry as unknown[];
      if (!isIndex(mentor, columns)) yield { path: `${path}.0`, reason: mustBeIndex('mentor', columns) };
      else if (lastRow[mentor] === i) yield { path, reason: `mentor ${mentor} is listed twice` };
      else lastRow[mentor] = i;
      if (!isScore(score)) yield { path: `${path}.1`, reason: `must be ${SCORE}` };
    }
  }
}

function* findInPins(value: AssignmentInput): Generator<AssignmentFault, void> {
  const { wants, capacities, pinned } = value;
  const [wanted, offered] = [[...wants], [...capacities]];
  const seen = new Set<string>();
  for (const [k, [mentee, mentor]] of pinned.entries()) {
    const path = `pinned.${k}`;
    const key = `${mentee} ${mentor}`;
    if (!isIndex(mentee, wants.length)) yield { path: `${path}.0`, reason: mustBeIndex('mentee', wants.length) };
    else if (!isIndex(mentor, capacities.length))
      yield { path: `${path}.1`, reason: mustBeIndex('mentor', capacities.length) };
    else if (seen.has(key)) yield { path, reason: 'is pinned twice' };
    else if (scoreOfPair(value, mentee, mentor) === null) yield { path, reason: 'is a pair that must not be matched' };
    else if (wanted[mentee]!-- <= 0) yield { path, reason: `mentee ${mentee} wants only ${wants[mentee]}` };
    else if (offered[mentor]!-- <= 0) yield { path, reason: `mentor ${mentor} takes only ${capacities[mentor]}` };
    seen.add(key);
  }
}

const isIndex = (value: unknown, count: number): value is number => isWhole(value) && value >= 0 && value < count;
const mustBeIndex = (who: string, count: number): string =>
  count === 0 ? `must be a ${who}, but there are none` : `must be a ${who} from 0 to ${count - 1}`;

/** The score of a pair; null: it must not be matched. */
export function scoreOfPair({ scores, sparse }: AssignmentInput, mentee: number, mentor: number): number | null {
  if (scores) return scores[mentee]![mentor] ?? null;
  return sparse![mentee]!.find(([column]) => column === mentor)?.[1] ?? null;
}
