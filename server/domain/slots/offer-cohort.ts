import type { PersonId } from '../people/person.ts';
import { localDate } from '../time/wall-time.ts';
import { buildAvailability, type Availability } from './build-availability.ts';
import { MOST_OFFERS, nextOffer } from './choose-offers.ts';
import { findSlotsIn, GRID_MINUTES, patternsOfWeeks, type SlotTerms, type WeeklyPatterns } from './find-slots.ts';
import { makeFrame, slotOf, type Frame } from './frame.ts';
import { holdTimes, type PairOfPeople } from './hold-times.ts';
import type { TimeSpan } from './is-still-free.ts';
import { takeTurns, type Turns } from './take-turns.ts';
import type { Blackout, SlotCandidate, SlotOffer, SlotPerson } from './types.ts';

/** A pair that waits for times; the series keeps the mentee's wall time. */
export interface WaitingPair {
  pairId: string;
  mentee: SlotPerson;
  mentor: SlotPerson;
  /** First starts that were offered to the pair before: they are not offered again. */
  offered: ReadonlySet<string>;
}

export interface CohortTerms extends SlotTerms {
  blackouts: readonly Blackout[];
  /** Times that our own open proposals and sessions hold for a person, whatever the calendar shows. */
  held: ReadonlyMap<PersonId, readonly TimeSpan[]>;
}

/** Fewest moved dates, then the best time. */
const MEASURES: Turns<SlotOffer>['measures'] = [({ movedDates }) => -movedDates, ({ score }) => score];

/**
 * Up to three offers for each of many pairs, none of which hold the same time of one person. Every pair gets a first offer
 * before any has a second: whoever has little to choose from is served first, and pairs of one mentor that are in each
 * other's way take the turns that are best for them together (takeTurns). A pair without offers has an empty list. The bits
 * of each person and the patterns of each working day are built once. The same input always has the same result, in
 * whatever order the pairs come. Throws RangeError for numbers that make no series.
 */
export function offerCohort(pairs: readonly WaitingPair[], terms: CohortTerms): Map<string, SlotOffer[]> {
  const offers = new Map<string, SlotOffer[]>(pairs.map(({ pairId }) => [pairId, []]));
  const readable = pairs
    .filter(({ mentee, mentor }) => mentee.busy !== null && mentor.busy !== null)
    .sort((a, b) => (a.pairId < b.pairId ? -1 : 1));
  if (readable.length === 0) return offers;
  const search = prepare(readable, terms);
  const { places, frame } = search;
  const held = holdTimes(places, search.people, frame);
  const slotsOf = ({ dates }: SlotOffer): number[] => dates.map(({ start }) => slotOf(frame, start));

  const alone = places.map((_, pair) => search.candidatesOf(pair));
  const leastMoved = (pair: number): number => alone[pair]![0]?.movedDates ?? Infinity;
  const order = [...places.keys()].sort(
    (a, b) => leastMoved(b) - leastMoved(a) || alone[a]!.length - alone[b]!.length || a - b,
  );
  const first = takeTurns<SlotOffer>({
    ...{ pairs: places, order, held, slotsOf, measures: MEASURES },
    alone: alone.map((candidates) => nextOffer(candidates, [])),
    planFor: (pair) => nextOffer(search.candidatesOf(pair), []),
  });
  first.forEach((offer, pair) => offer && offers.get(readable[pair]!.pairId)!.push(offer));

  // Who shares nobody with another pair still has the choice that it had alone.
  const count = new Map<number, number>();
  for (const person of places.flatMap(({ mentee, mentor }) => [mentee, mentor]))
    count.set(person, (count.get(person) ?? 0) + 1);
  const isAlone = ({ mentee, mentor }: PairOfPeople): boolean => count.get(mentee) === 1 && count.get(mentor) === 1;
  for (let round = 1; round < MOST_OFFERS; round++) {
    for (const pair of order) {
      const list = offers.get(readable[pair]!.pairId)!;
      if (list.length < round) continue;
      held.release([pair]);
      const offer = nextOffer(isAlone(places[pair]!) ? alone[pair]! : search.candidatesOf(pair), list);
      if (offer) list.push(offer);
      for (const own of list) held.hold(pair, slotsOf(own));
    }
  }
  return offers;
}

interface Prepared {
  /** The pairs with their people as indexes into `people`. */
  places: PairOfPeople[];
  people: Availability[];
  frame: Frame;
  /** What may be offered to a pair as the bits stand now, best first. */
  candidatesOf(pair: number): SlotCandidate[];
}

function prepare(pairs: readonly WaitingPair[], terms: CohortTerms): Prepared {
  const { shape, from, firstWithinDays, blackouts, held } = terms;
  const firstDays = pairs.map(({ mentee }) => localDate(from, mentee.timeZone)).sort();
  // The first day is one of two, as the mentees' zones have it.
  const frame: Frame = makeFrame({ ...shape, from: firstDays[0]! }, GRID_MINUTES, firstWithinDays + 1);
  const people: Availability[] = [];
  const known = new Map<PersonId, number>();
  const indexOf = (person: SlotPerson): number => {
    let index = known.get(person.personId);
    if (index === undefined) {
      known.set(person.personId, (index = people.length));
      people.push(buildAvailability(person, frame, { held: held.get(person.personId) ?? [], blackouts }));
    }
    return index;
  };
  const patterns = new Map<string, WeeklyPatterns>();
  const patternsOf = (mentee: SlotPerson): WeeklyPatterns => {
    const key = JSON.stringify([mentee.timeZone, mentee.workingHours, mentee.preferences?.preferred]);
    let found = patterns.get(key);
    if (!found) patterns.set(key, (found = patternsOfWeeks(mentee, frame, terms)));
    return found;
  };
  const places = pairs.map(({ mentee, mentor }) => ({ mentee: indexOf(mentee), mentor: indexOf(mentor) }));
  return {
    ...{ places, people, frame },
    candidatesOf(pair) {
      const { mentee, offered } = pairs[pair]!;
      const both = [people[places[pair]!.mentee]!, people[places[pair]!.mentor]!];
      return findSlotsIn(patternsOf(mentee), both, terms).filter(({ firstStart }) => !offered.has(firstStart));
    },
  };
}
