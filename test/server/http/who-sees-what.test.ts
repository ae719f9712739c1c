import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TRAINING_MODULES } from '../../../server/contract/content.ts';
import { TOPICS } from '../../../server/contract/vocabulary.ts';
import { at, json } from '../../../server/db/schema.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { DAY } from '../../../server/domain/time/instant.ts';
import { useDatabase } from '../../make/database.ts';
import { pair, participant, type MadePair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, type Booked } from '../../make/session.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

/** What people wrote or chose, each by who alone may read it; texts that stand nowhere else. */
const OF_MENTOR = ['CANARY-MENTOR-NOTE'];
const OF_MENTEE = ['CANARY-MENTEE-NOTE', 'inclusion-and-language'];
const MOTIVATION = 'CANARY-MOTIVATION';
const JOIN_URL = 'https://teams.example/';

const db = useDatabase();
let ours: Stage;
let other: Stage;
let entra: Entra;
let key: SigningKey;
let made: TestApp;
let booked: Booked;
let waiting: MadePair;
const admin = newId() as PersonId;
const stranger = newId() as PersonId;
const leaver = person('Lea Leaver');
const nominee = person('Nina Nominee');

interface Reply {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}
async function ask(
  who: PersonId,
  url: string,
  options: { tenantId?: TenantId; body?: object; headers?: Record<string, string>; claims?: object } = {},
): Promise<Reply> {
  const { tenantId = ours.tenantId, body, headers = {}, claims = {} } = options;
  const now = ours.clock.now() / 1000;
  const token = await signToken(tenantId, { key, now, claims: { oid: who, ...claims } });
  const reply = await made.app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: reply.statusCode, body: reply.body, headers: reply.headers };
}

async function setAdministrator(isOne: boolean): Promise<void> {
  await ours.tx((tx) => tx.deleteFrom('administrators').where('personId', '=', admin).execute());
  if (!isOne) return;
  const row = { tenantId: ours.tenantId, personId: admin, addedAt: at(START) };
  await ours.tx((tx) => tx.insertInto('administrators').values(row).execute());
}

beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  ours = await setStage(db());
  other = await setStage(db());
  made = await makeApp(ours, entra, [ours.tenantId, other.tenantId]);
  await setAdministrator(true);
  booked = await bookedPair(ours);
  const { cohortId } = booked;
  waiting = await pair(ours, 'mentorAsked', {
    cohortId,
    mentor: await participant(ours, cohortId, 'mentor', person('Otto Other')),
    mentee: await participant(ours, cohortId, 'mentee', person('Olga Other')),
  });
  await ours.tx((tx) =>
    tx
      .updateTable('participants')
      .set({ motivation: MOTIVATION })
      .where('personId', '=', booked.mentor.personId)
      .execute(),
  );
  await ours.tx((tx) =>
    tx
      .updateTable('participants')
      .set({ goals: json([{ topic: 'generative-ai', level: 4 }]) })
      .where('personId', '=', booked.mentee.personId)
      .execute(),
  );
  await participant(ours, cohortId, 'mentor', leaver, { state: 'left' });
  await participant(ours, cohortId, 'mentee', nominee, { state: 'nominated' });
  ours.clock.set(firstOf(booked).endsAt);
  const feedback = `/api/sessions/${firstOf(booked).sessionId}/feedback`;
  for (const [who, body] of [
    [booked.mentor.personId, { tookPlace: true, usefulness: 2, note: OF_MENTOR[0], noteReader: 'programTeamGrouped' }],
    [
      booked.mentee.personId,
      { tookPlace: true, usefulness: 1, nextTopic: OF_MENTEE[1], note: OF_MENTEE[0], noteReader: 'onlyMe' },
    ],
  ] as const)
    expect(await ask(who, feedback, { body })).toMatchObject({ status: 200 });
});
afterAll(async () => {
  await made.app.close();
  await entra.close();
});

/** Every address that can be read, of the running app's own list: a new one is looked at without being added here. */
async function everyAddress(): Promise<string[]> {
  const document = (await made.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const ids: Record<string, string> = {
    sessionId: firstOf(booked).sessionId,
    pairId: booked.pairId,
    cohortId: booked.cohortId,
    moduleId: TRAINING_MODULES[0],
    topic: TOPICS[0],
  };
  const start = new Date(firstOf(booked).startsAt).toISOString();
  return Object.entries(document.paths)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) => path.replace(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? expect.fail(`no ${name}`)))
    .map((path) => (path.endsWith('/lookup') ? `${path}?organizer=${ours.mailbox.mail}&start=${start}` : path));
}

/** All that one person can read, in one text, the same without what is about themselves, and how many addresses answered. */
async function everythingFor(
  who: PersonId,
  tenantId = ours.tenantId,
  claims = {},
): Promise<{ text: string; ofOthers: string; ok: number }> {
  const replies: (Reply & { url: string })[] = [];
  for (const url of await everyAddress()) replies.push({ url, ...(await ask(who, url, { tenantId, claims })) });
  return {
    text: replies
      // The library is the same for everybody, and names all topics.
      .filter(({ url }) => !url.startsWith('/api/guides'))
      .map((reply) => reply.body)
      .join('\n'),
    ofOthers: replies.map(({ url, body }) => (url === '/api/me/export' ? '' : body)).join('\n'),
    ok: replies.filter((reply) => reply.status === 200).length,
  };
}
const ADMINISTRATOR = { roles: ['Inverso.Administrator'] };

describe('what is personal, over every address', () => {
  test('the mentor reads their own answer, and of the executive’s nothing (49)', async () => {
    const { text, ok } = await everythingFor(booked.mentor.personId);
    expect(ok).toBeGreaterThanOrEqual(7);
    for (const own of OF_MENTOR) expect(text).toContain(own);
    for (const theirs of OF_MENTEE) expect(text).not.toContain(`"${theirs}"`);
    // Topics of goals yes, their levels no.
    expect(text).toContain('"generative-ai"');
    expect(text).not.toContain('"level":4');
    expect(text).not.toContain('"usefulness":1');
    expect(text).toContain(JOIN_URL);
  });

  test('the executive reads their own answer, and never the mentor’s words about them (49)', async () => {
    const { text, ok } = await everythingFor(booked.mentee.personId);
    expect(ok).toBeGreaterThanOrEqual(7);
    for (const own of OF_MENTEE) expect(text).toContain(own);
    for (const theirs of OF_MENTOR) expect(text).not.toContain(theirs);
    expect(text).not.toContain('"usefulness":2');
    expect(text).toContain(MOTIVATION);
  });

  test('the administrator reads no note, no score, no goal and nothing of a calendar (48)', async () => {
    ours.clock.advance(14 * DAY);
    const { text, ok } = await everythingFor(admin);
    ours.clock.advance(-14 * DAY);
    expect(ok).toBeGreaterThanOrEqual(7);
    expect(text).toContain('"sessionsConfirmed":1');
    for (const personal of [...OF_MENTOR, ...OF_MENTEE, MOTIVATION, JOIN_URL, 'generative-ai', '"level"'])
      expect(text).not.toContain(personal);
    expect(text).not.toMatch(/"usefulness":\d/);
  });

  test('a stranger, another pair and the other tenant’s administrator read nothing at all', async () => {
    for (const { text } of [
      await everythingFor(stranger),
      await everythingFor(waiting.mentee.personId),
      await everythingFor(booked.mentor.personId, other.tenantId),
      await everythingFor(newId() as PersonId, other.tenantId, ADMINISTRATOR),
    ]) {
      for (const personal of [...OF_MENTOR, ...OF_MENTEE, MOTIVATION, JOIN_URL, booked.mentee.displayName])
        expect(text).not.toContain(personal);
      for (const id of [booked.pairId, booked.mentee.personId, ...booked.sessions.map((session) => session.sessionId)])
        expect(text).not.toContain(id);
    }
  });
});

describe('an assistant (product.md D5)', () => {
  const assistant = person('Hanna Helper');
  const address = assistant.mail!;
  const proposalOf = (made: MadePair): string => `/api/pairs/${made.pairId}/proposal-answer`;
  let left: MadePair;
  beforeAll(async () => {
    ours.directory.people.push(assistant);
    left = await pair(ours, 'menteeAsked', { cohortId: booked.cohortId, mentee: booked.mentee });
  });

  test('is named by executives only; others are told nothing but no', async () => {
    const options = { body: { address } };
    for (const who of [booked.mentor.personId, admin, stranger, assistant.personId, nominee.personId]) {
      const reply = await ask(who, '/api/assistants', options);
      expect(reply).toMatchObject({ status: 403 });
      expect(reply.body).not.toMatch(/Hanna|address/);
    }
    expect(
      await ask(booked.mentee.personId, '/api/assistants', { ...options, tenantId: other.tenantId }),
    ).toMatchObject({
      status: 403,
    });
    expect(await ask(booked.mentee.personId, '/api/assistants', options)).toMatchObject({ status: 200 });
    for (const [wrong, reason] of [
      ['nobody@contoso.example', 'assistantUnknown'],
      [booked.mentor.mail!, 'assistantMentor'],
    ] as const) {
      const reply = await ask(booked.mentee.personId, '/api/assistants', { body: { address: wrong } });
      expect(reply).toMatchObject({ status: 400 });
      expect(JSON.parse(reply.body)).toMatchObject({
        error: { code: `badInput.${reason}`, fields: [{ path: 'address' }] },
      });
    }
  });

  test('reads times, names and the purpose, over every address, and nothing else', async () => {
    const { text, ofOthers } = await everythingFor(assistant.personId);
    for (const seen of [booked.mentee.displayName, booked.mentor.displayName, 'Reverse mentoring'])
      expect(text).toContain(seen);
    for (const personal of [...OF_MENTOR, ...OF_MENTEE, MOTIVATION, JOIN_URL, 'generative-ai', '"level"', 'usefulness'])
      expect(text).not.toContain(personal);
    expect(ofOthers).not.toMatch(/"(guide|topics|note|feedback|reasons|jobTitle)":(?!\[\])/);
    // The session's page, with guide and feedback, is not theirs.
    expect((await ask(assistant.personId, `/api/sessions/${firstOf(booked).sessionId}`)).status).toBe(404);
  });

  test('answers only what the executive has asked them, and nothing once removed', async () => {
    const answer = { body: { answer: 'anotherTime' } };
    expect((await ask(assistant.personId, proposalOf(left), answer)).status).toBe(404);
    expect((await ask(booked.mentee.personId, proposalOf(left), { body: { answer: 'askAssistant' } })).status).toBe(
      200,
    );
    for (const wish of ['anotherMentor', 'askAssistant'])
      expect((await ask(assistant.personId, proposalOf(left), { body: { answer: wish } })).status).toBe(404);
    expect((await ask(assistant.personId, proposalOf(left), { ...answer, tenantId: other.tenantId })).status).toBe(404);
    expect(JSON.parse((await ask(assistant.personId, '/api/home')).body)).toMatchObject({
      asks: [{ kind: 'assistantProposal', pairId: left.pairId }],
      assisting: [{ pairId: booked.pairId }],
    });
    expect(JSON.parse((await ask(assistant.personId, '/api/me')).body)).toMatchObject({ roles: ['assistant'] });
    const remove = `/api/assistants/${assistant.personId}/remove`;
    for (const who of [booked.mentor.personId, admin, assistant.personId])
      expect((await ask(who, remove, { body: {} })).status).toBe(404);
    expect((await ask(booked.mentee.personId, remove, { body: {} })).status).toBe(200);
    expect((await ask(assistant.personId, proposalOf(left), answer)).status).toBe(404);
    expect(JSON.parse((await ask(assistant.personId, '/api/me')).body)).toMatchObject({ roles: [], programName: null });
    const { text } = await everythingFor(assistant.personId);
    for (const personal of [booked.mentee.displayName, booked.mentor.displayName, booked.pairId, left.pairId])
      expect(text).not.toContain(personal);
  });
});

describe('who was, or is not yet, part of it (43)', () => {
  test('somebody who left, and somebody who was only nominated, are no participants', async () => {
    for (const { personId } of [leaver, nominee]) {
      expect(JSON.parse((await ask(personId, '/api/me')).body)).toMatchObject({ roles: [], programName: null });
      expect(JSON.parse((await ask(personId, '/api/home')).body)).toMatchObject({ asks: [], pairs: [] });
    }
    const goal = { topic: 'generative-ai', level: 3 };
    const { cohortId } = booked;
    const answers: [PersonId, string, object][] = [
      [leaver.personId, '/api/asks/join', { cohortId, answer: 'join', skills: [goal] }],
      [nominee.personId, '/api/asks/goals', { cohortId, goals: [goal] }],
    ];
    for (const [who, url, body] of answers) expect(await ask(who, url, { body })).toMatchObject({ status: 404 });
  });
});

describe('rights are looked up for every request, and never kept (21)', () => {
  beforeEach(() => setAdministrator(false));

  test('of an administrator', async () => {
    expect((await ask(admin, '/api/admin/overview')).status).toBe(403);
    await setAdministrator(true);
    expect((await ask(admin, '/api/admin/overview')).status).toBe(200);
    await setAdministrator(false);
    expect((await ask(admin, '/api/admin/overview')).status).toBe(403);
    expect(JSON.parse((await ask(admin, '/api/me')).body)).toMatchObject({ roles: [] });
  });

  test('of an application role, which is gone with the token that held it', async () => {
    expect((await ask(stranger, '/api/admin/overview', { claims: ADMINISTRATOR })).status).toBe(200);
    expect((await ask(stranger, '/api/admin/overview')).status).toBe(403);
  });
});

test('an answer belongs to one person: no cache may keep it, and none is asked whether it is still good (53)', async () => {
  for (const url of await everyAddress()) {
    if (!url.startsWith('/api/')) continue;
    const mentors = await ask(booked.mentor.personId, url);
    expect(mentors.headers).toMatchObject({ 'cache-control': 'private, no-store' });
    for (const header of ['etag', 'last-modified', 'expires', 'set-cookie'])
      expect(mentors.headers).not.toHaveProperty(header);
    const mentees = await ask(booked.mentee.personId, url, {
      headers: { 'if-none-match': '*', 'if-modified-since': new Date(ours.clock.now() + DAY).toUTCString() },
    });
    expect(mentees.status).not.toBe(304);
  }
});

test('the log of all this holds no token, no name, and nothing that people wrote (74)', () => {
  const log = made.log.join('');
  expect(log).toMatch(/"refused":"notFound"/);
  expect(log).not.toMatch(/CANARY|eyJ[\w-]+\.eyJ|@|Mia Mentor|Elio Executive|Other|Lea Leaver|teams\.example/);
});
