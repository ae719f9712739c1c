import type { Availability } from './build-availability.ts';
import { slotAt, type Patterns } from './build-patterns.ts';
import { holdTimes, type PairOfPeople } from './hold-times.ts';
import { isGoodStart, nearestStart } from './nearest-start.ts';
import { searchSeries, type FoundSeries } from './search-series.ts';
import { comparePlans, takeTurns, type Turns } from './take-turns.ts';

/** A pair whose series is to be placed. */
export interface CohortPair extends PairOfPeople {
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
/** Most dates, then the fewest moved ones, then the highest score. */
const MEASURES: Turns<PlacedSeries>['measures'] = [
  ({ placed }) => placed,
  ({ moved }) => -moved,
  ({ found }) => found.score,
];

/**
 * Places the series of many pairs at once, so that nobody has two sessions at one time: most dates in all, then the fewest
 * moved ones, then the highest scores. Executives for whom little fits choose first (takeTurns). The same input always has
 * the same result. Null: nothing fits. What is placed is taken out of `people`.
 */
export function placeCohort(pairs: readonly CohortPair[], people: readonly Availability[]): (PlacedSeries | null)[] {
  const [first] = pairs;
  if (!first) return [];
  const planFor = (pair: CohortPair): PlacedSeries | null => placeBest(pair, people);
  const alone = pairs.map(planFor);
  return takeTurns({
    pairs,
    alone,
    order: [...pairs.keys()].sort((a, b) => -compare(alone[a]!, alone[b]!) || a - b),
    held: holdTimes(pairs, people, first.patterns[0]!.frame),
    planFor: (pair) => planFor(pairs[pair]!),
    slotsOf: ({ slots }) => slots,
    measures: MEASURES,
  });
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
const compare = (a: PlacedSeries | null, b: PlacedSeries | null): number => comparePlans(MEASURES, [a], [b]);
