import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../../server/domain/people/person.ts';
import { findAlternatives, type AlternativesSearch } from '../../../../server/domain/slots/find-alternatives.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';
import { parseInstant, toIso, type ZoneId } from '../../../../server/domain/time/instant.ts';

const week = (...periods: [string, string][]): WorkingHours =>
  Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, periods]));
const person = (change: Partial<SlotPerson> = {}): SlotPerson => ({
  personId: 'p' as PersonId,
  timeZone: 'Europe/Rome' as ZoneId,
  workingHours: week(['09:00', '17:00']),
  busy: [],
  ...change,
});
const span = (start: string, end: string) => ({ start: parseInstant(start), end: parseInstant(end) });
const session = span('2026-10-14T08:00:00Z', '2026-10-14T08:30:00Z');
const starts = (change: Partial<AlternativesSearch> = {}): string[] =>
  findAlternatives({
    anchor: person({ busy: [{ ...session, status: 'busy' }] }),
    others: [person()],
    minutes: 30,
    start: session.start,
    previous: null,
    next: null,
    from: parseInstant('2026-10-12T00:00:00Z'),
    to: parseInstant('2026-10-19T00:00:00Z'),
    gridMinutes: 15,
    tentativeIsFree: false,
    exclude: [],
    ...change,
  }).map(({ start }) => toIso(start).slice(0, 16));

describe('findAlternatives', () => {
  it('gives the nearest time of the nearest three days, the earlier on a tie', () => {
    expect(starts()).toEqual(['2026-10-14T07:30', '2026-10-13T08:00', '2026-10-15T08:00']);
  });
  it('stays strictly between the days of the neighbors, though that leaves one day', () => {
    const found = starts({
      previous: parseInstant('2026-10-13T14:00:00Z'),
      next: parseInstant('2026-10-15T07:00:00Z'),
    });
    expect(found).toHaveLength(3);
    expect(found.every((start) => start.startsWith('2026-10-14'))).toBe(true);
    expect(new Set(found).size).toBe(3);
  });
  it('keeps to the window, to everybody’s hours and to what is held', () => {
    const mornings = person({ workingHours: week(['09:00', '09:45']) });
    const held = span('2026-10-14T07:00:00Z', '2026-10-14T07:05:00Z');
    const change = { others: [person(), mornings], exclude: [held] };
    expect(starts({ ...change, from: parseInstant('2026-10-14T00:00:00Z') })).toEqual([
      '2026-10-14T07:15',
      '2026-10-15T07:15',
      '2026-10-16T07:15',
    ]);
  });
  it('finds starts between the quarters on a grid of five minutes', () => {
    const late = person({ workingHours: { wednesday: [['10:35', '11:10']] } });
    expect(starts({ others: [late], gridMinutes: 5 })).toEqual(['2026-10-14T08:35']);
    expect(starts({ others: [late] })).toEqual([]);
    expect(starts({ others: [late], gridMinutes: 5, minutes: 20 })).toEqual(['2026-10-14T08:35']);
  });
  it('never takes an unreadable calendar or a tentative meeting for free, except by policy or preference', () => {
    expect(starts({ others: [person({ busy: null })] })).toEqual([]);
    const tentative = {
      ...span('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'),
      status: 'tentative' as const,
    };
    expect(starts({ others: [person({ busy: [tentative] })] })).toEqual([]);
    expect(starts({ others: [person({ busy: [tentative] })], tentativeIsFree: true })).toHaveLength(3);
    expect(starts({ others: [person({ busy: [tentative], preferences: { tentativeIsFree: true } })] })).toHaveLength(3);
  });
  it('leaves alone an hour that the clock shows twice or skips (F44)', () => {
    const nights = person({ workingHours: { sunday: [['01:30', '03:30']] } });
    const at = (day: string, start: string) => ({
      ...{ anchor: nights, others: [nights], start: parseInstant(`${day}T${start}:00Z`) },
      ...{ from: parseInstant(`${day}T00:00:00Z`), to: parseInstant(`${day}T06:00:00Z`) },
    });
    // 02:00-03:00 is there twice, so 03:00 is the first time after it; 01:30 is in summer time.
    expect(starts(at('2026-10-25', '04:00'))).toEqual(['2026-10-25T02:00']);
    expect(starts(at('2027-03-28', '04:00'))).toEqual(['2027-03-28T01:00', '2027-03-28T00:30']);
  });
});
