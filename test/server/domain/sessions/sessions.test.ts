import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../../../server/contract/vocabulary.ts';
import type { BusyInterval } from '../../../../server/domain/slots/busy.ts';
import { dueForFeedback, menteeAskAt } from '../../../../server/domain/sessions/due-for-feedback.ts';
import { heldFromAnswers, judgeFeedback, readAnswer } from '../../../../server/domain/sessions/feedback.ts';
import { momentumAlarms } from '../../../../server/domain/sessions/momentum.ts';
import { compareSession, proposedTimes, type SeenDate } from '../../../../server/domain/sessions/reconcile.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, toIso, type ZoneId } from '../../../../server/domain/time/instant.ts';

const rome = { timeZone: 'Europe/Rome' as ZoneId, workingHours: null };
const at = parseInstant;

describe('dueForFeedback', () => {
  const endsAt = at('2026-11-24T09:30:00Z');
  const session = { state: 'booked' as SessionState, held: 'presumed' as const, endsAt };
  const busy = (...spans: [start: string, end: string, status?: BusyInterval['status']][]): BusyInterval[] =>
    spans.map(([start, end, status = 'busy']) => ({ start: at(start), end: at(end), status }));
  it('asks both five minutes after the end where nothing comes next', () => {
    for (const side of ['mentor', 'mentee'] as const)
      expect(dueForFeedback(session, side, rome, endsAt, [])).toEqual({ ask: true, dueAt: plus(endsAt, 5 * MINUTE) });
  });
  it('asks the executive half an hour after the end where the calendar cannot be read', () => {
    expect(dueForFeedback(session, 'mentee', rome, endsAt, null)).toMatchObject({ dueAt: plus(endsAt, 30 * MINUTE) });
  });
  it.each<[string, BusyInterval[], string]>([
    ['the next meeting', busy(['2026-11-24T09:30:00Z', '2026-11-24T10:15:00Z']), '2026-11-24T10:15:00.000Z'],
    [
      'two meetings with five minutes between them',
      busy(['2026-11-24T09:30:00Z', '2026-11-24T10:15:00Z'], ['2026-11-24T10:20:00Z', '2026-11-24T11:00:00Z']),
      '2026-11-24T11:00:00.000Z',
    ],
    [
      'a tentative one',
      busy(['2026-11-24T09:30:00Z', '2026-11-24T10:00:00Z', 'tentative']),
      '2026-11-24T10:00:00.000Z',
    ],
    [
      'something shown as free',
      busy(['2026-11-24T09:30:00Z', '2026-11-24T12:00:00Z', 'free']),
      '2026-11-24T09:35:00.000Z',
    ],
    ['meetings until the evening', busy(['2026-11-24T09:00:00Z', '2026-11-24T18:00:00Z']), '2026-11-25T08:00:00.000Z'],
    [
      'out of office until Thursday',
      busy(['2026-11-24T09:30:00Z', '2026-11-26T12:00:00Z', 'oof']),
      '2026-11-25T08:00:00.000Z',
    ],
  ])('after the session comes %s', (_, day, expected) => {
    expect(toIso(menteeAskAt(endsAt, endsAt, rome, day))).toBe(expected);
  });
  it.each([
    ['2026-11-24T15:00:00Z', '2026-11-24T15:30:00.000Z'],
    ['2026-11-24T15:30:00Z', '2026-11-25T08:00:00.000Z'], // half an hour later is after work
    ['2026-11-27T16:00:00Z', '2026-11-30T08:00:00.000Z'], // Friday evening: Monday
    ['2026-11-24T06:30:00Z', '2026-11-24T08:00:00.000Z'], // before work: the same morning
    ['2026-11-24T07:30:00Z', '2026-11-24T08:00:00.000Z'],
  ])('a session that ends at %s is asked about at %s', (end, expected) => {
    expect(toIso(menteeAskAt(at(end), at(end), rome, null))).toBe(expected);
  });
  it('does not ask in the past, and not at night when it comes late', () => {
    const late = at('2026-11-24T20:00:00Z');
    expect(toIso(menteeAskAt(endsAt, late, rome, []))).toBe('2026-11-25T08:00:00.000Z');
    const noon = at('2026-11-24T11:00:00Z');
    expect(menteeAskAt(endsAt, noon, rome, [])).toBe(noon);
  });
  it('takes hours that hold no time for unknown ones', () => {
    const person = { ...rome, workingHours: { tuesday: [['09:00', '09:00']] } } as const;
    expect(toIso(menteeAskAt(endsAt, at('2026-11-24T20:00:00Z'), person, []))).toBe('2026-11-25T08:00:00.000Z');
  });
  it.each<SessionState>(['planned', 'cancelled', 'declined', 'deleted'])(
    'never asks about a session that is %s (F62)',
    (state) => {
      expect(dueForFeedback({ ...session, state }, 'mentor', rome, endsAt, [])).toEqual({
        ask: false,
        because: 'notBooked',
      });
    },
  );
  it('never asks about one that did not take place, or is older than three working days (F18)', () => {
    expect(dueForFeedback({ ...session, held: 'notHeld' }, 'mentee', rome, endsAt, [])).toEqual({
      ask: false,
      because: 'notHeld',
    });
    expect(dueForFeedback(session, 'mentor', rome, at('2026-11-27T09:30:00Z'), [])).toMatchObject({ ask: true });
    expect(dueForFeedback(session, 'mentor', rome, at('2026-11-27T09:31:00Z'), [])).toEqual({
      ask: false,
      because: 'tooOld',
    });
    const friday = { ...session, endsAt: at('2026-11-27T09:30:00Z') };
    expect(dueForFeedback(friday, 'mentor', rome, at('2026-12-02T09:00:00Z'), [])).toMatchObject({ ask: true });
  });
});

describe('judgeFeedback', () => {
  const endsAt = at('2026-11-24T09:30:00Z');
  it.each<[SessionState, number, string]>([
    ['booked', -MINUTE, 'tooEarly'],
    ['booked', 0, 'open'],
    ['booked', 7 * DAY - MINUTE, 'open'],
    ['booked', 7 * DAY, 'closed'],
    ['planned', -HOUR, 'tooEarly'],
    ['planned', HOUR, 'sessionNotHeld'],
    ['cancelled', HOUR, 'sessionNotHeld'],
    ['declined', -HOUR, 'sessionNotHeld'],
    ['deleted', 8 * DAY, 'sessionNotHeld'],
  ])('%s, %i ms after the end: %s', (state, after, verdict) => {
    expect(judgeFeedback({ state, endsAt }, plus(endsAt, after))).toBe(verdict);
  });
});

describe('readAnswer', () => {
  it('keeps nothing but the no of a session that did not take place', () => {
    const answer = {
      tookPlace: false,
      usefulness: null,
      nextTopic: null,
      note: null,
      noteReader: null,
      rightMatch: null,
      safeToSpeak: null,
      taughtBy: null,
    };
    const said = { usefulness: 1, note: 'nobody came', noteReader: 'partner', safeToSpeak: 1 } as const;
    expect(readAnswer({ tookPlace: false, ...said }, { isPulse: true })).toEqual({
      outcome: 'read',
      answer,
    });
  });
  it('sends a note without a chosen reader where least is told', () => {
    expect(readAnswer({ tookPlace: true, usefulness: 4, note: ' good ' }, { isPulse: false })).toMatchObject({
      answer: { note: 'good', noteReader: 'programTeamGrouped' },
    });
    expect(readAnswer({ tookPlace: true, note: 'x', noteReader: 'onlyMe' }, { isPulse: false })).toMatchObject({
      answer: { noteReader: 'onlyMe' },
    });
    expect(readAnswer({ tookPlace: true, note: '', noteReader: 'onlyMe' }, { isPulse: false })).toMatchObject({
      answer: { note: null, noteReader: null },
    });
  });
  it('keeps what is of the pulse where the pulse was asked, and nowhere else', () => {
    const pulse = { rightMatch: 'another', safeToSpeak: 2, taughtBy: 'both' } as const;
    expect(readAnswer({ tookPlace: true, ...pulse }, { isPulse: true })).toMatchObject({ answer: pulse });
    expect(readAnswer({ tookPlace: true, ...pulse }, { isPulse: false })).toMatchObject({
      answer: { rightMatch: null, safeToSpeak: null, taughtBy: null },
    });
  });
  it('refuses a note that shows nothing', () => {
    for (const note of [' ', '\u200b\u200d', '\u3000\n\t', '\u2066\u2069'])
      expect(readAnswer({ tookPlace: true, note }, { isPulse: false })).toEqual({ outcome: 'blankNote' });
  });
});

describe('heldFromAnswers', () => {
  it('lets either no win', () => {
    expect([[], [true], [false], [true, false], [false, true], [true, true]].map(heldFromAnswers)).toEqual([
      'presumed',
      'confirmed',
      'notHeld',
      'notHeld',
      'notHeld',
      'confirmed',
    ]);
  });
});

describe('compareSession', () => {
  const known = {
    state: 'booked' as SessionState,
    startsAt: at('2026-11-24T09:00:00Z'),
    endsAt: at('2026-11-24T09:30:00Z'),
  };
  const addresses = { mentor: 'Mia@Example.com', mentee: 'max@example.com' };
  const seen = (change: Partial<SeenDate> = {}): SeenDate => ({
    start: known.startsAt,
    end: known.endsAt,
    isCancelled: false,
    answers: [],
    ...change,
  });
  const answer = (
    address: string,
    response: SeenDate['answers'][number]['response'] = 'accepted',
    proposed: SeenDate['answers'][number]['proposed'] = null,
  ) => ({
    address,
    response,
    proposed,
  });
  const later = { start: plus(known.startsAt, HOUR), end: plus(known.endsAt, HOUR) };

  it('says nothing when nothing changed', () => {
    const answers = [
      answer('mia@example.com'),
      answer('max@example.com', 'tentativelyAccepted'),
      answer('room@example.com', 'declined'),
    ];
    expect(compareSession(known, seen({ answers }), addresses)).toEqual({ kind: 'unchanged' });
  });
  it.each(['mentor', 'mentee', 'both'] as const)('knows who declined: %s', (by) => {
    const declines = (side: 'mentor' | 'mentee') => (by === side || by === 'both' ? 'declined' : 'accepted');
    const answers = [answer('MIA@example.com', declines('mentor')), answer('max@example.com', declines('mentee'))];
    expect(compareSession(known, seen({ answers, ...later }), addresses)).toEqual({ kind: 'declined', by });
    expect(compareSession({ ...known, state: 'declined' }, seen({ answers }), addresses)).toEqual({
      kind: 'unchanged',
    });
  });
  it('knows moves, also of the end alone, but not those that we are writing', () => {
    expect(compareSession(known, seen(later), addresses)).toEqual({ kind: 'moved', ...later });
    expect(compareSession(known, seen({ end: later.end }), addresses)).toEqual({
      kind: 'moved',
      start: known.startsAt,
      end: later.end,
    });
    expect(compareSession({ ...known, isWriting: true }, seen(later), addresses)).toEqual({ kind: 'unchanged' });
  });
  it('knows what is gone, once', () => {
    expect(compareSession(known, null, addresses)).toEqual({ kind: 'deleted' });
    expect(compareSession({ ...known, isWriting: true }, null, addresses)).toEqual({ kind: 'unchanged' });
    expect(compareSession({ ...known, state: 'deleted' }, null, addresses)).toEqual({ kind: 'unchanged' });
    expect(compareSession(known, seen({ isCancelled: true }), addresses)).toEqual({ kind: 'cancelled' });
    expect(compareSession({ ...known, state: 'cancelled' }, seen({ isCancelled: true }), addresses)).toEqual({
      kind: 'unchanged',
    });
  });
  it('knows of two guests the one whose address has changed since (F36)', () => {
    const answers = [answer('mia@example.com'), answer('max.old@example.com', 'declined', later)];
    expect(compareSession(known, seen({ answers }), addresses)).toEqual({ kind: 'declined', by: 'mentee' });
    expect(proposedTimes(seen({ answers }), addresses)).toEqual([{ by: 'mentee', ...later }]);
    const room = [...answers, answer('room@example.com')];
    expect(compareSession(known, seen({ answers: room }), addresses)).toEqual({ kind: 'unchanged' });
    const strangers = [answer('a@example.com', 'declined'), answer('b@example.com')];
    expect(compareSession(known, seen({ answers: strangers }), addresses)).toEqual({ kind: 'unchanged' });
  });
  it('takes a proposed time for a request: the date stands', () => {
    const date = seen({
      answers: [
        answer('max@example.com', 'tentativelyAccepted', later),
        answer('mia@example.com'),
        answer('stranger@example.com', 'accepted', later),
      ],
    });
    expect(compareSession(known, date, addresses)).toEqual({ kind: 'unchanged' });
    expect(proposedTimes(date, addresses)).toEqual([{ by: 'mentee', ...later }]);
    expect(proposedTimes({ ...date, ...later }, addresses)).toEqual([]);
  });
});

describe('momentumAlarms', () => {
  const agreedAt = at('2026-09-28T08:00:00Z');
  const session = (days: number, change: object = {}) => {
    const startsAt = plus(agreedAt, days * DAY);
    return {
      state: 'booked' as SessionState,
      held: 'open' as const,
      startsAt,
      endsAt: plus(startsAt, 30 * MINUTE),
      lostAt: null,
      placedAt: null,
      ...change,
    };
  };
  const pair = (...sessions: ReturnType<typeof session>[]) => ({
    agreedAt,
    everyWeeks: 4,
    timeZone: rome.timeZone,
    sessions,
  });
  it('rings without a first session by day 21', () => {
    expect(momentumAlarms(pair(session(30)), plus(agreedAt, 21 * DAY))).toEqual([]);
    expect(momentumAlarms(pair(session(30)), plus(agreedAt, 22 * DAY))).toEqual(['noFirstSession']);
    expect(momentumAlarms(pair(), plus(agreedAt, 22 * DAY))).toEqual(['noFirstSession']);
  });
  it('rings after one and a half intervals without a session', () => {
    const sessions = [session(10, { held: 'confirmed' }), session(38, { held: 'notHeld' }), session(66)];
    expect(momentumAlarms(pair(...sessions), plus(agreedAt, 50 * DAY))).toEqual([]);
    expect(momentumAlarms(pair(...sessions), plus(agreedAt, 53 * DAY))).toEqual(['longPause']);
  });
  it('rings when a lost session has no new place after ten working days, and is silent once all is over', () => {
    const lost = session(20, { state: 'cancelled', lostAt: plus(agreedAt, 15 * DAY) });
    expect(momentumAlarms(pair(session(10), lost, session(60)), plus(agreedAt, 28 * DAY))).toEqual([]);
    expect(momentumAlarms(pair(session(10), lost, session(60)), plus(agreedAt, 31 * DAY))).toEqual(['lostSession']);
    expect(momentumAlarms(pair(session(10), lost), plus(agreedAt, 200 * DAY))).toEqual([]);
  });
  it('does not ring for a loss after which another date was placed; one that was placed before says nothing', () => {
    const lost = session(20, { state: 'cancelled', lostAt: plus(agreedAt, 15 * DAY) });
    const placed = (days: number) => session(60, { placedAt: plus(agreedAt, days * DAY) });
    expect(momentumAlarms(pair(session(10), lost, placed(16)), plus(agreedAt, 31 * DAY))).toEqual([]);
    expect(momentumAlarms(pair(session(10), lost, placed(14)), plus(agreedAt, 31 * DAY))).toEqual(['lostSession']);
  });
});
