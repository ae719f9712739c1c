import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRAINING_MODULES } from '../../../server/contract/content.ts';
import { TOPICS } from '../../../server/contract/vocabulary.ts';
import type { FeedbackBody } from '../../../server/contract/http.ts';
import { at, type Database } from '../../../server/db/schema.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../server/domain/time/instant.ts';
import { publishFeedback } from '../../../server/use-cases/evaluation/publish-feedback.ts';
import { nameAssistant } from '../../../server/use-cases/people/name-assistant.ts';
import { askFeedback } from '../../../server/use-cases/sessions/ask-feedback.ts';
import { sendMessages } from '../../../server/use-cases/sessions/send-messages.ts';
import { chatOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, offer, openChat, FIRST } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, type Booked } from '../../make/session.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

/*
 * A low "safe to speak" is shown to its writer alone: without their click nobody else's view, chat or row changes by one
 * byte (product.md F6). Looked at over every address that can be read, as everybody there is.
 */

const db = useDatabase();
let entra: Entra;
let key: SigningKey;
beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
});
afterAll(() => entra.close());

type Writer = 'mentor' | 'mentee';
const SAFE: FeedbackBody = { tookPlace: true, rightMatch: 'unsure', safeToSpeak: 5, taughtBy: 'both' };
const LOW: FeedbackBody = { ...SAFE, safeToSpeak: 1 };

interface Scene {
  stage: Stage;
  made: TestApp;
  booked: Booked;
  writer: PersonId;
  /** Everybody but the writer, by what they are. */
  others: Record<string, PersonId>;
  sessionId: string;
  cohortId: string;
}

/** The second session of a pair has just ended and both were asked; another pair, an administrator and all the rest look on. */
async function setScene(database: Database, side: Writer): Promise<Scene> {
  const stage = await setStage(database);
  const { tenantId } = stage;
  const contact = person('Sara Safe');
  const cohortId = await cohort(stage, { safeContact: contact });
  await openChat(stage, contact.personId);
  const booked = await bookedPair(stage, undefined, { cohortId });
  const second = await bookedPair(stage, offer({ first: plus(FIRST, 2 * HOUR) }), { cohortId });
  const admin = newId() as PersonId;
  await stage.tx((tx) =>
    tx
      .insertInto('administrators')
      .values({ tenantId, personId: admin, addedAt: at(START) })
      .execute(),
  );
  const helper = person('Hanna Helper');
  stage.directory.people.push(helper);
  await nameAssistant(stage, { tenantId, personId: booked.mentee.personId, address: helper.mail! });
  const session = booked.sessions[1]!;
  stage.clock.set(plus(session.endsAt, HOUR));
  await askFeedback(stage, { tenantId });
  await sendMessages(stage, { tenantId });
  const partner = side === 'mentor' ? booked.mentee : booked.mentor;
  return {
    stage,
    made: await makeApp(stage, entra, [tenantId]),
    booked,
    writer: booked[side].personId,
    others: {
      partner: partner.personId,
      administrator: admin,
      safeContact: contact.personId,
      assistant: helper.personId,
      otherMentor: second.mentor.personId,
      otherMentee: second.mentee.personId,
      // Sponsors and line managers have no page of their own.
      sponsor: newId() as PersonId,
    },
    sessionId: session.sessionId,
    cohortId,
  };
}

async function ask(scene: Scene, who: PersonId, url: string, payload?: object) {
  const { stage, made } = scene;
  const token = await signToken(stage.tenantId, { key, now: stage.clock.now() / 1000, claims: { oid: who } });
  return made.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  });
}
const say = async (scene: Scene, body: FeedbackBody): Promise<string> => {
  const reply = await ask(scene, scene.writer, `/api/sessions/${scene.sessionId}/feedback`, body);
  expect(reply.statusCode).toBe(200);
  return reply.body;
};

/** Every address that can be read, of the running app's own list, for both pairs' ids that appear in it. */
async function addressesOf({ made, booked, sessionId, cohortId }: Scene): Promise<string[]> {
  const { paths } = (await made.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const pages = { moduleId: TRAINING_MODULES[0], topic: TOPICS[0] };
  const ids: Record<string, string> = { sessionId, pairId: booked.pairId, cohortId, ...pages };
  return Object.entries(paths)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) => path.replace(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? expect.fail(`no ${name}`)));
}

/** All that the others read: every reply, and every card in their chats. */
async function viewsOf(scene: Scene): Promise<Record<string, string>> {
  const views: Record<string, string> = {};
  for (const [role, who] of Object.entries(scene.others)) {
    for (const url of await addressesOf(scene)) {
      const reply = await ask(scene, who, url);
      // A refusal has an id of its own each time.
      views[`${role} ${url.replace(/[0-9a-f-]{36}/g, 'id')}`] =
        `${reply.statusCode} ${reply.body.replace(/"requestId":"[^"]*"/, '')}`;
    }
    views[`${role}’s chat`] = JSON.stringify(await chatOf(scene.stage, who));
  }
  return views;
}

/** All rows of the tenant but the writer's own answer, and the cards in their chat. */
async function rowsOf({ stage, writer }: Scene): Promise<string[]> {
  return stage.tx(async (tx) => {
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'tenant_id' order by 1`.execute(tx);
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const own =
        name === 'feedback' || name === 'messages'
          ? sql`where person_id <> ${writer}`
          : name === 'message_sends'
            ? sql`where message_id not in (select message_id from messages where person_id = ${writer})`
            : sql``;
      const found = await sql<{
        row: string;
      }>`select r::text as row from ${sql.table(name)} r ${own} order by 1`.execute(tx);
      rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
    }
    return rows;
  });
}

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Cards of one moment stand in the order of their ids, which differ from world to world: here by what they say. */
function inOneOrder(view: string, text: string): string {
  const byWords = (cards: unknown[]): string[] =>
    cards
      .map((card) => JSON.stringify(card))
      .sort((one, other) => (one.replace(ID, '') < other.replace(ID, '') ? -1 : 1));
  if (view.endsWith('chat')) return byWords(JSON.parse(text) as unknown[]).join();
  if (!view.endsWith('/me/export')) return text;
  const whole = JSON.parse(text.slice('200 '.length)) as { cards: unknown[] };
  return JSON.stringify({ ...whole, cards: byWords(whole.cards) });
}

/** The same text of a world in which only the ids are others: each by the order in which it appears. */
function withoutIds(views: Record<string, string>): Record<string, string> {
  const seen = new Map<string, string>();
  const name = (id: string): string => {
    if (!seen.has(id)) seen.set(id, `#${seen.size}`);
    return seen.get(id)!;
  };
  return Object.fromEntries(
    Object.entries(views).map(([view, text]) => [
      view,
      inOneOrder(view, text)
        .replace(ID, name)
        .replace(/\.\d{4}@/g, '@'),
    ]),
  );
}

describe.each<Writer>(['mentor', 'mentee'])('the %s feels hardly safe to speak', (side) => {
  test('and nobody else’s view, chat or row changes by one byte', async () => {
    const scene = await setScene(db(), side);
    await say(scene, SAFE);
    const views = await viewsOf(scene);
    const rows = await rowsOf(scene);
    expect(Object.keys(views).length).toBeGreaterThan(60);
    expect(rows.length).toBeGreaterThan(40);
    expect(await say(scene, LOW)).toBe('{"ok":true}');
    expect((await chatOf(scene.stage, scene.writer)).map(({ kind }) => kind)).toContain('pulseWays');
    expect(await viewsOf(scene)).toEqual(views);
    expect(await rowsOf(scene)).toEqual(rows);
    // Back again the same, and what is shown are the words of thanks.
    await say(scene, SAFE);
    expect((await chatOf(scene.stage, scene.writer)).map(({ kind }) => kind)).not.toContain('pulseWays');
    expect(await viewsOf(scene)).toEqual(views);
    await scene.made.app.close();
  });

  test('and weeks later all is as if they had felt safe', async () => {
    const [safe, low] = [await setScene(db(), side), await setScene(db(), side)];
    await say(safe, SAFE);
    await say(low, LOW);
    for (const later of [0, 20 * MINUTE, DAY, 7 * DAY, 7 * DAY, 30 * DAY]) {
      const [one, other] = await Promise.all(
        [safe, low].map(async (scene) => {
          scene.stage.clock.advance(later);
          await askFeedback(scene.stage, { tenantId: scene.stage.tenantId });
          await publishFeedback(scene.stage, { tenantId: scene.stage.tenantId });
          return withoutIds(await viewsOf(scene));
        }),
      );
      expect(other).toEqual(one);
    }
    await safe.made.app.close();
    await low.made.app.close();
  });

  test('and asks to be contacted: their name reaches the safe contact, and nothing reaches anybody else', async () => {
    const scene = await setScene(db(), side);
    await say(scene, LOW);
    const views = await viewsOf(scene);
    const home = await ask(scene, scene.writer, '/api/home');
    expect(home.json()).toMatchObject({ safeContacts: [{ displayName: 'Sara Safe' }], contactRequests: [] });
    for (let click = 0; click < 2; click++) {
      const reply = await ask(scene, scene.writer, '/api/contact-requests', {
        cohortId: scene.cohortId,
        contactId: scene.others['safeContact'],
      });
      expect(reply.statusCode).toBe(200);
    }
    const after = await viewsOf(scene);
    const changed = Object.keys(views).filter((view) => after[view] !== views[view]);
    expect(changed.sort()).toEqual(['safeContact /api/home', 'safeContact /api/me/export', 'safeContact’s chat']);
    const name = side === 'mentor' ? 'Mia Mentor' : 'Elio Executive';
    expect(await chatOf(scene.stage, scene.others['safeContact']!)).toEqual([
      { kind: 'contactRequest', personName: name },
    ]);
    const contacted = (await ask(scene, scene.others['safeContact']!, '/api/home')).json<{
      contactRequests: unknown;
    }>();
    expect(contacted).toMatchObject({ asks: [], pairs: [], contactRequests: [{ displayName: name }] });
    expect(JSON.stringify(contacted)).not.toMatch(new RegExp(`safeToSpeak|${scene.booked.pairId}|${scene.writer}`));
    expect((await ask(scene, scene.others['safeContact']!, '/api/me')).json()).toMatchObject({
      roles: ['safeContact'],
    });
    await scene.made.app.close();
  });
});

test('what was answered of the pulse is in no reply but the writer’s own', async () => {
  const scene = await setScene(db(), 'mentor');
  await say(scene, { ...LOW, rightMatch: 'another' });
  scene.stage.clock.advance(30 * DAY);
  const views = Object.values(await viewsOf(scene)).join('\n');
  expect(views).not.toMatch(/"(rightMatch|taughtBy)":"|"safeToSpeak":\d|"isHardlySafe":true/);
  expect((await ask(scene, scene.writer, `/api/sessions/${scene.sessionId}`)).json()).toMatchObject({
    isPulse: true,
    isHardlySafe: true,
    answer: { rightMatch: 'another', safeToSpeak: 1, taughtBy: 'both' },
    safeContact: { displayName: 'Sara Safe' },
  });
  await scene.made.app.close();
});
