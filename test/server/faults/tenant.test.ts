import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { judgeBooking } from './judge-booking.ts';
import { subscriptionOf } from './notices.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

/* The app is removed from the tenant, its consent withdrawn, and given again (reliability.md F39). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const tenant = () => stage.rows.tx((tx) => tx.selectFrom('tenants').select('status').executeTakeFirstOrThrow());
const subscriptions = () =>
  stage.rows.tx((tx) => tx.selectFrom('subscriptions').select(['state', 'subscriptionId']).execute());

/** The enterprise application is deleted: no token any more, and those that were given count no longer. Gives what ends it. */
function removeApp(): () => void {
  const { world, apps } = stage.sandbox;
  world.apps.delete(apps.graph.clientId);
  const end = stage.fault({
    match: { path: /.*/, part: 'graph' },
    fault: {
      kind: 'reply',
      when: 'before',
      reply: () => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'revoked' } } }),
    },
  });
  const restore = (): void => {
    world.apps.set(apps.graph.clientId, apps.graph);
    end();
  };
  onTestFinished(restore);
  return restore;
}

describe('F39: the app is removed, and days later installed again', () => {
  it('F39: no write after we know it, subscriptions dropped, and afterwards everything stands once', async () => {
    const booked = await stage.book();
    const unknown = await stage.propose();
    stage.fault({
      match: { method: 'POST', path: /\/events$/i, body: /transactionId/ },
      fault: { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null },
      times: 1,
    });
    await stage.agree(unknown);
    await stage.pass(SECOND / 2);
    const waiting = await stage.propose();
    const watched = subscriptionOf(stage).id;
    const restore = removeApp();
    // Graph forgets the subscriptions of an app that is gone, and says so to nobody.
    stage.fault({ match: { path: /\/graph\/lifecycle/, part: 'notification' }, fault: { kind: 'drop' } });
    stage.sandbox.graph.subscriptions.lifecycle(watched, 'subscriptionRemoved');
    await stage.agree(waiting);
    await stage.pass(10 * SECOND);
    expect(await tenant()).toEqual({ status: 'parked' });
    expect((await subscriptions()).filter(({ state }) => state === 'active')).toEqual([]);
    const since = stage.clock.now();
    const before = stage.calls.length;
    await stage.pass(3 * DAY);
    expect(stage.ourWrites(since)).toEqual([]);
    // No request that would write was so much as tried.
    const tried = stage.calls
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && !/(getSchedule|\$batch)$/i.test(path));
    expect(tried).toEqual([]);
    restore();
    const restored = stage.clock.now();
    await stage.pass(30 * MINUTE);
    expect(await tenant()).toEqual({ status: 'active' });
    expect(await subscriptions()).toMatchObject([{ state: 'active', subscriptionId: subscriptionOf(stage).id }]);
    expect(subscriptionOf(stage).id).not.toBe(watched);
    for (const { pairId } of [booked, unknown, waiting]) expect(await judgeBooking(stage, pairId)).toEqual([]);
    expect(stage.ourWrites(restored).filter(({ kind }) => kind === 'create')).toHaveLength(1);
  });

  it('F39: what people did meanwhile is read before the first write, and stands', async () => {
    const booked = await stage.book();
    const waiting = await stage.propose();
    const restore = removeApp();
    await stage.agree(waiting);
    await stage.pass(HOUR);
    const [, second] = await stage.datesOf(booked.pairId, stage.mailboxId);
    const movedTo = second!.start + HOUR;
    stage.sandbox.world.exchange.move(stage.mailboxId, second!.eventId, movedTo, movedTo + 30 * MINUTE);
    restore();
    const before = stage.calls.length;
    await stage.pass(30 * MINUTE);
    const calls = stage.calls.slice(before).filter(({ fault }) => fault === null);
    const firstRead = calls.findIndex(({ path }) => /\/calendarView$/i.test(path));
    const firstWrite = calls.findIndex(({ method, path }) => method !== 'GET' && /\/events(\/|$)/i.test(path));
    expect(firstRead).toBeGreaterThanOrEqual(0);
    expect(firstWrite).toBeGreaterThan(firstRead);
    const { sessions } = await stage.records();
    expect(sessions.find(({ pairId, number }) => pairId === booked.pairId && number === 2)).toMatchObject({
      startsAt: movedTo,
    });
  });
});
