import { holdTime, type Availability } from './build-availability.ts';
import { slotAt, type Patterns } from './build-patterns.ts';
import { startOf } from './frame.ts';
import { isGoodStart, nearestStart } from './nearest-start.ts';
import { searchSeries, type FoundSeries } from './search-series.ts';

/** A pair whose series is to be placed; people are indexes into the availability of all. */
export interface CohortPair {
  mentee: number;
  mentor: number;
  /**
   * What the mentee's series may look like, in the order of preference: a later one is tried only where the earlier ones
   * leave a date out (the other week of a fortnight).
   */
  patterns: readonly Patterns[];
}

/** A series in its place. */
export interface PlacedSeries {
  patterns: Patterns;
  found: FoundSeries;
  /** Where each date begins; -1: its week has no room for it. */
  slots: Int32Array;
  /** Dates that have a place, and those of them that the pattern puts elsewhere. */
  placed: number;
  moved: number;
}

/** Patterns of a pair that are looked at date by date. */
const TOP = 8;
/** A mentor has three mentees at most: all orders in which they may choose are tried. */
const MOST_IN_TURN = 3;

/**
 * Places the series of many pairs at once, so that nobody has two sessions at one time: most dates in all, then the fewest
 * moved ones, then the highest scores. Executives for whom little fits choose first; where pairs of one mentor are in each
 * other's way, every order among them is tried. The same input always has the same result. Null: nothing fits. What is
 * placed is taken out of `people`.
 */
export function placeCohort(pairs: readonly CohortPair[], people: readonly Availability[]): (PlacedSeries | null)[] {
  const original = people.map(({ free }) => free.slice());
  const alone = pairs.map((pair) => placeBest(pair, people));
  const placed: (PlacedSeries | null)[] = pairs.map(() => null);
  const isTouched = new Uint8Array(people.length);
  const place = (k: number): void => {
    const { mentee, mentor } = pairs[k]!;
    const isFresh = isTouched[mentee] === 0 && isTouched[mentor] === 0;
    placed[k] = isFresh ? alone[k]! : placeBest(pairs[k]!, people);
    hold(pairs[k]!, placed[k], people);
    if (placed[k]) isTouched[mentee] = isTouched[mentor] = 1;
  };
  const order = [...pairs.keys()].sort((a, b) => -compare(alone[a]!, alone[b]!) || a - b);
  order.forEach(place);

  const ofPerson = groupByPerson(pairs, people.length);
  for (const [mentor, group] of groupByMentor(pairs)) {
    const isInTheWay = group.some((k) => compare(placed[k]!, alone[k]!) > 0);
    if (!isInTheWay || group.length < 2 || group.length > MOST_IN_TURN) continue;
    chooseTurns({ pairs, people, original, placed, ofPerson }, mentor, group);
  }
  return placed;
}

interface Cohort {
  pairs: readonly CohortPair[];
  people: readonly Availability[];
  original: readonly Uint32Array[];
  placed: (PlacedSeries | null)[];
  /** Pairs of each person. */
  ofPerson: readonly number[][];
}

/** Places the pairs of one mentor anew in the order that is best for them together. */
function chooseTurns(cohort: Cohort, mentor: number, group: readonly number[]): void {
  const { pairs, people, placed } = cohort;
  let best = group.map((k) => placed[k]!);
  for (const turn of ordersOf(group)) {
    release(cohort, mentor, group);
    const tried = new Map<number, PlacedSeries | null>();
    for (const k of turn) {
      const found = placeBest(pairs[k]!, people);
      hold(pairs[k]!, found, people);
      tried.set(k, found);
    }
    const result = group.map((k) => tried.get(k)!);
    if (compareSums(result, best) < 0) best = result;
  }
  release(cohort, mentor, group);
  group.forEach((k, i) => {
    placed[k] = best[i]!;
    hold(pairs[k]!, best[i]!, people);
  });
}

/** Gives back what these pairs of a mentor hold; what others hold of the same people stays. */
function release(
  { pairs, people, original, placed, ofPerson }: Cohort,
  mentor: number,
  group: readonly number[],
): void {
  for (const person of [mentor, ...group.map((k) => pairs[k]!.mentee)]) {
    people[person]!.free.set(original[person]!);
    for (const k of ofPerson[person]!) if (!group.includes(k)) holdFor(people[person]!, placed[k]!);
  }
}

function hold({ mentee, mentor }: CohortPair, placed: PlacedSeries | null, people: readonly Availability[]): void {
  holdFor(people[mentee]!, placed);
  holdFor(people[mentor]!, placed);
}

function holdFor(person: Availability, placed: PlacedSeries | null): void {
  if (!placed) return;
  const { frame } = placed.patterns;
  for (const slot of placed.slots) {
    if (slot < 0) continue;
    const start = startOf(frame, slot);
    holdTime(person, frame, { start, end: (start + frame.length) as typeof start });
  }
}

/** The best place of one pair's series as the bits stand now; null: no pattern has a date. */
function placeBest(
  { mentee, mentor, patterns: choices }: CohortPair,
  people: readonly Availability[],
): PlacedSeries | null {
  const both = [people[mentee]!, people[mentor]!];
  let best: PlacedSeries | null = null;
  for (const patterns of choices) {
    for (const found of searchSeries(patterns, both, TOP)) {
      if (found.datesFree === 0) break;
      // Later ones have fewer dates where the pattern puts them: at best all others are moved.
      if (best?.placed === patterns.count && patterns.count - found.datesFree > best.moved) break;
      const next = placeDates(patterns, both, found);
      if (compare(next, best) < 0) best = next;
    }
    if (best?.placed === patterns.count) break;
  }
  return best;
}

function placeDates(patterns: Patterns, both: readonly Availability[], found: FoundSeries): PlacedSeries {
  const { count } = patterns;
  const slots = new Int32Array(count);
  let placed = 0;
  let moved = 0;
  for (let date = 0; date < count; date++) {
    const slot = slotAt(found.pattern, date, found.cell);
    const isFree = isGoodStart(patterns, both, slot);
    const at = isFree ? slot : nearestStart(patterns, both, found.pattern, date, slot);
    slots[date] = at;
    if (at < 0) continue;
    placed++;
    if (!isFree) moved++;
  }
  return { patterns, found, slots, placed, moved };
}

/** Negative where the first is better. */
function compare(a: PlacedSeries | null, b: PlacedSeries | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return b.placed - a.placed || a.moved - b.moved || b.found.score - a.found.score;
}

function compareSums(a: readonly (PlacedSeries | null)[], b: readonly (PlacedSeries | null)[]): number {
  const sum = (list: readonly (PlacedSeries | null)[], of: (one: PlacedSeries) => number): number =>
    list.reduce((all, one) => all + (one ? of(one) : 0), 0);
  return (
    sum(b, (one) => one.placed) - sum(a, (one) => one.placed) ||
    sum(a, (one) => one.moved) - sum(b, (one) => one.moved) ||
    sum(b, (one) => one.found.score) - sum(a, (one) => one.found.score)
  );
}

function groupByPerson(pairs: readonly CohortPair[], people: number): number[][] {
  const groups: number[][] = Array.from({ length: people }, () => []);
  pairs.forEach(({ mentee, mentor }, k) => {
    groups[mentee]!.push(k);
    groups[mentor]!.push(k);
  });
  return groups;
}

function groupByMentor(pairs: readonly CohortPair[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  pairs.forEach(({ mentor }, k) => groups.set(mentor, [...(groups.get(mentor) ?? []), k]));
  return groups;
}

/** All orders of up to three. */
function ordersOf(list: readonly number[]): number[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, i) => ordersOf(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
