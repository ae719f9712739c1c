import { describe, expect, it } from 'vitest';
import { toIso, type LocalDate, type WallTime, type ZoneId } from '../../../../server/domain/time/instant.ts';
import { expandMonthly, expandSeries, indexInMonth } from '../../../../server/domain/time/recurrence.ts';
import { toWall } from '../../../../server/domain/time/wall-time.ts';

const rome = 'Europe/Rome' as ZoneId;

describe('expandSeries', () => {
  it('keeps the wall time over four daylight-saving changes (F41)', () => {
    const dates = expandSeries({
      firstStart: '2026-10-06T15:00' as WallTime,
      timeZone: rome,
      everyWeeks: 4,
      count: 7,
      minutes: 30,
    })!;
    expect(dates.map(({ originalStart }) => toIso(originalStart))).toEqual([
      '2026-10-06T13:00:00.000Z',
      '2026-11-03T14:00:00.000Z',
      '2026-12-01T14:00:00.000Z',
      '2026-12-29T14:00:00.000Z',
      '2027-01-26T14:00:00.000Z',
      '2027-02-23T14:00:00.000Z',
      '2027-03-23T14:00:00.000Z',
    ]);
    expect(dates.every(({ originalStart, end }) => end - originalStart === 30 * 60_000)).toBe(true);
    expect(dates.map(({ originalStart }) => toWall(originalStart, rome).slice(11))).toEqual(Array(7).fill('15:00'));
    // The partner in New York has two dates an hour later, while only Europe has changed the clock (or not yet).
    expect(
      new Set(dates.map(({ originalStart }) => toWall(originalStart, 'America/New_York' as ZoneId).slice(11))),
    ).toEqual(new Set(['09:00', '10:00']));
  });

  it('is null when one date falls into the skipped or the repeated hour (F44)', () => {
    const at = (firstStart: string, count: number) =>
      expandSeries({ firstStart: firstStart as WallTime, timeZone: rome, everyWeeks: 1, count, minutes: 30 });
    expect(at('2027-03-14T02:30', 2)).toHaveLength(2);
    expect(at('2027-03-14T02:30', 3)).toBeNull();
    expect(at('2026-10-18T02:30', 2)).toBeNull();
    expect(at('2026-10-18T03:30', 2)).toHaveLength(2);
  });

  it('names a number that makes no series', () => {
    const series = { firstStart: '2026-10-06T15:00' as WallTime, timeZone: rome, everyWeeks: 0, count: 7, minutes: 30 };
    expect(() => expandSeries(series)).toThrow('everyWeeks');
  });
});

describe('expandMonthly', () => {
  const days = (firstStart: string, index: 'first' | 'second' | 'third' | 'fourth' | 'last', count: number) =>
    expandMonthly({
      firstStart: firstStart as WallTime,
      timeZone: rome,
      everyMonths: 1,
      index,
      count,
      minutes: 30,
    })!.map(({ originalStart }) => toWall(originalStart, rome).slice(0, 10));
  it('finds weekdays of months (F45)', () => {
    expect(days('2026-12-07T10:00', 'first', 3)).toEqual(['2026-12-07', '2027-01-04', '2027-02-01']);
    expect(days('2026-11-18T10:00', 'third', 3)).toEqual(['2026-11-18', '2026-12-16', '2027-01-20']);
    expect(days('2028-01-31T10:00', 'last', 3)).toEqual(['2028-01-31', '2028-02-28', '2028-03-27']);
    expect(days('2028-02-29T10:00', 'last', 2)).toEqual(['2028-02-29', '2028-03-28']);
  });
  it('must begin on its pattern, as Exchange wants', () => {
    expect(() => days('2026-12-08T10:00', 'second', 2)).not.toThrow();
    expect(() => days('2026-12-15T10:00', 'first', 2)).toThrow('firstStart');
  });
});

describe('indexInMonth', () => {
  const of = (...dates: string[]) => indexInMonth(dates as LocalDate[]);
  it('is the index that fits all dates', () => {
    expect(of('2026-12-07', '2027-01-04', '2027-02-01')).toBe('first');
    expect(of('2026-11-18', '2026-12-16', '2027-01-20')).toBe('third');
    expect(of('2026-11-24', '2026-12-29')).toBe('last');
    // Each is the fourth and the last of its month.
    expect(of('2027-02-23')).toBe('fourth');
    expect(of('2026-12-29')).toBe('last');
  });
  it('is none of dates that no index fits', () => {
    expect(() => of('2026-12-07', '2027-01-11')).toThrow('2027-01-11');
    expect(() => of()).toThrow(RangeError);
  });
});
