import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../../server/domain/people/person.ts';
import type { BusyInterval, BusyStatus } from '../../../../server/domain/slots/busy.ts';
import { findSlots, type SlotSearch } from '../../../../server/domain/slots/find-slots.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';
import {
  MINUTE,
  parseInstant,
  plus,
  toIso,
  type Instant,
  type ZoneId,
} from '../../../../server/domain/time/instant.ts';
import { localDate, toWall } from '../../../../server/domain/time/wall-time.ts';
import { findPlainly } from './check-offers-plainly.ts';

const days = (list: string[], ...periods: [string, string][]): WorkingHours =>
  Object.fromEntries(list.map((day) => [day, periods]));
const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const NINE_TO_FIVE = days(WORKDAYS, ['09:00', '17:00']);
const person = (
  timeZone: string,
  busy: SlotPerson['busy'] = [],
  workingHours: WorkingHours = NINE_TO_FIVE,
): SlotPerson => ({
  personId: timeZone as PersonId,
  timeZone: timeZone as ZoneId,
  workingHours,
  busy,
});
const busy = (start: string, end: string, status: BusyStatus = 'busy'): BusyInterval => ({
  start: parseInstant(start),
  end: parseInstant(end),
  status,
});
const search = (change: Partial<SlotSearch> = {}): SlotSearch => ({
  anchor: person('Europe/Rome'),
  others: [person('Europe/Rome')],
  shape: { every: { weeks: 4 }, count: 6, minutes: 30 },
  from: parseInstant('2026-09-28T06:00:00Z'),
  firstWithinDays: 21,
  maxMoved: 2,
  exclude: [],
  ...change,
});

describe('findSlots', () => {
  it('offers every quarter of an hour of every working day to two free people', () => {
    const slots = findSlots(search());
    // 15 days of three weeks and the last Monday's start before 06:00Z: none. 31 starts from 09:00 to 16:30.
    expect(slots).toHaveLength(15 * 31);
    expect(slots[0]).toMatchObject({
      weekday: 'monday',
      time: '09:00',
      firstDate: '2026-09-28',
      firstStart: '2026-09-28T09:00',
      movedDates: 0,
    });
    expect(
      slots.every(
        ({ dates }) =>
          dates.length === 6 && dates.every(({ isMoved, start, originalStart }) => !isMoved && start === originalStart),
      ),
    ).toBe(true);
  });

  it("keeps the executive's wall time over a change of the clock (F41)", () => {
    for (const { dates, time } of findSlots(search())) {
      expect(new Set(dates.map(({ start }) => toWall(start, 'Europe/Rome' as ZoneId).slice(11)))).toEqual(
        new Set([time]),
      );
    }
  });

  it('finds what both have in common on ALL dates, though New York is an hour nearer for a week', () => {
    const anchor = person('Europe/Rome', [], days(WORKDAYS, ['09:00', '18:00']));
    const one = search({
      anchor,
      others: [person('America/New_York')],
      shape: { every: { weeks: 1 }, count: 6, minutes: 30 },
      maxMoved: 0,
    });
    const times = findSlots({ ...one, from: parseInstant('2026-10-05T06:00:00Z'), firstWithinDays: 6 }).map(
      ({ time }) => time,
    );
    expect([...new Set(times)].sort()).toEqual([
      '15:00',
      '15:15',
      '15:30',
      '15:45',
      '16:00',
      '16:15',
      '16:30',
      '16:45',
      '17:00',
      '17:15',
      '17:30',
    ]);
    expect(findSlots({ ...one, others: [person('Pacific/Auckland')] })).toEqual([]);
  });

  it('moves a date that is taken to the nearest good start of its week, the earlier on a tie', () => {
    const taken = busy('2026-10-26T08:00:00Z', '2026-10-26T08:30:00Z');
    const slot = findSlots(search({ others: [person('Europe/Rome', [taken])] })).find(
      ({ firstStart }) => firstStart === '2026-09-28T09:00',
    );
    expect(slot).toMatchObject({ movedDates: 1 });
    expect(slot?.dates.map(({ start, isMoved }) => [toIso(start), isMoved]).slice(0, 2)).toEqual([
      ['2026-09-28T07:00:00.000Z', false],
      ['2026-10-26T08:30:00.000Z', true],
    ]);
    const noon = findSlots(
      search({ anchor: person('Europe/Rome', [busy('2026-10-26T11:00:00Z', '2026-10-26T11:30:00Z')]) }),
    ).find(({ firstStart }) => firstStart === '2026-09-28T12:00');
    expect(toIso(noon!.dates[1]!.start)).toBe('2026-10-26T10:30:00.000Z');
  });

  it('drops a pattern with more broken dates than allowed, and one whose week is full', () => {
    const monday = (iso: string) => busy(`${iso}T00:00:00Z`, `${iso}T23:45:00Z`, 'oof');
    const two = [monday('2026-10-26'), monday('2026-11-23')];
    const has = (list: BusyInterval[]) =>
      findSlots(search({ anchor: person('Europe/Rome', list) })).some(({ firstDate }) => firstDate === '2026-09-28');
    expect(has(two)).toBe(true);
    expect(has([...two, monday('2026-12-21')])).toBe(false);
    expect(has([busy('2026-10-25T23:00:00Z', '2026-11-01T23:00:00Z')])).toBe(false);
  });

  it('leaves times alone that an open proposal holds, and takes tentative for free only by policy', () => {
    const all = busy('2026-09-01T00:00:00Z', '2027-09-01T00:00:00Z', 'tentative');
    expect(findSlots(search({ exclude: [all] }))).toEqual([]);
    const other = person('Europe/Rome', [all]);
    expect(findSlots(search({ others: [other] }))).toEqual([]);
    const lenient = { ...other, preferences: { tentativeIsFree: true } };
    expect(findSlots(search({ others: [lenient] }))).toHaveLength(465);
    expect(
      findSlots(search({ others: [person('Europe/Rome', [{ ...all, status: 'workingElsewhere' }])] })),
    ).toHaveLength(465);
  });

  it('never takes a calendar that cannot be read for free', () => {
    expect(findSlots(search({ others: [person('Europe/Rome', null)] }))).toEqual([]);
    expect(findSlots(search({ anchor: person('Europe/Rome', null) }))).toEqual([]);
  });

  it('keeps a session inside one working period: not over the break, not over the end', () => {
    const hours = days(['tuesday'], ['09:00', '10:00'], ['10:00', '10:40']);
    const slots = findSlots(search({ anchor: person('Europe/Rome', [], hours), firstWithinDays: 7 }));
    expect(slots.map(({ time }) => time)).toEqual(['09:00', '09:15', '09:30', '10:00']);
  });

  it('never proposes an hour that the clock skips or shows twice (F44)', () => {
    const nights = days(['saturday', 'sunday'], ['00:00', '06:00']);
    const anchor = person('Europe/Rome', [], nights);
    const others = [person('Europe/Rome', [], nights)];
    const weekly = { every: { weeks: 1 }, count: 4, minutes: 30 };
    const autumn = findSlots(
      search({ anchor, others, shape: weekly, from: parseInstant('2026-10-11T00:00:00Z'), firstWithinDays: 1 }),
    );
    const sundays = autumn.filter(({ weekday }) => weekday === 'sunday').map(({ time }) => time);
    expect(sundays).toContain('03:00');
    expect(sundays.filter((time) => time >= '02:00' && time < '03:00')).toEqual([]);
    for (const { dates } of autumn) {
      for (const { start } of dates)
        expect(start < parseInstant('2026-10-25T00:00:00Z') || start >= parseInstant('2026-10-25T02:00:00Z')).toBe(
          true,
        );
    }
    const spring = findSlots(
      search({ anchor, others, shape: weekly, from: parseInstant('2027-03-14T00:00:00Z'), firstWithinDays: 1 }),
    );
    expect(spring.filter(({ weekday, time }) => weekday === 'sunday' && time >= '02:00' && time < '03:00')).toEqual([]);
  });

  it('names numbers that make no series', () => {
    expect(() => findSlots(search({ shape: { every: { weeks: 0 }, count: 6, minutes: 30 } }))).toThrow('weeks');
    expect(() => findSlots(search({ maxMoved: -1 }))).toThrow('maxMoved');
  });

  const zone = fc.constantFrom(
    'Europe/Rome',
    'America/New_York',
    'Asia/Kathmandu',
    'Europe/London',
    'America/Sao_Paulo',
    'America/St_Johns',
  );
  const hours = fc.constantFrom(
    NINE_TO_FIVE,
    days(WORKDAYS, ['08:30', '12:30'], ['13:30', '18:00']),
    days(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], ['07:00', '15:00']),
    days(['monday', 'wednesday', 'sunday'], ['00:00', '08:00'], ['12:10', '20:00']),
  );
  /** Meetings on odd minutes, some all day, in [from, from + weeks). */
  const calendar = (from: Instant, weeks: number) =>
    fc.array(
      fc
        .record({
          at: fc.nat(weeks * 7 * 24 * 12),
          long: fc.oneof(
            { weight: 6, arbitrary: fc.integer({ min: 1, max: 36 }) },
            { weight: 1, arbitrary: fc.constant(288) },
          ),
          status: fc.constantFrom<BusyStatus>('busy', 'busy', 'busy', 'oof', 'tentative', 'free', 'workingElsewhere'),
        })
        .map(({ at, long, status }) => ({
          start: plus(from, at * 5 * MINUTE),
          end: plus(from, (at + long) * 5 * MINUTE),
          status,
        })),
      { maxLength: weeks * 25 },
    );
  const searches = fc
    .record({
      from: fc.constantFrom('2026-10-12T06:07:00Z', '2027-03-01T23:00:00Z', '2026-06-01T00:00:00Z').map(parseInstant),
      count: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ from, count }) => {
      const weeks = 3 * (count - 1) + 4;
      const preferences = fc.record({ tentativeIsFree: fc.boolean() });
      const someone = fc.record({ timeZone: zone, busy: calendar(from, weeks), workingHours: hours, preferences });
      return fc.record({
        anchor: someone,
        others: fc.array(someone, { minLength: 1, maxLength: 2 }),
        shape: fc.record({
          every: fc.record({ weeks: fc.integer({ min: 1, max: 3 }) }),
          count: fc.constant(count),
          minutes: fc.constantFrom(15, 30, 50, 60),
        }),
        from: fc.constant(from),
        firstWithinDays: fc.integer({ min: 1, max: 9 }),
        maxMoved: fc.integer({ min: 0, max: 4 }),
        exclude: calendar(from, 1).map((list) => list.slice(0, 5)),
      });
    }) as unknown as fc.Arbitrary<SlotSearch>;

  it('agrees with a slow checker in Temporal on 100 random pairs of calendars', () => {
    let found = 0;
    let moved = 0;
    fc.assert(
      fc.property(searches, (given) => {
        const slots = findSlots(given);
        const plain = slots.map(({ firstStart, dates, movedDates }) => ({
          firstStart,
          starts: dates.map(({ start }) => start),
          movedDates,
        }));
        expect(plain.sort((a, b) => (a.firstStart < b.firstStart ? -1 : 1))).toEqual(findPlainly(given));
        found += slots.length;
        moved += slots.filter(({ movedDates }) => movedDates > 0).length;
      }),
      { numRuns: 100, seed: 11 },
    );
    // Otherwise the comparison was one of empty lists.
    expect(found).toBeGreaterThan(500);
    expect(moved).toBeGreaterThan(100);
  });

  it('keeps dates in order, each in its own week strictly between its neighbors’ days', () => {
    fc.assert(
      fc.property(searches, (given) => {
        for (const { dates } of findSlots(given)) {
          const local = dates.map(({ start }) => localDate(start, given.anchor.timeZone));
          expect([...new Set(local)].sort()).toEqual(local);
          for (const { start, end } of dates) expect(end - start).toBe(given.shape.minutes * MINUTE);
        }
      }),
      { numRuns: 50, seed: 12 },
    );
  });
});
