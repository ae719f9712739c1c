import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  calendarReply,
  offeringReply,
  runningReply,
  waitingReply,
  type WaitCode,
} from '../../../server/contract/running.ts';
import { addToRunLog } from '../../../server/db/run-log.ts';
import { at } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, plus, toIso } from '../../../server/domain/time/instant.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, offer, pair, participant } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf } from '../../make/session.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

/* How a cohort runs, as its administrator reads it. */

const db = useDatabase();
const admin = newId() as PersonId;
let entra: Entra;
let key: SigningKey;
let stage: Stage;
let made: TestApp;
let cohortId: string;
beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
});
afterAll(() => entra.close());
beforeEach(async () => {
  stage = await setStage(db());
  const { tenantId } = stage;
  await stage.tx((tx) =>
    tx
      .insertInto('administrators')
      .values({ tenantId, personId: admin, addedAt: at(START) })
      .execute(),
  );
  const safeContact = person('Sara Safe');
  cohortId = await cohort(stage, { safeContact });
  made = await makeApp(stage, entra, [tenantId]);
  return () => made.app.close();
});

async function send(path: string, method: 'GET' | 'POST' = 'GET'): Promise<{ status: number; json: unknown }> {
  const token = await signToken(stage.tenantId, { key, now: stage.clock.now() / 1000, claims: { oid: admin } });
  const url = `/api/admin/cohorts/${cohortId}/${path}`;
  const reply = await made.app.inject({ method, url, headers: { authorization: `Bearer ${token}`, 'x-locale': 'en' } });
  return { status: reply.statusCode, json: reply.json() };
}
const running = async () => runningReply.parse((await send('running')).json);
const calendar = async () => calendarReply.parse((await send('calendar')).json);
const waits = async (query = ''): Promise<WaitCode[]> =>
  waitingReply.parse((await send(`waiting${query}`)).json).waits.map(({ code }) => code);

describe('pairs at risk', () => {
  test('are those that wait for the administrator, then those that lost their momentum', async () => {
    const going = await bookedPair(stage, undefined, { cohortId });
    const silent = await pair(stage, 'waiting', { cohortId });
    expect((await running()).risks).toMatchObject([{ pairId: silent.pairId, alarms: ['silence'], canRelease: true }]);
    // Every session was over long ago but one that nobody holds: no session for more than one and a half intervals.
    await stage.tx((tx) =>
      tx
        .updateTable('sessions')
        .set({ startsAt: at(plus(START, 60 * DAY)), endsAt: at(plus(START, 60 * DAY + 1_800_000)) })
        .where('sessionId', '=', going.sessions[2]!.sessionId)
        .execute(),
    );
    stage.clock.set(plus(going.sessions[1]!.endsAt, 12 * DAY));
    const { risks, pairs } = await running();
    expect(risks.map(({ pairId, alarms }) => [pairId, alarms])).toEqual([
      [silent.pairId, ['silence']],
      [going.pairId, ['longPause']],
    ]);
    expect(risks[1]).toMatchObject({ canRelease: false, mails: [going.mentee.mail, going.mentor.mail] });
    expect(pairs).toHaveLength(2);
  });

  test('and nothing else tell who declined or left', async () => {
    await pair(stage, 'mentorDeclined', { cohortId });
    const no = await participant(stage, cohortId, 'mentor', person('Nora No'), { state: 'declined' });
    const found = await running();
    expect(found.risks).toEqual([]);
    expect(found.pairs).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(no.personId);
  });
});

test('the log has groups, and nothing that one person did', async () => {
  const { tenantId } = stage;
  await stage.tx(async (tx) => {
    await addToRunLog(tx, tenantId, { at: START, kind: 'pollingOnly' });
    await addToRunLog(tx, tenantId, { at: plus(START, 1), kind: 'seriesBooked', detail: { sessions: 6 } });
    await addToRunLog(tx, tenantId, { at: plus(START, 2), kind: 'proposalAnswered' });
  });
  expect((await running()).log).toMatchObject([
    { group: 'calendar', text: 'A series was booked. Sessions: 6.' },
    { group: 'technical' },
  ]);
});

describe('why did nothing happen', () => {
  test('is answered for a pair, with the time until when', async () => {
    const asked = await pair(stage, 'mentorAsked', { cohortId });
    const { json } = await send(`waiting?pairId=${asked.pairId}`);
    // Five working days from Monday morning.
    expect(json).toEqual({ waits: [{ code: 'mentorAnswer', until: toIso(plus(START, 7 * DAY)) }] });
    const booked = await bookedPair(stage, undefined, { cohortId });
    expect((await send(`waiting?pairId=${booked.pairId}`)).json).toEqual({
      waits: [{ code: 'nextSession', until: toIso(firstOf(booked).startsAt) }],
    });
  });

  test('is answered for a participant and for the cohort', async () => {
    const idle = await participant(stage, cohortId, 'mentor', person('Mia Mentor'));
    expect(await waits(`?personId=${idle.personId}`)).toEqual(['nextMatch', 'matchYou']);
    await stage.tx((tx) =>
      tx
        .updateTable('participants')
        .set({ calendar: 'none', trainedAt: null })
        .where('personId', '=', idle.personId)
        .execute(),
    );
    expect(await waits(`?personId=${idle.personId}&side=mentor`)).toEqual([
      'mailboxUnreadable',
      'training',
      'nextMatch',
      'matchYou',
    ]);
    expect(await waits()).toEqual(['matchYou']);
    await stage.tx((tx) => tx.updateTable('cohorts').set({ safeContactId: null }).execute());
    expect(await waits()).toEqual(['safeContact', 'matchYou']);
  });

  test('names first what keeps everybody waiting', async () => {
    await stage.tx((tx) =>
      tx
        .updateTable('tenants')
        .set({ writesStopped: true, calendarsFailingSince: at(START) })
        .execute(),
    );
    expect(await waits()).toEqual(['writesStopped', 'calendarsDown', 'matchYou']);
  });

  test('is 404 for a pair that was declined, one of another cohort and a stranger', async () => {
    const declined = await pair(stage, 'menteeDeclined', { cohortId });
    const elsewhere = await pair(stage, 'booked');
    for (const query of [`pairId=${declined.pairId}`, `pairId=${elsewhere.pairId}`, `personId=${newId()}`])
      expect((await send(`waiting?${query}`)).status).toBe(404);
  });
});

describe('the calendar', () => {
  test('tells stage, broken dates and booked dates of each pair', async () => {
    const booked = await bookedPair(stage, offer({ moved: [2] }), { cohortId });
    await pair(stage, 'noSlot', { cohortId });
    await pair(stage, 'mentorDeclined', { cohortId });
    const { pairs } = await calendar();
    expect(pairs).toHaveLength(2);
    expect(pairs.find(({ pairId }) => pairId === booked.pairId)).toMatchObject({
      stage: 'booked',
      broken: { dates: 1, of: 3 },
      dates: booked.sessions.map(({ startsAt }) => toIso(startsAt)),
    });
    expect(pairs.find(({ stage }) => stage === 'noSlot')).toMatchObject({ dates: [], broken: null });
  });

  test('names whose calendar cannot be read', async () => {
    const hidden = await participant(stage, cohortId, 'mentee', person('Hanna Hidden'));
    await stage.tx((tx) =>
      tx.updateTable('participants').set({ calendar: 'none' }).where('personId', '=', hidden.personId).execute(),
    );
    expect((await calendar()).unreadable).toEqual(['Hanna Hidden']);
  });

  test('the dry run of offering counts, and writes nothing', async () => {
    const free = await pair(stage, 'proposed', { cohortId });
    const shut = await pair(stage, 'mentorAsked', { cohortId });
    stage.calendar.unreadable.add(shut.mentee.personId);
    const before = await stage.tx((tx) => tx.selectFrom('pairs').selectAll().orderBy('pairId').execute());
    expect(offeringReply.parse((await send('offering-preview', 'POST')).json)).toEqual({
      pairs: 2,
      looked: 2,
      allDates: 1,
      someMoved: 0,
      none: 0,
      unreadable: 1,
    });
    expect(await stage.tx((tx) => tx.selectFrom('pairs').selectAll().orderBy('pairId').execute())).toEqual(before);
    expect(await stage.tx((tx) => tx.selectFrom('proposals').select('pairId').execute())).toEqual([]);
    expect(before.map(({ pairId }) => pairId)).toContain(free.pairId);
  });

  test('the dry run says when calendars do not answer', async () => {
    await pair(stage, 'proposed', { cohortId });
    stage.calendar.script('readBusy', { outcome: 'later', notBefore: plus(START, DAY), code: 'timeout' });
    expect(await send('offering-preview', 'POST')).toMatchObject({
      status: 503,
      json: { error: { code: 'unavailable.calendars' } },
    });
  });
});
