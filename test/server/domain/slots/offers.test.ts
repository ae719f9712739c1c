import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../../server/domain/people/person.ts';
import type { BusyInterval } from '../../../../server/domain/slots/busy.ts';
import { chooseOffers } from '../../../../server/domain/slots/choose-offers.ts';
import { findSlots } from '../../../../server/domain/slots/find-slots.ts';
import { isStillFree } from '../../../../server/domain/slots/is-still-free.ts';
import { MOVED_COST, rankSlots } from '../../../../server/domain/slots/rank-slots.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';
import { DAY, parseInstant, plus, type ZoneId } from '../../../../server/domain/time/instant.ts';

const from = parseInstant('2026-09-28T06:00:00Z');
const span = (start: string, end: string) => ({ start: parseInstant(start), end: parseInstant(end) });
const busy = (start: string, end: string): BusyInterval => ({ ...span(start, end), status: 'busy' });
const week = (...periods: [string, string][]): WorkingHours =>
  Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, periods]));
const person = (
  list: BusyInterval[] = [],
  workingHours = week(['09:00', '17:00']),
  timeZone = 'Europe/Rome',
): SlotPerson => ({
  personId: timeZone as PersonId,
  timeZone: timeZone as ZoneId,
  workingHours,
  busy: list,
});
function ranked(anchor: SlotPerson, other: SlotPerson, maxMoved = 2) {
  const shape = { everyWeeks: 4, count: 3, minutes: 30 };
  const slots = findSlots({
    anchor,
    other,
    shape,
    from,
    firstWithinDays: 21,
    maxMoved,
    tentativeIsFree: false,
    exclude: [],
  });
  return rankSlots(slots, { anchor, other, from });
}
const codes = (slot: { reasons: { code: string }[] } | undefined): string[] =>
  slot?.reasons.map(({ code }) => code) ?? [];

describe('rankSlots', () => {
  it('puts an early date without lunch, moves and neighbors first, and says so', () => {
    const [best] = ranked(person(), person());
    expect(best).toMatchObject({ firstStart: '2026-09-28T09:00', score: 1_000_000 });
    expect(best?.reasons).toEqual([
      { code: 'freeOnAllDates', count: 3 },
      { code: 'noLunch' },
      { code: 'buffers' },
      { code: 'earlyStart', days: 0 },
    ]);
  });
  it('knows lunch in either zone', () => {
    const find = (time: string, other = person()) =>
      ranked(person(), other).find((slot) => slot.firstStart === `2026-09-28T${time}`);
    expect(codes(find('11:30'))).toContain('noLunch');
    expect(codes(find('11:45'))).not.toContain('noLunch');
    expect(codes(find('12:45'))).not.toContain('noLunch');
    expect(codes(find('13:00'))).toContain('noLunch');
    // 11:00 in Rome is noon in Kyiv.
    expect(codes(find('11:00', person([], undefined, 'Europe/Kyiv')))).not.toContain('noLunch');
  });
  it('sees meetings right before and after, of either', () => {
    const meeting = busy('2026-09-28T08:00:00Z', '2026-09-28T09:00:00Z');
    for (const [a, b] of [
      [[meeting], []],
      [[], [meeting]],
    ] as const) {
      const slots = ranked(person([...a]), person([...b]));
      const at = (time: string) => codes(slots.find((slot) => slot.firstStart === `2026-09-28T${time}`));
      expect(at('09:15')).toContain('buffers');
      expect(at('09:30')).not.toContain('buffers');
      expect(at('11:00')).not.toContain('buffers');
      expect(at('11:15')).toContain('buffers');
    }
  });
  it('charges each moved date', () => {
    const slots = ranked(person([busy('2026-10-26T08:00:00Z', '2026-10-26T08:30:00Z')]), person());
    const slot = slots.find(({ firstStart }) => firstStart === '2026-09-28T09:00');
    expect(slot?.reasons[0]).toEqual({ code: 'movedDates', moved: 1, of: 3 });
    expect(slot?.score).toBeLessThanOrEqual(1_000_000 - MOVED_COST);
    expect(slots.map(({ score }) => score)).toEqual(slots.map(({ score }) => score).sort((a, b) => b - a));
  });
});

describe('chooseOffers', () => {
  it('offers three times that are really three', () => {
    const offers = chooseOffers(ranked(person(), person()));
    expect(offers.map(({ kind }) => kind)).toEqual(['mostDates', 'bestTime', 'earliestStart']);
    expect(new Set(offers.map(({ weekday, time }) => `${weekday} ${time}`)).size).toBe(3);
    expect(offers.every((offer) => codes(offer).includes('noLunch'))).toBe(true);
  });
  it('takes the most dates first, then the best time although dates of it move, then the earliest', () => {
    const [model] = ranked(person(), person());
    const slot = (
      weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday',
      day: number,
      movedDates: number,
      score: number,
    ) => ({
      ...model!,
      weekday,
      movedDates,
      score,
      dates: model!.dates.map((date) => ({ ...date, start: plus(date.start, day * DAY) })),
    });
    const steady = slot('thursday', 3, 0, 800_000);
    const comfortable = slot('tuesday', 8, 2, 750_000);
    const early = slot('wednesday', 2, 1, 700_000);
    const offers = chooseOffers([steady, comfortable, early, slot('monday', 15, 1, 600_000)]);
    expect(offers).toEqual([
      { ...steady, kind: 'mostDates' },
      { ...comfortable, kind: 'bestTime' },
      { ...early, kind: 'earliestStart' },
    ]);
  });
  it('uses lunch only if nothing else exists', () => {
    const onlyNoon = week(['12:00', '13:00']);
    const offers = chooseOffers(ranked(person([], onlyNoon), person()));
    expect(offers).toHaveLength(3);
    expect(offers.some((offer) => codes(offer).includes('noLunch'))).toBe(false);
  });
  it('falls back to another time of the same weekday, and offers less rather than the same', () => {
    const oneHour = { tuesday: [['09:00', '10:00']] } as WorkingHours;
    expect(
      chooseOffers(ranked(person([], oneHour), person()))
        .map(({ time }) => time)
        .sort(),
    ).toEqual(['09:00', '09:15', '09:30']);
    const half = { tuesday: [['09:00', '09:30']] } as WorkingHours;
    expect(chooseOffers(ranked(person([], half), person()))).toHaveLength(1);
    expect(chooseOffers([])).toEqual([]);
  });
});

describe('isStillFree', () => {
  const date = span('2026-11-24T09:00:00Z', '2026-11-24T09:30:00Z');
  const policy = { tentativeIsFree: false };
  it('goes by what overlaps, not by what touches', () => {
    expect(
      isStillFree(
        [date],
        [busy('2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'), busy('2026-11-24T09:30:00Z', '2026-11-24T10:00:00Z')],
        policy,
      ),
    ).toBe(true);
    expect(isStillFree([date], [busy('2026-11-24T09:29:00Z', '2026-11-24T10:00:00Z')], policy)).toBe(false);
  });
  it('asks the policy about tentative', () => {
    const tentative = { ...date, status: 'tentative' as const };
    expect(isStillFree([date], [tentative], policy)).toBe(false);
    expect(isStillFree([date], [tentative], { tentativeIsFree: true })).toBe(true);
    expect(
      isStillFree(
        [date],
        [
          { ...date, status: 'free' },
          { ...date, status: 'workingElsewhere' },
        ],
        policy,
      ),
    ).toBe(true);
  });
  it('leaves out the times that our own sessions take, and nothing beside them', () => {
    const merged = busy('2026-11-24T08:30:00Z', '2026-11-24T09:30:00Z');
    expect(isStillFree([date], [merged], { ...policy, ours: [date] })).toBe(true);
    expect(
      isStillFree([date], [merged], { ...policy, ours: [span('2026-11-24T09:00:00Z', '2026-11-24T09:15:00Z')] }),
    ).toBe(false);
    const halves = [
      span('2026-11-24T09:15:00Z', '2026-11-24T09:30:00Z'),
      span('2026-11-24T09:00:00Z', '2026-11-24T09:15:00Z'),
    ];
    expect(isStillFree([date], [merged], { ...policy, ours: halves })).toBe(true);
  });
  it('needs every date', () => {
    const next = span('2026-12-22T09:00:00Z', '2026-12-22T09:30:00Z');
    expect(isStillFree([date, next], [{ ...next, status: 'oof' }], policy)).toBe(false);
  });
});
