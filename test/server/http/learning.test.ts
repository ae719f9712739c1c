import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRAINING_MODULES, type TrainingModule } from '../../../server/contract/content.ts';
import { agreementReply, checkReply, moduleReply, trainingReply } from '../../../server/contract/training.ts';
import { homeReply } from '../../../server/contract/http.ts';
import { at, json } from '../../../server/db/schema.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { nameAssistant } from '../../../server/use-cases/people/name-assistant.ts';
import { answerInvitation } from '../../../server/use-cases/people/answer-invitation.ts';
import { offerSlots } from '../../../server/use-cases/slots/offer-slots.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, pair, participant, readPair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

const db = useDatabase();
let ours: Stage;
let other: Stage;
let entra: Entra;
let key: SigningKey;
let made: TestApp;
const admin = newId() as PersonId;
const stranger = newId() as PersonId;
const assistant = person('Hanna Helper');
const content = loadContent(null);

interface Reply {
  status: number;
  json: unknown;
}
async function ask(
  method: 'GET' | 'POST',
  url: string,
  who?: PersonId,
  body?: unknown,
  tenantId: TenantId = ours.tenantId,
): Promise<Reply> {
  const token =
    who && (await signToken(tenantId, { key, now: ours.clock.now() / 1000, claims: { oid: who, name: 'Somebody' } }));
  const reply = await made.app.inject({
    method,
    url,
    headers: { 'x-locale': 'en', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: reply.statusCode, json: reply.json() };
}

let cohortId: string;
let mentor: PersonId;
let mentee: PersonId;
let pairId: string;

/** A cohort that requires two modules; its mentor has finished none and is asked about a pair. */
beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  ours = await setStage(db());
  other = await setStage(db());
  made = await makeApp(ours, entra, [ours.tenantId, other.tenantId]);
  await ours.tx((tx) =>
    tx
      .insertInto('administrators')
      .values({ tenantId: ours.tenantId, personId: admin, addedAt: at(START) })
      .execute(),
  );
  cohortId = await cohort(ours);
  await require(cohortId, ['teaching', 'trust']);
  const two = await pair(ours, 'mentorAsked', { cohortId });
  ({ pairId } = two);
  mentor = two.mentor.personId;
  mentee = two.mentee.personId;
  await untrain(mentor);
  ours.directory.people.push(assistant);
  await nameAssistant(ours, { tenantId: ours.tenantId, personId: mentee, address: assistant.mail! });
});
afterAll(() => entra.close());

const require = (id: string, modules: TrainingModule[]) =>
  ours.tx((tx) =>
    tx
      .updateTable('cohorts')
      .set({ requiredTraining: json(modules) })
      .where('cohortId', '=', id)
      .execute(),
  );
const untrain = (personId: PersonId) =>
  ours.tx((tx) => tx.updateTable('participants').set({ trainedAt: null }).where('personId', '=', personId).execute());
const trainedAt = async (personId: PersonId) =>
  (
    await ours.tx((tx) =>
      tx.selectFrom('participants').select('trainedAt').where('personId', '=', personId).executeTakeFirstOrThrow(),
    )
  ).trainedAt;
const rightAnswers = (module: TrainingModule) => content.en.training[module].check.map(({ right }) => right);
const finish = (who: PersonId, module: TrainingModule) =>
  ask('POST', `/api/training/${module}/check`, who, { answers: rightAnswers(module) });

const GETS = [
  '/api/training',
  '/api/training/executive',
  '/api/training/trust',
  '/api/guides',
  '/api/guides/data-literacy',
];

describe('who may learn', () => {
  test.each([...GETS, '/api/pairs/x/agreement'])('nobody who is not signed in reads %s', async (url) => {
    expect((await ask('GET', url)).status).toBe(401);
  });
  test.each(GETS)('no stranger, no assistant and nobody of another tenant reads %s', async (url) => {
    for (const who of [stranger, assistant.personId]) expect((await ask('GET', url, who)).status).toBe(403);
    expect((await ask('GET', url, mentor, undefined, other.tenantId)).status).toBe(403);
  });
  test('only a mentor answers a check', async () => {
    const url = '/api/training/trust/check';
    const body = { answers: rightAnswers('trust') };
    expect((await ask('POST', url, undefined, body)).status).toBe(401);
    for (const who of [stranger, assistant.personId, mentee, admin])
      expect((await ask('POST', url, who, body)).status).toBe(403);
    expect((await ask('POST', url, mentor, body, other.tenantId)).status).toBe(403);
    expect((await ask('POST', url, mentor, { answers: [0, 1, 2, 0] })).status).toBe(400);
  });
  test('an executive reads guides and their own page, not the mentors’ training; an administrator reads all', async () => {
    expect((await ask('GET', '/api/training', mentee)).status).toBe(403);
    expect((await ask('GET', '/api/training/trust', mentee)).status).toBe(403);
    for (const url of ['/api/training/executive', '/api/guides', '/api/guides/data-literacy'])
      expect((await ask('GET', url, mentee)).status).toBe(200);
    for (const url of GETS) expect((await ask('GET', url, admin)).status).toBe(200);
    expect((await ask('GET', '/api/guides/no-topic', mentee)).status).toBe(400);
  });
  test('only the two of a pair read its agreement, the executive once they are asked', async () => {
    const url = `/api/pairs/${pairId}/agreement`;
    for (const who of [stranger, assistant.personId, admin, mentee])
      expect((await ask('GET', url, who)).status).toBe(404);
    expect((await ask('GET', url, mentor, undefined, other.tenantId)).status).toBe(404);
    const reply = agreementReply.parse((await ask('GET', url, mentor)).json);
    expect(reply.version).toBe(1);
    expect(reply.paragraphs[0]).toContain('3 sessions, 30 minutes each, every week');
    expect(reply.expectations[0]).toContain('90 minutes');
  });
});

describe('the training of a mentor', () => {
  test('never tells a right answer before it is given', async () => {
    const { json: module } = await ask('GET', '/api/training/teaching', mentor);
    const text = JSON.stringify(module);
    for (const { why } of content.en.training.teaching.check) expect(text).not.toContain(why);
    expect(text).not.toContain('"right"');
    expect(moduleReply.parse(module).next).toEqual({ moduleId: 'trust', title: content.en.training.trust.title });
    const [first] = rightAnswers('teaching');
    const reply = checkReply.parse(
      (await ask('POST', '/api/training/teaching/check', mentor, { answers: [(first! + 1) % 3, null, null] })).json,
    );
    expect(reply.results).toEqual([{ isRight: false, why: content.en.training.teaching.check[0]!.why }, null, null]);
    expect(reply.isFinished).toBe(false);
  });

  test('is asked for at home, and a pair waits for it, then goes on by itself', async () => {
    const said = await ask('POST', `/api/pairs/${pairId}/mentor-answer`, mentor, { answer: 'agree' });
    expect(said.status).toBe(200);
    expect(await readPair(ours, pairId)).toMatchObject({ mentorAgreement: 1, menteeAgreement: null });
    await offerSlots(ours, { tenantId: ours.tenantId });
    expect(await readPair(ours, pairId)).toMatchObject({ state: 'mentorAgreed', dueAt: null });
    // Nothing is due, so the sweep does not come back for it.
    expect(await offerSlots(ours, { tenantId: ours.tenantId })).toBeNull();
    const before = homeReply.parse((await ask('GET', '/api/home', mentor)).json);
    expect(before.training).toMatchObject({ isPairWaiting: true });
    expect(before.training?.modules.map(({ moduleId }) => moduleId)).toEqual(['teaching', 'trust']);
    expect(homeReply.parse((await ask('GET', '/api/home', mentee)).json).training).toBeNull();

    ours.jobs.woken.length = 0;
    expect(checkReply.parse((await finish(mentor, 'trust')).json)).toMatchObject({ isFinished: true, isReady: false });
    expect(await trainedAt(mentor)).toBeNull();
    expect(ours.jobs.woken).not.toContain('offerSlots');
    expect(checkReply.parse((await finish(mentor, 'teaching')).json)).toMatchObject({ isReady: true });
    expect(await trainedAt(mentor)).not.toBeNull();
    expect(ours.jobs.woken).toContain('offerSlots');
    await offerSlots(ours, { tenantId: ours.tenantId });
    expect((await readPair(ours, pairId)).state).toBe('menteeAsked');
    expect(homeReply.parse((await ask('GET', '/api/home', mentor)).json).training).toBeNull();
    const list = trainingReply.parse((await ask('GET', '/api/training', mentor)).json);
    expect(list.modules.map(({ isRequired, finishedAt }) => [isRequired, finishedAt !== null])).toEqual([
      [true, true],
      [false, false],
      [true, true],
      [false, false],
    ]);
  });

  test('stores the version of the agreement with the executive’s yes, and shows that one', async () => {
    await ask('POST', `/api/pairs/${pairId}/proposal-answer`, mentee, { answer: 'agree', offer: 0 });
    expect(await readPair(ours, pairId)).toMatchObject({ state: 'agreed', menteeAgreement: 1 });
    const { json: reply } = await ask('GET', `/api/pairs/${pairId}/agreement`, mentee);
    expect(agreementReply.parse(reply).expectations).toHaveLength(2);
  });

  test('is done for the next cohort, too, and one who joins there is trained at once', async () => {
    const next = await cohort(ours, { state: 'inviting' });
    await require(next, ['trust']);
    const newcomer = person('Nora New');
    for (const who of [newcomer, person('Mia', { personId: mentor })])
      await participant(ours, next, 'mentor', who, { state: 'invited' });
    const join = (personId: PersonId) =>
      answerInvitation(ours, {
        tenantId: ours.tenantId,
        personId,
        cohortId: next,
        side: 'mentor',
        answer: { kind: 'join', skills: [{ topic: 'sustainability', level: 5 }], motivation: null },
      });
    await join(mentor);
    await join(newcomer.personId);
    const rows = await ours.tx((tx) =>
      tx.selectFrom('participants').select(['personId', 'trainedAt']).where('cohortId', '=', next).execute(),
    );
    const isTrained = new Map(rows.map((row) => [row.personId, row.trainedAt !== null]));
    expect(isTrained.get(mentor)).toBe(true);
    expect(isTrained.get(newcomer.personId)).toBe(false);
  });

  test('has modules that are all different, in the order in which they are listed', async () => {
    const { modules } = trainingReply.parse((await ask('GET', '/api/training', mentor)).json);
    expect(modules.map(({ moduleId }) => moduleId)).toEqual([...TRAINING_MODULES]);
    expect(new Set(modules.map(({ title }) => title)).size).toBe(TRAINING_MODULES.length);
  });
});
