import { describe, expect, it } from 'vitest';
import { answerText } from '../../../src/sandbox/answer-text.ts';
import { isWholeDays, layOutDay, touchesDay } from '../../../src/sandbox/lay-out-day.ts';
import type { SandboxItem } from '../../../src/sandbox/replies.ts';
import { addDays, daysOfWeek, instantOf, mondayOf, wallOf, weekdayOf } from '../../../src/sandbox/week.ts';

const item = (start: string, end: string): SandboxItem => ({
  eventId: start,
  seriesMasterId: null,
  start,
  end,
  subject: 'x',
  showAs: 'busy',
  isOrganizer: false,
  isCancelled: false,
  organizerAddress: 'a@x.example',
  attendees: [],
  response: 'accepted',
  joinUrl: null,
  tags: {},
});

describe('week', () => {
  it('knows Mondays, days and weekdays', () => {
    expect(mondayOf('2026-10-05')).toBe('2026-10-05');
    expect(mondayOf('2026-10-11')).toBe('2026-10-05');
    expect(addDays('2026-10-31', 1)).toBe('2026-11-01');
    expect(daysOfWeek('2026-10-26').at(-1)).toBe('2026-11-01');
    expect(weekdayOf('2026-10-05')).toBe('monday');
  });

  it('goes between wall time and instants across the change of clocks', () => {
    expect(wallOf('2026-10-24T07:30:00Z', 'Europe/Rome')).toEqual({ day: '2026-10-24', minute: 570 });
    expect(wallOf('2026-10-26T08:30:00Z', 'Europe/Rome')).toEqual({ day: '2026-10-26', minute: 570 });
    expect(instantOf('2026-10-24T09:30', 'Europe/Rome')).toBe('2026-10-24T07:30:00.000Z');
    expect(instantOf('2026-10-26T09:30', 'Europe/Rome')).toBe('2026-10-26T08:30:00.000Z');
    expect(instantOf('2026-10-26T09:30', 'America/New_York')).toBe('2026-10-26T13:30:00.000Z');
  });
});

describe('layOutDay', () => {
  it('puts overlapping items side by side and others alone', () => {
    const placed = layOutDay(
      [
        item('2026-10-05T07:00:00Z', '2026-10-05T08:00:00Z'),
        item('2026-10-05T07:30:00Z', '2026-10-05T08:30:00Z'),
        item('2026-10-05T08:00:00Z', '2026-10-05T09:00:00Z'),
        item('2026-10-05T12:00:00Z', '2026-10-05T12:30:00Z'),
      ],
      '2026-10-05',
      'Europe/Rome',
    );
    expect(placed.map(({ from, lane, lanes }) => [from, lane, lanes])).toEqual([
      [540, 0, 2],
      [570, 1, 2],
      [600, 0, 2],
      [840, 0, 1],
    ]);
  });

  it('keeps whole days apart and cuts what crosses midnight', () => {
    const vacation = item('2026-10-04T22:00:00Z', '2026-10-06T22:00:00Z');
    expect(isWholeDays(vacation)).toBe(true);
    expect(
      ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => touchesDay(vacation, day, 'Europe/Rome')),
    ).toEqual([false, true, true, false]);
    const late = item('2026-10-05T21:00:00Z', '2026-10-05T23:00:00Z');
    expect(layOutDay([late, vacation], '2026-10-05', 'Europe/Rome')).toMatchObject([{ from: 1380, to: 1440 }]);
    expect(layOutDay([late], '2026-10-06', 'Europe/Rome')).toMatchObject([{ from: 0, to: 60 }]);
  });
});

describe('answerText', () => {
  it('tells a message from a refusal and lets a card speak for itself', () => {
    const base = { httpStatus: 200, statusCode: 200 };
    expect(answerText({ ...base, type: 'application/vnd.microsoft.activity.message', value: 'Thanks' })).toEqual({
      isRefusal: false,
      words: 'Thanks',
    });
    expect(answerText({ ...base, type: 'application/vnd.microsoft.card.adaptive', value: {} })).toEqual({
      isRefusal: false,
      words: '',
    });
    expect(
      answerText({ ...base, statusCode: 400, type: 'application/vnd.microsoft.error', value: { message: 'No' } }),
    ).toEqual({
      isRefusal: true,
      words: 'No',
    });
    expect(answerText({ httpStatus: 403, statusCode: null, type: null, value: null })).toEqual({
      isRefusal: true,
      words: '403',
    });
  });
});
