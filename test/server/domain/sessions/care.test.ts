import { describe, expect, it, test } from 'vitest';
import type { PersonId } from '../../../../server/domain/people/person.ts';
import { decideCare, needsTimes, type CareCase } from '../../../../server/domain/sessions/decide-care.ts';
import { findDisturbance, keyOf, type Disturbance } from '../../../../server/domain/sessions/find-disturbance.ts';
import { firstUnfrozen, freezesAt, isFrozen } from '../../../../server/domain/sessions/freeze.ts';
import { isClashing } from '../../../../server/domain/sessions/is-clashing.ts';
import { otherStarts } from '../../../../server/domain/sessions/other-starts.ts';
import type { SeenDate } from '../../../../server/domain/sessions/reconcile.ts';
import type { BusyInterval, BusyStatus } from '../../../../server/domain/slots/busy.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, toIso, type Instant } from '../../../../server/domain/time/instant.ts';
import { isWorkingTime } from '../../../../server/domain/time/working-days.ts';
import { OFFICE_HOURS, ROME } from '../../../make/server.ts';

const at = parseInstant;
/** `2026-10-13T10:00` in Rome (summer time). */
const rome = (wall: string): Instant => at(`${wall}:00+02:00`);
const span = (wall: string, minutes = 30) => ({ start: rome(wall), end: plus(rome(wall), minutes * MINUTE) });
const busy = (wall: string, minutes: number, status: BusyStatus = 'busy'): BusyInterval => ({
  ...span(wall, minutes),
  status,
});
const who = (name: string, items: BusyInterval[] | null = []): SlotPerson => ({
  personId: name as PersonId,
  timeZone: ROME,
  workingHours: OFFICE_HOURS,
  busy: items,
});

/** Tuesday October 13, 10:00; neighbors a week before and after; now it is Monday of the week before. */
const SESSION = span('2026-10-13T10:00');
const NOW = rome('2026-10-05T09:00');
const CONFLICT: Disturbance = { kind: 'conflict', of: ['mentee'] };

const care = (change: Partial<CareCase> = {}): CareCase => ({
  disturbance: CONFLICT,
  session: SESSION,
  previous: rome('2026-10-06T10:00'),
  next: rome('2026-10-20T10:00'),
  mentee: who('mentee', [busy('2026-10-13T10:00', 60)]),
  mentor: who('mentor', [busy('2026-10-13T10:00', 30)]),
  held: [],
  tentativeIsFree: false,
  blackouts: [],
  now: NOW,
  movesAllowed: true,
  locked: false,
  autoMoves: 0,
  disturbedBy: null,
  isMentorOrganizer: false,
  ...change,
});
const wallOf = (start: Instant | undefined): string =>
  start === undefined ? 'none' : toIso(plus(start, 2 * HOUR)).slice(0, 16);

describe('a hard conflict', () => {
  it('moves by itself to the nearest time of the week that is free for both', () => {
    const decision = decideCare(care());
    expect(decision).toMatchObject({ kind: 'moveBySelf' });
    expect(decision.kind === 'moveBySelf' && wallOf(decision.start)).toBe('2026-10-13T09:30');
  });
  it.each<[string, Partial<CareCase>, object]>([
    ['the agreement does not allow it', { movesAllowed: false }, { kind: 'ask', isDeclined: false }],
    ['it moved twice by itself before', { autoMoves: 2 }, { kind: 'ask' }],
    ['it moved once before', { autoMoves: 1 }, { kind: 'moveBySelf' }],
    ['a person moved it', { locked: true }, { kind: 'nothing', because: 'locked' }],
    ['it was asked about before', { disturbedBy: 'conflict' }, { kind: 'nothing', because: 'asked' }],
    ['something else stood against it before', { disturbedBy: 'proposed:1' }, { kind: 'moveBySelf' }],
    ['it begins within a working day', { now: rome('2026-10-12T10:01') }, { kind: 'nothing', because: 'frozen' }],
    ['it begins in exactly a working day', { now: rome('2026-10-12T10:00') }, { kind: 'moveBySelf' }],
    [
      'the week is full',
      { mentee: who('mentee', [busy('2026-10-12T00:00', 7 * 24 * 60, 'oof')]) },
      { kind: 'ask', isDeclined: false },
    ],
    ['a calendar cannot be read', { mentor: who('mentor', null) }, { kind: 'ask', starts: [] }],
  ])('%s', (_name, change, expected) => {
    expect(decideCare(care(change))).toMatchObject(expected);
  });
  it('asks with three times on three days, nearest first, strictly between the neighbors’ days', () => {
    const decision = decideCare(care({ movesAllowed: false }));
    expect(decision.kind === 'ask' && decision.starts.map(wallOf)).toEqual([
      '2026-10-13T09:30',
      '2026-10-12T10:00',
      '2026-10-14T10:00',
    ]);
  });
  it('over a weekend the freeze begins on Friday', () => {
    const monday = span('2026-10-12T10:00');
    const friday = rome('2026-10-09T10:01');
    expect(decideCare(care({ session: monday, now: friday }))).toEqual({ kind: 'nothing', because: 'frozen' });
    expect(decideCare(care({ session: monday, now: plus(friday, -MINUTE) }))).toMatchObject({ kind: 'moveBySelf' });
  });
});

describe('a request for another time', () => {
  const request = (wall: string, more: Partial<Extract<Disturbance, { kind: 'proposed' }>> = {}) => ({
    disturbance: { kind: 'proposed' as const, by: 'mentee' as const, ...span(wall), isDeclined: false, ...more },
  });
  it.each<[string, Partial<CareCase>, object]>([
    ['is followed', request('2026-10-14T11:00'), { kind: 'follow', start: rome('2026-10-14T11:00'), by: 'mentee' }],
    [
      'is followed though it was declined with it',
      request('2026-10-14T11:00', { isDeclined: true }),
      { kind: 'follow' },
    ],
    ['is followed to a time that overlaps the old one', request('2026-10-13T10:15'), { kind: 'follow' }],
    [
      'is followed once',
      { ...request('2026-10-14T11:00'), disturbedBy: `proposed:${rome('2026-10-14T11:00')}` },
      { kind: 'nothing', because: 'asked' },
    ],
    ['of a locked session is a human act too', { ...request('2026-10-14T11:00'), locked: true }, { kind: 'follow' }],
    ['needs the other side alone', { ...request('2026-10-13T10:30'), mentor: who('mentor') }, { kind: 'follow' }],
    ['of the mentor needs the executive', request('2026-10-13T10:30', { by: 'mentor' }), { kind: 'ask', by: 'mentor' }],
    ['to an evening in which the other does not work', request('2026-10-14T20:00'), { kind: 'ask' }],
    [
      'to an evening of one’s own',
      {
        ...request('2026-10-14T20:00'),
        mentor: { ...who('mentor'), workingHours: { wednesday: [['08:00', '22:00']] } },
      },
      { kind: 'follow' },
    ],
    ['over another session of the same day', request('2026-10-20T09:00'), { kind: 'ask' }],
    ['before the one before', request('2026-10-05T17:00'), { kind: 'ask' }],
    ['within a working day', { ...request('2026-10-08T09:00'), now: rome('2026-10-07T10:00') }, { kind: 'ask' }],
    [
      'to a time that another plan holds',
      { ...request('2026-10-14T11:00'), held: [span('2026-10-14T11:15')] },
      { kind: 'ask' },
    ],
    [
      'for a frozen session waits for people',
      { ...request('2026-10-14T11:00'), now: rome('2026-10-12T11:00') },
      { kind: 'nothing', because: 'frozen' },
    ],
    [
      'with a no for a frozen session is a no',
      { ...request('2026-10-14T11:00', { isDeclined: true }), now: rome('2026-10-12T11:00') },
      { kind: 'skip', starts: null },
    ],
    [
      'when the other calendar cannot be read',
      { ...request('2026-10-14T11:00'), mentor: who('mentor', null) },
      { kind: 'ask', starts: [] },
    ],
  ])('%s', (_name, change, expected) => {
    expect(decideCare(care(change))).toMatchObject(expected);
  });
});

describe('acts of people', () => {
  const decide = (disturbance: Disturbance, change: Partial<CareCase> = {}) =>
    decideCare(care({ disturbance, ...change }));
  it('a moved session stays where it was put', () => {
    expect(decide({ kind: 'moved', ...span('2026-10-15T09:00') })).toEqual({
      kind: 'lock',
      ...span('2026-10-15T09:00'),
    });
  });
  it.each(['mentee', 'both'] as const)('nobody is asked when %s declined', (by) => {
    expect(decide({ kind: 'declined', by })).toEqual({ kind: 'skip', state: 'declined', by, starts: null });
  });
  it('the executive is offered three times when the mentor declined or deleted', () => {
    for (const kind of ['declined', 'deleted'] as const) {
      const decision = decide({ kind, by: 'mentor' });
      expect(decision).toMatchObject({ kind: 'skip', state: kind, by: 'mentor' });
      expect(decision.kind === 'skip' && decision.starts).toHaveLength(3);
    }
    expect(decide({ kind: 'deleted', by: 'mentee' })).toEqual({
      kind: 'skip',
      state: 'deleted',
      by: 'mentee',
      starts: null,
    });
  });
  it('what is cancelled in the mentor’s own mailbox the mentor cancelled', () => {
    expect(decide({ kind: 'cancelled' })).toEqual({ kind: 'skip', state: 'cancelled', by: null, starts: null });
    expect(decide({ kind: 'cancelled' }, { isMentorOrganizer: true })).toMatchObject({
      by: 'mentor',
      starts: expect.any(Array),
    });
  });
  it('calendars are read only where a decision hangs on them', () => {
    const all: [Disturbance, boolean, boolean][] = [
      [CONFLICT, true, true],
      [{ kind: 'proposed', by: 'mentee', ...SESSION, isDeclined: false }, true, true],
      [{ kind: 'declined', by: 'mentor' }, true, true],
      [{ kind: 'declined', by: 'mentee' }, false, false],
      [{ kind: 'deleted', by: 'mentor' }, true, true],
      [{ kind: 'cancelled' }, false, true],
      [{ kind: 'moved', ...SESSION }, false, false],
    ];
    for (const [disturbance, ours, mentors] of all)
      expect([needsTimes(disturbance, false), needsTimes(disturbance, true)]).toEqual([ours, mentors]);
  });
});

describe('findDisturbance', () => {
  const known = { state: 'booked' as const, startsAt: SESSION.start, endsAt: SESSION.end };
  const addresses = { mentor: 'mia@x', mentee: 'max@x' };
  const seen = (change: Partial<SeenDate> = {}): SeenDate => ({
    ...SESSION,
    isCancelled: false,
    answers: [],
    ...change,
  });
  const answer = (
    address: string,
    response: SeenDate['answers'][number]['response'],
    proposed: ReturnType<typeof span> | null = null,
  ) => ({ address, response, proposed });
  const other = span('2026-10-14T11:00');
  const none = { clashes: [] };
  test.each<[string, object, SeenDate, Parameters<typeof findDisturbance>[3], Disturbance | null]>([
    ['nothing', {}, seen(), none, null],
    ['a conflict', {}, seen(), { clashes: ['mentor'] }, { kind: 'conflict', of: ['mentor'] }],
    ['not while we write', { isWriting: true }, seen(), { clashes: ['mentor'] }, null],
    ['cancelled', {}, seen({ isCancelled: true }), { clashes: ['mentor'] }, { kind: 'cancelled' }],
    ['moved', {}, seen(other), { clashes: ['mentor'] }, { kind: 'moved', ...other }],
    ['declined', {}, seen({ answers: [answer('MAX@x', 'declined')] }), none, { kind: 'declined', by: 'mentee' }],
    [
      'declined with another time',
      {},
      seen({ answers: [answer('max@x', 'declined', other)] }),
      none,
      { kind: 'proposed', by: 'mentee', ...other, isDeclined: true },
    ],
    [
      'one asks, the other declined: the no counts',
      {},
      seen({ answers: [answer('max@x', 'tentativelyAccepted', other), answer('mia@x', 'declined')] }),
      none,
      { kind: 'declined', by: 'mentor' },
    ],
    [
      'asked for before a conflict',
      {},
      seen({ answers: [answer('max@x', 'tentativelyAccepted', other)] }),
      { clashes: ['mentor'] },
      { kind: 'proposed', by: 'mentee', ...other, isDeclined: false },
    ],
    [
      'a copy at another time is a request (F30)',
      {},
      seen(),
      { clashes: [], copies: { mentor: { kind: 'elsewhere', ...other } } },
      { kind: 'proposed', by: 'mentor', ...other, isDeclined: false },
    ],
    [
      'a copy that is gone with nothing said',
      {},
      seen(),
      { clashes: [], copies: { mentee: { kind: 'gone' } } },
      { kind: 'deleted', by: 'mentee' },
    ],
    ['declined already', { state: 'declined' }, seen({ answers: [answer('max@x', 'declined')] }), none, null],
  ])('%s', (_name, change, date, calendars, expected) => {
    expect(findDisturbance({ ...known, ...change }, date, addresses, calendars)).toEqual(expected);
  });
  it('names a request by its time, everything else by its kind', () => {
    expect(keyOf({ kind: 'proposed', by: 'mentor', ...other, isDeclined: false })).toBe(`proposed:${other.start}`);
    expect(keyOf(CONFLICT)).toBe('conflict');
  });
});

describe('isClashing', () => {
  const own = (status: BusyStatus): BusyInterval => ({ ...SESSION, status });
  test.each<[string, BusyInterval[], boolean, boolean]>([
    ['the session itself', [own('busy')], true, false],
    ['nothing at all: a silent delete is not claimed', [], true, false],
    ['a second one at the same time', [own('busy'), own('busy')], true, true],
    ['tentative beside it', [own('busy'), own('tentative')], true, false],
    ['busy over an invitation that was not answered', [own('tentative'), own('busy')], false, true],
    ['out of office over it', [own('busy'), busy('2026-10-13T00:00', 24 * 60, 'oof')], true, true],
    [
      'free and elsewhere over it',
      [own('busy'), busy('2026-10-13T09:00', 120, 'free'), busy('2026-10-13T09:00', 120, 'workingElsewhere')],
      true,
      false,
    ],
    [
      'right before and right after',
      [own('busy'), busy('2026-10-13T09:00', 60), busy('2026-10-13T10:30', 60)],
      true,
      false,
    ],
    ['over a part', [own('busy'), busy('2026-10-13T10:15', 60)], true, true],
    ['tentative over a part', [own('busy'), busy('2026-10-13T10:15', 60, 'tentative')], true, false],
    ['the session shown as out of office by its owner', [own('oof')], true, false],
    ['busy over it, the copy not there', [busy('2026-10-13T09:00', 180)], true, true],
  ])('%s', (_name, items, hasAccepted, expected) => {
    expect(isClashing(items, SESSION, hasAccepted)).toBe(expected);
  });
});

describe('otherStarts', () => {
  const full = (from: string, days: number): SlotPerson =>
    who('mentee', [busy(`${from}T00:00`, days * 24 * 60, 'oof')]);
  it('stays in the week where that is asked, else between the neighbors or four weeks away', () => {
    const alone = { previous: null, next: null };
    const week = care({ ...alone, mentee: full('2026-10-12', 7) });
    expect(otherStarts(week, { sameWeek: true })).toEqual([]);
    expect(otherStarts(week).map(wallOf)).toEqual(['2026-10-09T10:00', '2026-10-08T10:00', '2026-10-07T10:00']);
    expect(otherStarts(care({ ...alone, mentee: full('2026-10-05', 36) })).map(wallOf)).toEqual([
      '2026-11-10T11:00', // 10:00 by Rome's winter clock
      '2026-11-10T10:30',
      '2026-11-10T11:30',
    ]);
    expect(otherStarts(care({ ...alone, mentee: full('2026-10-05', 37) }))).toEqual([]);
    expect(
      otherStarts(
        care({ previous: rome('2026-10-12T10:00'), next: rome('2026-10-13T15:00'), mentee: full('2026-10-13', 1) }),
      ),
    ).toEqual([]);
  });
  it('gives no time that is frozen, held or in a calendar that cannot be read', () => {
    const now = rome('2026-10-12T09:30');
    const search = care({ now, mentee: who('mentee'), mentor: who('mentor'), held: [span('2026-10-14T09:00', 60)] });
    const starts = otherStarts(search);
    expect(starts.every((start) => !isFrozen(start, now, ROME, OFFICE_HOURS))).toBe(true);
    expect(starts.map(wallOf)).toEqual(['2026-10-13T09:45', '2026-10-14T10:00', '2026-10-15T10:00']);
    expect(otherStarts(care({ mentee: who('mentee', null) }))).toEqual([]);
  });
});

test('the first time that is not frozen, from every hour of a week, is the first', () => {
  for (let hour = 0; hour < 7 * 24; hour++) {
    const now = plus(NOW, hour * HOUR);
    const first = firstUnfrozen(now, ROME, OFFICE_HOURS);
    expect(isFrozen(first, now, ROME, OFFICE_HOURS)).toBe(false);
    for (let start = now; start < first; start = plus(start, 30 * MINUTE))
      if (isWorkingTime(start, ROME, OFFICE_HOURS)) expect(isFrozen(start, now, ROME, OFFICE_HOURS)).toBe(true);
  }
});

test('the freeze is counted on working days', () => {
  expect(freezesAt(rome('2026-10-12T10:00'), ROME, OFFICE_HOURS)).toBe(rome('2026-10-09T10:00'));
  expect(freezesAt(rome('2026-10-14T10:00'), ROME, null)).toBe(rome('2026-10-13T10:00'));
  expect(plus(SESSION.start, -DAY)).toBe(freezesAt(SESSION.start, ROME, OFFICE_HOURS));
});
