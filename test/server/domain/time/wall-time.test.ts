import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  parseInstant,
  type Instant,
  type LocalDate,
  type WallTime,
  type ZoneId,
} from '../../../../server/domain/time/instant.ts';
import {
  addDays,
  fromWall,
  isWorkingDay,
  localDate,
  toWall,
  weekdayOf,
} from '../../../../server/domain/time/wall-time.ts';

const ZONES = [
  'UTC', 'Europe/Rome', 'Europe/Kyiv', 'Europe/Warsaw', 'Europe/London', 'Europe/Dublin', 'America/New_York', 'America/Sao_Paulo',
  'America/St_Johns', 'America/Los_Angeles', 'America/Santiago', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Adelaide',
  'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham', 'Africa/Casablanca', 'Africa/Cairo', 'Asia/Beirut', 'America/Havana',
] as ZoneId[]; // prettier-ignore

/** Hours around every change of the clock in the years of a program, and a few quiet days. */
function hoursAroundChanges(zone: ZoneId): number[] {
  const moments: number[] = [Date.UTC(2026, 6, 1), Date.UTC(2027, 0, 1)];
  let moment: Temporal.ZonedDateTime | null = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(zone);
  while ((moment = moment.getTimeZoneTransition('next')) && moment.year < 2029) moments.push(moment.epochMilliseconds);
  return moments.flatMap((at) => Array.from({ length: 60 }, (_, i) => at + (i - 30) * 20 * 60_000));
}

describe.each(['UTC', 'America/New_York', 'Asia/Kathmandu'])('on a machine in %s', (machine) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = machine;
    // The machine really is there: otherwise this suite would prove nothing.
    expect(new Date(2026, 0, 1).getTime()).toBe(
      Temporal.PlainDate.from('2026-01-01').toZonedDateTime(machine).epochMilliseconds,
    );
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it.each(ZONES)('shows the wall time of %s as Temporal does, and finds the way back', (zone) => {
    for (const at of hoursAroundChanges(zone)) {
      const plain = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
      const wall = toWall(at as Instant, zone);
      expect(wall).toBe(plain.toString({ smallestUnit: 'minute' }));
      expect(localDate(at as Instant, zone)).toBe(plain.toPlainDate().toString());
      const found = fromWall(wall, zone);
      const [earlier, later] = (['earlier', 'later'] as const).map(
        (disambiguation) => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
      );
      expect(found).toEqual(earlier === later ? { instant: at } : { doubled: [earlier, later] });
    }
  });

  it.each(ZONES)('knows the hours that %s skips', (zone) => {
    let moment: Temporal.ZonedDateTime | null = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(zone);
    while ((moment = moment.getTimeZoneTransition('next')) && moment.year < 2029) {
      const offsetBefore = moment.subtract({ nanoseconds: 1 }).offsetNanoseconds;
      if (moment.offsetNanoseconds <= offsetBefore) continue;
      const firstSkipped = new Date(moment.epochMilliseconds + offsetBefore / 1e6)
        .toISOString()
        .slice(0, 16) as WallTime;
      expect(fromWall(firstSkipped, zone)).toEqual({ gap: { next: moment.epochMilliseconds } });
    }
  });
});

describe('fromWall', () => {
  const rome = 'Europe/Rome' as ZoneId;
  it('refuses nothing but an instant, a gap or two instants', () => {
    expect(fromWall('2026-11-24T09:30' as WallTime, rome)).toEqual({ instant: parseInstant('2026-11-24T08:30:00Z') });
    expect(fromWall('2027-03-28T02:30' as WallTime, rome)).toEqual({
      gap: { next: parseInstant('2027-03-28T01:00:00Z') },
    });
    expect(fromWall('2026-10-25T02:30' as WallTime, rome)).toEqual({
      doubled: [parseInstant('2026-10-25T00:30:00Z'), parseInstant('2026-10-25T01:30:00Z')],
    });
  });
  it.each(['2026-02-30T10:00', '2026-01-01 10:00', '2026-01-01T25:00', '', '2026-01-01T10:00:00'])(
    'throws for %j',
    (text) => {
      expect(() => fromWall(text as WallTime, rome)).toThrow(RangeError);
    },
  );
  it('is exact in years that have no table', () => {
    expect(fromWall('1999-07-01T12:00' as WallTime, rome)).toEqual({ instant: parseInstant('1999-07-01T10:00:00Z') });
    expect(toWall(parseInstant('2090-01-01T12:00:00Z'), rome)).toBe('2090-01-01T13:00');
    expect(fromWall('2011-12-30T12:00' as WallTime, 'Pacific/Apia' as ZoneId)).toHaveProperty('gap');
  });
  it('converts tens of thousands of times in a moment', () => {
    toWall(0 as Instant, rome);
    const start = performance.now();
    for (let i = 0; i < 50_000; i++) fromWall(toWall((1_790_000_000_000 + i * 900_000) as Instant, rome), rome);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

describe('days', () => {
  it('counts over month ends, leap days and years', () => {
    expect(addDays('2028-02-28' as LocalDate, 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01' as LocalDate, -1)).toBe('2026-12-31');
    expect(weekdayOf('2026-11-24' as LocalDate)).toBe('tuesday');
    expect(weekdayOf('1969-12-31' as LocalDate)).toBe('wednesday');
    expect(isWorkingDay('2026-11-24' as LocalDate, { tuesday: [['09:00', '12:00']] })).toBe(true);
    expect(isWorkingDay('2026-11-25' as LocalDate, { tuesday: [['09:00', '12:00']], wednesday: [] })).toBe(false);
    expect(() => addDays('2026-02-30' as LocalDate, 1)).toThrow(RangeError);
  });
  it('agrees with Temporal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        const plain = Temporal.PlainDate.from('2026-01-01').add({ days });
        const date = addDays('2026-01-01' as LocalDate, days);
        expect(date).toBe(plain.toString());
        expect(
          ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].indexOf(weekdayOf(date)) + 1,
        ).toBe(plain.dayOfWeek);
      }),
      { seed: 5 },
    );
  });
});
