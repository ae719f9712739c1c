import { audit } from '../../../server/simulation/audit.ts';
import type { Records } from '../../../server/simulation/records.ts';
import type { Truth } from '../../../server/simulation/truth.ts';

/*
 * A run in which everything is right: one series of two sessions, the first held, asked about and answered, the second
 * still to come. Each test spoils one thing and expects the one rule that watches it.
 */
export const PROGRAM = 'program-mailbox';
export const HOUR = 3_600_000;
export const T0 = Date.parse('2026-10-06T08:00:00Z');
export const NEXT = T0 + 28 * 24 * HOUR;
export const NOW = T0 + 24 * HOUR;
export const SESSION = '11111111-1111-1111-1111-111111111111';
export const SECOND = '22222222-2222-2222-2222-222222222222';

/** Five minutes after the end. */
export const ASKED = T0 + HOUR / 2 + 5 * 60_000;
export const SAID = { verb: 'feedback.submit', tookPlace: 'yes', usefulness: '4' };
export const QUESTION = { verb: 'feedback.submit', sessionId: SESSION, round: null, times: 0, print: 'mentor' };
const MAILBOX = { zone: 'Europe/Rome', workingHours: null };
export const card = (activityId: string, personId: string, print: string) => ({
  at: ASKED,
  activityId,
  personId,
  thread: `chat-${personId}`,
  question: { ...QUESTION, print },
  ...MAILBOX,
  isInGap: true,
});

export function goodRun(): { truth: Truth; records: Records } {
  const place = (start: number, iCalUId: string) => ({
    iCalUId,
    start,
    end: start + HOUR / 2,
    collisions: [],
    outsideWorkingHours: [],
  });
  const truth = {
    now: NOW,
    programMailboxId: PROGRAM,
    tagged: [{ ownerId: PROGRAM, eventId: 'master', tag: 'key-1', isCancelled: false }],
    writes: [
      {
        at: T0 - 100 * HOUR,
        by: 'app:daemon',
        ownerId: PROGRAM,
        kind: 'create',
        eventId: 'master',
        masterId: 'master',
        iCalUId: 'uid',
        tags: { InversoSeries: 'key-1' },
        transactionId: 'key-1',
        placed: [place(T0, 'uid-1'), place(NEXT, 'uid-2')],
        messages: 1,
      },
    ],
    organizerItems: [
      { eventId: 'date-1', seriesMasterId: 'master', start: T0, end: T0 + HOUR / 2, isCancelled: false },
      { eventId: 'date-2', seriesMasterId: 'master', start: NEXT, end: NEXT + HOUR / 2, isCancelled: false },
    ],
    thanks: [{ personId: 'mentor', sessionId: SESSION, at: T0 + 2 * HOUR, data: SAID }],
    seen: {
      requests: [
        { at: ASKED, thread: 'chat-mentor', fault: null, question: QUESTION },
        { at: ASKED, thread: 'chat-mentee', fault: null, question: { ...QUESTION, print: 'mentee' } },
      ],
      cards: [card('card-1', 'mentor', 'mentor'), card('card-2', 'mentee', 'mentee')],
      answers: [{ at: T0 + 2 * HOUR, personId: 'mentor', sessionId: SESSION, data: SAID }],
      failures: [],
      leftAfter: new Map(),
    },
    people: new Set(['mentor', 'mentee']),
    closedChats: new Set(),
    mailboxes: new Map([
      ['mentor', MAILBOX],
      ['mentee', MAILBOX],
    ]),
    busyOf: () => [],
    mailsTo: new Map([['mentee', [{ kind: 'invitation', iCalUId: 'uid' }]]]),
  } as unknown as Truth;
  const session = (sessionId: string, number: number, start: number, eventId: string) => ({
    sessionId,
    seriesId: 'series',
    pairId: 'pair',
    number,
    originalStart: start,
    startsAt: start,
    endsAt: start + HOUR / 2,
    plannedStart: start,
    state: 'booked',
    held: number === 1 ? 'confirmed' : 'open',
    eventId,
    wasMoved: false,
    locked: false,
    autoMoves: 0,
    disturbedBy: null,
  });
  const records = {
    pairs: [{ pairId: 'pair', mentorId: 'mentor', menteeId: 'mentee' }],
    agreedPairIds: ['pair'],
    series: [
      {
        seriesId: 'series',
        pairId: 'pair',
        key: 'key-1',
        state: 'confirmed',
        eventId: 'master',
        timeZone: 'Europe/Rome',
      },
    ],
    sessions: [session(SESSION, 1, T0, 'date-1'), session(SECOND, 2, NEXT, 'date-2')],
    feedback: [{ sessionId: SESSION, personId: 'mentor', attempt: 1, tookPlace: true, usefulness: 4 }],
    requests: [],
    dates: [],
    offers: [],
    messages: [
      {
        personId: 'mentor',
        subjectKey: `feedback:${SESSION}`,
        kind: 'feedbackMentor',
        state: 'sent',
        activityId: 'card-1',
        sentAt: T0 + HOUR,
      },
    ],
    participants: [],
    openWrites: 0,
  } as unknown as Records;
  return { truth, records };
}

export type Spoil = (run: { truth: Mutable; records: Mutable }) => void;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Mutable = any;

export function rulesBroken(spoil: Spoil): string[] {
  const run = goodRun();
  spoil(run);
  return audit(run.truth, run.records, { tentativeIsFree: false }).violations.map(({ invariant }) => invariant);
}
