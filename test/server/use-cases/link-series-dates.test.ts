import { describe, expect, test } from 'vitest';
import { DAY, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { linkSeriesDates } from '../../../server/use-cases/slots/link-series-dates.ts';
import { writeCalendar } from '../../../server/use-cases/slots/write-calendar.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, FIRST, offer, participant } from '../../make/pair.ts';
import { person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
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
