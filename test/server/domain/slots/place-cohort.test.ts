import { describe, expect, it } from 'vitest';
import { buildAvailability, type Availability } from '../../../../server/domain/slots/build-availability.ts';
import { buildPatterns } from '../../../../server/domain/slots/build-patterns.ts';
import { hasBit } from '../../../../server/domain/slots/bits.ts';
import { makeFrame } from '../../../../server/domain/slots/frame.ts';
import { placeCohort, type CohortPair, type PlacedSeries } from '../../../../server/domain/slots/place-cohort.ts';
import type { SlotPerson, SlotSeries } from '../../../../server/domain/slots/types.ts';
import { DAY, type Instant } from '../../../../server/domain/time/instant.ts';
import { addDays } from '../../../../server/domain/time/wall-time.ts';
import { FROM, makeCalendars, makePairs } from '../../../bench/slots/make-calendars.ts';
import { freeOnTuesdays as person } from './free-on-tuesdays.ts';

const SERIES: SlotSeries = { from: FROM, every: { weeks: 2 }, count: 6, minutes: 30 };
const FRAME = makeFrame(SERIES, 15, 7);
const CELLS = 2;

function cohort(count: number, seed: number) {
  const { mentees, mentors, mentorOf } = makePairs(count, seed);
  const people = makeCalendars(mentees + mentors, seed + 100);
  return { people, pairs: mentorOf.map((mentor, mentee) => pairOf(people, mentee, mentor)) };
}
const pairOf = (people: readonly SlotPerson[], mentee: number, mentor: number): CohortPair => ({
  mentee,
  mentor,
  patterns: [SERIES.from, addDays(SERIES.from, 7)].map((from) =>
    buildPatterns(people[mentee]!, { ...SERIES, from }, FRAME, { countFrom: SERIES.from }),
  ),
});
const bitsOf = (people: readonly SlotPerson[]): Availability[] =>
  people.map((person) => buildAvailability(person, FRAME));
const sum = (placed: readonly (PlacedSeries | null)[], of: (one: PlacedSeries) => number): number =>
  placed.reduce((all, one) => all + (one ? of(one) : 0), 0);

describe('placeCohort', () => {
  it.each([1, 2, 3])('books nobody twice and nothing over a taken time (seed %i)', (seed) => {
    const { people, pairs } = cohort(60, seed);
    const before = bitsOf(people);
    const placed = placeCohort(pairs, bitsOf(people));
    const taken = new Map<number, number[]>();
    placed.forEach((one, k) => {
      const { mentee, mentor } = pairs[k]!;
      for (const slot of one?.slots ?? []) {
        if (slot < 0) continue;
        for (const person of [mentee, mentor]) {
          expect(hasBit(before[person]!.free, slot)).toBe(true);
          taken.set(person, [...(taken.get(person) ?? []), slot]);
        }
      }
    });
    for (const slots of taken.values()) {
      slots.sort((a, b) => a - b);
      for (let i = 1; i < slots.length; i++) expect(slots[i]! - slots[i - 1]!).toBeGreaterThanOrEqual(CELLS);
    }
    expect(sum(placed, (one) => one.placed)).toBeGreaterThan(0.9 * pairs.length * SERIES.count);
  });

  it('gives the same result each time', () => {
    const { people, pairs } = cohort(40, 4);
    expect(placeCohort(pairs, bitsOf(people))).toEqual(placeCohort(pairs, bitsOf(people)));
  });

  it('takes what it placed out of the bits', () => {
    const { people, pairs } = cohort(20, 5);
    const bits = bitsOf(people);
    const placed = placeCohort(pairs, bits);
    placed.forEach((one, k) => {
      for (const slot of one?.slots ?? [])
        if (slot >= 0) expect(hasBit(bits[pairs[k]!.mentor]!.free, slot)).toBe(false);
    });
  });

  it('places as many dates as pairs that choose one after another, and more in all', () => {
    let gained = 0;
    for (const seed of [6, 7, 8, 9]) {
      const { people, pairs } = cohort(60, seed);
      const inTurn = bitsOf(people);
      const plain = pairs.flatMap((pair) => placeCohort([pair], inTurn));
      const placed = placeCohort(pairs, bitsOf(people));
      const [own, other] = [sum(placed, (one) => one.placed), sum(plain, (one) => one.placed)];
      expect(own).toBeGreaterThanOrEqual(other);
      gained += own - other + sum(plain, (one) => one.moved) - sum(placed, (one) => one.moved);
    }
    expect(gained).toBeGreaterThan(0);
  });

  it('lets executives with little room choose first, whatever their place in the list', () => {
    const mentor = person('mentor', ['09:00', '10:00', '11:00']);
    const easy = person('easy', ['09:00', '10:00', '11:00']);
    const hard = person('hard', ['09:00']);
    for (const order of [
      [easy, hard, mentor],
      [hard, easy, mentor],
    ]) {
      const pairs = [pairOf(order, 0, 2), pairOf(order, 1, 2)];
      const placed = placeCohort(pairs, bitsOf(order));
      expect(placed.map((one) => one?.placed)).toEqual([SERIES.count, SERIES.count]);
      expect(sum(placed, (one) => one.moved)).toBe(0);
    }
  });

  it('says null where two people never have time together', () => {
    const people = [person('early', ['09:00']), person('late', ['15:00'])];
    expect(placeCohort([pairOf(people, 0, 1)], bitsOf(people))).toEqual([null]);
  });

  it('takes the other week of a fortnight where the first has no room', () => {
    const people = [person('mentee', ['09:00']), person('mentor', ['09:00'])];
    const blocked = Array.from({ length: 6 }, (_, i) => ({
      start: (Date.parse(FROM) + (1 + 14 * i) * DAY) as Instant,
      end: (Date.parse(FROM) + (2 + 14 * i) * DAY) as Instant,
      status: 'oof' as const,
    }));
    people[1] = { ...people[1]!, busy: [...people[1]!.busy!, ...blocked] };
    const [placed] = placeCohort([pairOf(people, 0, 1)], bitsOf(people));
    expect(placed?.placed).toBe(SERIES.count);
    expect(placed?.patterns.list[0]?.days[0]).toBe(Date.parse(addDays(FROM, 8)) / DAY);
  });
});
