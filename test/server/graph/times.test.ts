import { describe, expect, it } from 'vitest';
import { parseInstant, type WallTime, type ZoneId } from '../../../server/domain/time/instant.ts';
import { readGraphTime, utcTime, wallSpan, wallTimeOf } from '../../../server/graph/times.ts';

describe('readGraphTime', () => {
  it.each([
    ['2026-10-12T09:30:00.0000000', 'UTC', '2026-10-12T09:30:00Z'],
    ['2026-10-12T09:30:00.1234567', 'UTC', '2026-10-12T09:30:00.123Z'],
    ['2019-08-16T12:00:00.0000000', 'Pacific Standard Time', '2019-08-16T19:00:00Z'],
    ['2026-10-24T15:00:00', 'W. Europe Standard Time', '2026-10-24T13:00:00Z'],
    ['2026-10-26T15:00:00', 'Europe/Rome', '2026-10-26T14:00:00Z'],
    ['2026-10-26T15:30', 'India Standard Time', '2026-10-26T10:00:00Z'],
  ])('%s in %s is %s', (dateTime, timeZone, at) =>
    expect(readGraphTime({ dateTime, timeZone })).toBe(parseInstant(at)),
  );

  it.each([
    ['nonsense', 'UTC'],
    ['2026-13-45T99:00:00', 'UTC'],
    ['2026-02-30T10:00:00', 'UTC'],
    ['2026-02-30T10:00:00', 'Pacific Standard Time'],
    ['2026-10-12T09:30:00', 'Customized Time Zone'],
  ])('%s in %s is not understood', (dateTime, timeZone) => expect(readGraphTime({ dateTime, timeZone })).toBeNull());
});

describe('writing times', () => {
  it('gives wall time on both sides of a change of clocks', () => {
    const rome = 'Europe/Rome' as ZoneId;
    expect(wallTimeOf(parseInstant('2026-10-24T13:00:00Z'), rome)).toBe('2026-10-24T15:00:00');
    expect(wallTimeOf(parseInstant('2026-10-26T14:00:00Z'), rome)).toBe('2026-10-26T15:00:00');
    expect(wallTimeOf(parseInstant('2026-12-31T23:30:00Z'), 'Asia/Kolkata' as ZoneId)).toBe('2027-01-01T05:00:00');
    expect(utcTime(parseInstant('2026-10-26T14:00:00Z'))).toEqual({ dateTime: '2026-10-26T14:00:00', timeZone: 'UTC' });
  });

  it('adds minutes on the wall clock, over midnight too', () => {
    expect(wallSpan('2026-10-26T15:45' as WallTime, 30)).toEqual({
      start: '2026-10-26T15:45:00',
      end: '2026-10-26T16:15:00',
    });
    expect(wallSpan('2026-12-31T23:45' as WallTime, 30).end).toBe('2027-01-01T00:15:00');
    expect(() => wallSpan('15:45' as WallTime, 30)).toThrow(/start/);
  });
});
