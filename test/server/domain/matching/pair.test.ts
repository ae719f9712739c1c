import { describe, expect, it } from 'vitest';
import { PAIR_STATES, type PairState } from '../../../../server/contract/vocabulary.ts';
import { answerDeadlines, judgeDeadline } from '../../../../server/domain/matching/deadlines.ts';
import {
  actsIn,
  isEnded,
  LIVE_STATES,
  movePairState,
  stateAfter,
  statesBefore,
  type PairAct,
} from '../../../../server/domain/matching/pair.ts';
import { MINUTE, parseInstant, plus, toIso, type ZoneId } from '../../../../server/domain/time/instant.ts';

const walk = (...acts: PairAct[]): PairState =>
  acts.reduce<PairState>((state, act) => {
    const move = movePairState(state, act);
    if (move.outcome !== 'moved') throw new Error(`${act} is refused in ${state}`);
    return move.state;
  }, 'proposed');

describe('the life of a pair', () => {
  it('goes from the proposal to the end of the series', () => {
    expect(walk('askMentor', 'mentorAgrees', 'askMentee', 'menteeAgrees', 'book', 'close')).toBe('closed');
  });
  it('searches again for another time, a lost slot, or no slot at all', () => {
    expect(walk('askMentor', 'mentorAgrees', 'askMentee', 'menteeWantsAnotherTime', 'askMentee')).toBe('menteeAsked');
    expect(
      walk('askMentor', 'mentorAgrees', 'askMentee', 'menteeAgrees', 'loseSlot', 'findNoSlot', 'searchAgain'),
    ).toBe('mentorAgreed');
  });
  it('takes silence for no consent: the administrator decides', () => {
    expect(walk('askMentor', 'expire')).toBe('waiting');
    expect(walk('askMentor', 'expire', 'askMentor')).toBe('mentorAsked');
    expect(movePairState('waiting', 'menteeAgrees')).toEqual({ outcome: 'refused', reason: 'notNow' });
  });
  it('never reaches the executive without the mentor’s yes', () => {
    const before = PAIR_STATES.filter((state) => movePairState(state, 'askMentee').outcome === 'moved');
    expect(before).toEqual(['mentorAgreed']);
    expect(movePairState('mentorDeclined', 'askMentee')).toEqual({ outcome: 'refused', reason: 'notNow' });
  });
  it('says that a second click was answered already', () => {
    expect(movePairState('mentorAgreed', 'mentorAgrees')).toEqual({ outcome: 'refused', reason: 'answeredAlready' });
    expect(movePairState('mentorDeclined', 'mentorAgrees')).toEqual({ outcome: 'refused', reason: 'notNow' });
  });
  it('ends with a no or at the close, and nowhere else', () => {
    expect(PAIR_STATES.filter(isEnded)).toEqual(['mentorDeclined', 'menteeDeclined', 'closed']);
    for (const state of LIVE_STATES) expect(actsIn(state)).toEqual(expect.arrayContaining(['suspend', 'close']));
  });
  it('tells a statement what the table says', () => {
    expect(statesBefore('mentorAgrees')).toEqual(['mentorAsked']);
    expect(stateAfter('mentorAgrees')).toBe('mentorAgreed');
  });
});

describe('deadlines', () => {
  const rome = 'Europe/Rome' as ZoneId;
  const askedAt = parseInstant('2026-10-21T14:20:00Z');
  const deadlines = answerDeadlines(askedAt, rome);
  it('are a working morning after three working days and five working days, over a change of the clock', () => {
    expect([toIso(deadlines.remindAt), toIso(deadlines.expiresAt)]).toEqual([
      '2026-10-26T08:00:00.000Z',
      '2026-10-28T15:20:00.000Z',
    ]);
  });
  it('wait, remind once, expire', () => {
    const open = { ...deadlines, remindedAt: null };
    expect(judgeDeadline(open, askedAt)).toEqual({ act: 'wait', until: deadlines.remindAt });
    expect(judgeDeadline(open, deadlines.remindAt)).toEqual({ act: 'remind' });
    expect(judgeDeadline({ ...open, remindedAt: deadlines.remindAt }, plus(deadlines.remindAt, MINUTE))).toEqual({
      act: 'wait',
      until: deadlines.expiresAt,
    });
    expect(judgeDeadline(open, deadlines.expiresAt)).toEqual({ act: 'expire' });
  });
});
