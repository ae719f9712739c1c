import { describe, expect, it } from 'vitest';
import { audit } from '../../../server/simulation/audit.ts';
import { goodRun, HOUR, rulesBroken, SAID, SESSION, T0, type Spoil } from './good-run.ts';

describe('answers that were thanked for', () => {
  it('are counted', () => {
    const run = goodRun();
    expect(audit(run.truth, run.records, { tentativeIsFree: false }).counts.answers).toEqual({
      thanked: 1,
      stored: 1,
      lost: 0,
      doubled: 0,
    });
  });

  const planted: [string, string, Spoil][] = [
    ['one that is not stored', 'lostFeedback', ({ records }) => (records.feedback = [])],
    ['one that another session has', 'lostFeedback', ({ records }) => (records.feedback[0].sessionId = 'another')],
    ['one that is stored otherwise', 'lostFeedback', ({ records }) => (records.feedback[0].usefulness = 1)],
    [
      'an edit that was thanked for and is not stored',
      'lostFeedback',
      ({ truth }) => truth.thanks.push({ ...truth.thanks[0], at: T0 + 3 * HOUR, data: { ...SAID, usefulness: '1' } }),
    ],
    ['one that is there twice', 'doubledFeedback', ({ records }) => records.feedback.push({ ...records.feedback[0] })],
    [
      'one that nobody gave',
      'doubledFeedback',
      ({ records }) => records.feedback.push({ ...records.feedback[0], personId: 'mentee' }),
    ],
  ];
  it.each(planted)('finds %s', (_what, rule, spoil) => {
    expect(rulesBroken(spoil)).toContain(rule);
  });

  it('takes no offence at a later answer whose thanks was lost on the way', () => {
    expect(
      rulesBroken(({ truth, records }) => {
        const data = { ...SAID, usefulness: '2' };
        truth.seen.answers.push({ at: T0 + 3 * HOUR, personId: 'mentor', sessionId: SESSION, data });
        records.feedback[0].usefulness = 2;
      }),
    ).toEqual([]);
  });
});
