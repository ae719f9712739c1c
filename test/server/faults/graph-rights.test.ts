import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createGraphClient } from '../../../server/graph/client.ts';
import type { Clock } from '../../../server/ports.ts';
import { companyRoles } from '../../../server/sandbox/people/company-roles.ts';
import { judgeBooking } from './judge-booking.ts';
import { creates } from './record-calls.ts';
import { runUntilDone } from './run-until-done.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, HOUR, MINUTE } from './units.ts';

/* Graph that does not let us in, is not there, or has changed meanwhile (reliability.md F8, F13-F18). */
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage();
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(() => stage.close());

const keyOf = async (pairId: string): Promise<string> =>
  (await stage.records()).series.find((series) => series.pairId === pairId)?.key ?? 'none';
const pairOf = async (pairId: string) => (await stage.records()).pairs.find((pair) => pair.pairId === pairId)!;

describe('F8: Graph never answers', () => {
  it('F8: the request is given up, its place is free again, others go on', async () => {
    const clock = stage.clock as unknown as Clock;
    const client = createGraphClient({
      clock,
      graphUrl: stage.sandbox.origin,
      loginUrl: stage.sandbox.origin,
      tenantId: stage.tenantId,
      clientId: stage.sandbox.apps.graph.clientId,
      credential: stage.sandbox.apps.graph.certificate,
      deadlineMilliseconds: 200,
      readRepeats: 0,
      log: { debug: () => undefined, warn: () => undefined },
    });
    const reply = z.object({ value: z.array(z.unknown()) });
    const path = `/users/${stage.mailboxId}/events?$top=1`;
    const end = stage.fault({ match: { path: /\/events$/i }, fault: { kind: 'hang', when: 'before' } });
    // More than the mailbox has places: each of them must be given back.
    const asked = Array.from({ length: 6 }, () => client.read({ method: 'GET', path, reply }));
    const other = client.read({ method: 'GET', path: '/groups?$top=1', reply });
    expect(await other).toMatchObject({ outcome: 'done' });
    expect((await Promise.all(asked)).map(({ outcome }) => outcome)).toEqual(Array<string>(6).fill('later'));
    end();
    expect(await runUntilDone(stage, client.read({ method: 'GET', path, reply }))).toMatchObject({ outcome: 'done' });
  });

  it('F8: a create without answer is unknown, and only reading tells', async () => {
    const made = await stage.propose();
    stage.fault({
      match: { method: 'POST', path: /\/(events|\$batch)$/i, body: /transactionId/ },
      fault: { kind: 'delay', milliseconds: HOUR },
      times: 1,
    });
    await stage.agree(made);
    await stage.pass(10 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
  });
});

describe('F13: our credential is not accepted', () => {
  it('F13: 401 in the middle of a run: one new token, and on it goes', async () => {
    const made = await stage.propose();
    const tokens = watchTokens();
    stage.fault({
      match: { path: /.*/, part: 'graph' },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'expired' } } }),
      },
      times: 1,
    });
    await stage.agree(made);
    await stage.pass(5 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
    expect(tokens()).toBe(1);
  });

  it('F13: the certificate has expired: the administrator is told once within five minutes, and nothing is lost', async () => {
    const made = await stage.propose();
    const tokens = watchTokens();
    const certificates = stage.sandbox.apps.graph.certificates.splice(0);
    const restore = (): void => void stage.sandbox.apps.graph.certificates.push(...certificates.splice(0));
    onTestFinished(restore);
    const end = refuseAllTokens();
    const told = (await stage.runLog('signInRefused')).length;
    await stage.agree(made);
    await stage.pass(5 * MINUTE);
    expect(await stage.runLog('signInRefused')).toHaveLength(told + 1);
    await stage.pass(HOUR);
    expect(await stage.runLog('signInRefused')).toHaveLength(told + 1);
    expect(tokens()).toBeLessThanOrEqual(65);
    expect(creates(stage.calls, await keyOf(made.pairId))).toEqual([]);
    end();
    restore();
    await stage.pass(20 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
  });

  function refuseAllTokens(): () => void {
    return stage.fault({
      match: { path: /.*/, part: 'graph' },
      fault: {
        kind: 'reply',
        when: 'before',
        reply: () => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'expired' } } }),
      },
    });
  }

  function watchTokens(): () => number {
    let count = 0;
    stage.sandbox.faults.watch(({ path, body }, part) => {
      const isOurs = body.includes(stage.sandbox.apps.graph.clientId);
      if (part === 'entra' && path.endsWith('/token') && isOurs) count++;
    });
    return () => count;
  }
});

it('F14: the right to write is taken away: one probe in a quarter of an hour, nothing written elsewhere', async () => {
  const made = await stage.propose();
  const writing = stage.sandbox.world.exchangeAssignments.find(
    ({ role }) => role === 'Application Calendars.ReadWrite',
  )!;
  const scope = writing.scope.splice(0);
  const restore = (): void => void writing.scope.push(...scope.splice(0));
  onTestFinished(restore);
  await stage.agree(made);
  const before = stage.calls.length;
  await stage.pass(3 * HOUR);
  const probes = stage.calls
    .slice(before)
    .filter(({ method, path }) => method === 'POST' && path.startsWith(`/users/${stage.mailboxId}/`));
  expect(probes.length).toBeGreaterThanOrEqual(1);
  expect(probes.length).toBeLessThanOrEqual(13);
  expect(stage.sandbox.world.exchange.writes().filter(({ ownerId }) => ownerId === made.mentee.personId)).toEqual([]);
  expect(await stage.eventsOf(made.pairId)).toEqual([]);
  restore();
  await stage.pass(20 * MINUTE);
  expect(await judgeBooking(stage, made.pairId)).toEqual([]);
});

it('F15: a mailbox that is not there: no times are offered, a person is asked, no loop', async () => {
  const made = await stage.propose({ mentee: { mailbox: { enabled: false } } });
  await stage.ask(made.mentee.personId, 'POST', `/api/pairs/${made.pairId}/proposal-answer`, { answer: 'anotherTime' });
  // Five searches before this one found nothing either.
  await stage.rows.tx((tx) =>
    tx.updateTable('pairs').set({ slotSearches: 5 }).where('pairId', '=', made.pairId).execute(),
  );
  const before = stage.calls.length;
  await stage.pass(2 * HOUR);
  expect((await pairOf(made.pairId)).state).toBe('noSlot');
  expect((await stage.runLog('calendarNotReadable')).length).toBeGreaterThanOrEqual(1);
  const searches = stage.calls
    .slice(before)
    .filter(({ path, body }) => /getSchedule$/i.test(path) && body.includes(made.mentee.mail!));
  expect(searches.length).toBeGreaterThanOrEqual(1);
  expect(searches.length).toBeLessThanOrEqual(2);
  expect(await stage.eventsOf(made.pairId)).toEqual([]);
});

describe('F15: the calendar is gone after the yes', () => {
  const withoutMailbox = async () => {
    const made = await stage.propose();
    const { mailbox } = stage.sandbox.world.people.get(made.mentee.personId)!;
    mailbox.enabled = false;
    const before = stage.calls.length;
    await stage.agree(made);
    const looks = () =>
      stage.calls
        .slice(before)
        .filter(({ path, body }) => /getSchedule$/i.test(path) && body.includes(made.mentee.mail!)).length;
    return { made, mailbox, looks };
  };

  it('F15: it stays away: the administrator is asked once, nothing is booked, and nobody asks for ever', async () => {
    const asked = (await stage.runLog('waitingForAdministrator')).length;
    const { made, looks } = await withoutMailbox();
    await stage.pass(4 * HOUR);
    expect((await pairOf(made.pairId)).state).toBe('waiting');
    expect(await stage.runLog('waitingForAdministrator')).toHaveLength(asked + 1);
    const looked = looks();
    // Each look every quarter of an hour is two questions: no window is longer than 61 days.
    expect(looked).toBeLessThanOrEqual(2 * 14);
    await stage.pass(2 * DAY);
    expect(looks()).toBe(looked);
    expect(await stage.runLog('waitingForAdministrator')).toHaveLength(asked + 1);
    expect(await stage.eventsOf(made.pairId)).toEqual([]);
  });

  it('F15: it was only on its way: booked without a word to anybody', async () => {
    const asked = (await stage.runLog('waitingForAdministrator')).length;
    const { made, mailbox } = await withoutMailbox();
    await stage.pass(2 * HOUR);
    mailbox.enabled = true;
    await stage.pass(20 * MINUTE);
    expect(await judgeBooking(stage, made.pairId)).toEqual([]);
    expect(await stage.runLog('waitingForAdministrator')).toHaveLength(asked);
  });
});

it('F16: a date is changed while our move of it waits: read again, and the human’s newer time stands', async () => {
  const made = await stage.propose({ moved: [2] });
  let movedTo = 0;
  stage.fault({
    match: { method: 'PATCH', path: /\/events\/[^/]+$/i },
    fault: {
      kind: 'reply',
      when: 'before',
      reply: () => {
        const second = stage.sandbox.world.exchange
          .view(stage.mailboxId, stage.clock.now(), stage.clock.now() + 60 * DAY)
          .filter(({ attendees }) => attendees.some(({ address }) => address === made.mentee.mail))[1]!;
        movedTo = second.start + 5 * HOUR;
        stage.sandbox.world.exchange.move(stage.mailboxId, second.eventId, movedTo, movedTo + 30 * MINUTE);
        return {
          status: 429,
          headers: { 'retry-after': '600' },
          body: {
            error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' },
          },
        };
      },
    },
    times: 1,
  });
  await stage.agree(made);
  await stage.pass(20 * MINUTE);
  expect(movedTo).toBeGreaterThan(0);
  expect((await stage.datesOf(made.pairId, stage.mailboxId))[1]!.start).toBe(movedTo);
  await stage.pass(4 * HOUR);
  const second = (await stage.records()).sessions.find(({ pairId, number }) => pairId === made.pairId && number === 2)!;
  expect(second).toMatchObject({ state: 'booked', startsAt: movedTo });
});

it('F17: the slot was taken between search and write: nothing is booked over it, other times are offered', async () => {
  const made = await stage.propose();
  await stage.agree(made);
  stage.sandbox.world.exchange.add(made.mentee.personId, {
    subject: 'Board',
    start: await firstStart(made.pairId),
    minutes: 30,
    zone: 'Europe/Rome',
    showAs: 'busy',
  });
  await stage.pass(5 * MINUTE);
  expect(await stage.eventsOf(made.pairId)).toEqual([]);
  const { pairs, series } = await stage.records();
  expect(series.find(({ pairId }) => pairId === made.pairId)).toMatchObject({ state: 'refused' });
  expect(pairs.find(({ pairId }) => pairId === made.pairId)).toMatchObject({ state: 'menteeAsked', generation: 2 });
  expect((await stage.runLog('slotTaken')).length).toBe(1);
});

/** In Rome. */
async function firstStart(pairId: string): Promise<string> {
  const session = (await stage.records()).sessions.find((one) => one.pairId === pairId && one.number === 1)!;
  const wall = new Date(session.startsAt).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' });
  return wall.slice(0, 16).replace(' ', 'T');
}

it('F18: Graph is down for a day: no storm of requests, and what waited is booked afterwards', async () => {
  const made = await stage.propose();
  const before = stage.calls.length;
  stage.fault({
    match: { path: /.*/, part: 'graph' },
    fault: { kind: 'status', status: 503, when: 'before', retryAfterSeconds: null },
  });
  const downSince = async (): Promise<string | null> => {
    const [administrator] = companyRoles(stage.sandbox.world).administrators;
    const { body } = await stage.ask(administrator!, 'GET', '/api/admin/overview');
    return (body as { calendarsDownSince: string | null }).calendarsDownSince;
  };
  const since = stage.clock.now();
  await stage.agree(made);
  // A short silence is not worth a word.
  await stage.pass(5 * MINUTE);
  expect(await downSince()).toBeNull();
  await stage.pass(DAY);
  const said = Date.parse((await downSince())!);
  expect(said).toBeGreaterThanOrEqual(since);
  expect(said).toBeLessThan(since + 5 * MINUTE);
  // Four mailboxes and the directory, at their longest backoff of a quarter of an hour: no storm.
  expect(stage.calls.length - before).toBeLessThan(1_000);
  stage.sandbox.faults.clear();
  await stage.pass(30 * MINUTE);
  expect(await judgeBooking(stage, made.pairId)).toEqual([]);
  expect(await downSince()).toBeNull();
});
