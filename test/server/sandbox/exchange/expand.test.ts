import { describe, expect, it } from 'vitest';
import { compactDate, expandDays, dayNumber } from '../../../../server/sandbox/graph/exchange/expand.ts';
import { readRecurrence } from '../../../../server/sandbox/graph/exchange/recurrence.ts';
import { parseWall, UTC } from '../../../../server/sandbox/graph/exchange/zones.ts';
import { instancesPath, makeTenant, seriesBody, times } from './make-tenant.ts';

function dates(startDate: string, pattern: Record<string, unknown>, range: Record<string, unknown>): string[] {
  const start = parseWall(`${startDate}T10:00:00`, UTC)!;
  const recurrence = readRecurrence({ pattern, range: { startDate, ...range } }, start, 'UTC');
  return expandDays(recurrence, dayNumber('2029-12-31')).map(compactDate);
}

const numbered = (numberOfOccurrences: number): Record<string, unknown> => ({ type: 'numbered', numberOfOccurrences });

describe('expansion of a recurrence', () => {
  it('daily, every third day', () => {
    const found = dates('2026-12-30', { type: 'daily', interval: 3 }, numbered(3));
    expect(found).toEqual(['20261230', '20270102', '20270105']);
  });

  it('weekly on two days, until a date (inclusive)', () => {
    const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'thursday'] };
    const found = dates('2026-10-05', pattern, { type: 'endDate', endDate: '2026-10-15' });
    expect(found).toEqual(['20261005', '20261008', '20261012', '20261015']);
  });

  it('every second week depends on the first day of the week', () => {
    const pattern = { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday'] };
    // 2026-10-06 is a Tuesday; the Sunday after it belongs to the same week only where weeks begin on Monday.
    const monday = dates('2026-10-06', { ...pattern, firstDayOfWeek: 'monday' }, numbered(3));
    const sunday = dates('2026-10-06', pattern, numbered(3));
    expect(monday).toEqual(['20261006', '20261011', '20261020']);
    expect(sunday).toEqual(['20261006', '20261018', '20261020']);
  });

  it('monthly on the 31st falls on the last day of shorter months', () => {
    const found = dates('2026-12-31', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, numbered(4));
    expect(found).toEqual(['20261231', '20270131', '20270228', '20270331']);
  });

  it('monthly on the last Friday and on the first working day', () => {
    const friday = { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' };
    expect(dates('2026-10-30', friday, numbered(3))).toEqual(['20261030', '20261127', '20261225']);
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
    const first = { type: 'relativeMonthly', interval: 1, daysOfWeek: days, index: 'first' };
    expect(dates('2026-10-01', first, numbered(3))).toEqual(['20261001', '20261102', '20261201']);
  });

  it('a yearly leap day and the second Tuesday of March', () => {
    const leap = { type: 'absoluteYearly', interval: 1, dayOfMonth: 29, month: 2 };
    expect(dates('2028-02-29', leap, numbered(2))).toEqual(['20280229', '20290228']);
    const march = { type: 'relativeYearly', interval: 1, daysOfWeek: ['tuesday'], index: 'second', month: 3 };
    expect(dates('2027-03-09', march, numbered(2))).toEqual(['20270309', '20280314']);
  });

  it('a series without end goes on as far as is asked', async () => {
    const tenant = makeTenant();
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] },
      range: { type: 'noEnd', startDate: '2026-10-06' },
    };
    await tenant.call('POST', '/users/org/events', seriesBody({ recurrence, attendees: [] }));
    const path = '/users/org/calendarView?startDateTime=2033-01-01T00:00:00Z&endDateTime=2033-02-01T00:00:00Z';
    const view = await tenant.call('GET', path);
    const starts = view.body.value.map((each: { start: { dateTime: string } }) => each.start.dateTime.slice(0, 10));
    expect(starts).toEqual(['2033-01-04', '2033-01-11', '2033-01-18', '2033-01-25']);
  });
});

describe('daylight-saving changes', () => {
  const startsOf = async (zone: string, start: string, count: number): Promise<string[]> => {
    const tenant = makeTenant();
    const date = start.slice(0, 10);
    const day = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][
      new Date(date).getUTCDay()
    ];
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: [day] },
      range: { type: 'numbered', startDate: date, numberOfOccurrences: count },
    };
    const end = new Date(Date.parse(`${start}:00Z`) + 30 * 60_000).toISOString().slice(0, 16);
    const body = seriesBody({ ...times(`${start}:00`, `${end}:00`, zone), recurrence });
    const { body: created } = await tenant.call('POST', '/users/org/events', body);
    const { body: list } = await tenant.call('GET', instancesPath('org', created.id));
    return list.value.map((each: { start: { dateTime: string } }) => each.start.dateTime.slice(0, 16));
  };

  it('Europe 2026-10-25 and 2027-03-28: the wall time stays', async () => {
    expect(await startsOf('W. Europe Standard Time', '2026-10-20T10:00', 2)).toEqual([
      '2026-10-20T08:00',
      '2026-10-27T09:00',
    ]);
    expect(await startsOf('W. Europe Standard Time', '2027-03-23T10:00', 2)).toEqual([
      '2027-03-23T09:00',
      '2027-03-30T08:00',
    ]);
  });

  it('New York 2026-11-01 and 2027-03-14; Sao Paulo has none; India has half an hour', async () => {
    expect(await startsOf('Eastern Standard Time', '2026-10-27T09:00', 2)).toEqual([
      '2026-10-27T13:00',
      '2026-11-03T14:00',
    ]);
    expect(await startsOf('America/New_York', '2027-03-09T09:00', 2)).toEqual(['2027-03-09T14:00', '2027-03-16T13:00']);
    expect(await startsOf('E. South America Standard Time', '2026-10-27T09:00', 2)).toEqual([
      '2026-10-27T12:00',
      '2026-11-03T12:00',
    ]);
    expect(await startsOf('India Standard Time', '2026-10-27T09:00', 1)).toEqual(['2026-10-27T03:30']);
  });

  it('a time in the gap is moved on, a time that comes twice is the earlier one', async () => {
    expect(await startsOf('W. Europe Standard Time', '2027-03-28T02:30', 1)).toEqual(['2027-03-28T01:30']);
    expect(await startsOf('W. Europe Standard Time', '2026-10-25T02:30', 1)).toEqual(['2026-10-25T00:30']);
  });
});
