import { describe, expect, test } from 'vitest';
import { updateSession } from '../../../server/db/sessions.ts';
import { loadTenant } from '../../../server/db/tenants.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../server/domain/time/instant.ts';
import { dateKey, planDate } from '../../../server/use-cases/slots/plan-date.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { FIRST } from '../../make/pair.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, readSessions, type Booked } from '../../make/session.ts';

const db = useDatabase();
const run = (stage: Stage) => writeCalendar(stage, { tenantId: stage.tenantId });
/** Two hours after the first date that the pair had. */
const THEN = plus(FIRST, 2 * HOUR);

/** A booked pair whose first date is lost. */
async function losePair(stage: Stage, state: 'cancelled' | 'declined' = 'cancelled'): Promise<Booked> {
  const booked = await bookedPair(stage);
  const { sessionId } = firstOf(booked);
  await stage.tx((tx) =>
    updateSession(tx, sessionId, { state, cause: 'person', feedbackDueAt: null, now: stage.clock.now() }),
  );
  if (state === 'cancelled') booked.event.dates[0]!.isCancelled = true;
  return { ...booked, sessions: await readSessions(stage, booked.pairId) };
}

const plan = (stage: Stage, { series, sessions }: Booked, round = 1, start: Instant = THEN) =>
  stage.tx(async (tx) => {
    const tenant = await loadTenant(tx);
    const now = stage.clock.now();
    const session = firstOf({ sessions });
    const tell = { sides: ['mentor' as const] };
    return planDate(tx, { tenant, series, session, start, round, comment: 'Moved', tell, now });
  });

const readWrites = (stage: Stage) =>
  stage.tx((tx) =>
    tx
      .selectFrom('calendarWrites')
      .select(['kind', 'state', 'code', 'notBefore'])
      .where('kind', 'in', ['createDate', 'cancelDate'])
      .orderBy('kind')
      .execute(),
  );

describe('a date in the place of a lost one', () => {
  test('stands where it was chosen, is tagged with its own key and counts as moved', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage);
    expect(await plan(stage, booked)).toBe(true);
    await run(stage);
    const [made] = stage.calendar.dates;
    const session = (await readSessions(stage, booked.pairId)).find(({ number }) => number === 1)!;
    const key = dateKey(await stage.tx(loadTenant), session.sessionId, 1);
    expect(made!.request).toMatchObject({ key, subject: 'Mia Mentor / Elio Executive', start: '2026-10-06T12:00' });
    expect(session).toMatchObject({
      state: 'booked',
      eventId: made!.date.eventId,
      startsAt: THEN,
      endsAt: plus(THEN, 30 * MINUTE),
      wasMoved: true,
      feedbackDueAt: plus(THEN, 35 * MINUTE),
    });
    const window = await stage.calendar.readOrganizerWindow(
      stage.tenantId,
      stage.mailbox.personId,
      START,
      plus(START, 60 * DAY),
    );
    expect(window.outcome === 'done' && window.value.find(({ tag }) => tag === key)?.start).toBe(THEN);
    expect((await readWrites(stage)).map(({ kind, state }) => ({ kind, state }))).toEqual([
      { kind: 'createDate', state: 'confirmed' },
    ]);
  });

  test('is planned once in a round, whatever its time', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage);
    expect(await plan(stage, booked)).toBe(true);
    expect(await plan(stage, booked, 1, plus(THEN, HOUR))).toBe(false);
    await run(stage);
    expect(stage.calendar.dates.map(({ date }) => date.start)).toEqual([THEN]);
  });

  test('takes a declined date out of the other calendar', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage, 'declined');
    await plan(stage, booked);
    await run(stage);
    expect(booked.event.dates[0]!.isCancelled).toBe(true);
    expect(stage.calendar.dates).toHaveLength(1);
    expect((await readWrites(stage)).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    expect((await readSessions(stage, booked.pairId)).map(({ state }) => state)).toEqual([
      'booked',
      'booked',
      'booked',
    ]);
  });

  test('is not written over a time that was taken meanwhile: the session stays lost, the guardian is woken (F17)', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage);
    await plan(stage, booked);
    stage.calendar.busy.set(booked.mentor.personId, [{ start: THEN, end: plus(THEN, MINUTE), status: 'busy' }]);
    await run(stage);
    expect(stage.calendar.dates).toEqual([]);
    expect(await readWrites(stage)).toMatchObject([{ state: 'refused', code: 'slotTaken' }]);
    expect((await readSessions(stage, booked.pairId))[0]).toMatchObject({ state: 'cancelled', startsAt: FIRST });
    expect(stage.jobs.woken).toContain('reconcileSeries');
  });

  test('of unknown outcome is found by its tag, where a person may have put it since: one event (F6)', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage);
    await plan(stage, booked);
    stage.calendar.script('createDate', async (go) => {
      await go();
      const [made] = stage.calendar.dates;
      Object.assign(made!.date, { start: plus(THEN, HOUR), end: plus(THEN, 2 * HOUR) });
      return { outcome: 'unknown' as const, notBefore: START, code: 'HTTP 504' };
    });
    await run(stage);
    expect(stage.calendar.count('createDate')).toBe(1);
    expect((await readSessions(stage, booked.pairId))[0]).toMatchObject({
      state: 'booked',
      startsAt: plus(THEN, HOUR),
    });
  });

  test('that is not found twice, 90 seconds apart, is sent again with the same key (F12)', async () => {
    const stage = await setStage(db());
    const booked = await losePair(stage);
    await plan(stage, booked);
    stage.calendar.script('createDate', { outcome: 'unknown' as const, notBefore: START, code: 'ECONNRESET' });
    await run(stage);
    stage.clock.advance(90_000);
    await run(stage);
    expect(stage.calendar.count('findDatesByTag')).toBe(2);
    const keys = stage.calendar.calls
      .filter(({ name }) => name === 'createDate')
      .map(({ args }) => (args[1] as { key: string }).key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(stage.calendar.dates).toHaveLength(1);
  });
});
