import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { acceptNotices, type Notice } from '../../../server/use-cases/sessions/accept-notice.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { renewSubscriptions } from '../../../server/use-cases/sessions/renew-subscriptions.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { offer, readPair } from '../../make/pair.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';
import { agreedPair, bookedPair, readSeries, readSessions, type Booked } from '../../make/session.ts';

const db = useDatabase();
const reconcile = (stage: Stage) => reconcileSeries(stage, { tenantId: stage.tenantId });
/** The next round, a quarter of an hour later. */
const reconcileLater = (stage: Stage) => {
  stage.clock.advance(15 * MINUTE);
  return reconcile(stage);
};
const kindsOf = async (stage: Stage) =>
  (await stage.tx((tx) => tx.selectFrom('runLog').select('kind').orderBy('at').execute())).map((row) => row.kind);
const changesTold = (stage: Stage) =>
  stage.tx((tx) =>
    tx.selectFrom('messages').select(['personId', 'data']).where('kind', '=', 'sessionChanged').execute(),
  );
const statesOf = async (stage: Stage, { pairId }: Booked) =>
  (await readSessions(stage, pairId)).map((session) => session.state);

describe('what people did is recorded, never undone', () => {
  test('nothing happened: nothing is written, nobody is told, however often it is read (F26)', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    const writes = stage.calendar.calls.length;
    for (let round = 0; round < 5; round++) {
      await reconcile(stage);
      stage.clock.advance(15 * MINUTE);
    }
    expect(await statesOf(stage, booked)).toEqual(['booked', 'booked', 'booked']);
    expect(await changesTold(stage)).toEqual([]);
    expect(new Set(stage.calendar.calls.slice(writes).map((call) => call.name))).toEqual(
      new Set(['readOrganizerWindow', 'readBusy']),
    );
  });

  test('a session was moved: it stays there, locked, and the mentor is told neutrally', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    const date = booked.event.dates[1]!;
    const before = date.start;
    Object.assign(date, { start: plus(date.start, HOUR), end: plus(date.end, HOUR) });
    await reconcile(stage);
    await reconcileLater(stage);
    expect((await readSessions(stage, booked.pairId))[1]).toMatchObject({
      startsAt: plus(before, HOUR),
      endsAt: plus(before, HOUR + 30 * MINUTE),
      locked: true,
      wasMoved: true,
      state: 'booked',
      feedbackDueAt: plus(before, HOUR + 35 * MINUTE),
    });
    const told = await changesTold(stage);
    expect(told).toMatchObject([
      { personId: booked.mentor.personId, data: { what: 'moved', newStart: plus(before, HOUR) } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/declin|cancell?ed by|by:/);
    expect(stage.calendar.calls.map((call) => call.name)).not.toContain('moveDate');
  });

  test('one session was cancelled: the others stand, nothing is booked anew (F28)', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    booked.event.dates[1]!.isCancelled = true;
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['booked', 'cancelled', 'booked']);
    expect(await changesTold(stage)).toMatchObject([
      { personId: booked.mentor.personId, data: { what: 'cancelled', newStart: null } },
    ]);
    expect((await readPair(stage, booked.pairId)).state).toBe('booked');
    expect(stage.calendar.series).toHaveLength(1);
  });

  test('one session was declined: by whom is kept and told to nobody', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    booked.event.dates[0]!.answers.find((answer) => answer.address === booked.mentee.mail)!.response = 'declined';
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['declined', 'booked', 'booked']);
    const cause = await stage.tx((tx) =>
      tx.selectFrom('sessions').select('cause').where('state', '=', 'declined').execute(),
    );
    expect(cause).toEqual([{ cause: 'declinedBy:mentee' }]);
    expect(JSON.stringify(await changesTold(stage))).not.toMatch(/declin|mentee/);
  });

  test('a tentative answer or none stays as it is (F31)', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    booked.event.dates[0]!.answers[0]!.response = 'tentativelyAccepted';
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['booked', 'booked', 'booked']);
    expect(await changesTold(stage)).toEqual([]);
  });

  test('every date was declined: the pair rests, once, and no new series is made (F29)', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    for (const date of booked.event.dates) date.answers[0]!.response = 'declined';
    await reconcile(stage);
    await reconcileLater(stage);
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
    expect((await kindsOf(stage)).filter((kind) => kind === 'pairPaused')).toHaveLength(1);
    expect(stage.calendar.count('createSeries')).toBe(1);
  });

  test('one date was cancelled before and the rest is declined now: the pair rests all the same', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    booked.event.dates[1]!.isCancelled = true;
    await reconcile(stage);
    for (const date of booked.event.dates) date.answers[0]!.response = 'declined';
    // The whole horizon is read once a day.
    stage.clock.advance(DAY);
    await reconcile(stage);
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
  });

  test('the whole series is gone: its sessions to come are cancelled, those held stay held', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    const [first] = booked.sessions;
    stage.clock.set(plus(first!.endsAt, HOUR));
    await stage.tx((tx) =>
      tx.updateTable('sessions').set({ held: 'confirmed' }).where('sessionId', '=', first!.sessionId).execute(),
    );
    booked.event.isGone = true;
    await reconcile(stage);
    const sessions = await readSessions(stage, booked.pairId);
    expect(sessions.map(({ state, held }) => [state, held])).toEqual([
      ['booked', 'confirmed'],
      ['cancelled', 'open'],
      ['cancelled', 'open'],
    ]);
    expect(await readSeries(stage, booked.pairId)).toMatchObject({ state: 'cancelled' });
    expect((await readPair(stage, booked.pairId)).state).toBe('suspended');
    expect(stage.calendar.count('createSeries')).toBe(1);
  });

  test('our own move is no act of a person while it is on its way', async () => {
    const stage = await setStage(db());
    const made = await agreedPair(stage, offer({ moved: [2] }));
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await linkSeriesDates(stage, { tenantId: stage.tenantId });
    stage.calendar.script('moveDate', async (go) => {
      await go();
      return { outcome: 'unknown' as const, notBefore: plus(START, MINUTE), code: 'HTTP 504' };
    });
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await reconcile(stage);
    stage.clock.advance(MINUTE);
    await writeCalendar(stage, { tenantId: stage.tenantId });
    await reconcileLater(stage);
    expect((await readSessions(stage, made.pairId))[1]).toMatchObject({
      state: 'booked',
      wasMoved: false,
      locked: false,
    });
    expect(await changesTold(stage)).toEqual([]);
  });
});

describe('absence alone is no deletion', () => {
  test('a date missing from the window but found by its id stands', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    stage.calendar.script('readOrganizerWindow', { outcome: 'done' as const, value: [] });
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['booked', 'booked', 'booked']);
    expect(stage.calendar.count('readDate')).toBeGreaterThanOrEqual(3);
  });

  test('a date that cannot be read by its id is left alone', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    stage.calendar.script('readOrganizerWindow', { outcome: 'done' as const, value: [] });
    const later = { outcome: 'later' as const, notBefore: START, code: 'HTTP 503' };
    stage.calendar.script('readDate', later, refused('forbidden', 403), later, later);
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['booked', 'booked', 'booked']);
  });

  test('a mailbox that cannot be read waits, and the administrator hears of a refusal', async () => {
    const stage = await setStage(db());
    await bookedPair(stage);
    stage.calendar.script(
      'readOrganizerWindow',
      { outcome: 'later' as const, notBefore: plus(START, 5 * MINUTE), code: 'HTTP 429' },
      refused('forbidden', 403, 'ErrorAccessDenied'),
    );
    expect(await reconcile(stage)).toBe(plus(START, 5 * MINUTE));
    stage.clock.advance(5 * MINUTE);
    expect(await reconcile(stage)).toBe(plus(START, 20 * MINUTE));
    expect(await kindsOf(stage)).toContain('calendarUnreachable');
  });
});

describe('subscriptions and notices', () => {
  const renew = (stage: Stage) =>
    renewSubscriptions(
      { ...stage, newSecret: () => `secret-${stage.calendar.count('subscribe')}-${'x'.repeat(24)}` },
      { tenantId: stage.tenantId },
    );
  const read = (stage: Stage) => stage.tx((tx) => tx.selectFrom('subscriptions').selectAll().executeTakeFirstOrThrow());
  const notice = async (stage: Stage, change: Partial<Notice> = {}): Promise<Notice> => {
    const { subscriptionId, clientState } = await read(stage);
    return {
      tenantId: stage.tenantId,
      subscriptionId: subscriptionId!,
      clientState,
      mailboxId: stage.mailbox.personId,
      eventId: null,
      lifecycle: null,
      ...change,
    };
  };
  const mark = (stage: Stage) =>
    stage.tx((tx) => tx.selectFrom('mailboxMarks').select('markedAt').where('markedAt', 'is not', null).execute());

  test('the program mailbox is watched, renewed at half its life, and read once after a new subscription', async () => {
    const stage = await setStage(db());
    expect(await renew(stage)).toBe(plus(START, 3 * DAY));
    expect(await read(stage)).toMatchObject({ state: 'active', mailboxId: stage.mailbox.personId });
    expect(await mark(stage)).toHaveLength(1);
    await renew(stage);
    stage.clock.advance(3 * DAY);
    await renew(stage);
    expect([stage.calendar.count('subscribe'), stage.calendar.count('renewSubscription')]).toEqual([1, 1]);
  });

  test('a subscription that Graph has lost is made anew with a new secret (F23)', async () => {
    const stage = await setStage(db());
    await renew(stage);
    const before = await read(stage);
    stage.clock.advance(3 * DAY);
    stage.calendar.script('renewSubscription', refused('notFound', 404, 'ResourceNotFound'));
    await renew(stage);
    const after = await read(stage);
    expect(after.state).toBe('active');
    expect(after.clientState).not.toBe(before.clientState);
  });

  test('a refusal means polling only, and is asked again the next day', async () => {
    const stage = await setStage(db());
    stage.calendar.script('subscribe', refused('forbidden', 403, 'ErrorAccessDenied'));
    expect(await renew(stage)).toBe(plus(START, DAY));
    expect((await read(stage)).state).toBe('pollingOnly');
    expect(await kindsOf(stage)).toContain('pollingOnly');
    stage.clock.advance(DAY);
    await renew(stage);
    expect((await read(stage)).state).toBe('active');
  });

  test('only the right secret of the right subscription, tenant and mailbox counts (38, 39)', async () => {
    const stage = await setStage(db());
    await renew(stage);
    await stage.tx((tx) => tx.updateTable('mailboxMarks').set({ markedAt: null }).execute());
    const other = await setStage(db());
    await renew(other);
    const forged = [
      await notice(stage, { clientState: '' }),
      await notice(stage, { clientState: `${(await read(stage)).clientState}x` }),
      await notice(stage, { clientState: (await read(stage)).clientState.slice(0, -1) }),
      await notice(stage, { subscriptionId: 'somebody else’s' }),
      await notice(stage, { tenantId: other.tenantId }),
      await notice(stage, { tenantId: null }),
      await notice(stage, { mailboxId: other.mailbox.personId }),
    ];
    stage.jobs.woken.length = 0;
    expect(await acceptNotices(stage, forged)).toBe(0);
    expect(await mark(stage)).toEqual([]);
    expect(stage.jobs.woken).toEqual([]);
    expect(await acceptNotices(stage, [await notice(stage)])).toBe(1);
    expect(await mark(stage)).toHaveLength(1);
    expect(stage.jobs.woken).toEqual(['reconcileSeries']);
  });

  test('the same notice fifty times is one round of reading (F19)', async () => {
    const stage = await setStage(db());
    await bookedPair(stage);
    await renew(stage);
    await reconcile(stage);
    const before = stage.calendar.count('readOrganizerWindow');
    const same = await notice(stage);
    for (let i = 0; i < 50; i++) await acceptNotices(stage, [same]);
    await reconcile(stage);
    expect(stage.calendar.count('readOrganizerWindow')).toBe(before + 1);
  });

  test('what a notice names is read by its id, and a date that moved by itself with it', async () => {
    const stage = await setStage(db());
    const [named, other] = [await bookedPair(stage), await bookedPair(stage)];
    await renew(stage);
    await reconcile(stage);
    const [before, looks] = [stage.calendar.calls.length, stage.calendar.count('readOrganizerWindow')];
    for (const one of [named, other]) {
      const date = one.event.dates[2]!;
      Object.assign(date, { start: plus(date.start, HOUR), end: plus(date.end, HOUR) });
    }
    await acceptNotices(stage, [await notice(stage, { eventId: named.event.dates[2]!.eventId })]);
    await reconcile(stage);
    expect((await readSessions(stage, named.pairId))[2]).toMatchObject({ wasMoved: true, locked: true });
    expect((await readSessions(stage, other.pairId))[2]).toMatchObject({ wasMoved: false });
    expect(stage.calendar.calls.slice(before)).toContainEqual(
      expect.objectContaining({
        name: 'readDatesOfSeries',
        args: expect.arrayContaining([[named.event.eventId]]) as unknown[],
      }),
    );
    expect(stage.calendar.count('readOrganizerWindow')).toBe(looks);
    expect(await mark(stage)).toEqual([]);
  });

  test('what two notices name is read together, and a notice that names nothing reads everything', async () => {
    const stage = await setStage(db());
    const booked = [await bookedPair(stage), await bookedPair(stage)];
    await renew(stage);
    await reconcile(stage);
    const looks = stage.calendar.count('readOrganizerWindow');
    for (const { event } of booked) await acceptNotices(stage, [await notice(stage, { eventId: event.eventId })]);
    await reconcile(stage);
    const ids = stage.calendar.calls.flatMap(({ name, args }) =>
      name === 'readDatesOfSeries' ? [(args[2] as string[]).toSorted()] : [],
    );
    expect(ids).toEqual([booked.map(({ event }) => event.eventId)]);
    expect(stage.calendar.count('readOrganizerWindow')).toBe(looks);
    await acceptNotices(stage, [await notice(stage)]);
    await acceptNotices(stage, [await notice(stage, { eventId: booked[0]!.event.eventId })]);
    await reconcile(stage);
    expect(stage.calendar.count('readOrganizerWindow')).toBe(looks + 1);
    expect(stage.calendar.count('readDatesOfSeries')).toBe(1);
  });

  test('an event that is not ours is never asked for, and nothing is read for it', async () => {
    const stage = await setStage(db());
    await bookedPair(stage);
    await renew(stage);
    await reconcile(stage);
    const before = stage.calendar.calls.length;
    expect(await acceptNotices(stage, [await notice(stage, { eventId: 'somebody else’s' })])).toBe(1);
    expect(await mark(stage)).toEqual([]);
    await reconcile(stage);
    expect(stage.calendar.calls.slice(before)).toEqual([]);
  });

  test('a series that is gone when it is read by its id is looked for in the whole calendar', async () => {
    const stage = await setStage(db());
    const booked = [await bookedPair(stage), await bookedPair(stage), await bookedPair(stage), await bookedPair(stage)];
    await renew(stage);
    await reconcile(stage);
    for (const { event } of booked.slice(1)) event.isGone = true;
    await acceptNotices(stage, [await notice(stage, { eventId: booked[1]!.event.eventId })]);
    await reconcile(stage);
    // Three at once: the mailbox was emptied, and nobody is told one by one (F34).
    expect(await kindsOf(stage)).toContain('seriesLost');
    expect(await Promise.all(booked.map(async ({ pairId }) => (await readSeries(stage, pairId)).state))).toEqual([
      'confirmed',
      'lost',
      'lost',
      'lost',
    ]);
  });

  test('with full rights a notice from a participant’s mailbox names a copy, whose id nobody knows: it counts', async () => {
    const stage = await setStage(db());
    await stage.tx((tx) => tx.updateTable('tenants').set({ calendarRights: 'full' }).execute());
    const booked = await bookedPair(stage);
    await renew(stage);
    await reconcile(stage);
    await stage.tx((tx) => tx.updateTable('mailboxMarks').set({ markedAt: null }).execute());
    const theirs = { mailboxId: booked.mentee.personId, subscriptionId: 'theirs', eventId: 'copy' };
    await stage.tx((tx) =>
      tx
        .updateTable('subscriptions')
        .set({ subscriptionId: 'theirs', clientState: 'their secret' })
        .where('mailboxId', '=', theirs.mailboxId)
        .execute(),
    );
    await acceptNotices(stage, [await notice(stage, { ...theirs, clientState: 'their secret' })]);
    expect(await mark(stage)).toHaveLength(1);
  });

  test('a notice that an event was deleted believes nothing: the truth is read (42)', async () => {
    const stage = await setStage(db());
    const booked = await bookedPair(stage);
    await renew(stage);
    await acceptNotices(stage, [await notice(stage)]);
    await reconcile(stage);
    expect(await statesOf(stage, booked)).toEqual(['booked', 'booked', 'booked']);
  });

  test('a flood of lifecycle events leads to one new subscription in five minutes (41)', async () => {
    const stage = await setStage(db());
    await renew(stage);
    for (let second = 0; second < 600; second += 20) {
      stage.clock.set(plus(START, second * 1000));
      await acceptNotices(stage, [await notice(stage, { mailboxId: null, lifecycle: 'subscriptionRemoved' })]);
      await renew(stage);
    }
    expect(stage.calendar.count('subscribe')).toBeLessThanOrEqual(3);
    expect(stage.calendar.count('subscribe')).toBeGreaterThanOrEqual(2);
  });

  test('a mailbox is read every quarter of an hour, a watched one only while somebody works, and every three hours', async () => {
    const stage = await setStage(db());
    await bookedPair(stage);
    expect(await reconcile(stage)).toBe(plus(START, 15 * MINUTE));
    await renew(stage);
    // What a notification tells of is read at once; the turn of the calendars stays.
    expect(await reconcile(stage)).toBe(plus(START, 15 * MINUTE));
    // 08:15 in Rome: work begins at nine.
    stage.clock.advance(15 * MINUTE);
    expect(await reconcile(stage)).toBe(plus(START, HOUR));
    stage.clock.set('2026-09-28T20:00:00Z');
    expect(await reconcile(stage)).toBe(plus(stage.clock.now(), 3 * HOUR));
  });
});
