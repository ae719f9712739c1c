import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../../server/domain/people/person.ts';
import type { BusyInterval } from '../../../../server/domain/slots/busy.ts';
import { chooseOffers } from '../../../../server/domain/slots/choose-offers.ts';
import { findSlots, type SlotSearch } from '../../../../server/domain/slots/find-slots.ts';
import { isStillFree } from '../../../../server/domain/slots/is-still-free.ts';
import { MOVED_COST } from '../../../../server/domain/slots/score.ts';
import type { SlotCandidate, SlotPerson } from '../../../../server/domain/slots/types.ts';
import { DAY, HOUR, parseInstant, plus, type LocalDate, type ZoneId } from '../../../../server/domain/time/instant.ts';

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
const ranked = (anchor: SlotPerson, other: SlotPerson, change: Partial<SlotSearch> = {}) =>
  findSlots({
    anchor,
    others: [other],
    shape: { every: { weeks: 4 }, count: 3, minutes: 30 },
    from,
    firstWithinDays: 21,
    maxMoved: 4,
    ...change,
  });
const codes = (slot: { reasons: { code: string }[] } | undefined): string[] =>
  slot?.reasons.map(({ code }) => code) ?? [];

describe('the score of a slot', () => {
  const at = (slots: SlotCandidate[], time: string, day = '2026-09-28') =>
    slots.find(({ firstStart }) => firstStart === `${day}T${time}`);

  it('puts an early date without lunch, moves, fragments and neighbors first, and says so', () => {
    const [best] = ranked(person(), person());
    // 20,000 of a million for standing beside no routine, halved.
    expect(best).toMatchObject({ firstStart: '2026-09-28T09:00', score: 990_000 });
    expect(best?.reasons).toEqual([
      { code: 'freeOnAllDates', count: 3 },
      { code: 'noLunch' },
      { code: 'buffers' },
      { code: 'focusKept' },
      { code: 'earlyStart', days: 0 },
    ]);
  });
  it('knows lunch in either zone, and keeps it below everything else', () => {
    const slots = ranked(person(), person());
    expect(codes(at(slots, '11:30'))).toContain('noLunch');
    expect(at(slots, '11:45')?.reasons).toContainEqual({ code: 'lastResort', count: 3 });
    expect(codes(at(slots, '12:45'))).not.toContain('noLunch');
    expect(codes(at(slots, '13:00'))).toContain('noLunch');
    // 11:00 in Rome is noon in Kyiv.
    expect(codes(at(ranked(person(), person([], undefined, 'Europe/Kyiv')), '11:00'))).not.toContain('noLunch');
    for (const { score, reasons } of slots)
      expect(score < 500_000).toBe(reasons.some(({ code }) => code === 'lastResort'));
  });
  it('sees meetings nearer than the wanted buffer, of either', () => {
    const meeting = busy('2026-09-28T08:00:00Z', '2026-09-28T09:00:00Z');
    for (const [a, b] of [
      [person([meeting]), person()],
      [person(), person([meeting])],
    ] as const) {
      const slots = ranked(a, b);
      expect(codes(at(slots, '09:15'))).toContain('buffers');
      expect(codes(at(slots, '09:30'))).not.toContain('buffers');
      expect(codes(at(slots, '11:00'))).not.toContain('buffers');
      expect(codes(at(slots, '11:15'))).toContain('buffers');
    }
    const patient = { ...person([meeting]), preferences: { bufferMinutes: 30 } };
    expect(codes(at(ranked(patient, person()), '11:15'))).not.toContain('buffers');
    expect(codes(at(ranked(patient, person()), '11:30'))).toContain('buffers');
    expect(codes(at(ranked({ ...patient, preferences: { bufferMinutes: 0 } }, person()), '11:00'))).toContain(
      'buffers',
    );
  });
  it('leaves long stretches whole: beside a meeting or at their edge, not an hour into them', () => {
    const slots = ranked(person(), person());
    expect(codes(at(slots, '09:15'))).toContain('focusKept');
    expect(codes(at(slots, '09:30'))).not.toContain('focusKept');
    expect(codes(at(slots, '10:15'))).not.toContain('focusKept');
    expect(codes(at(slots, '10:30'))).toContain('focusKept');
    expect(codes(at(slots, '15:45'))).not.toContain('focusKept');
    expect(codes(at(slots, '16:30'))).toContain('focusKept');
  });
  it('follows preferred hours, and uses protected ones only if nothing else exists', () => {
    const liked = { ...person(), preferences: { preferred: week(['14:00', '15:00']) } };
    const slots = ranked(liked, person());
    expect(ranked(person(), liked).map(({ score }) => score)).toEqual(slots.map(({ score }) => score));
    expect(ranked(person(), liked).some((slot) => codes(slot).includes('preferredHours'))).toBe(false);
    expect(slots[0]?.time).toBe('14:00');
    expect(slots.filter((slot) => codes(slot).includes('preferredHours')).map(({ time }) => time)).toEqual(
      expect.arrayContaining(['14:00', '14:15', '14:30']),
    );
    expect(codes(at(slots, '14:45'))).not.toContain('preferredHours');
    const kept = { ...person(), preferences: { protected: week(['09:00', '16:00']) } };
    const late = ranked(kept, person());
    expect(late.slice(0, 15).every(({ time }) => time >= '16:00')).toBe(true);
    expect(at(late, '15:45')?.score).toBeLessThan(500_000);
    // The score alone changes: nothing is less free.
    expect(late).toHaveLength(slots.length);
  });
  it('keeps away from days without meetings, public holidays and blackout weeks', () => {
    const quiet = { ...person(), preferences: { noMeetingDays: ['monday' as const] } };
    expect(ranked(quiet, person())[0]?.weekday).not.toBe('monday');
    const holidays = ['2026-09-28', '2026-10-26'] as LocalDate[];
    expect(ranked({ ...person(), holidays }, person())[0]?.firstDate).toBe('2026-09-29');
    const blackouts = [{ from: '2026-10-19' as LocalDate, to: '2026-10-25' as LocalDate }];
    const slots = ranked(person(), person(), { blackouts });
    expect(at(slots, '09:00')?.score).toBeGreaterThan(500_000);
    const closed = ranked(person(), person(), { blackouts, firstWithinDays: 4, from: plus(from, -7 * DAY) });
    expect(closed.every(({ score }) => score < 500_000)).toBe(true);
    expect(closed[0]?.reasons).toContainEqual({ code: 'lastResort', count: 1 });
  });
  it('likes a place beside a meeting of every week', () => {
    const weekly = Array.from({ length: 12 }, (_, i) => ({
      start: plus(parseInstant('2026-09-30T12:00:00Z'), i * 7 * DAY),
      end: plus(parseInstant('2026-09-30T12:30:00Z'), i * 7 * DAY),
      status: 'busy' as const,
    }));
    // Until the clocks change: a routine is one by the wall clock, and these meetings move an hour.
    const both = ranked(person(weekly), person(weekly), { shape: { every: { weeks: 1 }, count: 3, minutes: 30 } });
    expect(both.find((slot) => codes(slot).includes('besideRoutine'))).toMatchObject({ weekday: 'wednesday' });
    expect(codes(at(both, '14:45', '2026-09-30'))).toContain('besideRoutine');
    expect(codes(at(both, '15:15', '2026-09-30'))).not.toContain('besideRoutine');
  });
  it('counts the first eight weeks double', () => {
    const shape = { every: { weeks: 4 }, count: 4, minutes: 30 };
    const tightIn = (week: number) => {
      const meeting = plus(parseInstant('2026-09-29T07:30:00Z'), week * 7 * DAY + (week > 3 ? HOUR : 0));
      const taken = { start: meeting, end: plus(meeting, HOUR), status: 'busy' as const };
      return at(ranked(person([taken]), person(), { shape }), '09:00', '2026-09-29')!.score;
    };
    expect(tightIn(0)).toBe(tightIn(4));
    expect(tightIn(8)).toBe(tightIn(12));
    expect(tightIn(0)).toBeLessThan(tightIn(8));
  });
  it('charges each moved date', () => {
    const slots = ranked(person([busy('2026-10-26T08:00:00Z', '2026-10-26T08:30:00Z')]), person());
    const slot = at(slots, '09:00');
    expect(slot?.reasons[0]).toEqual({ code: 'movedDates', moved: 1, of: 3 });
    expect(slot?.score).toBeLessThanOrEqual(1_000_000 - MOVED_COST / 3 / 2);
    const order = slots.map(({ score, movedDates }) => [movedDates, score] as const);
    expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || b[1] - a[1]));
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
    expect(offers.every((offer) => codes(offer).includes('lastResort'))).toBe(true);
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
