import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { instant } from '../../../server/domain/time/instant.ts';
import { calledEarly, judgeBooking } from './judge-booking.ts';
import { meetCreates, throttled } from './meet-creates.ts';
import { subscriptionOf } from './notices.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { DAY, MINUTE, SECOND } from './units.ts';

/* What has to outlive the process (reliability.md F2, F24). */
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
let stage: FaultStage;
beforeAll(async () => {
  stage = await setFaultStage({ folder });
});
afterEach(async () => {
  expect(await stage.violations()).toEqual([]);
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

it('F2: the wait of 300 s outlives a restart: no early call, other mailboxes go on', async () => {
  const made = await stage.propose();
  meetCreates(stage, throttled('300'));
  await stage.agree(made);
  await stage.pass(20 * SECOND);
  await stage.restart();
  const before = stage.calls.length;
  const other = stage.hire('Olga Other');
  const reply = await stage.client().read({
    method: 'GET',
    path: `/users/${other.personId}/calendarView?startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-10-02T00:00:00Z`,
    reply: z.object({ value: z.array(z.unknown()) }),
  });
  expect(reply.outcome).toBe('done');
  expect(stage.calls.length).toBeGreaterThan(before);
  await stage.pass(10 * MINUTE);
  const early = calledEarly(stage, stage.mailboxId, 300).filter(
    ({ method, path }) => method === 'POST' || /\/events$/i.test(path),
  );
  expect(early).toEqual([]);
  expect(await judgeBooking(stage, made.pairId)).toEqual([]);
});

it('F24: off for eight days: watched again, and everything read, before anything is written', async () => {
  const booked = await stage.book();
  const waiting = await stage.propose();
  await stage.agree(waiting);
  const [, second] = await stage.datesOf(booked.pairId, stage.mailboxId);
  const movedTo = second!.start + 60 * MINUTE;
  let before = 0;
  await stage.restart(async () => {
    await stage.pass(DAY);
    stage.sandbox.world.exchange.move(stage.mailboxId, second!.eventId, movedTo, movedTo + 30 * MINUTE);
    await stage.pass(7 * DAY);
    before = stage.calls.length;
  });
  await stage.pass(5 * MINUTE);
  const calls = stage.calls.slice(before);
  const firstRead = calls.findIndex(({ path }) => /\/calendarView$/i.test(path));
  const firstWrite = calls.findIndex(({ method, path }) => method !== 'GET' && /\/events(\/|$)/i.test(path));
  expect(firstRead).toBeGreaterThanOrEqual(0);
  expect(firstWrite === -1 || firstWrite > firstRead).toBe(true);
  expect(subscriptionOf(stage).expiresAt).toBeGreaterThan(stage.clock.now() + 5 * DAY);
  const { sessions } = await stage.records();
  expect(sessions.find(({ pairId, number }) => pairId === booked.pairId && number === 2)).toMatchObject({
    startsAt: movedTo,
  });
});

it('F24: whichever job comes first, a calendar that was not read for days is read before it is written to', async () => {
  await stage.book();
  const waiting = await stage.propose();
  await stage.rows.tx((tx) =>
    tx
      .updateTable('mailboxMarks')
      .set({ readAt: instant(stage.clock.now() - 8 * DAY), dueAt: instant(stage.clock.now() + DAY) })
      .execute(),
  );
  const before = stage.calls.length;
  await stage.agree(waiting);
  await stage.pass(5 * MINUTE);
  const calls = stage.calls.slice(before);
  const firstRead = calls.findIndex(({ path }) => /\/calendarView$/i.test(path));
  const firstWrite = calls.findIndex(({ method, path }) => method === 'POST' && /\/events$/i.test(path));
  expect(firstRead).toBeGreaterThanOrEqual(0);
  expect(firstWrite).toBeGreaterThan(firstRead);
  expect(await judgeBooking(stage, waiting.pairId)).toEqual([]);
});

it('F24: a calendar that has held no series for days is written to at once', async () => {
  await stage.book();
  await stage.pass(20 * MINUTE);
  for (const { eventId } of stage.sandbox.world.exchange
    .tagged('InversoSeries')
    .filter(({ isCancelled }) => !isCancelled))
    stage.sandbox.world.exchange.cancel(stage.mailboxId, eventId);
  await stage.pass(20 * MINUTE);
  expect((await stage.records()).series.filter(({ state }) => state === 'confirmed')).toEqual([]);
  await stage.pass(3 * DAY);
  const made = await stage.book();
  expect(await judgeBooking(stage, made.pairId)).toEqual([]);
});
