import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { programExportReply, type OverviewReply } from '../../../server/contract/administrator.ts';
import { parseInstant } from '../../../server/domain/time/instant.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { judgeBooking } from './judge-booking.ts';
import { subscriptionOf } from './notices.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

/* The app is removed from the tenant, its consent withdrawn, and given again (reliability.md F39). */
let stage: FaultStage;

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
  beforeAll(async () => {
    stage = await setFaultStage();
  });
  afterEach(async () => {
    expect(await stage.violations()).toEqual([]);
  });
  afterAll(() => stage.close());

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

describe('F39: what is kept of a tenant that took the app away', () => {
  // What is kept outlives the process.
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  beforeAll(async () => {
    stage = await setFaultStage({ folder });
  });
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** How many rows of the tenant there are, by table, of all tables that the database has. */
  const countRows = (): Promise<Record<string, number>> =>
    stage.rows.tx(async (tx) => {
      const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'tenant_id' order by table_name`.execute(tx);
      expect(tables.rows.length).toBeGreaterThan(20);
      const counts: Record<string, number> = {};
      for (const { name } of tables.rows) {
        const counted = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(tx);
        if (counted.rows[0]!.n > 0) counts[name] = counted.rows[0]!.n;
      }
      return counts;
    });
  /** What people and the program made, and nothing but an erasure takes away. */
  const KEPT = ['cohorts', 'feedback', 'pairs', 'participants', 'people', 'programs', 'run_log', 'series', 'sessions'];
  const kept = async (): Promise<number[]> => {
    const counts = await countRows();
    return KEPT.filter((name) => name !== 'run_log').map((name) => counts[name] ?? 0);
  };
  const ask = (path: string) => stage.ask(companyRoles(stage.sandbox.world).administrators[0]!, 'GET', path);
  const overview = async (): Promise<OverviewReply> => (await ask('/api/admin/overview')).body as OverviewReply;

  /** Days in which the product is off: what is due is state, and found when it starts again. */
  const skip = (days: number): Promise<void> =>
    stage.restart(() => stage.clock.advanceTo(stage.clock.now() + days * DAY));

  /** The app is removed, and the product has had its next look at a calendar. */
  async function removeAppKnown(): Promise<{ restore: () => void; from: number; to: number }> {
    const from = stage.clock.now();
    const restore = removeApp();
    await stage.pass(7 * HOUR);
    expect(await tenant()).toEqual({ status: 'parked' });
    return { restore, from: from + 30 * DAY, to: stage.clock.now() + 30 * DAY };
  }

  /** A pair with a session that both have spoken about. */
  async function holdSession(): Promise<void> {
    const made = await stage.book({ hasChats: true, count: 2, first: parseInstant('2026-09-29T08:00:00Z') });
    const [first] = (await stage.records()).sessions.filter(({ pairId }) => pairId === made.pairId);
    await stage.clock.advanceTo(first!.endsAt + HOUR);
    for (const { personId } of [made.mentor, made.mentee]) {
      const said = { tookPlace: true, usefulness: 2, note: 'CANARY-NOTE', noteReader: 'onlyMe' };
      const path = `/api/sessions/${first!.sessionId}/feedback`;
      expect((await stage.ask(personId, 'POST', path, said)).status).toBe(200);
    }
  }

  it('F13, F39: a credential that has expired erases nothing, however long it takes', async () => {
    await holdSession();
    const before = await kept();
    const certificates = stage.sandbox.apps.graph.certificates.splice(0);
    const restore = (): void => void stage.sandbox.apps.graph.certificates.push(...certificates.splice(0));
    onTestFinished(restore);
    const end = stage.fault({
      match: { path: /.*/, part: 'graph' },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'expired' } } }),
      },
    });
    await stage.pass(2 * HOUR);
    expect(await tenant()).toEqual({ status: 'parked' });
    expect(await overview()).toMatchObject({ erasedAt: null });
    await skip(31);
    await stage.pass(4 * HOUR);
    expect(await kept()).toEqual(before);
    end();
    restore();
    await stage.pass(HOUR);
    expect(await tenant()).toEqual({ status: 'active' });
  });

  it('F39: whoever comes back after 20 days has lost nothing, then or later', async () => {
    const before = await kept();
    const { restore, from, to } = await removeAppKnown();
    await skip(20);
    const erasedAt = Date.parse((await overview()).erasedAt!);
    expect(erasedAt >= from && erasedAt <= to).toBe(true);
    restore();
    await stage.pass(HOUR);
    expect(await tenant()).toEqual({ status: 'active' });
    expect(await overview()).toMatchObject({ erasedAt: null });
    await skip(15);
    await stage.pass(4 * HOUR);
    expect(await kept()).toEqual(before);
  });

  it('F39: an expired credential on top, while the app is gone: the count begins anew, and nothing is erased on a guess', async () => {
    const before = await kept();
    const { restore } = await removeAppKnown();
    await skip(20);
    expect((await overview()).erasedAt).not.toBeNull();
    const { world, apps } = stage.sandbox;
    const certificates = apps.graph.certificates.splice(0);
    onTestFinished(() => void apps.graph.certificates.push(...certificates.splice(0)));
    world.apps.set(apps.graph.clientId, apps.graph);
    await stage.pass(HOUR);
    expect((await overview()).erasedAt).toBeNull();
    await skip(15);
    await stage.pass(4 * HOUR);
    expect(await kept()).toEqual(before);
    apps.graph.certificates.push(...certificates.splice(0));
    restore();
    await stage.pass(HOUR);
    expect(await tenant()).toEqual({ status: 'active' });
  });

  it('F39: for 30 days everything is there to be exported; afterwards nothing of the tenant is in any table', async () => {
    const before = await kept();
    expect(before.every((rows) => rows > 0)).toBe(true);
    const { from, to } = await removeAppKnown();
    await skip(28);
    await stage.pass(12 * HOUR);
    expect(stage.clock.now()).toBeLessThan(from);
    expect(await kept()).toEqual(before);
    const { erasedAt } = await overview();
    expect(Date.parse(erasedAt!) >= from && Date.parse(erasedAt!) <= to).toBe(true);
    const { status, body } = await ask('/api/admin/export');
    expect(status).toBe(200);
    const program = programExportReply.parse(body);
    expect(program.erasedAt).toBe(erasedAt);
    const announced = erasedAt!.slice(0, 10);
    expect(program.runLog.filter(({ text }) => text.includes(announced))).toHaveLength(1);
    const pairs = program.programs.flatMap(({ cohorts }) => cohorts.flatMap((cohort) => cohort.pairs));
    expect(pairs).toContainEqual(expect.objectContaining({ mentorName: 'Mia Mentor', menteeName: 'Elio Executive' }));
    expect(pairs.flatMap(({ sessions }) => sessions.map(({ held }) => held))).toContain('confirmed');
    expect(JSON.stringify(body)).not.toMatch(/CANARY|usefulness|"(goals|skills|note|motivation)"/);
    await skip(2);
    expect(await countRows()).toEqual({});
    expect((await ask('/api/admin/overview')).status).toBe(403);
    expect(stage.log().filter((line) => line.includes('all of its data is erased'))).toHaveLength(1);
    // What still goes on in Teams, and time, bring nothing back, and nobody works in vain.
    const failed = stage.log().length;
    const [someone] = companyRoles(stage.sandbox.world).volunteers;
    await stage.sandbox.world.chats.install(someone!);
    await stage.sandbox.world.chats.say(someone!, 'hello');
    await stage.pass(2 * DAY);
    expect(await countRows()).toEqual({});
    expect(stage.log().slice(failed)).toEqual([]);
  });

  it('F39: started again with the app installed anew, the tenant begins from nothing', async () => {
    await stage.restart();
    expect(await tenant()).toEqual({ status: 'active' });
    expect(await overview()).toMatchObject({ cohort: null, erasedAt: null });
  });
});
