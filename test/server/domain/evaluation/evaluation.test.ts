import { describe, expect, it } from 'vitest';
import type { HeldState, SessionState } from '../../../../server/contract/vocabulary.ts';
import { showComments, showScores, thresholdOf } from '../../../../server/domain/evaluation/small-groups.ts';
import {
  countParticipants,
  countSessions,
  countWaiting,
  nextSession,
} from '../../../../server/domain/evaluation/summarize.ts';
import { DAY, MINUTE, parseInstant, plus } from '../../../../server/domain/time/instant.ts';

const now = parseInstant('2026-11-24T12:00:00Z');
const session = (days: number, state: SessionState = 'booked', held: HeldState = days < 0 ? 'presumed' : 'open') => {
  const startsAt = plus(now, days * DAY);
  return { state, held, startsAt, endsAt: plus(startsAt, 30 * MINUTE) };
};

describe('small groups', () => {
  const scores = (people: number, each = 1) =>
    Array.from({ length: people * each }, (_, i) => ({ personId: `p${i % people}`, score: 1 + (i % 5) }));
  it('show scores from five different people on', () => {
    expect(showScores(scores(4))).toEqual({ shown: false, reason: 'fewerThanFive' });
    expect(showScores(scores(4, 10))).toEqual({ shown: false, reason: 'fewerThanFive' });
    expect(showScores(scores(5))).toEqual({ shown: true, value: 3, n: 5 });
    expect(showScores([])).toEqual({ shown: false, reason: 'fewerThanFive' });
  });
  it('show comments from ten people on, without the order in which they came', () => {
    const comments = Array.from({ length: 10 }, (_, i) => ({ personId: `p${i}`, text: `word ${9 - i}` }));
    expect(showComments(comments.slice(1))).toEqual({ shown: false, reason: 'fewerThanTen' });
    expect(showComments(comments)).toMatchObject({
      shown: true,
      n: 10,
      texts: comments.map(({ text }) => text).reverse(),
    });
  });
  it('let a setting raise the threshold, never lower it', () => {
    expect([
      thresholdOf(5, 8),
      thresholdOf(5, 2),
      thresholdOf(5, -1),
      thresholdOf(5, NaN),
      thresholdOf(5, 5.2),
      thresholdOf(5),
    ]).toEqual([8, 5, 5, 5, 6, 5]);
    expect(showScores(scores(7), 8)).toEqual({ shown: false, reason: 'fewerThanFive' });
  });
});

describe('counts', () => {
  const sessions = [
    session(-20, 'booked', 'confirmed'),
    session(-10),
    session(-5, 'booked', 'notHeld'),
    session(-3, 'cancelled', 'notHeld'),
    session(9),
    session(4),
  ];
  it('tell booked, held and confirmed apart', () => {
    expect(countSessions(sessions, now)).toEqual({ booked: 5, held: 2, confirmed: 1 });
  });
  it('name the next session that stands', () => {
    expect(nextSession([...sessions, session(1, 'declined')], now)).toBe(plus(now, 4 * DAY));
    expect(nextSession([session(-1)], now)).toBeNull();
  });
  it('count questions that can still be answered', () => {
    const requests = [
      { state: 'asked' as const, session: session(-1) },
      { state: 'asked' as const, session: session(-8) },
      { state: 'answered' as const, session: session(-1) },
      { state: 'planned' as const, session: session(-1) },
      { state: 'asked' as const, session: session(-1, 'cancelled') },
    ];
    expect(countWaiting(requests, now)).toBe(1);
  });
  it('count participants per side and state', () => {
    expect(
      countParticipants([
        { side: 'mentor', state: 'joined' },
        { side: 'mentee', state: 'joined' },
        { side: 'mentor', state: 'joined' },
      ]),
    ).toEqual([
      { side: 'mentor', state: 'joined', count: 2 },
      { side: 'mentee', state: 'joined', count: 1 },
    ]);
  });
});
