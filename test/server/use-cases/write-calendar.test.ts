import { describe, expect, test } from 'vitest';
import { pauseMailbox } from '../../../server/db/calendar-writes.ts';
import { at } from '../../../server/db/schema.ts';
import { DAY, HOUR, MINUTE, parseInstant, plus, type ZoneId } from '../../../server/domain/time/instant.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import type { DateMove } from '../../../server/ports.ts';
import { FIRST, offer, participant, readPair, cohort, type MadePair } from '../../make/pair.ts';
import { person } from '../../make/person.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';
import { agreedPair, bookedPair, readSeries, readSessions } from '../../make/session.ts';

const db = useDatabase();
const run = (stage: Stage) => writeCalendar(stage, { tenantId: stage.tenantId });

const readWrites = (stage: Stage) =>
  stage.tx((tx) =>
    tx
      .selectFrom('calendarWrites')
      .select(['kind', 'state', 'notBefore', 'attempts', 'code', 'emptyReads', 'fence'])
      .orderBy('createdAt')
      .orderBy('kind')
      .execute(),
  );
const onlyWrite = async (stage: Stage) => {
  const writes = await readWrites(stage);
  expect(writes).toHaveLength(1);
  return writes[0]!;
};
/** As if the process that holds the lease had died and two minutes had gone by. */
const expireLeases = (stage: Stage) =>
  stage.tx((tx) =>
    tx
      .updateTable('calendarWrites')
      .set({ leaseUntil: at(plus(START, -DAY)) })
      .where('state', '=', 'sending')
      .execute(),
  );

describe('nothing is written', () => {
  test('while the tenant has stopped all writes (R10), and everything once it has not', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: true }).execute());
    await run(stage);
    expect(stage.calendar.calls).toEqual([]);
    await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: false }).execute());
    await run(stage);
    expect(stage.calendar.series).toHaveLength(1);
  });

  test('over a slot that was taken meanwhile: the search begins anew and the attempt leaves no session (F17)', async () => {
    const stage = await setStage(db());
    const { pairId, mentee } = await agreedPair(stage);
    stage.calendar.busy.set(mentee.personId, [
      { start: plus(FIRST, 7 * DAY), end: plus(FIRST, 7 * DAY + HOUR), status: 'busy' },
    ]);
    await run(stage);
    expect(stage.calendar.series).toEqual([]);
    expect(await readPair(stage, pairId)).toMatchObject({ state: 'mentorAgreed', generation: 2 });
    expect(await readSessions(stage, pairId)).toEqual([]);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'refused', code: 'slotTaken' });
    expect(stage.jobs.woken).toContain('offerSlots');
  });

  test('outside the hours of somebody who moved to another zone meanwhile (F43)', async () => {
    const stage = await setStage(db());
    const { pairId, mentor } = await agreedPair(stage);
    stage.calendar.script('readBusy', async (go) => {
      const answer = await go();
      const own = answer.outcome === 'done' ? answer.value.get(mentor.personId) : undefined;
      if (own?.readable) own.timeZone = 'America/Sao_Paulo' as ZoneId;
      return answer;
    });
    await run(stage);
    expect(stage.calendar.series).toEqual([]);
    expect(await readPair(stage, pairId)).toMatchObject({ state: 'mentorAgreed', generation: 2 });
  });

  test('when the first date is over by now', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    stage.clock.set(plus(FIRST, MINUTE));
    await run(stage);
    expect(stage.calendar.series).toEqual([]);
    expect((await readPair(stage, pairId)).state).toBe('mentorAgreed');
  });

  test('into a calendar that cannot be read right now: it is never taken as free', async () => {
    const stage = await setStage(db());
    const { mentor } = await agreedPair(stage);
    stage.calendar.unreadable.add(mentor.personId);
    const next = await run(stage);
    expect(stage.calendar.series).toEqual([]);
    expect(next).toBe(plus(START, 15 * MINUTE));
  });
});

describe('a create', () => {
  test('is confirmed, tells both sides and is linked next', async () => {
    const stage = await setStage(db());
    const { pairId, mentor, mentee } = await agreedPair(stage);
    await run(stage);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'confirmed', attempts: 0 });
    expect((await readPair(stage, pairId)).state).toBe('booked');
    expect(await readSeries(stage, pairId)).toMatchObject({ state: 'confirmed', eventId: 'series-1' });
    expect(stage.jobs.woken).toEqual(expect.arrayContaining(['bookSeries', 'sendMessages']));
    const told = await stage.tx((tx) =>
      tx.selectFrom('messages').select(['personId', 'kind']).where('kind', '=', 'booked').execute(),
    );
    expect(told.map((row) => row.personId).sort()).toEqual([mentor.personId, mentee.personId].sort());
    const { request } = stage.calendar.series[0]!;
    expect(request).toMatchObject({
      subject: 'Mia Mentor / Elio Executive',
      start: '2026-10-06T10:00',
      timeZone: 'Europe/Rome',
      isPrivate: false,
    });
    expect(request.bodyHtml).not.toMatch(/generative|goal/i);
  });

  test('that was committed although the gateway gave up is found by its tag: one event (F6)', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    stage.calendar.script('createSeries', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: plus(START, 2000), code: 'HTTP 504' };
    });
    await run(stage);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'unknown', notBefore: plus(START, 2000) });
    stage.clock.advance(2000);
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(1);
    expect(stage.calendar.series).toHaveLength(1);
    expect((await readPair(stage, pairId)).state).toBe('booked');
  });

  test('whose tag is not found twice, 90 seconds apart, is sent once more with the same key (F12)', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    stage.calendar.script('createSeries', {
      outcome: 'unknown' as const,
      notBefore: plus(START, 1000),
      code: 'ECONNRESET',
    });
    await run(stage);
    stage.clock.advance(1000);
    await run(stage);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'unknown', emptyReads: 1, notBefore: plus(START, 91_000) });
    stage.clock.advance(89_000);
    await run(stage);
    expect(stage.calendar.count('findSeriesByTag')).toBe(1);
    expect(stage.calendar.count('createSeries')).toBe(1);
    stage.clock.advance(1000);
    await run(stage);
    expect(stage.calendar.count('findSeriesByTag')).toBe(2);
    expect(stage.calendar.count('createSeries')).toBe(2);
    const keys = stage.calendar.calls
      .filter((call) => call.name === 'createSeries')
      .map((call) => (call.args[1] as { key: string }).key);
    expect(new Set(keys).size).toBe(1);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'confirmed' });
  });

  test('whose event shows up late, at the second look, is not sent again', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    stage.calendar.script('createSeries', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
    });
    stage.calendar.script('findSeriesByTag', { outcome: 'done' as const, value: [] });
    await run(stage);
    stage.clock.advance(90_000);
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(1);
    expect(await onlyWrite(stage)).toMatchObject({ state: 'confirmed' });
  });

  test('with a key that is used already is resolved by reading', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    stage.calendar.script('createSeries', async (go) => {
      await go();
      return refused('duplicateKey', 409, 'ErrorDuplicateTransactionId');
    });
    await run(stage);
    expect(stage.calendar.series).toHaveLength(1);
    expect((await readPair(stage, pairId)).state).toBe('booked');
  });

  test('that finds two events with its tag books the first and tells the administrator of the copy (F33)', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    stage.calendar.script('createSeries', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
    });
    stage.calendar.script('findSeriesByTag', async (go) => {
      const found = await go();
      return found.outcome === 'done'
        ? { outcome: 'done' as const, value: [...found.value, { ...found.value[0]!, eventId: 'a copy' }] }
        : found;
    });
    await run(stage);
    const kinds = await stage.tx((tx) => tx.selectFrom('runLog').select('kind').execute());
    expect(kinds.map((row) => row.kind)).toContain('copyFound');
    expect(stage.calendar.calls.map((call) => call.name)).not.toContain('cancelEvent');
  });

  test('that is throttled waits in full, in the database: a restart changes nothing (F2)', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    await agreedPair(stage, offer({ first: plus(FIRST, DAY) }));
    const until = plus(START, 300_000);
    const throttled = { outcome: 'unknown' as const, notBefore: until, code: 'HTTP 429' };
    stage.calendar.script('createSeries', throttled, { ...throttled, outcome: 'later' as const });
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(2);
    // A process that starts now knows the wait from the database alone: the second series of the mailbox waits too.
    const restarted = { ...(await setStage(db())), tenantId: stage.tenantId, tx: stage.tx, clock: stage.clock };
    restarted.clock.set(plus(until, -1));
    await run(restarted);
    expect(restarted.calendar.calls).toEqual([]);
    restarted.clock.set(until);
    await run(restarted);
    expect(restarted.calendar.count('createSeries')).toBe(1);
    expect(restarted.calendar.count('findSeriesByTag')).toBe(1);
  });

  test('without the right is looked at again every quarter of an hour, not more (F14)', async () => {
    const stage = await setStage(db());
    for (let day = 0; day < 3; day++) await agreedPair(stage, offer({ first: plus(FIRST, day * DAY) }));
    const denied = refused('forbidden', 403, 'ErrorAccessDenied');
    stage.calendar.script('createSeries', denied, denied, denied, denied);
    for (let minute = 0; minute < 30; minute++) {
      await run(stage);
      stage.clock.advance(MINUTE);
    }
    // All three at first, then one alone as a probe.
    expect(stage.calendar.count('createSeries')).toBe(4);
    expect(stage.calendar.count('writeTogether')).toBe(1);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(3);
  });

  test('that is refused for good hands the pair to the administrator', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    stage.calendar.script('createSeries', refused('invalid', 400, 'ErrorPropertyValidationFailure'));
    await run(stage);
    expect((await readPair(stage, pairId)).state).toBe('waiting');
    expect(await onlyWrite(stage)).toMatchObject({ state: 'refused', code: 'ErrorPropertyValidationFailure' });
    stage.clock.advance(DAY);
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(1);
  });

  test('that never comes through is given up after eight attempts (F53)', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage, offer({ first: plus(FIRST, 7 * DAY) }));
    stage.calendar.script(
      'createSeries',
      ...Array.from({ length: 20 }, () => ({ outcome: 'unknown' as const, notBefore: START, code: 'HTTP 500' })),
    );
    for (let minute = 0; minute < 60; minute++) {
      await run(stage);
      stage.clock.advance(MINUTE);
    }
    expect(stage.calendar.count('createSeries')).toBe(8);
    expect((await readPair(stage, pairId)).state).toBe('waiting');
  });
});

describe('the mailbox budget', () => {
  test('lets 25 messages a minute through and counts each moved date', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage);
    for (let i = 0; i < 10; i++) {
      const mentor = await participant(stage, cohortId, 'mentor', person(`Mentor ${i}`));
      const mentee = await participant(stage, cohortId, 'mentee', person(`Mentee ${i}`));
      await agreedPair(stage, offer({ first: plus(FIRST, i * 15 * MINUTE), moved: [2, 3] }), {
        cohortId,
        mentor,
        mentee,
      });
    }
    await run(stage);
    expect(stage.calendar.series).toHaveLength(8);
    stage.clock.advance(MINUTE - 1);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(8);
    stage.clock.advance(1);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(10);
  });
});

describe('several at once', () => {
  /** So many agreed pairs of one cohort, a quarter of an hour apart. */
  async function agreeMany(stage: Stage, count: number): Promise<MadePair[]> {
    const cohortId = await cohort(stage);
    const pairs: MadePair[] = [];
    for (let i = 0; i < count; i++) {
      const mentor = await participant(stage, cohortId, 'mentor', person(`Mentor ${i}`));
      const mentee = await participant(stage, cohortId, 'mentee', person(`Mentee ${i}`));
      const first = plus(FIRST, i * 15 * MINUTE);
      pairs.push(await agreedPair(stage, offer({ first }), { cohortId, mentor, mentee }));
    }
    return pairs;
  }
  const lookedAt = (stage: Stage): number[] =>
    stage.calendar.calls.filter((call) => call.name === 'readBusy').map((call) => (call.args[2] as unknown[]).length);

  test('go four to a call, after one look at all', async () => {
    const stage = await setStage(db());
    const pairs = await agreeMany(stage, 14);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(14);
    expect(stage.calendar.count('writeTogether')).toBe(4);
    expect(lookedAt(stage)).toEqual([28]);
    for (const { pairId } of pairs) expect((await readPair(stage, pairId)).state).toBe('booked');
  });

  test('fill their calls: what would go alone waits a minute with those that have to wait anyway', async () => {
    const stage = await setStage(db());
    await agreeMany(stage, 30);
    expect(await run(stage)).toBe(plus(START, MINUTE));
    expect(stage.calendar.series).toHaveLength(24);
    stage.clock.advance(MINUTE);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(30);
    expect(stage.calendar.count('writeTogether')).toBe(8);
    expect(stage.calendar.count('createSeries')).toBe(30);
  });

  test('have an outcome each: done, taken, unknown, refused, not known because unreadable (F9)', async () => {
    const stage = await setStage(db());
    const pairs = await agreeMany(stage, 5);
    const [, taken, , , unreadable] = pairs as [MadePair, MadePair, MadePair, MadePair, MadePair];
    stage.calendar.busy.set(taken.mentee.personId, [{ start: FIRST, end: plus(FIRST, DAY), status: 'oof' }]);
    stage.calendar.unreadable.add(unreadable.mentor.personId);
    stage.calendar.script(
      'createSeries',
      async (go) => go(),
      async (go) => {
        await go();
        return { outcome: 'unknown' as const, notBefore: plus(START, 1000), code: 'MissingInBatch' };
      },
      refused('invalid', 400, 'ErrorPropertyValidationFailure'),
    );
    await run(stage);
    expect(stage.calendar.count('writeTogether')).toBe(1);
    const states = async () => {
      const found = [];
      for (const { pairId } of pairs) found.push((await readPair(stage, pairId)).state);
      return found.sort();
    };
    expect(await states()).toEqual(['agreed', 'agreed', 'booked', 'mentorAgreed', 'waiting']);
    stage.clock.advance(1000);
    await run(stage);
    expect(await states()).toEqual(['agreed', 'booked', 'booked', 'mentorAgreed', 'waiting']);
    expect(stage.calendar.series).toHaveLength(2);
  });

  test('never put one person into two sessions at one time (D6)', async () => {
    const stage = await setStage(db());
    const { cohortId, mentor } = await agreedPair(stage);
    const mentee = await participant(stage, cohortId, 'mentee', person('Another Executive'));
    await agreedPair(stage, offer({ first: plus(FIRST, 15 * MINUTE) }), { cohortId, mentor, mentee });
    await run(stage);
    expect(stage.calendar.series).toHaveLength(1);
    const states = (await readWrites(stage)).map(({ state, code }) => [state, code]).sort();
    expect(states).toEqual([
      ['confirmed', null],
      ['refused', 'slotTaken'],
    ]);
  });

  test('stop within the round when the tenant stops all writes (R10)', async () => {
    const stage = await setStage(db());
    await agreeMany(stage, 10);
    stage.calendar.script('writeTogether', async (go) => {
      await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: true }).execute());
      return go();
    });
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(4);
    expect((await readWrites(stage)).filter(({ state }) => state === 'planned')).toHaveLength(6);
    await stage.tx((tx) => tx.updateTable('tenants').set({ writesStopped: false }).execute());
    await run(stage);
    expect(stage.calendar.series).toHaveLength(10);
  });

  test('wait together when the mailbox is throttled in the middle (F2)', async () => {
    const stage = await setStage(db());
    await agreeMany(stage, 10);
    const until = plus(START, 300_000);
    const throttled = { outcome: 'unknown' as const, notBefore: until, code: 'HTTP 429' };
    stage.calendar.script('createSeries', throttled);
    expect(await run(stage)).toBe(until);
    expect(stage.calendar.count('writeTogether')).toBe(1);
    stage.clock.set(until);
    await run(stage);
    stage.clock.advance(MINUTE);
    stage.clock.advance(MINUTE);
    await run(stage);
    expect(stage.calendar.series).toHaveLength(10);
  });
});

describe('the mentor as organizer', () => {
  test('has an own budget, an own tag to be found by, and an own calendar to be written to', async () => {
    const stage = await setStage(db());
    const pairs = [];
    for (let i = 0; i < 3; i++) {
      const cohortId = await cohort(stage);
      await stage.tx((tx) =>
        tx.updateTable('cohorts').set({ organizer: 'mentor' }).where('cohortId', '=', cohortId).execute(),
      );
      const mentor = await participant(stage, cohortId, 'mentor', person(`Mentor ${i}`));
      const mentee = await participant(stage, cohortId, 'mentee', person(`Mentee ${i}`));
      pairs.push(await agreedPair(stage, offer({ moved: [2, 3] }), { cohortId, mentor, mentee }));
    }
    // One mailbox is paused: the others go on.
    const [paused, ...others] = pairs as [MadePair, ...MadePair[]];
    const until = plus(START, HOUR);
    await stage.tx((tx) => pauseMailbox(tx, stage.tenantId, paused.mentor.personId, until));
    stage.calendar.script('createSeries', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
    });
    expect(await run(stage)).toBe(until);
    expect(stage.calendar.series.map(({ request }) => request.organizerId).sort()).toEqual(
      others.map(({ mentor }) => mentor.personId).sort(),
    );
    const lookUps = stage.calendar.calls.filter(({ name }) => name === 'findSeriesByTag');
    expect(lookUps.map(({ args }) => args[1])).toEqual([stage.calendar.series[0]!.request.organizerId]);
    const sends = await stage.tx((tx) => tx.selectFrom('mailboxSends').select(['mailboxId', 'messages']).execute());
    expect(sends.map(({ mailboxId }) => mailboxId).sort()).toEqual(others.map(({ mentor }) => mentor.personId).sort());
    expect(sends.every(({ messages }) => messages === 3)).toBe(true);
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    await run(stage);
    for (const { pairId } of others)
      expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
    const moves = stage.calendar.calls.filter(({ name }) => name === 'moveDate');
    expect(new Set(moves.map(({ args }) => (args[1] as DateMove).organizerId))).toEqual(
      new Set(others.map(({ mentor }) => mentor.personId)),
    );
  });
});

describe('a monthly series', () => {
  test('is booked on its weekday of the month and linked date by date', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage);
    await stage.tx((tx) =>
      tx.updateTable('cohorts').set({ everyMonths: 1 }).where('cohortId', '=', cohortId).execute(),
    );
    const dates = ['2026-10-14T08:00:00Z', '2026-11-11T09:00:00Z', '2026-12-09T09:00:00Z'].map((text) => {
      const start = parseInstant(text);
      return { originalStart: start, start, end: plus(start, 30 * MINUTE), isMoved: false };
    });
    const chosen = { ...offer({ first: dates[0]!.start }), index: 'second' as const, dates };
    const mentor = await participant(stage, cohortId, 'mentor');
    const mentee = await participant(stage, cohortId, 'mentee', person('Elio Executive'));
    const { pairId } = await agreedPair(stage, chosen, { cohortId, mentor, mentee });
    await run(stage);
    expect(stage.calendar.series[0]!.request.recurrence).toEqual({
      kind: 'monthly',
      everyMonths: 1,
      weekday: 'wednesday',
      index: 'second',
      firstDate: '2026-10-14',
      count: 3,
    });
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    expect((await readSessions(stage, pairId)).map(({ state, startsAt }) => [state, startsAt])).toEqual(
      dates.map(({ start }) => ['booked', start]),
    );
  });
});

describe('a moved date', () => {
  test('is planned after the series stands, and moved to where the proposal put it', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage, offer({ moved: [2] }));
    await run(stage);
    expect((await readWrites(stage)).map((write) => write.kind)).toEqual(['create']);
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    expect((await readSessions(stage, pairId)).map((session) => session.state)).toEqual([
      'booked',
      'planned',
      'booked',
    ]);
    await run(stage);
    const sessions = await readSessions(stage, pairId);
    expect(sessions.map((session) => session.state)).toEqual(['booked', 'booked', 'booked']);
    expect(sessions[1]!.startsAt).toBe(plus(FIRST, 7 * DAY + 2 * HOUR));
    expect(stage.calendar.series[0]!.dates[1]!.start).toBe(plus(FIRST, 7 * DAY + 2 * HOUR));
  });

  test('of unknown outcome is read: moved already is confirmed, moved elsewhere by a person stays there', async () => {
    const stage = await setStage(db());
    await agreedPair(stage, offer({ moved: [2, 3] }));
    await run(stage);
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    stage.calendar.script(
      'moveDate',
      async (go) => {
        await go();
        return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
      },
      async () => {
        // Which of the two goes first depends on their ids: a person moves the one that is still in its place.
        const other = stage.calendar.series[0]!.dates.slice(1).find((date) => date.start === date.originalStart)!;
        other.start = plus(other.start, -HOUR);
        return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
      },
    );
    await run(stage);
    const states = (await readWrites(stage))
      .filter((write) => write.kind === 'moveDate')
      .map(({ state, code }) => ({ state, code }));
    expect(states).toHaveLength(2);
    expect(states).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'confirmed' }),
        { state: 'refused', code: 'movedByAPerson' },
      ]),
    );
    expect(stage.calendar.count('moveDate')).toBe(2);
  });

  test('that would cross its neighbor is cancelled rather than left over a meeting (I7)', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage, offer({ moved: [2] }));
    await run(stage);
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    stage.calendar.script('moveDate', refused('crossing', 400, 'ErrorOccurrenceCrossingBoundary'));
    await run(stage);
    expect((await readSessions(stage, pairId))[1]).toMatchObject({ state: 'cancelled' });
    expect(stage.calendar.series[0]!.dates[1]!.isCancelled).toBe(true);
    // And nobody is left without a word: other times for the executive, the news for the mentor.
    stage.clock.advance(15 * MINUTE);
    await reconcileSeries(stage, { tenantId: stage.tenantId });
    const { menteeId, mentorId } = await readPair(stage, pairId);
    const told = await stage.tx((tx) =>
      tx
        .selectFrom('messages')
        .select(['kind', 'personId'])
        .where('kind', 'in', ['newTime', 'sessionChanged'])
        .execute(),
    );
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { kind: 'newTime', personId: menteeId },
        { kind: 'sessionChanged', personId: mentorId },
      ]),
    );
  });
});

describe('a lease', () => {
  test('that ran out is resolved by reading, never by sending again at once', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    // The process dies after Graph has made the event and before anything is recorded.
    stage.calendar.script('createSeries', async (go) => {
      await go();
      throw new Error('killed');
    });
    await expect(run(stage)).rejects.toThrow('killed');
    await run(stage);
    expect(stage.calendar.count('findSeriesByTag')).toBe(0);
    await expireLeases(stage);
    await run(stage);
    expect(stage.calendar.count('createSeries')).toBe(1);
    expect((await readPair(stage, pairId)).state).toBe('booked');
  });

  test('taken over by another worker: the late one records nothing and sends nothing more (F51)', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    const second = await agreedPair(stage, offer({ first: plus(FIRST, DAY) }));
    const other = { ...stage };
    stage.calendar.script('createSeries', async (go) => {
      const made = await go();
      // While this request was on its way, both leases ran out and another worker did all the work.
      await expireLeases(stage);
      await run(other);
      stage.clock.advance(90_000);
      await run(other);
      return made;
    });
    await run(stage);
    expect(stage.calendar.series).toHaveLength(2);
    expect(stage.calendar.count('createSeries')).toBe(2);
    expect((await readPair(stage, pairId)).state).toBe('booked');
    expect((await readPair(stage, second.pairId)).state).toBe('booked');
    expect((await readWrites(stage)).every((write) => write.state === 'confirmed')).toBe(true);
  });
});

describe('the end of a series', () => {
  test('a booked pair can be read back whole', async () => {
    const stage = await setStage(db());
    const { sessions, event } = await bookedPair(stage);
    expect(sessions.map((session) => session.eventId)).toEqual(event.dates.map((date) => date.eventId));
  });
});
