import type { PersonId } from '../people/person.ts';
import { localDate } from '../time/wall-time.ts';
import { buildAvailability, holdTime, type Availability } from './build-availability.ts';
import { chooseOffers } from './choose-offers.ts';
import { findSlotsIn, GRID_MINUTES, patternsOfWeeks, type SlotTerms, type WeeklyPatterns } from './find-slots.ts';
import { makeFrame, type Frame } from './frame.ts';
import type { TimeSpan } from './is-still-free.ts';
import type { Blackout, SlotOffer, SlotPerson } from './types.ts';

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

/**
 * Up to three offers for each of many pairs, none of which hold the same time of one person: whoever has little to choose
 * from is served first, whatever their place in the list, and what was offered is held for the pairs that follow. The bits
 * of each person and the patterns of each working day are built once. A pair without offers has an empty list. The same
 * input always has the same result, in whatever order the pairs come. Throws RangeError for numbers that make no series.
 */
export function offerCohort(pairs: readonly WaitingPair[], terms: CohortTerms): Map<string, SlotOffer[]> {
  const offers = new Map<string, SlotOffer[]>(pairs.map(({ pairId }) => [pairId, []]));
  const readable = pairs.filter(({ mentee, mentor }) => mentee.busy !== null && mentor.busy !== null);
  if (readable.length === 0) return offers;
  const search = prepare(readable, terms);
  const waiting = readable.map((pair) => ({ pair, ...search.offersTo(pair) }));
  waiting.sort(
    (a, b) => b.leastMoved - a.leastMoved || a.choices - b.choices || (a.pair.pairId < b.pair.pairId ? -1 : 1),
  );
  const touched = new Set<PersonId>();
  for (const { pair, chosen } of waiting) {
    const both = [pair.mentee.personId, pair.mentor.personId];
    const list = both.some((id) => touched.has(id)) ? search.offersTo(pair).chosen : chosen;
    offers.set(pair.pairId, list);
    if (list.length === 0) continue;
    for (const id of both) {
      touched.add(id);
      for (const offer of list) for (const date of offer.dates) search.hold(id, date);
    }
  }
  return offers;
}

interface Found {
  chosen: SlotOffer[];
  /** Patterns that could be offered, and the fewest dates that any of them moves; Infinity: there is none. */
  choices: number;
  leastMoved: number;
}

function prepare(
  pairs: readonly WaitingPair[],
  terms: CohortTerms,
): { offersTo(pair: WaitingPair): Found; hold(person: PersonId, time: TimeSpan): void } {
  const { shape, from, firstWithinDays, blackouts, held } = terms;
  const firstDays = pairs.map(({ mentee }) => localDate(from, mentee.timeZone)).sort();
  // The first day is one of two, as the mentees' zones have it.
  const frame: Frame = makeFrame({ ...shape, from: firstDays[0]! }, GRID_MINUTES, firstWithinDays + 1);
  const people = new Map<PersonId, Availability>();
  const bitsOf = (person: SlotPerson): Availability => {
    let bits = people.get(person.personId);
    if (!bits) {
      bits = buildAvailability(person, frame, { held: held.get(person.personId) ?? [], blackouts });
      people.set(person.personId, bits);
    }
    return bits;
  };
  const patterns = new Map<string, WeeklyPatterns>();
  const patternsOf = (mentee: SlotPerson): WeeklyPatterns => {
    const key = JSON.stringify([mentee.timeZone, mentee.workingHours, mentee.preferences?.preferred]);
    let found = patterns.get(key);
    if (!found) patterns.set(key, (found = patternsOfWeeks(mentee, frame, terms)));
    return found;
  };
  return {
    offersTo({ mentee, mentor, offered }) {
      const candidates = findSlotsIn(patternsOf(mentee), [bitsOf(mentee), bitsOf(mentor)], terms).filter(
        ({ firstStart }) => !offered.has(firstStart),
      );
      return {
        chosen: chooseOffers(candidates),
        choices: candidates.length,
        leastMoved: candidates[0]?.movedDates ?? Infinity,
      };
    },
    hold: (person, time) => holdTime(people.get(person)!, frame, time),
  };
}
