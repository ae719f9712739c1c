import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { matchCohort } from '../../../server/domain/matching/match-cohort.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { HOUR, MINUTE } from '../../../server/domain/time/instant.ts';
import { OF_PERSON, OF_TENANT } from '../../../server/http/limit-callers.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, participant } from '../../make/pair.ts';
import { newId } from '../../make/person.ts';
import { setStage, type Stage } from '../../make/server.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

const db = useDatabase();
let ours: Stage;
let other: Stage;
let entra: Entra;
let key: SigningKey;
let made: TestApp;
/** Matchings that were begun and wait to be let go. */
const waiting: (() => void)[] = [];
let isMatcherHeld = false;
/** Transactions that were begun. */
let queries = 0;
/** Cheap to ask: refused as soon as it is known who asks. */
const UNREADABLE = '/api/sessions/x';
const ADMINISTRATOR = { roles: ['Inverso.Administrator'] };

beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  ours = await setStage(db());
  other = await setStage(db());
});
afterAll(() => entra.close());
beforeEach(async () => {
  await made?.app.close();
  const counted = {
    transaction: () => {
      queries++;
      return ours.db.transaction();
    },
  };
  made = await makeApp(ours, entra, [ours.tenantId, other.tenantId], {
    db: counted as typeof ours.db,
    matcher: {
      ...ours.matcher,
      match: async (input) => {
        if (isMatcherHeld) await new Promise<void>((go) => waiting.push(go));
        return matchCohort(input);
      },
    },
  });
  return () => made.app.close();
});

const tokens = new Map<string, string>();
async function tokenOf(tenantId: TenantId, oid: PersonId, claims: object): Promise<string> {
  const now = ours.clock.now() / 1_000;
  const name = `${tenantId} ${oid} ${now}`;
  const token = tokens.get(name) ?? (await signToken(tenantId, { key, now, claims: { oid, ...claims } }));
  tokens.set(name, token);
  return token;
}
interface Ask {
  tenantId?: TenantId;
  claims?: object;
  method?: 'GET' | 'POST';
  from?: string;
}
async function ask(who: PersonId, url: string, { tenantId = ours.tenantId, claims = {}, method, from }: Ask = {}) {
  const authorization = `Bearer ${await tokenOf(tenantId, who, claims)}`;
  const reply = await made.app.inject({
    method: method ?? 'GET',
    url,
    headers: { authorization },
    ...(from === undefined ? {} : { remoteAddress: from }),
  });
  const { 'retry-after': retryAfter } = reply.headers;
  return { status: reply.statusCode, retryAfter: Number(retryAfter), body: reply.json<{ error?: { code: string } }>() };
}
async function askOften(times: number, who: PersonId, url: string, how: Ask = {}) {
  const replies = [];
  for (let i = 0; i < times; i++) replies.push(await ask(who, url, how));
  return {
    replies,
    ok: replies.filter(({ status }) => status !== 429).length,
    refused: replies.filter(({ status }) => status === 429),
  };
}
const person = (): PersonId => newId() as PersonId;

describe('who asks too much (81)', () => {
  test('is told to wait, from whatever address; everybody else at the same address goes on', async () => {
    const [loud, quiet] = [person(), person()];
    const addresses = ['10.0.0.1', '10.0.0.2'];
    const half = OF_PERSON.most / 2;
    for (const from of addresses) expect((await askOften(half, loud, '/api/me', { from })).ok).toBe(half);
    expect(queries).toBeGreaterThanOrEqual(OF_PERSON.most);
    queries = 0;
    const { ok, refused } = await askOften(400, loud, '/api/me', { from: '10.0.0.3' });
    // What is refused costs no query, so that others do not wait for it.
    expect(queries).toBe(0);
    expect([ok, refused.length]).toEqual([0, 400]);
    for (const { retryAfter, body } of refused) {
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(body.error?.code).toBe('busy');
    }
    for (const from of addresses) expect((await ask(quiet, '/api/me', { from })).status).toBe(200);
    ours.clock.advance(MINUTE);
    expect((await ask(loud, '/api/me')).status).toBe(200);
  });

  test('as a whole tenant is told to wait; the neighbor goes on', async () => {
    ours.clock.advance(MINUTE);
    const crowd = Array.from({ length: 10 }, person);
    let ok = 0;
    let refused = 0;
    for (const who of crowd) {
      const asked = await askOften(OF_TENANT.most / 10 + 20, who, UNREADABLE);
      ok += asked.ok;
      refused += asked.refused.length;
      for (const { retryAfter } of asked.refused) expect(retryAfter).toBeLessThanOrEqual(10);
    }
    expect([ok, refused]).toEqual([OF_TENANT.most, 200]);
    expect((await askOften(50, person(), UNREADABLE, { tenantId: other.tenantId })).ok).toBe(50);
    ours.clock.advance(OF_TENANT.milliseconds);
    expect((await ask(crowd[0]!, '/api/me')).status).toBe(200);
  });
});

describe('heavy work in a loop (82)', () => {
  test.each([
    ['/api/me/export', {}],
    ['/api/admin/export', ADMINISTRATOR],
  ])('%s: so many in an hour, and then others still get theirs', async (url, claims) => {
    const who = person();
    const { ok, refused } = await askOften(60, who, url, { claims });
    expect([ok, refused.length]).toEqual([20, 40]);
    for (const { retryAfter } of refused) expect(retryAfter).toBeGreaterThan(MINUTE / 1_000);
    expect((await ask(person(), url, { claims, tenantId: other.tenantId })).status).toBe(200);
    ours.clock.advance(HOUR);
    expect((await ask(who, url, { claims })).status).toBe(200);
  });

  test('one matching of a tenant runs at a time; whoever comes meanwhile is told to come again', async () => {
    const match = async (stage: Stage) => {
      const cohortId = await cohort(stage);
      await participant(stage, cohortId, 'mentor');
      await participant(stage, cohortId, 'mentee');
      return () =>
        ask(person(), `/api/admin/cohorts/${cohortId}/match`, {
          method: 'POST',
          claims: ADMINISTRATOR,
          tenantId: stage.tenantId,
        });
    };
    const [one, theirs] = [await match(ours), await match(other)];
    isMatcherHeld = true;
    const running = one();
    await expect.poll(() => waiting.length).toBe(1);
    for (const { status, retryAfter } of [await one(), await one()]) expect([status, retryAfter]).toEqual([429, 5]);
    const beside = theirs();
    await expect.poll(() => waiting.length).toBe(2);
    isMatcherHeld = false;
    for (const go of waiting.splice(0)) go();
    expect([(await running).status, (await beside).status]).toEqual([200, 200]);
    expect((await one()).status).toBe(200);
    // And not without end: those that had to come again were not begun.
    let begun = 2;
    for (let i = 0; i < 70; i++) if ((await one()).status === 200) begun++;
    expect(begun).toBe(60);
  });
});
