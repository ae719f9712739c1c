import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../../server/domain/people/person.ts';
import { parseInstant, toIso, type LocalDate, type ZoneId } from '../../../../server/domain/time/instant.ts';
import {
  addWorkingDays,
  isWorkingTime,
  nextWorkingMorning,
  workingPeriods,
} from '../../../../server/domain/time/working-days.ts';

const rome = 'Europe/Rome' as ZoneId;
const riyadh = 'Asia/Riyadh' as ZoneId;
const sundayWeek: WorkingHours = Object.fromEntries(
  ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'].map((day) => [day, [['08:00', '16:00']]]),
);

describe('addWorkingDays', () => {
  it.each([
    ['2026-10-23T14:00:00Z', 1, '2026-10-26T15:00:00.000Z'], // Friday to Monday, over the change of the clock
    ['2026-11-21T10:00:00Z', 1, '2026-11-23T10:00:00.000Z'], // Saturday: Monday is the first working day after it
    ['2026-11-24T10:00:00Z', 5, '2026-12-01T10:00:00.000Z'],
    ['2026-11-24T10:00:00Z', 0, '2026-11-24T10:00:00.000Z'],
    ['2026-11-23T10:00:00Z', -1, '2026-11-20T10:00:00.000Z'],
  ])('%s and %i', (at, days, expected) => {
    expect(toIso(addWorkingDays(parseInstant(at), days, rome))).toBe(expected);
  });
  it("goes by the person's own week", () => {
    expect(toIso(addWorkingDays(parseInstant('2026-11-26T10:00:00Z'), 1, riyadh, sundayWeek))).toBe(
      '2026-11-29T10:00:00.000Z',
    );
  });
  it('assumes a week for somebody whose hours name no day', () => {
    expect(toIso(addWorkingDays(parseInstant('2026-11-24T10:00:00Z'), 1, rome, { monday: [] }))).toBe(
      '2026-11-25T10:00:00.000Z',
    );
  });
});

describe('nextWorkingMorning', () => {
  it.each([
    ['2026-11-24T15:45:00Z', '2026-11-25T08:00:00.000Z'],
    ['2026-11-24T05:00:00Z', '2026-11-24T08:00:00.000Z'], // before work: the same day
    ['2026-11-24T08:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['2026-11-20T16:00:00Z', '2026-11-23T08:00:00.000Z'],
  ])('after %s is %s', (at, expected) => {
    expect(toIso(nextWorkingMorning(parseInstant(at), rome, null))).toBe(expected);
  });
  it("is the start of that day's hours", () => {
    expect(toIso(nextWorkingMorning(parseInstant('2026-11-26T20:00:00Z'), riyadh, sundayWeek))).toBe(
      '2026-11-29T05:00:00.000Z',
    );
  });
});

describe('workingPeriods', () => {
  it('gives each period of the day in order', () => {
    const hours: WorkingHours = {
      tuesday: [
        ['13:30', '18:00'],
        ['09:00', '12:30'],
      ],
    };
    const periods = workingPeriods('2026-11-24' as LocalDate, rome, hours).map(({ start, end }) => [
      toIso(start).slice(11, 16),
      toIso(end).slice(11, 16),
    ]);
    expect(periods).toEqual([
      ['08:00', '11:30'],
      ['12:30', '17:00'],
    ]);
    expect(isWorkingTime(parseInstant('2026-11-24T12:00:00Z'), rome, hours)).toBe(false);
    expect(isWorkingTime(parseInstant('2026-11-24T12:30:00Z'), rome, hours)).toBe(true);
  });
  it('knows midnight as an end', () => {
    const [period] = workingPeriods('2026-11-24' as LocalDate, rome, { tuesday: [['18:00', '24:00']] });
    expect(period && toIso(period.end)).toBe('2026-11-24T23:00:00.000Z');
  });
});
