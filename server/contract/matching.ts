import type * as z from 'zod/mini';
import type { ReasonCode } from './card-messages.ts';
import { findMatchingFaults, type MatchingFault } from './find-matching-faults.ts';
import { inputShape, ITEMS, type MatchingInput } from './matching-input.ts';

/** What `inverso match` writes. Pairs and people stand in the order of their ids. */
export interface MatchingOutput {
  pairs: {
    mentee: string;
    mentor: string;
    /** Millionths, 0..1,000,000: the sum of the parts. */
    score: number;
    parts: Record<string, number>;
    /** Codes with values; with `--explain` the sentences that each side reads. */
    reasons: ReasonCode[] | { mentee: string[]; mentor: string[] };
  }[];
  /** Mentees without any mentor; with `--explain` the reasons are sentences for the administrator. */
  unmatched: { id: string; reasons: ReasonCode[] | string[] }[];
  seats: number;
  /** The lowest score of the pairs that are not pinned; null without any. */
  worst: number | null;
  total: number;
  blockingPairs: number;
  /**
   * With `--explain`, what each pin and each forbidden pair changes, as the best matching with it beside the best one without
   * it: at most 200 of them. Numbers are what is more with it than without.
   */
  prices?: {
    kind: 'pinned' | 'forbidden';
    pair: readonly [mentee: string, mentor: string];
    seats: number;
    /** Goals that are covered. */
    goals: number;
    firstChoicesLost: number;
    worst: { without: number | null; with: number | null };
    total: number;
    gained: [mentee: string, mentor: string][];
    lost: [mentee: string, mentor: string][];
    sentences: string[];
  }[];
  /**
   * With `--explain`, in other modes than `reverse`: for each mentee up to three mentors, the best first, each of which leaves
   * as many seats filled for the others as there can be. Whoever has all seats pinned has none.
   */
  shortLists?: { mentee: string; mentors: string[] }[];
}

/** Faults that are listed at most: who gets one field wrong often gets thousands wrong. */
const MOST_FAULTS = 50;
/** What an unknown key is clipped to. */
const LONGEST_KEY = 60;

/**
 * Reads the input of `inverso match`, or says what is wrong with it: at most 50 faults. `zoneOf` gives today's name of a
 * time zone, or null for one that does not exist: which there are is known to the platform, not to a contract.
 */
export function parseMatching(
  input: unknown,
  zoneOf: (name: string) => string | null,
): { value: MatchingInput } | { faults: MatchingFault[] } {
  const parsed = inputShape.safeParse(input);
  if (!parsed.success) return { faults: faultsOf(parsed.error, []).slice(0, MOST_FAULTS) };
  const faults: MatchingFault[] = [];
  const each = <T>(name: keyof typeof ITEMS, shape: z.ZodMiniType<T>): T[] => {
    const items: T[] = [];
    for (const [k, item] of parsed.data[name].entries()) {
      if (faults.length >= MOST_FAULTS) break;
      const read = shape.safeParse(item);
      if (read.success) items.push(read.data);
      else faults.push(...faultsOf(read.error, [name, k]));
    }
    return items;
  };
  const placed = <T extends { timeZone: string }>(name: 'mentees' | 'mentors', people: T[]): T[] =>
    people.map((person, i) => {
      const timeZone = zoneOf(person.timeZone);
      if (timeZone === null)
        faults.push({ path: `${name}.${i}.timeZone`, reason: 'must be an IANA time zone such as Europe/Rome' });
      return { ...person, timeZone: timeZone ?? person.timeZone };
    });
  const value: MatchingInput = {
    program: parsed.data.program,
    organization: each('organization', ITEMS.organization),
    mentees: placed('mentees', each('mentees', ITEMS.mentees)),
    mentors: placed('mentors', each('mentors', ITEMS.mentors)),
    pinned: each('pinned', ITEMS.pinned),
    forbidden: each('forbidden', ITEMS.forbidden),
    departmentPartnerships: each('departmentPartnerships', ITEMS.departmentPartnerships),
  };
  // Whom a pin means, and who is listed twice, is judged by lists that are sound.
  if (faults.length === 0) for (const fault of findMatchingFaults(value)) if (faults.push(fault) === MOST_FAULTS) break;
  return faults.length > 0 ? { faults: faults.slice(0, MOST_FAULTS) } : { value };
}

/** What zod found, each with its path below `before`; a field that is not known by its name. */
export function faultsOf({ issues }: z.core.$ZodError, before: (string | number)[]): MatchingFault[] {
  return issues.flatMap((issue): MatchingFault[] => {
    const at = [...before, ...issue.path];
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...at, readable(key)].join('.'), reason: issue.message }))
      : [{ path: at.join('.') || 'input', reason: issue.message }];
  });
}

/** A key as a terminal can show it: what nobody sees, or what turns the line around, as its number. */
const readable = (key: string): string =>
  (key || '""')
    .slice(0, LONGEST_KEY)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
