import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  matchingReply,
  publishPreviewReply,
  wishesReply,
  wishPriceReply,
  type MatchingReply,
  type WishChangeBody,
} from '../../../server/contract/matching-review.ts';
import { savePeople } from '../../../server/db/people.ts';
import { at, json } from '../../../server/db/schema.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, pair, participant } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

/* Reviewing a matching: two executives, two mentors of whom one knows all topics and the other one half of them. */

const db = useDatabase();
const admin = newId() as PersonId;
let entra: Entra;
let key: SigningKey;
let stage: Stage;
let made: TestApp;
let cohortId: string;
let elio: Person;
let ugo: Person;
let mia: Person;
let noor: Person;
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
  cohortId = await cohort(stage, { state: 'inviting' });
  // Ugo is the chief of all but Elio, whose mentors have to stand below them.
  const top = person('Tina Top', { managerId: null });
  ugo = person('Ugo Chief', { managerId: top.personId, department: 'Sales' });
  elio = person('Elio Executive', { managerId: top.personId, department: 'Board' });
  const lead = person('Lea Lead', { managerId: ugo.personId });
  const other = person('Otto Lead', { managerId: elio.personId });
  mia = person('Mia Mentor', { managerId: lead.personId, department: 'Digital' });
  noor = person('Noor Mentor', { managerId: other.personId, department: 'Digital' });
  await participant(stage, cohortId, 'mentee', elio);
  await participant(stage, cohortId, 'mentee', ugo);
  await participant(stage, cohortId, 'mentor', mia);
  await participant(stage, cohortId, 'mentor', noor, { hasChat: false });
  for (const one of [top, lead, other]) await addPerson(one);
  made = await makeApp(stage, entra, [tenantId]);
  return () => made.app.close();
});

const addPerson = (one: Person) => stage.tx((tx) => savePeople(tx, stage.tenantId, [one], START));

async function send(path: string, payload?: object, locale = 'en'): Promise<unknown> {
  const token = await signToken(stage.tenantId, { key, now: stage.clock.now() / 1000, claims: { oid: admin } });
  const reply = await made.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/api/admin/cohorts/${cohortId}/${path}`,
    headers: { authorization: `Bearer ${token}`, 'x-locale': locale },
    ...(payload === undefined ? {} : { payload }),
  });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}
const review = async (): Promise<MatchingReply> => matchingReply.parse(await send('matching'));
const price = async (...changes: WishChangeBody[]) => wishPriceReply.parse(await send('wishes/price', { changes }));
const set = async (...changes: WishChangeBody[]) => wishesReply.parse(await send('wishes', { changes }));
const wishOf = (mentee: Person, mentor: Person, wish: WishChangeBody['wish']): WishChangeBody => ({
  menteeId: mentee.personId,
  mentorId: mentor.personId,
  wish,
});
const pairsOf = ({ pairs }: MatchingReply): string[] =>
  pairs
    .map(({ menteeId, mentorId }) =>
      [elio, ugo, mia, noor]
        .flatMap((one) => ([menteeId, mentorId].includes(one.personId) ? [one.displayName.split(' ')[0]] : []))
        .join('-'),
    )
    .sort();

describe('a matching under review', () => {
  test('is empty before there was one', async () => {
    expect(await review()).toMatchObject({ run: null, pairs: [], unmatched: [], wishes: [] });
    expect((await review()).mentors.map(({ displayName, free }) => [displayName, free])).toEqual([
      ['Mia Mentor', 1],
      ['Noor Mentor', 1],
    ]);
  });

  test('tells pairs with reasons in the administrator’s words and language, and no level', async () => {
    await send('match', {});
    const found = await review();
    // Each has the mentor who is not in the own line.
    expect(pairsOf(found)).toEqual(['Elio-Mia', 'Ugo-Noor']);
    expect(found.run).toMatchObject({ isStale: false });
    expect(found.pairs[0]).toMatchObject({ state: 'proposed', isPinned: false });
    const [first] = found.pairs;
    expect(first!.reasons.join(' ')).toContain('Covers all goals');
    expect(first!.reasons.join(' ')).toContain('From different departments');
    expect(JSON.stringify(found)).not.toMatch(/level|your/i);
    const polish = matchingReply.parse(await send('matching', undefined, 'pl'));
    expect(polish.pairs[0]!.reasons.join(' ')).toContain('Z różnych działów');
  });

  test('says who has nobody, and which topic to call for', async () => {
    await stage.tx((tx) =>
      tx
        .updateTable('participants')
        .set({ goals: json([{ topic: 'inclusion-and-language', level: 3 }]) })
        .where('personId', '=', elio.personId)
        .execute(),
    );
    await send('match', {});
    const found = await review();
    expect(found.unmatched).toMatchObject([{ displayName: 'Elio Executive' }]);
    expect(found.unmatched[0]!.reasons[0]).toMatch(/Nobody offers/);
    expect(found.calls).toEqual([{ topic: 'inclusion-and-language', people: 1 }]);
  });

  test('knows that it is out of date once somebody joins', async () => {
    await send('match', {});
    await participant(stage, cohortId, 'mentor', person('Nina New'));
    expect((await review()).run).toMatchObject({ isStale: true });
    await send('match', {});
    expect((await review()).run).toMatchObject({ isStale: false });
  });
});

describe('wishes', () => {
  test('are priced before anything is stored, and what is stored is what was priced', async () => {
    await send('match', {});
    const before = await review();
    const priced = await price(wishOf(elio, mia, 'forbidden'));
    expect(priced).toMatchObject({ outcome: 'price' });
    expect('sentences' in priced && priced.sentences.join(' ')).toMatch(
      /One pair fewer.*Elio Executive loses the pair with Mia Mentor/,
    );
    expect(await review()).toEqual(before);
    expect(await set(wishOf(elio, mia, 'forbidden'))).toEqual({
      outcome: 'changed',
      undo: [wishOf(elio, mia, null)],
    });
    const after = await review();
    expect(pairsOf(after)).toEqual(['Ugo-Noor']);
    expect(after.wishes).toMatchObject([{ menteeName: 'Elio Executive', mentorName: 'Mia Mentor', wish: 'forbidden' }]);
    expect(after.run).toMatchObject({ isStale: false });
  });

  test('are taken back by the changes that were given', async () => {
    await send('match', {});
    const before = await review();
    const done = await set(wishOf(elio, mia, 'forbidden'));
    if (done.outcome === 'changed') await set(...done.undo);
    expect(await review()).toEqual({ ...before, run: { ...before.run!, at: expect.any(String) as string } });
  });

  test('that break a hard rule are refused by its name, and nothing changes', async () => {
    await send('match', {});
    const before = await review();
    const pin = wishOf(ugo, mia, 'pinned');
    const text = 'Ugo Chief and Mia Mentor cannot be a pair: the mentor is in this person’s reporting line.';
    expect(await price(pin)).toEqual({ outcome: 'refused', text });
    expect(await set(pin)).toEqual({ outcome: 'refused', text });
    expect(await review()).toEqual(before);
    expect(await price(wishOf(elio, person('Nobody Known'), 'pinned'))).toMatchObject({ outcome: 'refused' });
  });

  test('of earlier days that can no longer be kept are left out, with the reason', async () => {
    await set(wishOf(elio, mia, 'pinned'));
    expect((await review()).pairs.find(({ menteeId }) => menteeId === elio.personId)).toMatchObject({ isPinned: true });
    await stage.tx((tx) =>
      tx.updateTable('people').set({ managerId: elio.personId }).where('personId', '=', mia.personId).execute(),
    );
    await send('match', {});
    const found = await review();
    expect(found.wishes[0]!.problem).toMatch(/reporting line/);
    expect(pairsOf(found)).toEqual(['Ugo-Mia']);
    // Nor do they stand in the way of a price.
    expect(await price(wishOf(ugo, noor, 'forbidden'))).toMatchObject({ outcome: 'price' });
  });

  test('are fulfilled once the two were asked', async () => {
    await set(wishOf(elio, mia, 'pinned'));
    await send('publish', {});
    await send('match', {});
    const found = await review();
    expect(found.wishes).toMatchObject([{ wish: 'pinned', problem: null }]);
    expect(found.pairs.every(({ state }) => state === 'mentorAsked')).toBe(true);
  });
});

describe('the dry run of publishing', () => {
  test('names who would be asked, in which language and about whom, and asks nobody', async () => {
    expect(await send('publish-preview')).toEqual({ mentors: [] });
    await send('match', {});
    await stage.tx((tx) =>
      tx.updateTable('participants').set({ locale: 'uk' }).where('personId', '=', mia.personId).execute(),
    );
    const preview = publishPreviewReply.parse(await send('publish-preview'));
    expect(preview.mentors).toEqual([
      { displayName: 'Mia Mentor', locale: 'uk', mentees: ['Elio Executive'], isReachable: true },
      { displayName: 'Noor Mentor', locale: 'en', mentees: ['Ugo Chief'], isReachable: false },
    ]);
    expect(await stage.tx((tx) => tx.selectFrom('messages').select('messageId').execute())).toEqual([]);
    await send('publish', {});
    expect(await send('publish-preview')).toEqual({ mentors: [] });
  });
});

describe('work that is followed while it goes on', () => {
  const read = async (method: 'GET' | 'POST', path: string): Promise<{ status: number; lines: unknown[] }> => {
    const token = await signToken(stage.tenantId, { key, now: stage.clock.now() / 1000, claims: { oid: admin } });
    const reply = await made.app.inject({
      method,
      url: `/api/admin/cohorts/${cohortId}/${path}`,
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' },
    });
    expect(reply.headers['content-encoding']).toBeUndefined();
    const lines = reply.body.split('\n').filter(Boolean);
    return { status: reply.statusCode, lines: lines.map((line): unknown => JSON.parse(line)) };
  };

  test('a matching says what it does, and stands when it is done', async () => {
    expect(await read('POST', 'match/stream')).toEqual({
      status: 200,
      lines: [{ kind: 'phase', phase: 'matching' }, { kind: 'phase', phase: 'storing' }, { kind: 'done' }],
    });
    expect(pairsOf(await review())).toEqual(['Elio-Mia', 'Ugo-Noor']);
  });

  test('a matching that fails after it began says so in its last line, without the fault', async () => {
    stage.matcher.match = () => Promise.reject(new Error('CANARY'));
    expect(await read('POST', 'match/stream')).toEqual({
      status: 200,
      lines: [
        { kind: 'phase', phase: 'matching' },
        { kind: 'failed', code: 'internal' },
      ],
    });
  });

  test('offering and booking are told until nothing of them is under way', async () => {
    const made = await pair(stage, 'mentorAgreed', { cohortId });
    const reading = read('GET', 'progress');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stage.tx((tx) =>
      tx.updateTable('pairs').set({ state: 'booked', dueAt: null }).where('pairId', '=', made.pairId).execute(),
    );
    expect((await reading).lines).toEqual([
      { searching: 1, booking: 0, booked: 0 },
      { searching: 0, booking: 0, booked: 1 },
    ]);
  });

  test('an open reply does not keep the server from closing', async () => {
    await pair(stage, 'mentorAgreed', { cohortId });
    const reading = read('GET', 'progress');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await made.app.close();
    expect((await reading).lines).toEqual([{ searching: 1, booking: 0, booked: 0 }]);
  });
});
