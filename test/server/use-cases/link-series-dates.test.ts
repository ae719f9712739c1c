import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { reconcileSeries } from '../../../server/use-cases/sessions/reconcile-series.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, FIRST, offer, participant, readPair } from '../../make/pair.ts';
import { person } from '../../make/person.ts';
import { setStage, START, type FakeSeries, type Stage } from '../../make/server.ts';
import { agreedPair, readSeries, readSessions } from '../../make/session.ts';

const db = useDatabase();
const write = (stage: Stage) => writeCalendar(stage, { tenantId: stage.tenantId });
const link = (stage: Stage) => linkSeriesDates(stage, { tenantId: stage.tenantId });

const readCards = (stage: Stage) =>
  stage.tx((tx) => tx.selectFrom('messages').select(['data', 'notBefore']).where('kind', '=', 'booked').execute());
const readLog = async (stage: Stage) =>
  (await stage.tx((tx) => tx.selectFrom('runLog').select('kind').execute())).map((row) => row.kind);
const linkOf = (data: { kind: string }) => (data as { joinUrl?: string | null }).joinUrl;

/** A create that comes back without a link. */
async function bookWithoutLink(stage: Stage): Promise<{ pairId: string }> {
  const pair = await agreedPair(stage);
  stage.calendar.script('createSeries', async (go) => {
    const made = await go();
    const [series] = stage.calendar.series;
    series!.joinUrl = null;
    for (const date of series!.dates) date.joinUrl = null;
    return made.outcome === 'done' ? { ...made, value: { ...made.value, joinUrl: null } } : made;
  });
  await write(stage);
  return pair;
}

describe('the link to join (platform.md correction 6)', () => {
  test('that comes a moment later is read again, and the cards wait for it', async () => {
    const stage = await setStage(db());
    const { pairId } = await bookWithoutLink(stage);
    const next = await link(stage);
    expect(next).toBe(plus(START, MINUTE / 2));
    expect((await readCards(stage)).every(({ notBefore }) => notBefore > plus(START, MINUTE))).toBe(true);
    for (const date of stage.calendar.series[0]!.dates) date.joinUrl = 'https://teams.example/late';
    stage.clock.set(next!);
    expect(await link(stage)).toBeNull();
    expect((await readSeries(stage, pairId)).joinUrl).toBe('https://teams.example/late');
    expect(await readCards(stage)).toMatchObject([{ notBefore: next }, { notBefore: next }]);
    expect((await readCards(stage)).map(({ data }) => linkOf(data))).toEqual(
      Array.from({ length: 2 }, () => 'https://teams.example/late'),
    );
    expect(await readLog(stage)).not.toContain('bookedWithoutLink');
  });

  test('that does not come within a minute is taken as missing: said once, never written again', async () => {
    const stage = await setStage(db());
    const { pairId } = await bookWithoutLink(stage);
    for (let next = await link(stage); next !== null; next = await link(stage)) stage.clock.set(next);
    expect(stage.clock.now()).toBe(plus(START, MINUTE));
    stage.clock.advance(DAY);
    await write(stage);
    await link(stage);
    expect((await readLog(stage)).filter((kind) => kind === 'bookedWithoutLink')).toHaveLength(1);
    expect(stage.calendar.count('createSeries')).toBe(1);
    expect((await readCards(stage)).map(({ data }) => linkOf(data))).toEqual([null, null]);
    expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  });

  test('is not asked for where the calendar makes none', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    stage.calendar.script('allowsOnlineMeetings', { outcome: 'done' as const, value: false });
    await write(stage);
    expect(stage.calendar.series[0]!.request.isOnline).toBe(false);
    for (let next = await link(stage); next !== null; next = await link(stage)) stage.clock.set(next);
    expect(await readLog(stage)).toContain('bookedWithoutLink');
  });

  test('is asked for where that cannot be known; a calendar that cannot be asked right now is asked later', async () => {
    const stage = await setStage(db());
    await agreedPair(stage);
    const notBefore = plus(START, 5 * MINUTE);
    stage.calendar.script('allowsOnlineMeetings', { outcome: 'later' as const, notBefore, code: 'HTTP 503' });
    expect(await write(stage)).toBe(notBefore);
    expect(stage.calendar.series).toEqual([]);
    stage.calendar.script('allowsOnlineMeetings', {
      outcome: 'refused' as const,
      reason: 'forbidden' as const,
      status: 403,
      code: 'ErrorAccessDenied',
    });
    stage.clock.set(notBefore);
    await write(stage);
    expect(stage.calendar.series[0]!.request.isOnline).toBe(true);
  });
});

describe('what people did before the dates were learned', () => {
  /** A booked series of which nothing is linked yet; `change` is what happens to it meanwhile. */
  async function bookAnd(moved: readonly number[], change: (event: FakeSeries) => void) {
    const stage = await setStage(db());
    const { pairId, mentor } = await agreedPair(stage, offer({ moved }));
    await write(stage);
    change(stage.calendar.series[0]!);
    return { stage, pairId, mentor };
  }
  /** Links until nothing is awaited, then looks at the mailbox, and writes what is planned. */
  async function settle(stage: Stage): Promise<void> {
    let looks = 0;
    for (let next = await link(stage); next !== null; next = await link(stage)) {
      expect(next).toBeGreaterThan(stage.clock.now());
      expect(++looks).toBeLessThan(20);
      stage.clock.set(next);
    }
    await write(stage);
    await reconcileSeries(stage, { tenantId: stage.tenantId });
    await write(stage);
  }
  const told = (stage: Stage) =>
    stage.tx((tx) => tx.selectFrom('messages').select('personId').where('kind', '=', 'sessionChanged').execute());

  test.each([[[]], [[2]]])(
    'a date that somebody moved stays there, locked (moved by the proposal: %j)',
    async (moved) => {
      const { stage, pairId, mentor } = await bookAnd(moved, ({ dates }) => {
        Object.assign(dates[1]!, { start: plus(dates[1]!.start, 4 * HOUR), end: plus(dates[1]!.end, 4 * HOUR) });
      });
      await settle(stage);
      const sessions = await readSessions(stage, pairId);
      expect(sessions.map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
      expect(sessions[1]).toMatchObject({ startsAt: plus(FIRST, 7 * DAY + 4 * HOUR), locked: true, wasMoved: true });
      expect(stage.calendar.count('moveDate')).toBe(0);
      expect(await told(stage)).toEqual([{ personId: mentor.personId }]);
    },
  );

  test('a date that somebody deleted is lost after two readings of all dates, and is not waited for any more', async () => {
    const { stage, pairId, mentor } = await bookAnd([], ({ dates }) => {
      dates[1]!.isCancelled = true;
    });
    await link(stage);
    expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'planned', 'booked']);
    await settle(stage);
    expect(stage.clock.now()).toBeLessThan(plus(START, 20 * MINUTE));
    expect(stage.clock.now()).toBeGreaterThanOrEqual(plus(START, 10 * MINUTE));
    expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'cancelled', 'booked']);
    expect(await told(stage)).toEqual([{ personId: mentor.personId }]);
    expect(stage.calendar.count('readSeriesDates')).toBeLessThan(10);
  });

  test('dates that come late are not lost', async () => {
    const { stage, pairId } = await bookAnd([], () => undefined);
    for (let i = 0; i < 3; i++) stage.calendar.script('readSeriesDates', { outcome: 'done' as const, value: [] });
    await link(stage);
    stage.clock.set(plus(START, 11 * MINUTE));
    await link(stage);
    expect(stage.calendar.count('readSeriesDates')).toBe(3);
    await link(stage);
    expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  });

  test('later dates that stand an hour apart, since the calendars know other rules of the clock, stay: the administrator is told (F47)', async () => {
    const { stage, pairId } = await bookAnd([], ({ dates }) => {
      for (const date of dates.slice(1))
        for (const at of ['originalStart', 'start', 'end'] as const) date[at] = plus(date[at], HOUR);
    });
    await settle(stage);
    expect((await readSessions(stage, pairId)).map(({ state, startsAt, locked }) => [state, startsAt, locked])).toEqual(
      [
        ['booked', FIRST, false],
        ['booked', plus(FIRST, 7 * DAY + HOUR), false],
        ['booked', plus(FIRST, 14 * DAY + HOUR), false],
      ],
    );
    expect((await readLog(stage)).filter((kind) => kind === 'clockChanged')).toHaveLength(1);
    expect(stage.calendar.count('moveDate')).toBe(0);
  });

  test('a series that somebody moved as a whole stays there, locked, and nothing of it is cancelled', async () => {
    const { stage, pairId } = await bookAnd([], ({ dates }) => {
      for (const date of dates)
        for (const at of ['originalStart', 'start', 'end'] as const) date[at] = plus(date[at], DAY + HOUR);
    });
    await settle(stage);
    expect((await readSessions(stage, pairId)).map(({ state, startsAt, locked }) => [state, startsAt, locked])).toEqual(
      [0, 7, 14].map((days) => ['booked', plus(FIRST, (days + 1) * DAY + HOUR), true]),
    );
    expect(await readLog(stage)).not.toContain('clockChanged');
    expect(stage.calendar.count('moveDate') + stage.calendar.count('cancelEvent')).toBe(0);
  });

  test.each(['one', 'two'])(
    'a series that somebody deleted as a whole is over: the pair rests (%s booked)',
    async (many) => {
      const { stage, pairId } = await bookAnd([], (event) => {
        event.isGone = true;
      });
      if (many === 'two') {
        await agreedPair(stage, offer({ first: plus(FIRST, HOUR) }));
        await write(stage);
      }
      for (let i = 0; i < 4; i++) {
        await link(stage);
        stage.clock.advance(15 * MINUTE);
      }
      expect((await readPair(stage, pairId)).state).toBe('suspended');
      expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(Array(3).fill('cancelled'));
      expect(await link(stage)).toBeNull();
    },
  );
});

describe('the dates of many series', () => {
  test('are read in one call, by the window of their organizer', async () => {
    const stage = await setStage(db());
    const cohortId = await cohort(stage);
    const pairs = [];
    for (let i = 0; i < 6; i++) {
      const mentor = await participant(stage, cohortId, 'mentor', person(`Mentor ${i}`));
      const mentee = await participant(stage, cohortId, 'mentee', person(`Mentee ${i}`));
      const chosen = offer({ first: plus(FIRST, i * 15 * MINUTE), moved: [2] });
      pairs.push(await agreedPair(stage, chosen, { cohortId, mentor, mentee }));
    }
    await write(stage);
    expect(await link(stage)).toBeNull();
    expect(stage.calendar.count('readOrganizerWindow')).toBe(1);
    expect(stage.calendar.count('readSeriesDates')).toBe(0);
    for (const { pairId } of pairs)
      expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'planned', 'booked']);
    stage.clock.advance(MINUTE);
    await write(stage);
    // Six moved dates of six series: four and two.
    expect(stage.calendar.count('writeTogether')).toBe(2 + 2);
    for (const { pairId } of pairs)
      expect((await readSessions(stage, pairId)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  });

  test('of one series alone, too, when it is late', async () => {
    const stage = await setStage(db());
    const { pairId } = await agreedPair(stage);
    await write(stage);
    stage.calendar.script('readSeriesDates', { outcome: 'done' as const, value: [] });
    expect(await link(stage)).toBe(plus(START, MINUTE / 2));
    stage.clock.advance(MINUTE / 2);
    expect(await link(stage)).toBeNull();
    expect((await readSessions(stage, pairId)).every(({ eventId }) => eventId !== null)).toBe(true);
  });
});
