import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../server/commands/read-args.ts';
import { slots } from '../../../server/commands/slots.ts';
import type { SlotsOutput } from '../../../server/contract/slots.ts';
import { runCommand } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'inverso-slots-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'input.json');

async function answerTo(input: unknown, ...options: string[]): Promise<SlotsOutput> {
  writeFileSync(file, JSON.stringify(input));
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await slots([file, ...options])).toBe(0);
    expect(write).toHaveBeenCalledOnce();
    return JSON.parse(String(write.mock.calls[0]![0])) as SlotsOutput;
  } finally {
    write.mockRestore();
  }
}

async function faultsOf(input: unknown, ...options: string[]): Promise<{ path: string; reason: string }[]> {
  try {
    await answerTo(input, ...options);
  } catch (error) {
    if (error instanceof UsageError) return error.faults;
    throw error;
  }
  return [];
}

const day = (...periods: [string, string][]) => periods;
const ROME = { id: 'p1', timeZone: 'Europe/Rome', workingHours: { tuesday: day(['09:00', '10:30']) } };
const KYIV = { id: 'p2', timeZone: 'Europe/Kyiv', workingHours: { tuesday: day(['10:00', '18:00']) } };
const series = { from: '2027-03-16', every: { weeks: 1 }, count: 3, minutes: 30 };
const pair = (p1 = {}, p2 = {}, change = {}) => ({
  ...{
    series,
    anchor: 'p1',
    people: [
      { ...ROME, ...p1 },
      { ...KYIV, ...p2 },
    ],
  },
  ...change,
});

describe('inverso slots', () => {
  it('judges every date of every pattern, says who is kept away by what, and where it might go instead', async () => {
    const busy = [
      ['2027-03-23T08:30:00Z', '2027-03-23T08:45:00Z', 'oof'],
      ['2027-03-23T08:40:00Z', '2027-03-23T09:00:00Z', 'tentative'],
    ];
    const { candidates, milliseconds } = await answerTo(pair({}, { busy }));
    expect(milliseconds).toBeGreaterThan(0);
    expect(candidates.map(({ datesFree }) => datesFree)).toEqual([3, 3, 2, 2, 2]);
    const at = (time: string) => candidates.find((candidate) => candidate.time === time)!;
    expect(at('09:00')).toMatchObject({
      ...{ weekday: 'tuesday', index: null, timeZone: 'Europe/Rome', datesFree: 3 },
      // The clocks change on 28 March: the wall time stays.
      dates: ['2027-03-16T08:00:00Z', '2027-03-23T08:00:00Z', '2027-03-30T07:00:00Z'].map((start) => ({
        ...{ start, free: true, why: [], alternative: null },
      })),
    });
    expect(at('09:30').dates[1]).toEqual({
      start: '2027-03-23T08:30:00Z',
      free: false,
      why: [
        { person: 'p2', reason: 'oof' },
        { person: 'p2', reason: 'tentative' },
      ],
      alternative: { start: '2027-03-23T08:00:00Z' },
    });
    expect(at('09:45').dates[1]!.alternative).toEqual({ start: '2027-03-23T09:00:00Z' });
  });

  it('names everybody whom the hours keep away, and no alternative where the week has none', async () => {
    const { candidates } = await answerTo(pair({}, { workingHours: { monday: day(['09:00', '18:00']) } }));
    expect(candidates[0]!.datesFree).toBe(0);
    for (const { dates } of candidates)
      for (const { free, why, alternative } of dates)
        expect({ free, why, alternative }).toEqual({
          ...{ free: false, why: [{ person: 'p2', reason: 'outsideWorkingHours' }], alternative: null },
        });
  });

  it('leaves free times to preferences: they change the score and the order alone', async () => {
    const before = await answerTo(pair());
    const change = {
      preferences: { protected: { tuesday: day(['09:00', '09:30']) }, noMeetingDays: ['tuesday'], bufferMinutes: 60 },
      ...{ holidays: ['2027-03-16'], country: 'IT' },
    };
    const after = await answerTo(pair(change, {}, { blackouts: [{ from: '2027-03-30', to: '2027-03-30' }] }));
    const judged = ({ candidates }: SlotsOutput) =>
      candidates.map(({ time, dates }) => JSON.stringify([time, dates])).sort();
    expect(judged(after)).toEqual(judged(before));
    expect(after.candidates.map(({ score }) => score)).not.toEqual(before.candidates.map(({ score }) => score));
    expect(after.candidates[0]!.score).toBeLessThan(500_000);
    const lenient = { busy: [['2027-03-16T08:00:00Z', '2027-03-16T10:00:00Z', 'tentative']] };
    expect((await answerTo(pair(lenient))).candidates[0]!.datesFree).toBe(2);
    const free = { ...lenient, preferences: { tentativeIsFree: true } };
    expect((await answerTo(pair(free))).candidates[0]!.datesFree).toBe(3);
  });

  it('knows the public holidays of a country', async () => {
    const monday = { workingHours: { monday: day(['09:00', '11:00']) } };
    // Easter Monday of 2027 is 29 March.
    const easter = { series: { ...series, from: '2027-03-15' } };
    const plain = await answerTo(pair(monday, { workingHours: undefined }, easter));
    const italian = await answerTo(pair({ ...monday, country: 'IT' }, { workingHours: undefined }, easter));
    expect(italian.candidates[0]!.score).toBeLessThan(plain.candidates[0]!.score);
    expect(italian.candidates[0]!.datesFree).toBe(3);
  });

  it('finds patterns by months, each with its weekday of the month', async () => {
    const monthly = { series: { from: '2026-12-02', every: { months: 2 }, count: 3, minutes: 30 }, top: 1_000 };
    const { candidates } = await answerTo(pair({}, {}, monthly));
    const dates = (index: string) =>
      candidates
        .find((one) => one.index === index && one.time === '09:00')!
        .dates.map(({ start }) => start.slice(0, 10));
    expect(new Set(candidates.map(({ index }) => index))).toEqual(
      new Set(['first', 'second', 'third', 'fourth', 'last']),
    );
    // 1 December is over, so the first Tuesday is one of January.
    expect(dates('first')).toEqual(['2027-01-05', '2027-03-02', '2027-05-04']);
    expect(dates('fourth')).toEqual(['2026-12-22', '2027-02-23', '2027-04-27']);
    expect(dates('last')).toEqual(['2026-12-29', '2027-02-23', '2027-04-27']);
  });

  it('takes a grid of five minutes, a number of candidates, and says reasons in sentences', async () => {
    const { candidates } = await answerTo(pair({}, {}, { granularityMinutes: 5, top: 1_000 }), '--explain');
    expect(candidates).toHaveLength(13);
    expect(candidates[0]!.reasons).toContain('Free for both of you on all 3 dates.');
    expect((await answerTo(pair({}, {}, { top: 2 }))).candidates).toHaveLength(2);
  });

  it('finds nothing where the anchor never works, or no session fits', async () => {
    expect((await answerTo(pair({ workingHours: {} }))).candidates).toEqual([]);
    expect((await answerTo(pair({ workingHours: { tuesday: day(['09:00', '09:29']) } }))).candidates).toEqual([]);
  });

  it('refuses what it cannot use', async () => {
    expect(await faultsOf(pair({ timeZone: 'Mars/Olympus' }))).toEqual([
      { path: 'people.0.timeZone', reason: 'must be an IANA time zone such as Europe/Rome' },
    ]);
    expect(await faultsOf(pair({ country: 'XX' }))).toEqual([
      { path: 'people.0.country', reason: 'must be a country whose holidays are known, such as IT' },
    ]);
    expect((await faultsOf(pair(), '--fast'))[0]).toMatchObject({ path: 'options' });
    expect(await faultsOf(pair(), 'other.json')).toMatchObject([{ path: 'file' }]);
  });

  it('runs from a terminal, and ends with status 2 and the fault', async () => {
    writeFileSync(file, JSON.stringify(pair()));
    const good = await runCommand(['slots', file], {});
    expect(good).toMatchObject({ status: 0, err: '' });
    expect((JSON.parse(good.out) as SlotsOutput).candidates).toHaveLength(5);
    writeFileSync(file, JSON.stringify(pair({}, {}, { anchor: 'p3' })));
    const bad = await runCommand(['slots', file], {});
    expect(bad).toMatchObject({ status: 2, out: '' });
    expect(JSON.parse(bad.err)).toEqual({ path: 'anchor', reason: 'must be the id of one of people' });
  }, 60_000);
});
