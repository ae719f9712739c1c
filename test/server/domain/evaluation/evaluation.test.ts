import { describe, expect, it } from 'vitest';
import type { HeldState, SessionState } from '../../../../server/contract/vocabulary.ts';
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
