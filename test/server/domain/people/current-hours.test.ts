import { describe, expect, it } from 'vitest';
import { currentHours } from '../../../../server/domain/people/current-hours.ts';
import { isWithinHours } from '../../../../server/domain/slots/is-within-hours.ts';
import { parseInstant, type ZoneId } from '../../../../server/domain/time/instant.ts';
import { ASSUMED_HOURS } from '../../../../server/domain/time/working-days.ts';

const NOW = parseInstant('2026-09-28T06:00:00Z');
const [ROME, BERLIN, LONDON, NEW_YORK, TUNIS] = [
  'Europe/Rome',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'Africa/Tunis',
] as ZoneId[] as [ZoneId, ZoneId, ZoneId, ZoneId, ZoneId];
const EARLY = { monday: [['07:00', '12:00']] } as const;

describe('currentHours', () => {
  it('takes the zone that the mailbox names by now, and its hours', () => {
    const known = { timeZone: ROME, workingHours: EARLY };
    expect(currentHours(known, { timeZone: LONDON, workingHours: ASSUMED_HOURS }, NOW)).toEqual({
      timeZone: LONDON,
      workingHours: ASSUMED_HOURS,
    });
  });

  it('keeps the known name of a zone that runs alike, and no zone that only looks alike today', () => {
    const zoneOf = (timeZone: ZoneId | null) =>
      currentHours({ timeZone: ROME, workingHours: null }, { timeZone, workingHours: null }, NOW).timeZone;
    expect(zoneOf(BERLIN)).toBe(ROME);
    expect(zoneOf(null)).toBe(ROME);
    expect(zoneOf(TUNIS)).toBe(TUNIS);
    const winter = parseInstant('2026-12-01T06:00:00Z');
    const known = { timeZone: ROME, workingHours: null };
    expect(currentHours(known, { timeZone: TUNIS, workingHours: null }, winter).timeZone).toBe(TUNIS);
  });

  it('never takes an unknown zone for UTC, and assumes usual hours where none are known', () => {
    expect(currentHours({ timeZone: null, workingHours: null }, null, NOW)).toEqual({
      timeZone: null,
      workingHours: ASSUMED_HOURS,
    });
    expect(currentHours({ timeZone: ROME, workingHours: EARLY }, null, NOW).workingHours).toBe(EARLY);
  });
});

describe('isWithinHours', () => {
  const span = (start: string, end: string) => ({ start: parseInstant(start), end: parseInstant(end) });

  it('judges every date by the clock of that day', () => {
    const before = span('2027-03-26T08:00:00Z', '2027-03-26T08:30:00Z');
    const after = span('2027-04-02T07:00:00Z', '2027-04-02T07:30:00Z');
    expect(isWithinHours([before, after], ROME, ASSUMED_HOURS)).toBe(true);
    // The same instant of the day in UTC is an hour too early before the clocks change.
    expect(isWithinHours([span('2027-03-26T07:00:00Z', '2027-03-26T07:30:00Z')], ROME, ASSUMED_HOURS)).toBe(false);
    expect(isWithinHours([before, after], NEW_YORK, ASSUMED_HOURS)).toBe(false);
  });

  it('takes nothing that sticks out of a period, nor a free day', () => {
    expect(isWithinHours([span('2026-09-28T14:45:00Z', '2026-09-28T15:15:00Z')], ROME, ASSUMED_HOURS)).toBe(false);
    expect(isWithinHours([span('2026-09-27T10:00:00Z', '2026-09-27T10:30:00Z')], ROME, ASSUMED_HOURS)).toBe(false);
    expect(isWithinHours([], ROME, ASSUMED_HOURS)).toBe(true);
  });
});
