import { describe, expect, it } from 'vitest';
import { auditCare, findUnattended } from '../../../server/simulation/audit-care.ts';
import { readBookedDates } from '../../../server/simulation/booked-dates.ts';
import type { Records } from '../../../server/simulation/records.ts';
import type { Truth } from '../../../server/simulation/truth.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Wednesday, 10:00 in Rome. */
const START = Date.parse('2026-10-07T08:00:00Z');

const place = (start: number, iCalUId = 'uid-1') => [
  { iCalUId, start, end: start + HOUR / 2, collisions: [], outsideWorkingHours: [] },
];

/** One session, placed with its series and moved later; `spoil` changes the two before they are audited. */
function audited(spoil: (truth: { writes: object[] }, records: { sessions: object[]; offers: object[] }) => void) {
  const base = { masterId: 'master', iCalUId: 'uid', ownerId: 'program', tags: { InversoSeries: 'key' } };
  const truth = {
    programMailboxId: 'program',
    tagged: [{ eventId: 'master', tag: 'key', ownerId: 'program', isCopy: false }],
    mailboxes: new Map(),
    writes: [
      { ...base, at: START - 20 * DAY, by: 'app:daemon', kind: 'create', eventId: 'master', placed: place(START) },
    ] as object[],
  };
  const records = {
    pairs: [{ pairId: 'pair', mentorId: 'mentor', menteeId: 'mentee' }],
    series: [
      {
        seriesId: 'series',
        pairId: 'pair',
        key: 'key',
        state: 'confirmed',
        eventId: 'master',
        timeZone: 'Europe/Rome',
      },
    ],
    sessions: [session()] as object[],
    dates: [],
    offers: [] as object[],
  };
  spoil(truth, records);
  const given = [truth as unknown as Truth, records as unknown as Records] as const;
  return auditCare(...given, readBookedDates(...given)).violations.map(({ invariant }) => invariant);
}

const session = (changed: object = {}) => ({
  sessionId: 'session-1',
  seriesId: 'series',
  pairId: 'pair',
  eventId: 'date-1',
  originalStart: START,
  plannedStart: START,
  state: 'booked',
  held: 'open',
  locked: false,
  autoMoves: 0,
  disturbedBy: null,
  ...changed,
});
const write = (changed: object) => ({
  at: 0,
  by: 'app:daemon',
  kind: 'update',
  eventId: 'date-1',
  masterId: 'master',
  iCalUId: 'uid-1',
  ownerId: 'program',
  tags: {},
  placed: place(START + DAY),
  ...changed,
});

describe('auditCare', () => {
  it('finds nothing in a run in which sessions move early, twice at most and by a click', () => {
    expect(
      audited((truth, records) => {
        truth.writes.push(write({ at: START - 2 * DAY }));
        records.sessions = [session({ autoMoves: 2 })];
        records.offers = [{ sessionId: 'session-1', state: 'answered', answeredAt: START - 2 * DAY }];
      }),
    ).toEqual([]);
  });

  it('takes no offence at a click inside it', () => {
    expect(
      audited((truth, records) => {
        truth.writes.push(write({ at: START - 23 * HOUR }));
        records.offers = [{ sessionId: 'session-1', state: 'answered', answeredAt: START - 23 * HOUR - 60_000 }];
      }),
    ).toEqual([]);
  });

  it('takes no offence at a date that is put in its agreed place with the booking, and at nothing later', () => {
    const late = (moved: number) =>
      audited((truth, records) => {
        const [booked] = truth.writes as { at: number }[];
        booked!.at = START - 6 * HOUR;
        truth.writes.push(write({ at: START - 6 * HOUR + moved }));
        records.sessions = [session({ plannedStart: START + DAY })];
      });
    expect(late(30 * 60_000)).toEqual([]);
    expect(late(2 * HOUR)).toEqual(['changedWhenFrozen']);
    // Elsewhere than agreed it was moved by nobody's yes.
    expect(
      audited((truth, records) => {
        const [booked] = truth.writes as { at: number }[];
        booked!.at = START - 6 * HOUR;
        truth.writes.push(write({ at: START - 6 * HOUR }));
        records.sessions = [session({ plannedStart: START + 2 * DAY })];
      }),
    ).toEqual(['changedWhenFrozen']);
  });

  it('finds a move within the working day before, weekends not counted', () => {
    expect(audited((truth) => truth.writes.push(write({ at: START - 23 * HOUR })))).toEqual(['changedWhenFrozen']);
    const monday = START + 5 * DAY;
    expect(
      audited((truth) => {
        truth.writes.push(write({ at: START - 3 * DAY, placed: place(monday) }), write({ at: monday - 2 * DAY }));
      }),
    ).toEqual(['changedWhenFrozen']);
  });

  it('finds a date that was placed again after a person took it away, unless by a click', () => {
    const cancel = write({ at: START - 5 * DAY, by: 'person:a', kind: 'cancel', placed: [] });
    const again = write({ at: START - 4 * DAY });
    expect(audited((truth) => truth.writes.push(cancel, again))).toEqual(['humanUndone']);
    expect(
      audited((truth, records) => {
        truth.writes.push(cancel, again);
        records.offers = [{ sessionId: 'session-1', state: 'answered', answeredAt: START - 4 * DAY - HOUR }];
      }),
    ).toEqual([]);
  });

  it('finds a third automatic move, and sessions that are asked about twice or when they are over', () => {
    expect(audited((_, records) => (records.sessions = [session({ autoMoves: 3 })]))).toEqual(['movedTooOften']);
    const open = { sessionId: 'session-1', state: 'open', answeredAt: null };
    expect(audited((_, records) => (records.offers = [open, open]))).toEqual(['twoStates']);
    expect(
      audited((_, records) => {
        records.sessions = [session({ held: 'presumed' })];
        records.offers = [open];
      }),
    ).toEqual(['twoStates']);
  });
});

describe('auditCare of the calendars', () => {
  it('finds a third move of ours that nobody wished, whatever our own count says', () => {
    const moved = (times: number) =>
      audited((truth) => {
        for (let i = 1; i <= times; i++)
          truth.writes.push(write({ at: START - (16 - i) * DAY, placed: place(START + i * HOUR) }));
      });
    expect(moved(2)).toEqual([]);
    expect(moved(3)).toEqual(['movedTooOften']);
  });

  it('does not count a move to a time that one of the two proposed', () => {
    const proposal = { start: START + 3 * HOUR, end: START + 3.5 * HOUR };
    expect(
      audited((truth) => {
        for (const hours of [1, 2])
          truth.writes.push(write({ at: START - (16 - hours) * DAY, placed: place(START + hours * HOUR) }));
        const asks = { by: 'person:mentor', ownerId: 'mentor', kind: 'respond', placed: [] };
        const response = { answer: 'tentativelyAccepted', proposal };
        truth.writes.push(write({ ...asks, at: START - 9 * DAY, response }));
        truth.writes.push(write({ at: START - 9 * DAY + HOUR, placed: place(proposal.start) }));
      }),
    ).toEqual([]);
  });

  it('finds a date that we take away inside the freeze, unless somebody answered so or it was declined', () => {
    const cancel = write({ at: START - 3 * HOUR, kind: 'cancel', placed: [] });
    expect(audited((truth) => truth.writes.push(cancel))).toEqual(['changedWhenFrozen']);
    expect(audited((truth) => truth.writes.push({ ...cancel, at: START - 2 * DAY }))).toEqual([]);
    expect(
      audited((truth, records) => {
        truth.writes.push(cancel);
        records.offers = [{ sessionId: 'session-1', state: 'skipped', answeredAt: START - 4 * HOUR }];
      }),
    ).toEqual([]);
    expect(
      audited((truth) => {
        const response = { answer: 'declined', proposal: null };
        const declines = { by: 'person:mentor', ownerId: 'mentor', kind: 'respond', placed: [], response };
        truth.writes.push(write({ ...declines, at: START - 4 * HOUR }), cancel);
      }),
    ).toEqual([]);
  });
});

describe('findUnattended', () => {
  const clash = { sessionId: 'session-1', personId: 'person', since: START - 9 * DAY, dueBy: START - 8 * DAY };
  const found = (changed: object, offers: object[] = [], now = START - 7 * DAY) =>
    findUnattended(
      [clash] as unknown as Parameters<typeof findUnattended>[0],
      { sessions: [session(changed)], offers } as unknown as Records,
      now as Parameters<typeof findUnattended>[2],
    ).length;

  it('finds a session over which something was put, and that is in no state', () => {
    expect(found({})).toBe(1);
    expect(found({}, [], START - 8 * DAY - HOUR)).toBe(0);
  });

  it('finds nothing where it is asked about, locked or lost', () => {
    expect(found({}, [{ sessionId: 'session-1', state: 'open', askedAt: START - 10 * DAY }])).toBe(0);
    expect(found({}, [{ sessionId: 'session-1', state: 'expired', askedAt: START - 9 * DAY + HOUR }])).toBe(0);
    expect(found({ locked: true })).toBe(0);
    expect(found({ state: 'declined' })).toBe(0);
  });

  it('finds one that was asked about for something else before, or was only noticed', () => {
    expect(found({}, [{ sessionId: 'session-1', state: 'answered', askedAt: START - 10 * DAY }])).toBe(1);
    expect(found({}, [{ sessionId: 'another', state: 'open', askedAt: START - 8 * DAY }])).toBe(1);
    expect(found({ disturbedBy: 'conflict' })).toBe(1);
  });
});
