import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorReply } from '../../../server/contract/http.ts';
import { at } from '../../../server/db/schema.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { addOffer } from '../../../server/db/session-offers.ts';
import { DAY, plus, toIso, type Instant } from '../../../server/domain/time/instant.ts';
import { nameAssistant } from '../../../server/use-cases/people/name-assistant.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, FIRST, offer, pair, participant, readPair, type MadePair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, type Booked } from '../../make/session.ts';
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

interface Ask {
  method: 'GET' | 'POST';
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
}
interface Reply {
  status: number;
  json: Record<string, unknown> & { error?: { code: string; fields?: { path: string; reason: string }[] } };
  headers: Record<string, unknown>;
}

async function ask(
  { method, url, body, headers = {} }: Ask,
  who?: PersonId,
  tenantId: TenantId = ours.tenantId,
  claims = {},
): Promise<Reply> {
  const token =
    who === undefined
      ? undefined
      : await signToken(tenantId, { key, now: ours.clock.now() / 1000, claims: { oid: who, ...claims } });
  const reply = await made.app.inject({
    method,
    url,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: reply.statusCode, json: reply.body === '' ? {} : reply.json(), headers: reply.headers };
}

/** Fixtures of the happy way of each route; none of them is changed by a refusal. */
let booked: Booked;
let asked: MadePair;
let proposed: MadePair;
let waiting: MadePair;
let resting: MadePair;
let disturbed: Booked;
let leftBehind: Booked;
let otherStart: Instant;
let invitedCohort: string;
let draftCohort: string;
let invitedMentee: PersonId;
let invitedMentor: PersonId;
let leaver: PersonId;
let pulsed: Booked;
let inDraft: PersonId;
const contact = person('Sara Safe');
const helper = person('Hanna Helper');
const formerHelper = person('Fred Former');
const groups = { executives: newId(), volunteers: newId() };

beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  ours = await setStage(db());
  other = await setStage(db());
  await ours.tx((tx) =>
    tx
      .insertInto('administrators')
      .values({ tenantId: ours.tenantId, personId: admin, addedAt: at(START) })
      .execute(),
  );
  booked = await bookedPair(ours);
  ours.clock.set(firstOf(booked).endsAt);
  asked = await pair(ours, 'mentorAsked', { cohortId: booked.cohortId });
  proposed = await pair(ours, 'menteeAsked', {
    cohortId: booked.cohortId,
    offers: [offer({ first: plus(FIRST, 3_600_000) })],
  });
  waiting = await pair(ours, 'waiting', { cohortId: booked.cohortId });
  disturbed = await bookedPair(ours, offer({ first: plus(FIRST, 7 * DAY) }), { cohortId: booked.cohortId });
  const [session] = disturbed.sessions;
  otherStart = plus(session!.startsAt, DAY);
  await ours.tx((tx) =>
    addOffer(tx, {
      tenantId: ours.tenantId,
      sessionId: session!.sessionId,
      pairId: disturbed.pairId,
      because: 'conflict',
      starts: [otherStart],
      askedOf: disturbed.mentee.personId,
      answerBy: plus(START, 30 * DAY),
      now: START,
    }),
  );
  leftBehind = await bookedPair(ours, offer({ first: plus(FIRST, 14 * DAY) }), { cohortId: booked.cohortId });
  await ours.tx((tx) =>
    tx
      .updateTable('series')
      .set({ state: 'cancelled', copiesLeftAt: at(START) })
      .where('pairId', '=', leftBehind.pairId)
      .execute(),
  );
  pulsed = await bookedPair(ours, offer({ first: plus(FIRST, 21 * DAY) }), { cohortId: booked.cohortId });
  // The second session, after which the pulse is asked, is just over.
  await ours.tx((tx) =>
    tx
      .updateTable('sessions')
      .set({ startsAt: at(plus(ours.clock.now(), -1_800_000)), endsAt: at(ours.clock.now()) })
      .where('sessionId', '=', pulsed.sessions[1]!.sessionId)
      .execute(),
  );
  const pulse = { tenantId: ours.tenantId, sessionId: pulsed.sessions[1]!.sessionId, body: { tookPlace: true } };
  await recordFeedback(ours, { ...pulse, personId: pulsed.mentor.personId, via: 'page' });
  resting = await pair(ours, 'suspended', { cohortId: booked.cohortId });
  invitedCohort = await cohort(ours, { state: 'inviting' });
  invitedMentee = (await participant(ours, invitedCohort, 'mentee', person(), { state: 'invited' })).personId;
  invitedMentor = (await participant(ours, invitedCohort, 'mentor', person(), { state: 'invited' })).personId;
  leaver = (await participant(ours, invitedCohort, 'mentor', person(), { state: 'declined' })).personId;
  draftCohort = await cohort(ours, { state: 'draft', safeContact: contact });
  inDraft = (await participant(ours, draftCohort, 'mentor', person(), { state: 'joined' })).personId;
  await participant(ours, draftCohort, 'mentee', person(), { state: 'nominated' });
  ours.directory.groups.set(groups.executives, { displayName: 'Executives', members: [newId() as PersonId] });
  ours.directory.groups.set(groups.volunteers, { displayName: 'Volunteers', members: [newId() as PersonId] });
  ours.directory.people.push(helper, formerHelper, contact);
  await nameAssistant(ours, {
    tenantId: ours.tenantId,
    personId: booked.mentee.personId,
    address: formerHelper.mail!,
  });
  made = await makeApp(ours, entra, [ours.tenantId, other.tenantId]);
});
afterAll(async () => {
  await made.app.close();
  await entra.close();
});

/** One row per route: who may, and with what it works. A route without a row fails the first test. */
interface Row {
  route: string;
  who: 'anybody' | 'signedIn' | 'administrator';
  /** Whose things an id in the address names; everybody else gets 404. */
  ownedBy?: () => PersonId;
  ask(): Omit<Ask, 'method'>;
  /** Who succeeds. */
  by?: () => PersonId;
  works?: (json: Reply['json']) => void;
  /** A body that is almost right, and the field that is named. */
  wrong?: [body: unknown, path: string][];
  /** The conflict that a good request meets here: how it works is tested elsewhere. */
  refusedWith?: string;
}

const goal = { topic: 'generative-ai', level: 3 };
const wish = () => ({ menteeId: booked.mentee.personId, mentorId: booked.mentor.personId, wish: 'forbidden' as const });
const rows: Row[] = [
  {
    route: 'GET /api/config',
    who: 'anybody',
    ask: () => ({ url: '/api/config' }),
    works: (json) => expect(json['scope']).toBe('scope'),
  },
  {
    route: 'GET /healthz',
    who: 'anybody',
    ask: () => ({ url: '/healthz' }),
    works: (json) => expect(json).toEqual({ status: 'ok' }),
  },
  {
    route: 'GET /readyz',
    who: 'anybody',
    ask: () => ({ url: '/readyz' }),
    works: (json) => expect(json).toEqual({ status: 'ok' }),
  },
  {
    route: 'GET /api/me',
    who: 'signedIn',
    ask: () => ({ url: '/api/me' }),
    by: () => booked.mentor.personId,
    works: (json) =>
      expect(json).toMatchObject({
        personId: booked.mentor.personId,
        displayName: 'Mia Mentor',
        roles: ['mentor'],
        timeZone: 'Europe/Rome',
        programName: 'Reverse mentoring',
      }),
  },
  {
    route: 'GET /api/me/export',
    who: 'signedIn',
    ask: () => ({ url: '/api/me/export' }),
    by: () => booked.mentor.personId,
    works: (json) =>
      expect(json).toMatchObject({
        person: { displayName: 'Mia Mentor' },
        participations: [{ side: 'mentor', programName: 'Reverse mentoring' }],
        pairs: [{ partnerName: 'Elio Executive', state: 'booked', sessions: [{ number: 1 }, {}, {}] }],
        erasure: null,
      }),
  },
  {
    route: 'POST /api/me/erasure',
    who: 'signedIn',
    ask: () => ({ url: '/api/me/erasure' }),
    by: () => leaver,
    works: (json) => expect(json).toEqual({ ok: true }),
  },
  {
    route: 'GET /api/home',
    who: 'signedIn',
    ask: () => ({ url: '/api/home' }),
    by: () => booked.mentee.personId,
    works: (json) =>
      expect(json).toMatchObject({
        asks: [],
        pairs: [{ pairId: booked.pairId, side: 'mentee', sessions: [{ feedback: 'open' }, { state: 'booked' }, {}] }],
      }),
  },
  {
    route: 'POST /api/asks/goals',
    who: 'signedIn',
    ask: () => ({ url: '/api/asks/goals', body: { cohortId: invitedCohort, goals: [goal] } }),
    ownedBy: () => invitedMentee,
    wrong: [
      [{ goals: [goal] }, 'cohortId'],
      [{ cohortId: newId(), goals: [] }, 'goals'],
      [{ cohortId: newId(), goals: [{ ...goal, level: 6 }] }, 'goals.0.level'],
      [{ cohortId: newId(), goals: [{ ...goal, topic: 'astrology' }] }, 'goals.0.topic'],
      [{ cohortId: 'me/../users/x', goals: [goal] }, 'cohortId'],
    ],
  },
  {
    route: 'POST /api/asks/join',
    who: 'signedIn',
    ask: () => ({
      url: '/api/asks/join',
      body: { cohortId: invitedCohort, answer: 'join', skills: [goal], motivation: 'Why not' },
    }),
    ownedBy: () => invitedMentor,
    wrong: [
      [{ cohortId: newId(), answer: 'join', skills: [] }, 'skills'],
      [{ cohortId: newId(), answer: 'join', skills: [goal], motivation: 'x'.repeat(201) }, 'motivation'],
    ],
  },
  {
    route: 'POST /api/pairs/{pairId}/mentor-answer',
    who: 'signedIn',
    ask: () => ({ url: `/api/pairs/${asked.pairId}/mentor-answer`, body: { answer: 'agree' } }),
    ownedBy: () => asked.mentor.personId,
    wrong: [[{ answer: 'perhaps' }, 'answer']],
  },
  {
    route: 'POST /api/pairs/{pairId}/proposal-answer',
    who: 'signedIn',
    ask: () => ({ url: `/api/pairs/${proposed.pairId}/proposal-answer`, body: { answer: 'agree', offer: 0 } }),
    ownedBy: () => proposed.mentee.personId,
    wrong: [
      [{ answer: 'agree', offer: 3 }, 'offer'],
      [{ answer: 'agree', offer: '0' }, 'offer'],
      [{ answer: 'askAssistant' }, 'address'],
      [{ answer: 'askAssistant', address: 'no address' }, 'address'],
    ],
  },
  {
    route: 'POST /api/assistants',
    who: 'signedIn',
    ask: () => ({ url: '/api/assistants', body: { address: helper.mail } }),
    by: () => booked.mentee.personId,
    works: (json) =>
      expect(json).toEqual({ personId: helper.personId, displayName: 'Hanna Helper', mail: helper.mail }),
    wrong: [
      [{}, 'address'],
      [{ address: 'Hanna Helper' }, 'address'],
      [{ address: `${'x'.repeat(250)}@contoso.example` }, 'address'],
    ],
  },
  {
    route: 'POST /api/assistants/{personId}/remove',
    who: 'signedIn',
    ask: () => ({ url: `/api/assistants/${formerHelper.personId}/remove` }),
    ownedBy: () => booked.mentee.personId,
  },
  {
    route: 'POST /api/pairs/{pairId}/restart',
    who: 'signedIn',
    ask: () => ({ url: `/api/pairs/${resting.pairId}/restart`, body: { answer: 'findTimes' } }),
    ownedBy: () => resting.mentor.personId,
    wrong: [
      [{}, 'answer'],
      [{ answer: 'perhaps' }, 'answer'],
    ],
  },
  {
    route: 'POST /api/pairs/{pairId}/remove-copies',
    who: 'signedIn',
    ask: () => ({ url: `/api/pairs/${leftBehind.pairId}/remove-copies` }),
    ownedBy: () => leftBehind.mentee.personId,
  },
  {
    route: 'POST /api/sessions/{sessionId}/new-time',
    who: 'signedIn',
    ask: () => ({
      url: `/api/sessions/${firstOf(disturbed).sessionId}/new-time`,
      body: { round: 1, answer: 'take', start: toIso(otherStart) },
    }),
    ownedBy: () => disturbed.mentee.personId,
    wrong: [
      [{ answer: 'skip' }, 'round'],
      [{ round: 0, answer: 'skip' }, 'round'],
      [{ round: 1, answer: 'later' }, 'answer'],
      [{ round: 1, answer: 'take' }, 'start'],
      [{ round: 1, answer: 'take', start: 'tomorrow' }, 'start'],
      [{ round: 1, answer: 'take', start: '2026-10-15T08:00:00Z' }, 'start'],
    ],
  },
  {
    route: 'GET /api/sessions/lookup',
    who: 'signedIn',
    ask: () => ({
      url: `/api/sessions/lookup?organizer=${ours.mailbox.mail}&start=${new Date(firstOf(booked).startsAt).toISOString()}`,
    }),
    by: () => booked.mentor.personId,
    works: (json) => expect(json).toMatchObject({ sessionId: firstOf(booked).sessionId }),
  },
  {
    route: 'GET /api/sessions/{sessionId}',
    who: 'signedIn',
    ask: () => ({ url: `/api/sessions/${firstOf(booked).sessionId}` }),
    ownedBy: () => booked.mentor.personId,
    works: (json) =>
      expect(json).toMatchObject({
        side: 'mentor',
        session: { number: 1, of: 3 },
        partner: { displayName: 'Elio Executive' },
      }),
  },
  {
    route: 'POST /api/sessions/{sessionId}/feedback',
    who: 'signedIn',
    ask: () => ({
      url: `/api/sessions/${firstOf(booked).sessionId}/feedback`,
      body: { tookPlace: true, usefulness: 4 },
    }),
    ownedBy: () => booked.mentee.personId,
    wrong: [
      ...[6, -1, 4.5, '5', null, [5]].map((usefulness): [unknown, string] => [
        { tookPlace: true, usefulness },
        'usefulness',
      ]),
      [{ usefulness: 3 }, 'tookPlace'],
      [{ tookPlace: true, note: 'x'.repeat(1001) }, 'note'],
      [{ tookPlace: true, note: ' \u200b ' }, 'note'],
      [{ tookPlace: true, noteReader: 'everybody' }, 'noteReader'],
    ],
  },
  {
    route: 'POST /api/sessions/{sessionId}/another-match',
    who: 'signedIn',
    ask: () => ({ url: `/api/sessions/${pulsed.sessions[1]!.sessionId}/another-match` }),
    ownedBy: () => pulsed.mentor.personId,
  },
  {
    route: 'POST /api/pairs/{pairId}/leave',
    who: 'signedIn',
    ask: () => ({ url: `/api/pairs/${pulsed.pairId}/leave` }),
    ownedBy: () => pulsed.mentee.personId,
  },
  {
    route: 'POST /api/contact-requests',
    who: 'signedIn',
    ask: () => ({ url: '/api/contact-requests', body: { cohortId: draftCohort, contactId: contact.personId } }),
    ownedBy: () => inDraft,
    wrong: [
      [{}, 'cohortId'],
      [{ cohortId: 'me', contactId: newId() }, 'cohortId'],
      [{ cohortId: newId() }, 'contactId'],
    ],
  },
  {
    route: 'GET /api/admin/overview',
    who: 'administrator',
    ask: () => ({ url: '/api/admin/overview' }),
    works: (json) => expect(json).toHaveProperty('runLog'),
  },
  {
    route: 'GET /api/admin/export',
    who: 'administrator',
    ask: () => ({ url: '/api/admin/export' }),
    works: (json) => expect(json).toMatchObject({ erasedAt: null, programs: expect.any(Array) as unknown }),
  },
  {
    route: 'POST /api/admin/check',
    who: 'administrator',
    ask: () => ({ url: '/api/admin/check', headers: { 'x-locale': 'uk' } }),
    // The check of the caller's own tenant, in the caller's language.
    works: (json) =>
      expect(json).toEqual({
        checkedAt: expect.stringMatching(/Z$/) as string,
        findings: [{ name: 'database', state: 'ok', found: `${ours.tenantId} uk`, todo: null }],
      }),
  },
  {
    route: 'GET /api/admin/groups',
    who: 'administrator',
    ask: () => ({ url: '/api/admin/groups?startsWith=Exec' }),
    works: (json) => expect(json).toEqual({ groups: [{ groupId: groups.executives, displayName: 'Executives' }] }),
  },
  {
    route: 'POST /api/admin/cohorts',
    who: 'administrator',
    ask: () => ({
      url: '/api/admin/cohorts',
      body: {
        programName: 'P',
        cohortName: newId(),
        menteeGroupId: groups.executives,
        mentorGroupId: groups.volunteers,
        safeContact: contact.mail,
      },
    }),
    works: (json) => expect(json).toMatchObject({ mentees: 1, mentors: 1 }),
    wrong: [
      [{ programName: '', cohortName: 'c', menteeGroupId: newId(), mentorGroupId: newId() }, 'programName'],
      [{ programName: 'P', cohortName: 'c', menteeGroupId: "x' or 1 eq 1", mentorGroupId: newId() }, 'menteeGroupId'],
      [{ programName: 'P', cohortName: 'c', menteeGroupId: newId(), mentorGroupId: newId(), minutes: 5 }, 'minutes'],
      [
        { programName: 'P', cohortName: 'c', menteeGroupId: newId(), mentorGroupId: newId(), startsOn: '2026-13-01' },
        'startsOn',
      ],
    ],
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/invite',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${draftCohort}/invite` }),
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/safe-contact',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/safe-contact`, body: { address: contact.mail } }),
    works: (json) => expect(json).toEqual({ displayName: 'Sara Safe' }),
    wrong: [
      [{}, 'address'],
      [{ address: 'Sara Safe' }, 'address'],
    ],
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/match',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/match` }),
    works: (json) => expect(json).toMatchObject({ unmatched: expect.any(Array) as unknown }),
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/publish',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${invitedCohort}/publish` }),
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/matching',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/matching` }),
    works: (json) => expect(json).toMatchObject({ wishes: [], mentees: expect.any(Array) as unknown }),
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/wishes/price',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/wishes/price`, body: { changes: [wish()] } }),
    works: (json) => expect(json).toMatchObject({ outcome: 'price' }),
    wrong: [
      [{}, 'changes'],
      [{ changes: [] }, 'changes'],
    ],
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/wishes',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/wishes`, body: { changes: [wish()] } }),
    works: (json) => expect(json).toEqual({ outcome: 'changed', undo: [{ ...wish(), wish: null }] }),
    wrong: [
      [{}, 'changes'],
      [{ changes: [{ menteeId: 'x', mentorId: newId(), wish: 'pinned' }] }, 'changes.0.menteeId'],
      [{ changes: [{ menteeId: newId(), mentorId: newId(), wish: 'preferred' }] }, 'changes.0.wish'],
    ],
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/publish-preview',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/publish-preview` }),
    works: (json) => expect(json).toMatchObject({ mentors: expect.any(Array) as unknown }),
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/match/stream',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${draftCohort}/match/stream` }),
    refusedWith: 'conflict.nobodyJoined',
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/progress',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${invitedCohort}/progress` }),
    works: (json) => expect(json).toEqual({ searching: 0, booking: 0, booked: 0 }),
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/running',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/running` }),
    works: (json) => expect(json).toHaveProperty('risks'),
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/waiting',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/waiting` }),
    works: (json) => expect(json).toHaveProperty('waits'),
  },
  {
    route: 'GET /api/admin/cohorts/{cohortId}/calendar',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${booked.cohortId}/calendar` }),
    works: (json) => expect(json).toMatchObject({ pairs: expect.any(Array) as unknown, unreadable: [] }),
  },
  {
    route: 'POST /api/admin/cohorts/{cohortId}/offering-preview',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/cohorts/${draftCohort}/offering-preview` }),
    works: (json) => expect(json).toMatchObject({ pairs: 0, looked: 0 }),
  },
  {
    route: 'POST /api/admin/pairs/{pairId}/release',
    who: 'administrator',
    ask: () => ({ url: `/api/admin/pairs/${waiting.pairId}/release` }),
  },
];
const methodOf = ({ route }: Row): 'GET' | 'POST' => (route.startsWith('GET') ? 'GET' : 'POST');
const named = rows.map((row) => [row.route, row] as const);
const closed = named.filter(([, row]) => row.who !== 'anybody');
const isRefusal = (reply: Reply, status: number, code: string): void => {
  expect(reply.status).toBe(status);
  expect(errorReply.parse(reply.json).error.code).toBe(code);
};

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        responses?: Record<string, unknown>;
        parameters?: { name: string; in: string; required?: boolean }[];
        requestBody?: unknown;
      }
    >
  >;
}
const readDocument = async (): Promise<Document> =>
  (await ask({ method: 'GET', url: '/api/openapi.json' })).json as unknown as Document;

describe('without a token', () => {
  test.each(closed)('%s answers 401 and tells nothing', async (_name, row) => {
    isRefusal(await ask({ method: methodOf(row), ...row.ask() }), 401, 'signedOut');
  });

  test.each(closed)('%s answers 401 also to what it could not read', async (_name, row) => {
    const { url } = row.ask();
    isRefusal(await ask({ method: methodOf(row), url: url.replace(/[0-9a-f-]{36}/, 'x') }), 401, 'signedOut');
    if (methodOf(row) === 'POST')
      isRefusal(await ask({ method: 'POST', url, body: { what: 'is this' } }), 401, 'signedOut');
  });
});

describe('a token that may not', () => {
  test.each(closed)('%s: an application gets 403', async (_name, row) => {
    const reply = await ask({ method: methodOf(row), ...row.ask() }, admin, ours.tenantId, {
      scp: undefined,
      idtyp: 'app',
      roles: ['Inverso.Administrator'],
    });
    isRefusal(reply, 403, 'forbidden');
  });

  test.each(closed)('%s: a tenant that never installed us, or is shut out, gets 403', async (_name, row) => {
    isRefusal(await ask({ method: methodOf(row), ...row.ask() }, admin, newId() as TenantId), 403, 'forbidden');
    await ours.tx((tx) => tx.updateTable('tenants').set({ status: 'suspended' }).execute());
    isRefusal(await ask({ method: methodOf(row), ...row.ask() }, admin), 403, 'forbidden');
    await ours.tx((tx) => tx.updateTable('tenants').set({ status: 'active' }).execute());
  });

  test.each(named.filter(([, row]) => row.who === 'administrator'))(
    '%s: participants and strangers get 403, before anything is read',
    async (_name, row) => {
      for (const who of [booked.mentor.personId, booked.mentee.personId, stranger]) {
        isRefusal(await ask({ method: methodOf(row), ...row.ask() }, who), 403, 'forbidden');
        if (methodOf(row) === 'POST')
          isRefusal(await ask({ method: 'POST', url: row.ask().url, body: { nonsense: true } }, who), 403, 'forbidden');
      }
    },
  );

  test.each(named.filter(([, row]) => row.who === 'administrator'))(
    '%s: claimed roles in headers, query and body are ignored (19)',
    async (_name, row) => {
      const { url, body } = row.ask();
      const headers = {
        'x-tenant-id': ours.tenantId,
        'x-ms-client-principal': 'eyJyb2xlcyI6WyJJbnZlcnNvLkFkbWluaXN0cmF0b3IiXX0=',
        'x-ms-client-principal-id': admin,
      };
      const forged = {
        method: methodOf(row),
        url: `${url}${url.includes('?') ? '&' : '?'}roles=Inverso.Administrator&tid=${ours.tenantId}`,
        headers,
        ...(body === undefined ? {} : { body: { ...(body as object), roles: ['Inverso.Administrator'] } }),
      };
      isRefusal(
        await ask(forged, stranger, ours.tenantId, { wids: ['62e90394-69f5-4237-9190-012177145e10'] }),
        403,
        'forbidden',
      );
    },
  );
});

describe('somebody else’s things', () => {
  test.each(named.filter(([, row]) => row.ownedBy))(
    '%s: another pair, the administrator and the other tenant all get the same 404',
    async (_name, row) => {
      const everybodyElse = [
        booked.mentor.personId,
        booked.mentee.personId,
        asked.mentor.personId,
        asked.mentee.personId,
        proposed.mentee.personId,
        stranger,
        admin,
      ];
      const partners =
        row.route.startsWith('GET /api/sessions') || row.route.endsWith('/feedback')
          ? [booked.mentor.personId, booked.mentee.personId]
          : [];
      for (const who of everybodyElse.filter((id) => id !== row.ownedBy!() && !partners.includes(id))) {
        isRefusal(await ask({ method: methodOf(row), ...row.ask() }, who), 404, 'notFound');
      }
      isRefusal(await ask({ method: methodOf(row), ...row.ask() }, row.ownedBy!(), other.tenantId), 404, 'notFound');
    },
  );

  test.each(named.filter(([, row]) => row.who === 'administrator' && row.route.includes('{')))(
    '%s: an administrator of another tenant gets 404',
    async (_name, row) => {
      isRefusal(
        await ask({ method: methodOf(row), ...row.ask() }, newId() as PersonId, other.tenantId, {
          roles: ['Inverso.Administrator'],
        }),
        404,
        'notFound',
      );
    },
  );

  test('a stranger sees an account of their own, empty, whatever their address says (17, 18)', async () => {
    const claims = { email: booked.mentee.mail, upn: booked.mentee.mail, acct: 1 };
    const me = await ask({ method: 'GET', url: '/api/me' }, stranger, ours.tenantId, claims);
    expect(me.json).toMatchObject({ personId: stranger, roles: [], programName: null });
    const home = await ask({ method: 'GET', url: '/api/home' }, stranger, ours.tenantId, claims);
    expect(home.json).toMatchObject({ asks: [], pairs: [] });
  });

  test('nobody hears in an overview of their own tenant about another', async () => {
    const overview = await ask({ method: 'GET', url: '/api/admin/overview' }, newId() as PersonId, other.tenantId, {
      roles: ['Inverso.Administrator'],
    });
    expect(overview.json).toMatchObject({ cohort: null, pairs: [], runLog: [] });
  });
});

describe('input that cannot be used', () => {
  const withBody = named.filter(([, row]) => row.wrong);
  const actorOf = (row: Row): PersonId => row.by?.() ?? row.ownedBy?.() ?? admin;

  test.each(withBody)('%s names the field', async (_name, row) => {
    for (const [body, path] of row.wrong!) {
      const reply = await ask({ method: 'POST', url: row.ask().url, body }, actorOf(row));
      isRefusal(reply, 400, 'badInput');
      expect(reply.json.error?.fields?.map((field) => field.path)).toContain(path);
    }
  });

  test.each(withBody)('%s refuses fields that it does not know (50)', async (_name, row) => {
    for (const field of ['role', 'tenantId', 'personId', '__proto__', 'constructor']) {
      const body = JSON.stringify(row.ask().body).replace(/^\{/, `{"${field}":"x",`);
      const reply = await ask(
        { method: 'POST', url: row.ask().url, body, headers: { 'content-type': 'application/json' } },
        actorOf(row),
      );
      isRefusal(reply, 400, 'badInput');
      // What would reach an object's prototype is refused by the parser already, as a whole.
      if (!field.includes('proto') && field !== 'constructor')
        expect(JSON.stringify(reply.json.error?.fields)).toContain(field);
    }
  });

  test.each(named.filter(([, row]) => row.route.includes('{')))(
    '%s: an id that is no id is 400 (60)',
    async (_name, row) => {
      for (const id of ['x', '..%2f..%2fusers', '1', `${newId()}%20`, "'%20or%201=1"]) {
        const { body } = row.ask();
        const url = row.ask().url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, id);
        isRefusal(
          await ask({ method: methodOf(row), url, ...(body === undefined ? {} : { body }) }, actorOf(row)),
          400,
          'badInput',
        );
      }
    },
  );
});

describe('a good request works', () => {
  test.each(named)('%s', async (_name, row) => {
    if (row.route.endsWith('/publish')) {
      // Something to publish: a match that was proposed.
      const match = await pair(ours, 'proposed', { cohortId: booked.cohortId });
      const reply = await ask({ method: 'POST', url: `/api/admin/cohorts/${booked.cohortId}/publish` }, admin);
      expect(reply).toMatchObject({ status: 200, json: { ok: true } });
      expect((await readPair(ours, match.pairId)).state).toBe('mentorAsked');
      return;
    }
    const who = row.who === 'anybody' ? undefined : (row.by?.() ?? row.ownedBy?.() ?? admin);
    const reply = await ask({ method: methodOf(row), ...row.ask() }, who);
    if (row.refusedWith) return isRefusal(reply, 409, row.refusedWith);
    expect(reply.json.error).toBeUndefined();
    expect(reply.status).toBe(200);
    if (row.works) row.works(reply.json);
    else expect(reply.json).toEqual({ ok: true });
    if (row.route.includes('/api/')) expect(reply.headers['cache-control']).toBe('private, no-store');
  });

  test('publishing nothing is a conflict with its reason', async () => {
    isRefusal(
      await ask({ method: 'POST', url: `/api/admin/cohorts/${draftCohort}/publish` }, admin),
      409,
      'conflict.nothingToPublish',
    );
  });

  test('an answer that is too late says so', async () => {
    isRefusal(
      await ask(
        { method: 'POST', url: `/api/pairs/${asked.pairId}/mentor-answer`, body: { answer: 'decline' } },
        asked.mentor.personId,
      ),
      409,
      'closed.answeredElsewhere',
    );
  });
});

test('the language is the page’s, else the person’s, else the browser’s', async () => {
  const textIn = async (headers: Record<string, string>, who: PersonId) =>
    JSON.stringify((await ask({ method: 'GET', url: '/api/home', headers }, who)).json);
  const polish = await textIn({ 'x-locale': 'pl' }, booked.mentor.personId);
  const english = await textIn({ 'accept-language': 'pl' }, booked.mentor.personId);
  expect(polish).not.toBe(english);
  expect(await textIn({ 'x-locale': 'xx' }, booked.mentor.personId)).toBe(english);
});

test('the OpenAPI document is valid 3.1: named parameters, one body and a described reply for each route', async () => {
  const document = await readDocument();
  expect(document.openapi).toBe('3.1.0');
  expect(document).toMatchObject({ info: { title: 'Inverso', version: '1' } });
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      expect(operation).toMatchObject({ summary: expect.any(String) as string });
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const given = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(given.map((parameter) => parameter.name)).toEqual(inPath);
      expect(given.every((parameter) => parameter.required)).toBe(true);
      if (method === 'get') expect(operation.requestBody).toBeUndefined();
      const reply = operation.responses?.['200'] as {
        description?: string;
        content?: Record<string, { schema?: { type?: string } }>;
      };
      expect(typeof reply.description).toBe('string');
      expect(reply.content?.['application/json']?.schema).toBeDefined();
    }
  }
  // References lead somewhere inside the document.
  const text = JSON.stringify(document);
  for (const [, pointer] of text.matchAll(/"\$ref":"#([^"]*)"/g)) {
    const target = pointer!
      .split('/')
      .slice(1)
      .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
    expect(target, pointer).toBeDefined();
  }
});

test('the log of all this holds no token and nothing that people wrote', () => {
  const log = made.log.join('');
  expect(log).not.toMatch(/eyJ[\w-]+\.eyJ/);
  expect(log).not.toMatch(/Why not|Mia Mentor|Elio Executive/);
});
