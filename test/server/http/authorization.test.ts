import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorReply } from '../../../server/contract/http.ts';
import { useDatabase } from '../../make/database.ts';
import { setStage, type Stage } from '../../make/server.ts';
import { administratorRows } from './authorization/administrator-rows.ts';
import { cohortRows } from './authorization/cohort-rows.ts';
import { learningRows } from './authorization/learning-rows.ts';
import { participantRows } from './authorization/participant-rows.ts';
import { publicRows } from './authorization/public-rows.ts';
import type { Asked, Row } from './authorization/row.ts';
import { sessionRows } from './authorization/session-rows.ts';
import { CALLERS, setScene, type CallerName, type Scene } from './authorization/scene.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

/*
 * The whole matrix: each route of the API asked by each kind of caller over HTTP, on a database, with parameters that are
 * right. A route without a row fails, and so does a row whose route is gone.
 */

const ROWS = [...publicRows, ...participantRows, ...learningRows, ...administratorRows, ...cohortRows, ...sessionRows];

const db = useDatabase();
let ours: Stage;
let other: Stage;
let entra: Entra;
let key: SigningKey;
let made: TestApp;
/** `GET /api/me` and all others, as Fastify was told of them. */
const routes: string[] = [];

const listRoutes = (message: unknown): void => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
};

beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  ours = await setStage(db());
  other = await setStage(db());
  subscribe('fastify.initialization', listRoutes);
  made = await makeApp(ours, entra, [ours.tenantId, other.tenantId]);
  unsubscribe('fastify.initialization', listRoutes);
});
afterAll(async () => {
  await made.app.close();
  await entra.close();
});

async function ask(scene: Scene, { route }: Row, { url, body }: Asked, who: CallerName) {
  const headers: Record<string, string> = {};
  if (who !== 'anonymous') {
    const { personId: oid, displayName: name } = scene.people[who];
    const isOther = who === 'otherTenant';
    const claims = { oid, name, ...(isOther && { roles: ['Inverso.Administrator'] }) };
    const { tenantId } = isOther ? other : ours;
    const token = await signToken(tenantId, { key, now: ours.clock.now() / 1000, claims });
    headers['authorization'] = `Bearer ${token}`;
  }
  const method = route.startsWith('GET') ? ('GET' as const) : ('POST' as const);
  const reply = await made.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  return { status: reply.statusCode, body: reply.body };
}

test('every route that Fastify has stands in the matrix once, and nothing else', () => {
  // Fastify adds HEAD to every GET itself; the pages, which are files that anybody may read, are not built here.
  const asked = routes.filter((route) => !route.startsWith('HEAD '));
  expect(asked.length).toBeGreaterThan(30);
  expect([...new Set(asked)].sort()).toEqual(ROWS.map(({ route }) => route).sort());
});

describe.each(ROWS.map((row) => [row.route, row] as const))('%s', (_route, row) => {
  // What is refused changes nothing: all who are refused ask about the same thing, and each who may about one of its own.
  let shared: { scene: Scene; asked: Asked };
  const prepare = async (): Promise<typeof shared> => {
    const scene = await setScene(ours);
    return { scene, asked: await row.ask(scene) };
  };
  beforeAll(async () => {
    shared = await prepare();
  });

  test.each(CALLERS.map((who) => [who, row.statuses[who]] as const))('%s gets %i', async (who, status) => {
    const isOwn = status === 200 && row.route.startsWith('POST');
    const { scene, asked } = isOwn ? await prepare() : shared;
    const reply = await ask(scene, row, asked, who);
    expect(reply.status, reply.body).toBe(status);
    if (status !== 200 && reply.body !== '') {
      const { error } = errorReply.parse(JSON.parse(reply.body));
      expect(error.code).toBe({ 401: 'signedOut', 403: 'forbidden', 404: 'notFound' }[status]);
      expect(error.fields).toBeUndefined();
    }
    const told = scene.secrets.filter((secret) => reply.body.includes(secret));
    if (row.tells.includes(who)) expect(told).not.toEqual([]);
    else expect(told).toEqual([]);
  });

  test('after all refusals somebody who may still can: they changed nothing', async () => {
    const who = CALLERS.findLast((name) => row.statuses[name] === 200);
    if (who === undefined) return;
    expect(await ask(shared.scene, row, shared.asked, who)).toMatchObject({ status: 200 });
  });
});
