import { exportSPKI, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../server/domain/people/person.ts';
import { setBotStage, type ActivityChange, type BotStage } from './bot-stage.ts';
import { makeKey } from './fake-connector.ts';

/*
 * Who may speak to the bot, over HTTP against the whole product: whatever is refused, nobody is called, neither the
 * service URL that the request names nor anybody else (reliability.md 23 to 25, judges.md).
 */
let stage: BotStage;
let ann: Person;
let elsewhere: string;
beforeAll(async () => {
  stage = await setBotStage();
  ann = stage.hire('Ann Awake');
  await stage.sandbox.world.chats.install(ann.personId);
  elsewhere = `${stage.attacker.url}/emea/`;
});
afterAll(() => stage.close());
beforeEach(() => void stage.calledSince());

const HOUR = 3_600;
const seconds = (): number => Math.floor(stage.clock.now() / 1_000);
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Posts a message with the token, and gives the answer with everything that was called because of it. */
async function speak(token: string | null, change: ActivityChange = {}) {
  const activity = stage.activityOf(ann, { text: 'help', ...change });
  const reply = await stage.post(activity, token === null ? null : `Bearer ${token}`);
  return { ...reply, called: stage.calledSince(), attacker: stage.attacker.requests.length };
}
const refusedWith = (status: number) => ({ status, text: '', called: [], attacker: 0 });

test('the Bot Connector itself is heard, and the answer goes out: the counter counts', async () => {
  const { status, called, attacker } = await speak(await stage.sign());
  expect(status).toBe(200);
  expect(called).toContainEqual(expect.stringMatching(/\/connector\/v3\/conversations\/[^/]+\/activities$/));
  expect(attacker).toBe(0);
  const activities = stage.sandbox.world.chats.of(ann.personId)!.activities;
  expect(activities.at(-1)?.text).toMatch(/next session/);
});

describe('nine bad tokens: 401 without a word, and no call (23, 24)', () => {
  const tokens: [string, () => Promise<string | null>][] = [
    ['none', async () => null],
    ['of a foreign key under our key id', async () => stage.sign({}, {}, await makeKey('k1'))],
    ['of an unknown key id', async () => stage.sign({}, {}, await makeKey('unknown'))],
    ['for another bot', () => stage.sign({ aud: '99999999-9999-4999-8999-999999999999' })],
    ['of another issuer', () => stage.sign({ iss: 'https://api.botframework.us' })],
    ['that ended an hour ago', () => stage.sign({ iat: seconds() - 2 * HOUR, nbf: 0, exp: seconds() - HOUR })],
    ['that begins in an hour', () => stage.sign({ nbf: seconds() + HOUR, exp: seconds() + 2 * HOUR })],
    ['for another service URL', () => stage.sign({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
    [
      'signed by a secret made of the public key',
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI(stage.key.publicKey));
        return stage.sign({}, { alg: 'HS256' }, { ...stage.key, privateKey: secret as never });
      },
    ],
  ];
  test.each(tokens)('%s', async (_, token) => {
    expect(await speak(await token())).toEqual(refusedWith(401));
    // Also where the message names the attacker's address as its service URL.
    expect(await speak(await token(), { serviceUrl: elsewhere })).toEqual(refusedWith(401));
  });

  test('without algorithm or signature', async () => {
    const [, payload = ''] = (await stage.sign()).split('.');
    for (const alg of ['none', 'RS256'])
      expect(await speak(`${encode({ alg, kid: 'k1' })}.${payload}.AA`)).toEqual(refusedWith(401));
  });
});

describe('the token with which a person opens the tab, sent to the bot with an attacker’s service URL (23)', () => {
  const claimsOf = (version: 1 | 2): JWTPayload & Record<string, unknown> => ({
    iss:
      version === 1
        ? `https://sts.windows.net/${stage.tenantId}/`
        : `https://login.microsoftonline.com/${stage.tenantId}/v2.0`,
    ver: `${version}.0`,
    tid: stage.tenantId,
    oid: ann.personId,
    scp: 'access_as_user',
  });

  test('as Entra signs it', async () => {
    const token = await stage.sandbox.userToken(ann.personId);
    const home = await fetch(`${stage.origin()}/api/home`, { headers: { authorization: `Bearer ${token}` } });
    expect(home.status).toBe(200);
    stage.calledSince();
    expect(await speak(token)).toEqual(refusedWith(401));
    expect(await speak(token, { serviceUrl: elsewhere })).toEqual(refusedWith(401));
  });

  test.each([1, 2] as const)('of version %i, though its key were listed for bots', async (version) => {
    for (const serviceurl of [undefined, stage.serviceUrl, elsewhere]) {
      const token = await stage.sign({ ...claimsOf(version), serviceurl });
      expect(await speak(token)).toEqual(refusedWith(401));
      expect(await speak(token, { serviceUrl: elsewhere })).toEqual(refusedWith(401));
    }
  });
});

describe('a service URL that is nobody’s we would send our token to, though it is signed (24)', () => {
  const urls: [string, () => string][] = [
    ['the attacker’s', () => elsewhere],
    ['the attacker’s with our host as its user', () => elsewhere.replace('://', '://smba.trafficmanager.net@')],
    ['the machine’s own metadata', () => 'http://169.254.169.254/'],
    ['ours on another port', () => 'http://127.0.0.1:1/connector/'],
    ['a host that only begins like Microsoft’s', () => 'https://smba.trafficmanager.net.evil.example/'],
    ['no address at all', () => 'file:///etc/passwd'],
  ];
  test.each(urls)('%s: 401, and no call', async (_, url) => {
    const token = await stage.sign({ serviceurl: url() });
    expect(await speak(token, { serviceUrl: url() })).toEqual(refusedWith(401));
    // What is refused is not kept either: the next message goes to where it always went.
    const { called } = await speak(await stage.sign());
    expect(called.every((address) => address.startsWith(stage.serviceUrl) || address.includes('/token'))).toBe(true);
  });
});

describe('a key that does not vouch for Teams (25)', () => {
  test('is refused for Teams', async () => {
    expect(await speak(await stage.sign({}, {}, stage.unendorsed))).toEqual(refusedWith(401));
  });

  test.each(['webchat', 'emulator', 'directline', 'MSTEAMS', ''])(
    'and no key lets channel “%s” in',
    async (channelId) => {
      for (const key of [stage.key, stage.unendorsed])
        expect(await speak(await stage.sign({}, {}, key), { channelId })).toEqual(refusedWith(401));
    },
  );
});

test('a good token with a message from a tenant that is not served: 403, and no call (23)', async () => {
  const foreign = '44444444-4444-4444-8444-444444444444';
  const conversation = { id: 'a:chat', conversationType: 'personal', tenantId: foreign };
  for (const change of [
    { conversation, channelData: { tenant: { id: foreign } } },
    { conversation },
    { channelData: { tenant: { id: foreign } } },
    { conversation: { id: 'a:chat', conversationType: 'personal' }, channelData: null },
  ])
    expect(await speak(await stage.sign(), change)).toEqual(refusedWith(403));
});

test('what was refused left a line in the log each, without token or text', () => {
  const lines = stage.log().filter((line) => line.includes('activity refused'));
  expect(lines.length).toBeGreaterThan(30);
  expect(lines.join('')).not.toMatch(/eyJ|help|Ann Awake|evil/);
});
