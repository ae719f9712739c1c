import { describe, expect, it } from 'vitest';
import { parseSlots } from '../../../server/contract/slots.ts';
import { parseZone } from '../../../server/domain/time/zones.ts';

const ANN = { id: 'ann', timeZone: 'Europe/Rome' };
const BO = { id: 'bo', timeZone: 'America/New_York' };
const SMALL = {
  series: { from: '2026-12-01', every: { weeks: 2 }, count: 12, minutes: 30 },
  anchor: 'ann',
  people: [ANN, BO],
};

function expectFault(input: unknown, path: string, reason: string): void {
  const result = parseSlots(input, parseZone);
  const faults = 'faults' in result ? result.faults : [];
  expect(
    faults.map((fault) => ({ ...fault, reason: fault.reason.replace(/^(is not known here), only .*$/, '$1') })),
  ).toEqual([{ path, reason }]);
}

const UNKNOWN = 'is not known here';
const OBJECT = 'must be an object';
const LIST = 'must be a list';
const DAY = 'must be a day as YYYY-MM-DD, from 1970 to 2099';
const YEARS = 'must lie in 2020 to 2037';
const EVERY = 'must be {"weeks": n} or {"months": n}';
const ZONE = 'must be an IANA time zone such as Europe/Rome';
const PERIOD = 'must be [start, end] such as ["09:00", "17:00"], the start before the end, 24:00 at the latest';
const BUSY =
  'must be [start, end, status], times such as "2026-12-01T08:00:00Z", the end not before the start, status one of free, tentative, busy, oof, workingElsewhere';
const from = (least: number, most: number) => `must be a whole number from ${least} to ${most}`;

type Row = [change: object, path: string, reason: string];

describe('what may be left out', () => {
  it('is filled in', () => {
    expect(parseSlots(SMALL, parseZone)).toEqual({
      value: {
        ...SMALL,
        people: [ANN, BO].map((person) => ({
          ...person,
          ...{ workingHours: null, busy: [], preferences: {}, holidays: [], country: null },
        })),
        ...{ granularityMinutes: 15, top: 5, blackouts: [] },
      },
    });
  });
  it('is taken as it is given, zones in today’s spelling', () => {
    const hours = {
      monday: [
        ['09:00', '12:00'],
        ['12:00', '24:00'],
      ],
      sunday: [],
    };
    const person = {
      id: 'ann',
      timeZone: 'europe/kiev',
      workingHours: hours,
      busy: [
        ['2026-12-01T08:00:00Z', '2026-12-01T09:00:00.000+01:00', 'oof'],
        ['2026-12-01T08:00Z', '2026-12-01T08:00Z', 'free'],
      ],
      preferences: {
        ...{ preferred: hours, protected: {}, noMeetingDays: ['friday'], bufferMinutes: 0, tentativeIsFree: false },
      },
      holidays: ['2026-12-08'],
      country: 'IT',
    };
    const given = {
      series: { ...SMALL.series, every: { months: 3 } },
      ...{ anchor: 'bo', people: [person, BO], granularityMinutes: 5, top: 20_000 },
      blackouts: [{ from: '2026-12-24', to: '2026-12-24' }],
    };
    const result = parseSlots(given, parseZone);
    expect(result).toMatchObject({ value: { ...given, people: [{ ...person, timeZone: 'Europe/Kyiv' }, BO] } });
  });
});

describe('refused of the whole', () => {
  it.each<[unknown, string, string]>([
    [null, 'input', OBJECT],
    [[], 'input', OBJECT],
    ['{}', 'input', OBJECT],
    [{ ...SMALL, series: undefined }, 'series', OBJECT],
    [{ ...SMALL, people: { ann: ANN } }, 'people', LIST],
    [{ ...SMALL, people: [ANN] }, 'people', 'must be two or more'],
    [{ ...SMALL, people: Array(51).fill(ANN) }, 'people', 'must not be longer than 50'],
    [{ ...SMALL, people: [ANN, BO, { ...BO, id: 'ann' }] }, 'people.2.id', 'is the same as people.0.id'],
    [{ ...SMALL, people: [ANN, null] }, 'people.1', OBJECT],
    [{ ...SMALL, anchor: 'cy' }, 'anchor', 'must be the id of one of people'],
    [{ ...SMALL, anchor: 0 }, 'anchor', 'must be an id of 1 to 200 characters, none of them invisible'],
    [{ ...SMALL, granularityMinutes: 10 }, 'granularityMinutes', 'must be 5 or 15'],
    [{ ...SMALL, granularityMinutes: '15' }, 'granularityMinutes', 'must be 5 or 15'],
    [{ ...SMALL, top: 0 }, 'top', from(1, 20_000)],
    [{ ...SMALL, top: 1.5 }, 'top', from(1, 20_000)],
    [{ ...SMALL, top: 1e9 }, 'top', from(1, 20_000)],
    [{ ...SMALL, seed: 1 }, 'seed', UNKNOWN],
    [
      { ...SMALL, blackouts: [{ from: '2026-12-02', to: '2026-12-01' }] },
      'blackouts.0',
      'must not end before it begins',
    ],
    [JSON.parse(`{"__proto__": 1, ${JSON.stringify(SMALL).slice(1)}`), '__proto__', UNKNOWN],
  ])('%j', expectFault);
});

describe('refused of the series', () => {
  it.each<Row>([
    [{ from: '2026-02-29' }, 'from', DAY],
    [{ from: '2026-12-01T00:00:00Z' }, 'from', DAY],
    [{ from: 20261201 }, 'from', DAY],
    [{ from: '2019-12-31' }, 'from', YEARS],
    [{ from: '2038-01-01' }, 'from', YEARS],
    [{ every: {} }, 'every', EVERY],
    [{ every: { weeks: 1, months: 1 } }, 'every', EVERY],
    [{ every: 'weekly' }, 'every', EVERY],
    [{ every: 2 }, 'every', EVERY],
    [{ every: { days: 1, weeks: 1 } }, 'every.days', UNKNOWN],
    [{ every: { weeks: 0 } }, 'every.weeks', from(1, 52)],
    [{ every: { weeks: 53 } }, 'every.weeks', from(1, 52)],
    [{ every: { months: 0.5 } }, 'every.months', from(1, 12)],
    [{ count: 0 }, 'count', from(1, 60)],
    [{ count: 61 }, 'count', from(1, 60)],
    [{ count: -1 }, 'count', from(1, 60)],
    [{ count: '12' }, 'count', from(1, 60)],
    [{ count: 60, every: { weeks: 4 } }, 'count', 'must not make a series longer than three years'],
    [{ count: 38, every: { months: 1 } }, 'count', 'must not make a series longer than three years'],
    [{ minutes: 14 }, 'minutes', from(15, 60)],
    [{ minutes: 61 }, 'minutes', from(15, 60)],
    [{ minutes: 22.5 }, 'minutes', from(15, 60)],
    [{ minutes: null }, 'minutes', from(15, 60)],
    [{ seconds: 1 }, 'seconds', UNKNOWN],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, series: { ...SMALL.series, ...change } }, `series.${path}`, reason);
  });
});

describe('refused of a person', () => {
  it.each<Row>([
    [{ timeZone: undefined }, 'timeZone', 'must be the name of a time zone'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', ZONE],
    [{ timeZone: 'W. Europe Standard Time' }, 'timeZone', ZONE],
    [{ timeZone: '+01:00' }, 'timeZone', ZONE],
    [{ timeZone: '' }, 'timeZone', ZONE],
    [{ workingHours: [] }, 'workingHours', 'must be an object of weekdays'],
    [{ workingHours: { Monday: [] } }, 'workingHours.Monday', UNKNOWN],
    [{ workingHours: { monday: [['9:00', '17:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['09:00', '25:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['22:00', '06:00']] } }, 'workingHours.monday.0', PERIOD],
    [{ workingHours: { monday: [['09:00', '09:00']] } }, 'workingHours.monday.0', PERIOD],
    [
      {
        workingHours: {
          monday: [
            ['13:00', '17:00'],
            ['09:00', '12:00'],
          ],
        },
      },
      'workingHours.monday',
      'must be in order, none before the one before it ends',
    ],
    [
      {
        workingHours: {
          monday: [
            ['09:00', '12:00'],
            ['11:59', '13:00'],
          ],
        },
      },
      'workingHours.monday',
      'must be in order, none before the one before it ends',
    ],
    [{ busy: {} }, 'busy', LIST],
    [{ busy: [['2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z']] }, 'busy.0', BUSY],
    [{ busy: [['2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z', 'away']] }, 'busy.0', BUSY],
    [{ busy: [['2026-12-01T09:00:00Z', '2026-12-01T08:59:59Z', 'busy']] }, 'busy.0', BUSY],
    [{ busy: [['2026-12-01T08:00:00', '2026-12-01T09:00:00', 'busy']] }, 'busy.0', BUSY],
    [{ busy: [['2026-02-30T08:00:00Z', '2026-12-01T09:00:00Z', 'busy']] }, 'busy.0', BUSY],
    [{ busy: [['2026-12-01T24:00:00Z', '2026-12-02T09:00:00Z', 'busy']] }, 'busy.0', BUSY],
    [{ busy: [[1, 2, 'busy']] }, 'busy.0', BUSY],
    [{ busy: [null] }, 'busy.0', BUSY],
    [{ preferences: null }, 'preferences', OBJECT],
    [{ preferences: { lunch: true } }, 'preferences.lunch', UNKNOWN],
    [{ preferences: { preferred: { monday: [['a', 'b']] } } }, 'preferences.preferred.monday.0', PERIOD],
    [{ preferences: { bufferMinutes: 61 } }, 'preferences.bufferMinutes', from(0, 60)],
    [{ preferences: { tentativeIsFree: 'yes' } }, 'preferences.tentativeIsFree', 'must be true or false'],
    [
      { preferences: { noMeetingDays: ['Friday'] } },
      'preferences.noMeetingDays.0',
      'must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday',
    ],
    [{ holidays: ['2026-12-32'] }, 'holidays.0', DAY],
    [{ country: 'Italy' }, 'country', 'must be a country such as IT'],
    [{ calendar: [] }, 'calendar', UNKNOWN],
  ])('%j', (change, path, reason) => {
    expectFault({ ...SMALL, people: [ANN, { ...BO, ...change }] }, `people.1.${path}`, reason);
  });
});

it('lists fifty faults at the most, and everything that is wrong by itself', () => {
  const people = Array.from({ length: 40 }, () => ({ id: '', timeZone: 7 }));
  const result = parseSlots({ ...SMALL, people }, parseZone);
  expect('faults' in result && result.faults).toHaveLength(50);
  const two = parseSlots({ ...SMALL, top: 0, series: { ...SMALL.series, count: 0 } }, parseZone);
  expect('faults' in two && two.faults.map(({ path }) => path).sort()).toEqual(['series.count', 'top']);
});
