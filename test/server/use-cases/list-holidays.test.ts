import { describe, expect, it } from 'vitest';
import { countryCode } from '../../../server/use-cases/slots/country-code.ts';
import { listHolidays } from '../../../server/use-cases/slots/list-holidays.ts';

describe('countryCode', () => {
  it.each([
    ['IT', 'IT'],
    ['it', 'IT'],
    [' Italia ', 'IT'],
    ['Italy', 'IT'],
    ['Włochy', 'IT'],
    ['Україна', 'UA'],
    ['Estados Unidos', 'US'],
    ['USA', 'US'],
    ['UK', 'GB'],
    ['United Kingdom', 'GB'],
  ])('%s is %s', (name, code) => expect(countryCode(name)).toBe(code));
  it.each([null, '', ' ', 'Middle-earth', 'constructor', 'ZZZ'])('%j is none', (name) => {
    expect(countryCode(name)).toBeNull();
  });
});

describe('listHolidays', () => {
  it('knows fixed and movable days, not observances', async () => {
    const italy = await listHolidays('IT', 2027, 2027);
    expect(italy).toEqual(expect.arrayContaining(['2027-01-01', '2027-03-29', '2027-08-15', '2027-12-08']));
    // Mother's Day.
    expect(italy).not.toContain('2027-05-09');
    expect(await listHolidays('US', 2026, 2026)).toContain('2026-11-26');
    expect(await listHolidays('PL', 2026, 2026)).toContain('2026-11-11');
  });
  it('gives several years, each day once, and several days of a feast', async () => {
    const days = (await listHolidays('BR', 2026, 2028))!;
    expect(new Set(days).size).toBe(days.length);
    expect(new Set(days.map((day) => day.slice(0, 4)))).toEqual(new Set(['2026', '2027', '2028']));
    const china = (await listHolidays('CN', 2026, 2026))!;
    expect(china).toEqual(expect.arrayContaining(['2026-02-16', '2026-02-17', '2026-02-18']));
  });
  it('knows none of no country', async () => {
    expect(await listHolidays('XX', 2026, 2026)).toBeNull();
    expect(await listHolidays('toString', 2026, 2026)).toBeNull();
  });
});
