import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../../server/domain/people/person.ts';
import { chooseOffers } from '../../../../server/domain/slots/choose-offers.ts';
import { findSlots } from '../../../../server/domain/slots/find-slots.ts';
import { offerCohort, type CohortTerms, type WaitingPair } from '../../../../server/domain/slots/offer-cohort.ts';
import type { SlotOffer } from '../../../../server/domain/slots/types.ts';
import { DAY, parseInstant, type Instant } from '../../../../server/domain/time/instant.ts';
import { FROM, makeCalendars, makePairs } from '../../../bench/slots/make-calendars.ts';
import { freeOnTuesdays } from './free-on-tuesdays.ts';

const terms = (changed: Partial<CohortTerms> = {}): CohortTerms => ({
  shape: { every: { weeks: 4 }, count: 6, minutes: 30 },
  from: parseInstant(`${FROM}T06:00:00Z`),
  firstWithinDays: 21,
  maxMoved: 2,
  blackouts: [],
  held: new Map(),
  ...changed,
});

function cohort(count: number, seed: number): WaitingPair[] {
  const { mentees, mentors, mentorOf } = makePairs(count, seed);
  const people = makeCalendars(mentees + mentors, seed + 50);
  return mentorOf.map((mentor, mentee) => ({
    pairId: `pair-${String(mentee).padStart(2, '0')}`,
    mentee: people[mentee]!,
    mentor: people[mentor]!,
    offered: new Set<string>(),
  }));
}

/** All times that the offers hold of each person. */
function timesOf(pairs: readonly WaitingPair[], offers: ReadonlyMap<string, SlotOffer[]>): Map<string, Instant[][]> {
  const times = new Map<string, Instant[][]>();
  for (const { pairId, mentee, mentor } of pairs)
    for (const { personId } of [mentee, mentor]) {
      const own = offers.get(pairId)!.flatMap((offer) => offer.dates.map(({ start }) => start));
      times.set(personId, [...(times.get(personId) ?? []), own]);
    }
  return times;
}

describe('offerCohort', () => {
  it.each([1, 2, 3])('holds no time of one person for two pairs (seed %i)', (seed) => {
    const pairs = cohort(25, seed);
    const offers = offerCohort(pairs, terms());
    for (const lists of timesOf(pairs, offers).values())
      lists.forEach((list, i) => {
        for (const other of lists.slice(i + 1))
          for (const start of list)
            for (const taken of other) expect(Math.abs(start - taken)).toBeGreaterThanOrEqual(30 * 60_000);
      });
    expect([...offers.values()].filter((list) => list.length === 3).length).toBeGreaterThan(20);
  });

  it('offers one pair alone what the search for it alone finds', () => {
    for (const pair of cohort(8, 4)) {
      const alone = findSlots({ anchor: pair.mentee, others: [pair.mentor], ...terms() });
      expect(offerCohort([pair], terms()).get(pair.pairId)).toEqual(chooseOffers(alone));
    }
  });

  it('gives the same offers in whatever order the pairs come', () => {
    const pairs = cohort(20, 5);
    const sorted = (list: readonly WaitingPair[]) =>
      [...offerCohort(list, terms())].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted([...pairs].reverse())).toEqual(sorted(pairs));
  });

  it('keeps away from what is held, and from what was offered before', () => {
    const [pair] = cohort(1, 6) as [WaitingPair];
    const [first] = offerCohort([pair], terms()).get(pair.pairId)!;
    const held = new Map([[pair.mentor.personId, first!.dates]]);
    const starts = (list: readonly SlotOffer[]): Instant[] =>
      list.flatMap(({ dates }) => dates.map(({ start }) => start));
    const kept = starts(offerCohort([pair], terms({ held })).get(pair.pairId)!);
    for (const { start } of first!.dates) expect(kept).not.toContain(start);
    const again = offerCohort([{ ...pair, offered: new Set([first!.firstStart]) }], terms()).get(pair.pairId)!;
    expect(again.map(({ firstStart }) => firstStart)).not.toContain(first!.firstStart);
  });

  it('has nothing for a pair of which one calendar is not readable, and offers the others theirs', () => {
    const pairs = cohort(3, 7);
    const blind = { ...pairs[1]!, mentor: { ...pairs[1]!.mentor, personId: 'blind' as PersonId, busy: null } };
    const offers = offerCohort([pairs[0]!, blind, pairs[2]!], terms());
    expect(offers.get(blind.pairId)).toEqual([]);
    expect(offers.get(pairs[0]!.pairId)).not.toEqual([]);
    expect(offerCohort([blind], terms()).get(blind.pairId)).toEqual([]);
  });

  it('begins within the days that the terms allow', () => {
    const pairs = cohort(10, 8);
    for (const list of offerCohort(pairs, terms({ firstWithinDays: 10 })).values())
      for (const { dates } of list) {
        expect(dates[0]!.start).toBeGreaterThanOrEqual(terms().from);
        expect(dates[0]!.start).toBeLessThanOrEqual(terms().from + 10 * DAY);
      }
  });

  /** Pairs of one mentor with executives who are free at these hours. */
  function pairsOf(mentorHours: readonly string[], executives: Record<string, readonly string[]>): WaitingPair[] {
    const mentor = freeOnTuesdays('mentor', mentorHours);
    return Object.entries(executives).map(([name, hours]) => ({
      pairId: name,
      mentee: freeOnTuesdays(name, hours),
      mentor,
      offered: new Set<string>(),
    }));
  }
  const hoursOf = (offers: ReadonlyMap<string, SlotOffer[]>): Record<string, string[]> =>
    Object.fromEntries([...offers].map(([pairId, list]) => [pairId, list.map(({ time }) => time).sort()]));

  it('gives every pair of a mentor a first offer before any has a second', () => {
    const three = ['09:00', '11:00', '14:00'];
    const week = terms({ firstWithinDays: 6 });
    const offers = offerCohort(pairsOf(three, { ada: three, ben: three, cleo: three }), week);
    expect([...offers.values()].map((list) => list.length)).toEqual([1, 1, 1]);
    expect(Object.values(hoursOf(offers)).flat().sort()).toEqual(three);
    const four = [...three, '16:00'];
    const more = offerCohort(pairsOf(four, { ada: four, ben: four, cleo: three }), week);
    expect([...more.values()].map((list) => list.length).sort()).toEqual([1, 1, 2]);
  });

  it('lets the pairs of one mentor take the turns that leave none without an offer', () => {
    // All have two choices. In the order of their names ada would take 11:00 and ben 14:00, and cleo have nothing.
    const pairs = pairsOf(['09:00', '11:00', '14:00'], {
      ada: ['09:00', '11:00'],
      ben: ['09:00', '14:00'],
      cleo: ['11:00', '14:00'],
    });
    const likes = (pair: WaitingPair, from: string, to: string): WaitingPair => ({
      ...pair,
      mentee: { ...pair.mentee, preferences: { preferred: { tuesday: [[from, to]] } } },
    });
    const [ada, ben, cleo] = pairs as [WaitingPair, WaitingPair, WaitingPair];
    const cohortOfThree = [likes(ada, '10:00', '13:00'), likes(ben, '13:00', '16:00'), cleo];
    const week = terms({ firstWithinDays: 6 });
    for (const pair of cohortOfThree) {
      const [best] = offerCohort([pair], week).get(pair.pairId)!;
      expect(best!.time).toBe(pair.pairId === 'ben' ? '14:00' : '11:00');
    }
    const offers = offerCohort(cohortOfThree, week);
    expect([...offers.values()].map((list) => list.length)).toEqual([1, 1, 1]);
  });
});
