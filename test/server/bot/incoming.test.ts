import { exportSPKI } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createIncomingCheck, type IncomingResult } from '../../../server/bot/incoming.ts';
import { createServiceUrlCheck } from '../../../server/bot/service-urls.ts';
import {
  activityFrom,
  APP,
  createHandClock,
  makeKey,
  mint,
  NOW,
  PERSON,
  startIdentity,
  TENANT,
  type KeyPair,
} from './fake-connector.ts';

const SERVICE = 'https://smba.trafficmanager.net/emea/';
const HOUR = 3_600_000;
const now = Math.floor(NOW / 1_000);

let good: KeyPair;
let other: KeyPair;
let identity: Awaited<ReturnType<typeof startIdentity>>;
beforeAll(async () => {
  [good, other] = await Promise.all([makeKey('k1'), makeKey('k2')]);
  identity = await startIdentity([good.listed]);
});
afterAll(() => identity.stop());
beforeEach(() => {
  identity.state.keys = [good.listed];
  identity.state.answer = null;
  identity.requests.length = 0;
});

function createCheck(clock = createHandClock()) {
  return createIncomingCheck({
    openIdUrl: identity.openIdUrl,
    appId: APP,
    allowedTenants: [TENANT],
    isAllowedServiceUrl: createServiceUrlCheck(null),
    clock,
  });
}
const judge = async (token: string | undefined, activity: unknown = activityFrom(SERVICE)) =>
  createCheck()(token === undefined ? undefined : `Bearer ${token}`, activity);
const statusOf = (result: IncomingResult) => (result.ok ? 200 : result.status);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a good token gives who speaks and where', async () => {
  const result = await judge(await mint(good.privateKey, SERVICE), activityFrom(SERVICE, { replyToId: '17' }));
  expect(result).toMatchObject({
    ok: true,
    verified: {
      tenantId: TENANT,
      personId: PERSON,
      isPersonal: true,
      conversationId: 'a:chat',
      serviceUrl: SERVICE,
      activityId: 'f:1',
      replyToId: '17',
      locale: 'it-IT',
      timeZone: 'Europe/Rome',
    },
  });
});

test('the service URL is the same with and without the last slash and in any case', async () => {
  expect(statusOf(await judge(await mint(good.privateKey, 'https://SMBA.trafficmanager.net/emea')))).toBe(200);
});

const claims: [string, Record<string, unknown>][] = [
  ['wrong audience', { aud: '99999999-9999-4999-8999-999999999999' }],
  ['audience Microsoft Graph', { aud: 'https://graph.microsoft.com' }],
  ['audience a list with ours', { aud: [APP, 'other'] }],
  ['no audience', { aud: undefined }],
  ['wrong issuer', { iss: 'https://api.botframework.us' }],
  ['issuer with a path', { iss: 'https://api.botframework.com/' }],
  ['issuer in upper case', { iss: 'HTTPS://API.BOTFRAMEWORK.COM' }],
  [
    'a tab token of a user, replayed',
    { iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, tid: TENANT, oid: PERSON, scp: 'access_as_user' },
  ],
  ['an old tab token of a user, replayed', { iss: `https://sts.windows.net/${TENANT}/`, tid: TENANT, oid: PERSON }],
  ['expired an hour ago', { iat: now - 7_200, exp: now - 3_600 }],
  ['expired six minutes ago', { exp: now - 360 }],
  ['not before an hour ahead', { nbf: now + 3_600 }],
  ['not before six minutes ahead', { nbf: now + 360 }],
  ['issued in the future', { iat: now + 600 }],
  ['exp a text', { exp: String(now + 600) }],
  ['exp 1e308', { exp: 1e308 }],
  ['exp in a year', { exp: now + 365 * 86_400 }],
  ['no exp', { exp: undefined }],
  ['no iat', { iat: undefined }],
  ['no serviceurl', { serviceurl: undefined }],
  ['another serviceurl', { serviceurl: 'https://smba.trafficmanager.net/amer/' }],
];
test.each(claims)('%s: 401', async (_, claim) => {
  expect(statusOf(await judge(await mint(good.privateKey, SERVICE, claim)))).toBe(401);
});

test('four minutes of skew are tolerated', async () => {
  expect(statusOf(await judge(await mint(good.privateKey, SERVICE, { exp: now - 240 })))).toBe(200);
  expect(statusOf(await judge(await mint(good.privateKey, SERVICE, { nbf: now + 240, iat: now + 240 })))).toBe(200);
});

test('no token, or what is none: 401 and nothing is fetched', async () => {
  const token = await mint(good.privateKey, SERVICE);
  const check = createCheck();
  for (const header of [
    undefined,
    '',
    'Bearer',
    'Basic abc',
    token,
    `bearer ${token}`,
    `Bearer Bearer ${token}`,
    `Bearer ${token}, Bearer ${token}`,
    `Bearer ${token} `,
    `Bearer ${'a'.repeat(20_000)}.b.c`,
  ]) {
    expect(statusOf(await check(header, activityFrom(SERVICE))), header?.slice(0, 30)).toBe(401);
  }
  expect(identity.requests).toEqual([]);
});

test('a foreign key with our key id: 401', async () => {
  expect(statusOf(await judge(await mint(other.privateKey, SERVICE)))).toBe(401);
});

test('alg none in any spelling, and an empty signature: 401', async () => {
  const [, payload] = (await mint(good.privateKey, SERVICE)).split('.');
  for (const alg of ['none', 'None', 'NONE', 'RS256']) {
    expect(
      statusOf(await createCheck()(`Bearer ${encode({ alg, kid: 'k1' })}.${payload ?? ''}.`, activityFrom(SERVICE))),
    ).toBe(401);
    expect(statusOf(await judge(`${encode({ alg, kid: 'k1' })}.${payload ?? ''}.AA`))).toBe(401);
  }
});

test('HS256 with the public key as its secret: 401', async () => {
  const secret = new TextEncoder().encode(await exportSPKI(good.publicKey));
  expect(statusOf(await judge(await mint(secret, SERVICE, {}, { alg: 'HS256' })))).toBe(401);
});

test('strange key ids and keys in the header: 401, and nobody else is called', async () => {
  const attacker = await startIdentity([other.listed]);
  for (const header of [
    { kid: '../../etc/passwd' },
    { kid: "k1' or 1=1--" },
    { kid: 'x'.repeat(10_000) },
    { kid: 'k1\u0000' },
    { kid: ['k1'] },
    { kid: undefined },
    { kid: '__proto__' },
    { kid: 'k2', jku: `${attacker.url}/keys`, x5u: `${attacker.url}/keys` },
    { kid: 'k2', jwk: other.listed },
  ]) {
    expect(statusOf(await judge(await mint(other.privateKey, SERVICE, {}, header)))).toBe(401);
  }
  expect(attacker.requests).toEqual([]);
  await attacker.stop();
});

test('a key that is not endorsed for Teams: 401', async () => {
  for (const endorsements of [null, [], ['webchat'], 'msteams', { msteams: true }]) {
    const key = await makeKey('k1', endorsements);
    identity.state.keys = [key.listed];
    expect(statusOf(await judge(await mint(key.privateKey, SERVICE)))).toBe(401);
  }
});

test.each(['emulator', 'webchat', 'MSTEAMS', ''])('channel %s: 401', async (channelId) => {
  expect(statusOf(await judge(await mint(good.privateKey, SERVICE), activityFrom(SERVICE, { channelId })))).toBe(401);
});

test.each([
  'http://169.254.169.254',
  'https://evil.example/',
  'http://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://a:b@smba.trafficmanager.net/',
])('signed for service URL %s: 401 all the same', async (url) =>
  expect(statusOf(await judge(await mint(good.privateKey, url), activityFrom(url)))).toBe(401),
);

test('another tenant, or two: 403', async () => {
  const token = await mint(good.privateKey, SERVICE);
  const foreign = '44444444-4444-4444-8444-444444444444';
  const conversation = { id: 'a:chat', conversationType: 'personal', tenantId: foreign };
  expect(
    statusOf(await judge(token, activityFrom(SERVICE, { conversation, channelData: { tenant: { id: foreign } } }))),
  ).toBe(403);
  expect(statusOf(await judge(token, activityFrom(SERVICE, { conversation })))).toBe(403);
  expect(statusOf(await judge(token, activityFrom(SERVICE, { conversation: { id: 'a' }, channelData: null })))).toBe(
    403,
  );
});

test('a person is an object id or nobody', async () => {
  const token = await mint(good.privateKey, SERVICE);
  for (const aadObjectId of ['ann@contoso.com', '', null, undefined]) {
    expect(await judge(token, activityFrom(SERVICE, { from: { id: '29:x', aadObjectId } }))).toMatchObject({
      verified: { personId: null },
    });
  }
});

test('a good token with a body that is no activity: 400', async () => {
  const token = await mint(good.privateKey, SERVICE);
  for (const body of [
    null,
    'x',
    [],
    {},
    activityFrom(SERVICE, { conversation: 'a' }),
    activityFrom(SERVICE, { type: 7 }),
  ]) {
    expect(statusOf(await judge(token, body))).toBe(400);
  }
});

test('a thousand unknown key ids: one look at the keys, and others go on (5)', async () => {
  const clock = createHandClock();
  const check = createCheck(clock);
  const token = await mint(good.privateKey, SERVICE);
  expect(statusOf(await check(`Bearer ${token}`, activityFrom(SERVICE)))).toBe(200);
  clock.move(60_000);
  identity.requests.length = 0;
  const [, payload, signature] = token.split('.');
  const forged = Array.from(
    { length: 1_000 },
    (_, i) => `Bearer ${encode({ alg: 'RS256', kid: `r${String(i)}` })}.${payload ?? ''}.${signature ?? ''}`,
  );
  const results = await Promise.all(forged.map((header) => check(header, activityFrom(SERVICE))));
  expect(new Set(results.map(statusOf))).toEqual(new Set([401]));
  expect(statusOf(await check(`Bearer ${token}`, activityFrom(SERVICE)))).toBe(200);
  expect(identity.requests.filter(({ path }) => path === '/keys')).toHaveLength(1);
});

test('a new key is known five seconds after an unknown one was asked for, at the latest (7)', async () => {
  const clock = createHandClock();
  const check = createCheck(clock);
  const unknown = await mint(other.privateKey, SERVICE, {}, { kid: 'k3' });
  expect(statusOf(await check(`Bearer ${unknown}`, activityFrom(SERVICE)))).toBe(401);
  identity.state.keys = [good.listed, other.listed];
  const rolled = await mint(other.privateKey, SERVICE, {}, { kid: 'k2' });
  clock.move(4_999);
  expect(statusOf(await check(`Bearer ${rolled}`, activityFrom(SERVICE)))).toBe(401);
  clock.move(1);
  expect(statusOf(await check(`Bearer ${rolled}`, activityFrom(SERVICE)))).toBe(200);
});

test('keys roll over: the new one at once, the withdrawn one not after the next look (7)', async () => {
  const clock = createHandClock();
  const check = createCheck(clock);
  const first = await mint(good.privateKey, SERVICE, { exp: now + 86_400 });
  expect(statusOf(await check(`Bearer ${first}`, activityFrom(SERVICE)))).toBe(200);
  clock.move(HOUR / 2);
  identity.state.keys = [other.listed];
  const second = await mint(other.privateKey, SERVICE, {}, { kid: 'k2' });
  expect(statusOf(await check(`Bearer ${second}`, activityFrom(SERVICE)))).toBe(200);
  expect(statusOf(await check(`Bearer ${first}`, activityFrom(SERVICE)))).toBe(401);
});

test.each([
  ['down', { status: 500 }],
  ['a page', { status: 200, body: '<html></html>' }],
  ['empty', { status: 200, body: '' }],
  ['hung up', { status: 200, hangUp: true }],
  ['elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
])('key list %s: known keys serve for a day, then 503, never let in', async (_, answer) => {
  const clock = createHandClock();
  const check = createCheck(clock);
  const live = (at: number) => mint(good.privateKey, SERVICE, { iat: now + at, nbf: now + at, exp: now + at + 3_600 });
  expect(statusOf(await check(`Bearer ${await live(0)}`, activityFrom(SERVICE)))).toBe(200);
  identity.state.answer = answer;
  clock.move(23 * HOUR);
  expect(statusOf(await check(`Bearer ${await live(23 * 3_600)}`, activityFrom(SERVICE)))).toBe(200);
  expect(
    statusOf(
      await check(
        `Bearer ${await mint(other.privateKey, SERVICE, { iat: now + 82_800, exp: now + 86_400 }, { kid: 'k2' })}`,
        activityFrom(SERVICE),
      ),
    ),
  ).toBe(401);
  clock.move(2 * HOUR);
  expect(statusOf(await check(`Bearer ${await live(25 * 3_600)}`, activityFrom(SERVICE)))).toBe(503);
  identity.state.answer = null;
  clock.move(30_000);
  expect(statusOf(await check(`Bearer ${await live(25 * 3_600)}`, activityFrom(SERVICE)))).toBe(200);
});

test('the service URLs we send our token to', () => {
  const isAllowed = createServiceUrlCheck('http://127.0.0.1:4100/connector');
  for (const url of [
    'https://smba.trafficmanager.net/emea/',
    'https://europe.botframework.com',
    'https://api.teams.microsoft.com/x',
    'http://127.0.0.1:4100/other',
  ]) {
    expect(isAllowed(url), url).toBe(true);
  }
  for (const url of [
    'http://127.0.0.1:4101/',
    'https://127.0.0.1:4100/',
    'http://u@127.0.0.1:4100/',
    'https://botframework.com.evil.example',
    'https://evilbotframework.com',
    'https://smba.trafficmanager.net:8443/',
    'x',
    `https://smba.trafficmanager.net/${'a'.repeat(3_000)}`,
  ]) {
    expect(isAllowed(url), url).toBe(false);
  }
});
