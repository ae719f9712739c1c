import { describe, expect, it } from 'vitest';
import { audit } from '../../../server/simulation/audit.ts';
import { card, goodRun, HOUR, NEXT, rulesBroken, SECOND, T0, type Spoil } from './good-run.ts';

const DAY = 24 * HOUR;
const MINUTE = HOUR / 60;

/** Somebody's own appointment over the second session. */
const conflict =
  (at: number, personId = 'mentee', start = NEXT): Spoil =>
  ({ truth }) =>
    truth.writes.push({
      ...truth.writes[0],
      at,
      by: `person:${personId}`,
      ownerId: personId,
      eventId: `own-${at}`,
      masterId: `own-${at}`,
      iCalUId: `own-${at}`,
      tags: {},
      placed: [{ iCalUId: `own-${at}`, start, end: start + HOUR, collisions: [], outsideWorkingHours: [] }],
    });
/** An offer about the second session, and its card to the executive with so many times. */
const offer =
  (at: number, round = 1, { because = 'conflict', times = 3, state = 'expired' } = {}): Spoil =>
  ({ truth, records }) => {
    records.offers.push({ sessionId: SECOND, round, because, state, askedAt: at, answeredAt: null });
    const question = { verb: 'session.newTime', sessionId: SECOND, round, times, print: `offer ${round}` };
    truth.seen.cards.push({ ...card(`offer-${round}-${at}`, 'mentee', ''), at, question });
  };
const respond =
  (at: number, response: object): Spoil =>
  ({ truth }) =>
    truth.writes.push({
      ...truth.writes[0],
      at,
      by: 'person:mentor',
      ownerId: 'mentor',
      kind: 'respond',
      eventId: 'copy',
      masterId: 'copy',
      iCalUId: 'uid-2',
      placed: [],
      response,
    });
const all =
  (...spoils: Spoil[]): Spoil =>
  (run) => {
    for (const spoil of spoils) spoil(run);
  };

describe('offers of other times', () => {
  it('are made once for each disturbance, and counted by reason', () => {
    const run = goodRun();
    const twice = [conflict(T0), offer(T0 + HOUR), conflict(T0 + 3 * HOUR, 'mentor'), offer(T0 + 4 * HOUR, 2)];
    all(...twice)(run);
    const { violations, counts } = audit(run.truth, run.records, { tentativeIsFree: false });
    expect(violations).toEqual([]);
    expect(counts.offers).toEqual({ made: 2, because: { conflict: 2 }, shown: 2, fewerThanThree: 0 });
  });

  const planted: [string, Spoil][] = [
    ['without any disturbance', offer(T0)],
    ['a second time for the same one', all(conflict(T0), offer(T0 + HOUR), offer(T0 + 4 * HOUR, 2))],
    ['before the disturbance', all(offer(T0 - HOUR), conflict(T0))],
    ['for an appointment that is beside the session', all(conflict(T0, 'mentee', NEXT + HOUR), offer(T0 + HOUR))],
    ['for an appointment of somebody else', all(conflict(T0, 'stranger'), offer(T0 + HOUR))],
    [
      'for a request where there was only an acceptance',
      all(respond(T0, { answer: 'accepted', proposal: null }), offer(T0 + HOUR, 1, { because: 'proposed' })),
    ],
    ['for a reason that nobody knows', all(conflict(T0), offer(T0 + HOUR, 1, { because: 'whim' }))],
  ];
  it.each(planted)('are found %s', (_what, spoil) => {
    expect(rulesBroken(spoil)).toContain('offeredTwice');
  });

  it('bear the beginning of a round, in which something may happen while calendars are waited for', () => {
    expect(rulesBroken(all(conflict(T0 + MINUTE), offer(T0)))).toEqual([]);
    expect(rulesBroken(all(conflict(T0 + 10 * MINUTE), offer(T0)))).toEqual(['offeredTwice']);
  });

  it('follow requests and declines', () => {
    const proposal = { start: NEXT + DAY, end: NEXT + DAY + HOUR / 2 };
    const request = respond(T0, { answer: 'tentativelyAccepted', proposal });
    expect(rulesBroken(all(request, offer(T0 + HOUR, 1, { because: 'proposed' })))).toEqual([]);
    const decline = respond(T0, { answer: 'declined', proposal: null });
    expect(rulesBroken(all(decline, offer(T0 + HOUR, 1, { because: 'declined' })))).toEqual([]);
  });

  it('are found when their card comes twice', () => {
    const again: Spoil = ({ truth }) =>
      truth.seen.cards.push({ ...truth.seen.cards.at(-1), activityId: 'again', at: T0 + 2 * HOUR });
    expect(rulesBroken(all(conflict(T0), offer(T0 + HOUR), again))).toEqual(['offeredTwice']);
  });

  it('are found with fewer than three times where more days are free, and not where none is', () => {
    const few = all(conflict(T0), offer(T0 + HOUR, 1, { times: 2 }));
    expect(rulesBroken(few)).toEqual(['fewAlternatives']);
    const isFull: Spoil = ({ truth }) =>
      (truth.busyOf = (_person: string, start: number, end: number) => [{ start, end }]);
    expect(rulesBroken(all(few, isFull))).toEqual([]);
  });
});
