import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { MadePair } from '../../make/pair.ts';
import { lifecycleNoticeOf, noticeOf, postNotices, subscriptionOf } from './notices.ts';
import type { SeenCall } from './record-calls.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

/* Notifications that come twice, late, in any order, in floods or not at all (reliability.md F19-F23, F25-F27). */
let stage: FaultStage;
let pair: MadePair;
beforeAll(async () => {
  stage = await setFaultStage();
  pair = await stage.book();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const session = async (number: number) =>
  (await stage.records()).sessions.find((one) => one.pairId === pair.pairId && one.number === number)!;
/** Looks at the mailbox: the whole calendar, or the one series that was named. */
const reads = (calls: readonly SeenCall[]): SeenCall[] =>
  calls.filter(({ path }) => /\/(calendarView|instances)$/i.test(path));
const writes = (calls: readonly SeenCall[]): SeenCall[] =>
  calls.filter(({ method, path }) => method !== 'GET' && /\/events(\/|$)/i.test(path));
const subscriptionRow = () =>
  stage.rows.tx((tx) => tx.selectFrom('subscriptions').selectAll().executeTakeFirstOrThrow());

/** Somebody moves a date in the program mailbox by half an hour. */
async function moveDate(number: number): Promise<number> {
  const { eventId, startsAt } = await session(number);
  const start = startsAt + 30 * MINUTE;
  stage.sandbox.world.exchange.move(stage.mailboxId, eventId!, start, start + 30 * MINUTE);
  return start;
}

/** Until the next working day at ten in Rome, when the quarter-hourly rounds run. */
const waitForMorning = async (): Promise<void> => {
  const day = new Date(stage.clock.now() + DAY);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  await stage.clock.advanceTo(day.getTime() - (day.getTime() % DAY) + 8 * HOUR);
};

/** Graph asks for a renewal, days before it is due. */
async function renewNow(): Promise<void> {
  await stage.pass(10 * MINUTE);
  const row = await subscriptionRow();
  const secret = { id: row.subscriptionId!, clientState: row.clientState };
  expect(await postNotices(stage, [lifecycleNoticeOf(stage, secret)], 'lifecycle')).toBe(202);
  await stage.pass(MINUTE);
}

it('F19: the same notification fifty times: one read, no write', async () => {
  const { eventId } = await session(1);
  const before = stage.calls.length;
  for (let i = 0; i < 50; i++) expect(await postNotices(stage, [noticeOf(stage, 'updated', eventId!)])).toBe(202);
  await stage.pass(10 * SECOND);
  const calls = stage.calls.slice(before);
  // The series that it names, not the whole calendar.
  expect(reads(calls).map(({ path }) => path.split('/').at(-1))).toEqual(['instances']);
  expect(writes(calls)).toEqual([]);
});

it('F20: deleted before updated before created, and a week-old replay: what Graph says is what counts', async () => {
  const old = noticeOf(stage, 'deleted', (await session(2)).eventId!);
  const { eventId } = await session(1);
  const movedTo = await moveDate(1);
  const order = (['deleted', 'updated', 'created'] as const).map((type) => noticeOf(stage, type, eventId!));
  expect(await postNotices(stage, [...order, old])).toBe(202);
  await stage.pass(MINUTE);
  expect(await session(1)).toMatchObject({ state: 'booked', startsAt: movedTo });
  expect(await session(2)).toMatchObject({ state: 'booked' });
});

it('F21: no notification arrives: in working hours every change is found within a quarter of an hour', async () => {
  stage.fault({ match: { path: /\/graph\//, part: 'notification' }, fault: { kind: 'drop' } });
  await waitForMorning();
  for (let change = 0; change < 2; change++) {
    const movedTo = await moveDate(1);
    await stage.pass(15 * MINUTE);
    expect(await session(1)).toMatchObject({ state: 'booked', startsAt: movedTo });
  }
});

describe('F22: Graph says something about the subscription', () => {
  it.each(['missed', 'reauthorizationRequired', 'subscriptionRemoved'] as const)(
    'F22: %s: watched and read again within five minutes',
    async (event) => {
      await stage.pass(10 * MINUTE);
      const { id } = subscriptionOf(stage);
      const before = stage.calls.length;
      stage.sandbox.graph.subscriptions.lifecycle(id, event);
      await stage.pass(5 * MINUTE);
      const calls = stage.calls.slice(before);
      expect(reads(calls).length).toBeGreaterThanOrEqual(1);
      const watched = subscriptionOf(stage);
      expect(watched.id === id).toBe(event !== 'subscriptionRemoved');
      expect(await subscriptionRow()).toMatchObject({ state: 'active', subscriptionId: watched.id });
      if (event === 'reauthorizationRequired')
        expect(calls.some(({ method, path }) => method === 'PATCH' && path.startsWith('/subscriptions/'))).toBe(true);
    },
  );
});

describe('F23: a subscription cannot be renewed', () => {
  it('F23: it is renewed at half its life, so that three tries fit', async () => {
    await renewNow();
    const { dueAt, expiresAt } = await subscriptionRow();
    const life = expiresAt! - stage.clock.now();
    expect(dueAt - stage.clock.now()).toBeLessThanOrEqual(life / 2 + MINUTE);
    expect(life).toBeGreaterThan(5 * DAY);
  });

  it('F23: 404, it is gone: another one takes its place at once', async () => {
    stage.fault({ match: { path: /\/graph\/lifecycle/, part: 'notification' }, fault: { kind: 'drop' } });
    await stage.pass(10 * MINUTE);
    const { id } = subscriptionOf(stage);
    stage.sandbox.graph.subscriptions.lifecycle(id, 'subscriptionRemoved');
    await renewNow();
    expect(subscriptionOf(stage).id).not.toBe(id);
    expect(await subscriptionRow()).toMatchObject({ state: 'active', subscriptionId: subscriptionOf(stage).id });
  });

  it('F23: 503 twice: tried again, and alive in the end', async () => {
    stage.fault({
      match: { method: 'PATCH', path: /\/subscriptions\// },
      fault: { kind: 'status', status: 503, when: 'before', retryAfterSeconds: 30 },
      times: 2,
    });
    await renewNow();
    await stage.pass(5 * MINUTE);
    const { state, expiresAt, subscriptionId } = await subscriptionRow();
    expect(state).toBe('active');
    expect(subscriptionOf(stage)).toMatchObject({ id: subscriptionId, expiresAt });
  });
});

describe('a flood', () => {
  const FLOOD = 500;

  /** Holds the one connection of the database, so that no work can be done, and gives what ends that. */
  async function holdDatabase(): Promise<() => Promise<void>> {
    let end = (): void => undefined;
    let isHeld = (): void => undefined;
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const over = new Promise<void>((resolve) => (end = resolve));
    const holding = stage.rows.tx(async () => {
      isHeld();
      await over;
    });
    await held;
    const release = async (): Promise<void> => {
      end();
      await holding;
    };
    onTestFinished(release);
    return release;
  }

  it('F25: answered before any work is done, and nothing is lost', async () => {
    const { eventId } = await session(1);
    const notice = noticeOf(stage, 'updated', eventId!);
    const movedTo = await moveDate(1);
    const release = await holdDatabase();
    const before = stage.calls.length;
    for (let i = 0; i < FLOOD; i += 50) {
      const statuses = await Promise.all(Array.from({ length: 50 }, () => postNotices(stage, [notice, notice])));
      expect(new Set(statuses)).toEqual(new Set([202]));
    }
    await release();
    await stage.pass(MINUTE);
    expect(await session(1)).toMatchObject({ startsAt: movedTo });
    // However many came: the mailbox is read a few times, not a thousand.
    expect(reads(stage.calls.slice(before)).length).toBeLessThanOrEqual(5);
  });

  it('F27: the handshake is answered in the middle of a flood', async () => {
    const { eventId } = await session(1);
    const release = await holdDatabase();
    const flood = Array.from({ length: 200 }, () => postNotices(stage, [noticeOf(stage, 'updated', eventId!)]));
    const token = 'Validation: Testing reachability 1+1=2 & more';
    const url = `${stage.origin()}/graph/notifications?validationToken=${encodeURIComponent(token)}`;
    const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await reply.text()).toBe(token);
    expect(new Set(await Promise.all(flood))).toEqual(new Set([202]));
    await release();
  });

  it('F26: the echo of our own writes causes no write, over a thousand rounds', async () => {
    const { eventId } = await session(1);
    const before = stage.calls.length;
    for (let round = 0; round < 1_000; round++) {
      await postNotices(stage, [noticeOf(stage, 'updated', eventId!)]);
      // Those of five seconds are read together.
      await stage.pass(6 * SECOND);
    }
    const calls = stage.calls.slice(before);
    expect(reads(calls).length).toBeGreaterThanOrEqual(900);
    expect(writes(calls)).toEqual([]);
  }, 120_000);
});

// The last one: afterwards nothing watches the mailbox until the next day.
it('F23: 403, the right is gone: polling only, said so, never "active but dead"', async () => {
  const told = (await stage.runLog('pollingOnly')).length;
  stage.fault({
    match: { path: /\/subscriptions(\/|$)/, part: 'graph' },
    fault: {
      kind: 'reply',
      when: 'before',
      reply: () => ({ status: 403, body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } } }),
    },
  });
  await renewNow();
  expect((await subscriptionRow()).state).toBe('pollingOnly');
  expect((await stage.runLog('pollingOnly')).length).toBe(told + 1);
  const movedTo = await moveDate(2);
  await stage.pass(15 * MINUTE);
  expect(await session(2)).toMatchObject({ startsAt: movedTo });
});
