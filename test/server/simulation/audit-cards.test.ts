import { describe, expect, it } from 'vitest';
import { audit } from '../../../server/simulation/audit.ts';
import { ASKED, card, goodRun, HOUR, PROGRAM, QUESTION, rulesBroken, SESSION, T0, type Spoil } from './good-run.ts';

const MINUTE = 60_000;
const END = T0 + HOUR / 2;

/** What was counted about cards in a run that `spoil` changed. */
function counted(spoil: Spoil) {
  const run = goodRun();
  spoil(run);
  const { violations, counts } = audit(run.truth, run.records, { tentativeIsFree: false });
  return { broken: violations.map(({ invariant }) => invariant), ...counts.cards };
}

/** A write to the first date. */
const write = (run: Parameters<Spoil>[0], more: object) => ({
  ...run.truth.writes[0],
  eventId: 'date-1',
  iCalUId: 'uid-1',
  placed: [],
  ...more,
});
const place = (start: number) => [
  { iCalUId: 'uid-1', start, end: start + HOUR / 2, collisions: [], outsideWorkingHours: [] },
];
/** What an attendee did to their copy of it. */
const respond = (run: Parameters<Spoil>[0], personId: string, at: number, response?: object) =>
  write(run, {
    at,
    by: `person:${personId}`,
    ownerId: personId,
    masterId: `copy-of-${personId}`,
    kind: response ? 'respond' : 'delete',
    ...(response ? { response } : {}),
  });

describe('cards against calendars', () => {
  it('counts one on each side of the session that was held', () => {
    expect(counted(() => undefined)).toMatchObject({ broken: [], heldDates: 1, expected: 2, shown: 2 });
  });

  const planted: [string, string, Spoil][] = [
    ['a side that was never asked', 'missingCard', ({ truth }) => truth.seen.cards.pop()],
    [
      'a card that came twice',
      'doubledCard',
      ({ truth }) => truth.seen.cards.push({ ...card('card-3', 'mentor', 'mentor'), at: ASKED + HOUR }),
    ],
    ['a card before the end', 'cardForUnheldSession', ({ truth }) => (truth.seen.cards[0].at = END - 1)],
    [
      'a card for a session that a person cancelled',
      'cardForUnheldSession',
      (run) => run.truth.writes.push(write(run, { by: `person:${PROGRAM}`, kind: 'cancel', at: END - MINUTE })),
    ],
    [
      'a card for a date that its series lost',
      'cardForUnheldSession',
      (run) =>
        run.truth.writes.push(
          write(run, { eventId: 'master', iCalUId: 'uid', kind: 'update', at: T0 - HOUR, removed: ['uid-1'] }),
        ),
    ],
    [
      'a card for a session of a series that was cancelled as a whole',
      'cardForUnheldSession',
      (run) => run.truth.writes.push(write(run, { eventId: 'master', iCalUId: 'uid', kind: 'cancel', at: T0 - HOUR })),
    ],
    [
      'a card for a session that one side declined',
      'cardForUnheldSession',
      (run) => run.truth.writes.push(respond(run, 'mentee', T0 - HOUR, { answer: 'declined', proposal: null })),
    ],
    [
      'a card at the old end of a session that a person moved to a later time',
      'cardForUnheldSession',
      (run) =>
        run.truth.writes.push(
          write(run, { by: `person:${PROGRAM}`, kind: 'update', at: T0 - HOUR, placed: place(T0 + 2 * HOUR) }),
        ),
    ],
    [
      'a card for a session that was never booked',
      'cardForUnheldSession',
      ({ truth }) => {
        const other = card('card-3', 'mentor', 'other');
        truth.seen.cards.push({ ...other, question: { ...other.question, sessionId: 'unknown' } });
      },
    ],
    [
      'a mentor who is asked late without a reason',
      'cardAtWrongTime',
      ({ truth }) => (truth.seen.cards[0].at = ASKED + 10 * MINUTE),
    ],
    ['a mentor who is asked at once', 'cardAtWrongTime', ({ truth }) => (truth.seen.cards[0].at = END + MINUTE)],
    ['an executive who is asked in a meeting', 'cardAtWrongTime', ({ truth }) => (truth.seen.cards[1].isInGap = false)],
    [
      'an executive who is asked in the evening',
      'cardAtWrongTime',
      ({ truth }) => (truth.seen.cards[1].at = Date.parse('2026-10-06T19:00:00Z')),
    ],
    [
      'an executive who is asked the next afternoon',
      'cardAtWrongTime',
      ({ truth }) => {
        truth.now += 24 * HOUR;
        truth.seen.cards[1].at = Date.parse('2026-10-07T13:00:00Z');
      },
    ],
  ];
  it.each(planted)('finds %s', (_what, rule, spoil) => {
    expect(rulesBroken(spoil)).toContain(rule);
  });

  it('lets an executive be asked the next morning', () => {
    expect(
      rulesBroken(({ truth }) => {
        truth.now += 24 * HOUR;
        truth.seen.cards[1].at = Date.parse('2026-10-07T07:00:00Z');
      }),
    ).toEqual([]);
  });

  it('counts an answer about a new time, not the decline of the old one', () => {
    expect(
      rulesBroken((run) => {
        const declined = { answer: 'declined', proposal: null };
        run.truth.writes.push(respond(run, 'mentee', T0 - 50 * HOUR, declined));
        run.truth.writes.push(write(run, { kind: 'update', at: T0 - 49 * HOUR, placed: place(T0) }));
      }),
    ).not.toContain('cardForUnheldSession');
  });

  describe('exceptions by reason', () => {
    /** The executive has no card; `reason` is why. */
    const without = (reason: string, spoil: Spoil) => {
      const found = counted((run) => {
        run.truth.seen.cards.pop();
        spoil(run);
      });
      expect(found.broken).not.toContain('missingCard');
      expect(found.exceptions).toMatchObject({ [reason]: 1 });
    };

    it('knows who left, whose chat is closed, and what is not due yet', () => {
      without('personLeft', ({ truth }) => truth.seen.leftAfter.set('mentor', T0));
      without('blocked', ({ truth }) => (truth.closedChats = new Set(['mentee'])));
      without('endOfRun', ({ truth }) => (truth.now = ASKED + HOUR));
    });

    it('does not excuse by somebody who left later, or by another chat', () => {
      const broken = (spoil: Spoil) =>
        counted((run) => {
          run.truth.seen.cards.pop();
          spoil(run);
        }).broken;
      expect(broken(({ truth }) => truth.seen.leftAfter.set('mentor', T0 + 72 * HOUR))).toContain('missingCard');
      expect(broken(({ truth }) => (truth.closedChats = new Set(['mentor'])))).toContain('missingCard');
    });

    it('knows what the other side said, and what was taken back before the question', () => {
      without('saidNotHeld', ({ truth, records }) => {
        const data = { verb: 'feedback.submit', tookPlace: 'no' };
        truth.seen.answers = [{ at: ASKED + MINUTE, personId: 'mentor', sessionId: SESSION, data }];
        truth.thanks[0].data = data;
        records.feedback[0].tookPlace = false;
      });
      without('takenBackAfterwards', (run) =>
        run.truth.writes.push(respond(run, 'mentee', END + HOUR, { answer: 'declined', proposal: null })),
      );
    });

    it('believes that a session was too old only when something was away', () => {
      const tooOld: Spoil = ({ records }) =>
        records.requests.push({ sessionId: SESSION, personId: 'mentee', state: 'skipped', skippedBecause: 'tooOld' });
      const isAway: Spoil = ({ truth }) => truth.seen.failures.push({ at: END, about: '/v1.0/users' });
      without('tooOld', (run) => {
        tooOld(run);
        isAway(run);
      });
      expect(
        rulesBroken((run) => {
          run.truth.seen.cards.pop();
          tooOld(run);
        }),
      ).toContain('missingCard');
    });

    it('lets a silently deleted session be asked about or not', () => {
      const isDeleted: Spoil = (run) => run.truth.writes.push(respond(run, 'mentee', T0 - HOUR));
      expect(rulesBroken(isDeleted)).toEqual([]);
      without('deletedSilently', isDeleted);
    });

    it('lets a date that was moved, and then declined with its series, be asked about or not', () => {
      const declined =
        (isMoved: boolean): Spoil =>
        (run) => {
          if (isMoved) run.truth.writes.push(write(run, { kind: 'update', at: T0 - 50 * HOUR, placed: place(T0) }));
          const all = respond(run, 'mentee', T0 - HOUR, { answer: 'declined', proposal: null });
          run.truth.writes.push({ ...all, eventId: 'copy-of-mentee', iCalUId: 'uid' });
        };
      expect(rulesBroken(declined(true))).not.toContain('cardForUnheldSession');
      without('declinedWithSeries', declined(true));
      expect(rulesBroken(declined(false))).toContain('cardForUnheldSession');
    });

    it('lets a card come again only after its answer was lost', () => {
      const again: Spoil = ({ truth }) =>
        truth.seen.cards.push({ ...card('card-3', 'mentor', 'mentor'), at: ASKED + MINUTE });
      const faulty = (fault: object) =>
        counted((run) => {
          again(run);
          run.truth.seen.requests[0].fault = fault;
        });
      expect(faulty({ kind: 'reset', when: 'after' })).toMatchObject({ broken: [], exceptions: { answerLost: 1 } });
      expect(faulty({ kind: 'delay', milliseconds: 60_000 }).broken).toEqual([]);
      expect(faulty({ kind: 'delay', milliseconds: 2_000 }).broken).toEqual(['doubledCard']);
      expect(faulty({ kind: 'reset', when: 'before' }).broken).toEqual(['doubledCard']);
    });

    it('counts a late card where the chat refused it before, and by how long', () => {
      const found = counted(({ truth }) => {
        const refused = { at: ASKED, thread: 'chat-mentor', fault: { kind: 'status', status: 429, when: 'before' } };
        truth.seen.requests.unshift({ ...refused, question: QUESTION });
        truth.seen.cards[0].at = ASKED + 10 * MINUTE;
      });
      expect(found).toMatchObject({ broken: [], late: { cards: 1, mostMinutes: 10 } });
    });
  });

  it('asks for a card for each date of a session that was held a second time', () => {
    const again = T0 + 4 * HOUR;
    const second: Spoil = (run) => {
      const { truth, records } = run;
      truth.now = again + 24 * HOUR;
      truth.tagged.push({ ownerId: PROGRAM, eventId: 'single', tag: 'date-key', isCancelled: false });
      records.dates.push({ key: 'date-key', sessionId: SESSION });
      truth.writes.push({
        ...truth.writes[0],
        at: T0 + HOUR,
        eventId: 'single',
        masterId: 'single',
        iCalUId: 'uid-3',
        placed: [{ ...place(again)[0], iCalUId: 'uid-3' }],
      });
    };
    expect(counted(second)).toMatchObject({ broken: ['missingCard', 'missingCard'], heldDates: 2, expected: 4 });
    expect(
      counted((run) => {
        second(run);
        const asked = again + HOUR / 2 + 5 * MINUTE;
        for (const personId of ['mentor', 'mentee'])
          run.truth.seen.cards.push({ ...card(`second-${personId}`, personId, `second ${personId}`), at: asked });
      }),
    ).toMatchObject({ broken: [], shown: 4 });
  });
});
