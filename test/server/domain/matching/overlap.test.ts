import { describe, expect, it } from 'vitest';
import { measureOverlaps } from '../../../../server/domain/matching/overlap.ts';
import type { LocalDate, ZoneId } from '../../../../server/domain/time/instant.ts';

const startsOn = '2026-09-28' as LocalDate;

describe('measureOverlaps', () => {
  const worker = (timeZone: string, hours?: [string, string]) => ({
    timeZone: timeZone as ZoneId,
    workingHours: hours
      ? Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [hours]]))
      : null,
  });
  const overlap = measureOverlaps(startsOn, 24);
  it('is a whole week for two people who work alike', () => {
    expect(overlap(worker('Europe/Rome'), worker('Europe/Warsaw'))).toEqual({
      minutesPerWeek: 2_400,
      minutesPerDay: 480,
    });
  });
  it('counts the worst week: Rome and New York are six hours apart, and five for a week in autumn and two in spring', () => {
    expect(overlap(worker('Europe/Rome'), worker('America/New_York')).minutesPerDay).toBe(120);
    // With Phoenix, which never changes its clock, Rome has an hour less in summer.
    const late = worker('Europe/Rome', ['10:00', '19:00']);
    expect(overlap(late, worker('America/Phoenix')).minutesPerDay).toBe(60);
    expect(measureOverlaps('2026-12-07' as LocalDate, 4)(late, worker('America/Phoenix')).minutesPerDay).toBe(120);
  });
  it('is exact across the date line and for half hours', () => {
    expect(overlap(worker('Asia/Kathmandu'), worker('Asia/Kolkata')).minutesPerDay).toBe(465);
    expect(overlap(worker('Pacific/Auckland'), worker('Europe/Rome')).minutesPerWeek).toBe(0);
  });
});
