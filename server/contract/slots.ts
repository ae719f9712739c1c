import type { ReasonCode } from './card-messages.ts';
import type { MatchingFault } from './find-matching-faults.ts';
import { faultsOf } from './matching.ts';
import { personShape, slotsShape, type SlotsInput, type SlotsPerson } from './slots-input.ts';

/** What `inverso slots` writes: the best patterns, most dates free first, then the score, then weekday and time. */
export interface SlotsOutput {
  candidates: {
    weekday: string;
    /** By months: `first` to `fourth` or `last` such weekday of the month; else null. */
    index: string | null;
    /** `HH:MM` in `timeZone`, the anchor's. */
    time: string;
    timeZone: string;
    dates: {
      start: string;
      free: boolean;
      /** Who is kept away by what; empty where the date is free. */
      why: { person: string; reason: string }[];
      /** The nearest start on the grid of the same Monday-to-Sunday week that is free for all, not before the series. */
      alternative: { start: string } | null;
    }[];
    datesFree: number;
    /** 0..1,000,000, higher is better. */
    score: number;
    /** Codes with values; with `--explain` as sentences. */
    reasons: ReasonCode[] | string[];
  }[];
  /** The search alone, without reading and writing. */
  milliseconds: number;
}

const MOST_FAULTS = 50;
/** A series longer than this is no plan: calendars are empty then. */
const LONGEST = { weeks: 156, months: 36 } as const;

/**
 * Reads the input of `inverso slots`, or says what is wrong with it: at most 50 faults. `zoneOf` gives today's name of a
 * time zone, or null for one that does not exist.
 */
export function parseSlots(
  input: unknown,
  zoneOf: (name: string) => string | null,
): { value: SlotsInput } | { faults: MatchingFault[] } {
  const parsed = slotsShape.safeParse(input);
  if (!parsed.success) return { faults: faultsOf(parsed.error, []).slice(0, MOST_FAULTS) };
  const faults: MatchingFault[] = [];
  const people: SlotsPerson[] = [];
  for (const [i, item] of parsed.data.people.entries()) {
    const read = personShape.safeParse(item);
    if (!read.success) {
      faults.push(...faultsOf(read.error, ['people', i]));
      continue;
    }
    const timeZone = zoneOf(read.data.timeZone);
    if (timeZone === null)
      faults.push({ path: `people.${i}.timeZone`, reason: 'must be an IANA time zone such as Europe/Rome' });
    people.push({ ...read.data, timeZone: timeZone ?? read.data.timeZone });
  }
  const value = { ...parsed.data, people };
  // Who is meant by an id is judged by a list that is sound.
  if (faults.length === 0) faults.push(...findFaults(value));
  return faults.length > 0 ? { faults: faults.slice(0, MOST_FAULTS) } : { value };
}

/** What is wrong between fields that are right by themselves. */
function* findFaults({ series, anchor, people }: SlotsInput): Generator<MatchingFault, void> {
  if (people.length < 2) yield { path: 'people', reason: 'must be two or more' };
  const first = new Map<string, number>();
  for (const [i, { id }] of people.entries()) {
    const before = first.get(id);
    if (before === undefined) first.set(id, i);
    else yield { path: `people.${i}.id`, reason: `is the same as people.${before}.id` };
  }
  if (!first.has(anchor)) yield { path: 'anchor', reason: 'must be the id of one of people' };
  const { every, count } = series;
  const isTooLong =
    'weeks' in every ? every.weeks * (count - 1) > LONGEST.weeks : every.months * (count - 1) > LONGEST.months;
  if (isTooLong) yield { path: 'series.count', reason: 'must not make a series longer than three years' };
}
