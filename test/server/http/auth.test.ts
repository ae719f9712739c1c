import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportSPKI, importJWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { DAY, HOUR } from '../../../server/domain/time/instant.ts';
import { createAuth } from '../../../server/http/auth.ts';
import { newId } from '../../make/person.ts';
import { createFakeClock, START, type FakeClock } from '../../make/server.ts';
import { CLIENT_ID, makeKey, signToken, startEntra, type Entra, type SigningKey, type TokenOptions } from './entra.ts';

const OURS = '7e4a0000-0000-4000-8000-00000000000a' as TenantId;
const SECOND = '7e4a0000-0000-4000-8000-00000000000b' as TenantId;
const STRANGE = '7e4a0000-0000-4000-8000-00000000000c' as TenantId;
const NOW = START / 1000;

let first: SigningKey;
let next: SigningKey;
let entra: Entra;
let clock: FakeClock;
let authenticate: ReturnType<typeof createAuth>;

beforeAll(async () => {
  first = await makeKey('first-key');
  next = await makeKey('next-key');
  entra = await startEntra(first);
});
afterAll(() => entra.close());
beforeEach(() => {
  entra.publish([first]);
  entra.asked.length = 0;
  clock = createFakeClock();
  authenticate = createAuth({ clock, loginUrl: entra.loginUrl, clientId: CLIENT_ID, tenantIds: [OURS, SECOND] });
});

const token = (
  claims: TokenOptions['claims'] = {},
  header: Record<string, unknown> = {},
  key = first,
): Promise<string> => signToken(OURS, { claims, header, key, now: NOW });
const tryToken = (text: string) => authenticate(`Bearer ${text}`);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signedOut = { code: 'signedOut' };
const forbidden = { code: 'forbidden' };

test('a good token is the caller: tenant and object id, name and app roles', async () => {
  const oid = newId();
  expect(await tryToken(await token({ oid, roles: ['Inverso.Administrator', 7] }))).toEqual({
    tenantId: OURS,
    personId: oid,
    displayName: 'Ada Rossi',
    appRoles: ['Inverso.Administrator'],
  });
  expect(await tryToken(await token({ azp: CLIENT_ID, aud: CLIENT_ID, scp: 'other access_as_user' }))).toMatchObject({
    tenantId: OURS,
  });
  expect(entra.asked).toEqual([`/${OURS}/discovery/v2.0/keys`]);
});

test('no token, or something that is none, is signed out', async () => {
  for (const header of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer a.b',
    `Bearer Bearer ${await token()}`,
    `${await token()}`,
    `Bearer ${await token()} x`,
  ]) {
    await expect(authenticate(header)).rejects.toMatchObject(signedOut);
  }
  expect(entra.asked).toEqual([]);
});

test('whatever is long is refused at once (61)', async () => {
  const long = 'a'.repeat(100_000);
  const dotted = 'a.'.repeat(50_000);
  const begun = performance.now();
  for (const header of [
    `Bearer ${long}!`,
    `Bearer ${' '.repeat(100_000)}x`,
    `Bearer ${dotted}!`,
    `Bearer ${long}.${long}.${long}!`,
    `Bearer ${long}.${long}.${long}`,
    `Bearer ${part({ alg: 'RS256', kid: `${long}!` })}.${part({ tid: `${long}!` })}.${long}`,
    `Bearer ${part({ alg: 'RS256', kid: 'first-key' })}.${part({ tid: `${'0'.repeat(100_000)}-` })}.${long}`,
  ])
    await expect(authenticate(header)).rejects.toMatchObject(signedOut);
  // Each in far less than this; what backtracks would take hours.
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(entra.asked).toEqual([]);
});

describe('a signature that proves nothing', () => {
  test('no algorithm at all (1)', async () => {
    const [, payload] = (await token()).split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      for (const signature of ['', 'AAAA'])
        await expect(tryToken(`${part({ alg, kid: first.kid })}.${payload}.${signature}`)).rejects.toMatchObject(
          signedOut,
        );
    }
    const [header, , signature] = (await token()).split('.');
    await expect(tryToken(`${header}.${payload}.`)).rejects.toMatchObject(signedOut);
    await expect(tryToken(`${header}.${part({ oid: newId(), tid: OURS })}.${signature}`)).rejects.toMatchObject(
      signedOut,
    );
  });

  test('a secret made of the public key (2)', async () => {
    const pem = await exportSPKI((await importJWK(first.publicJwk, 'RS256', { extractable: true })) as CryptoKey);
    const [, payload] = (await token()).split('.');
    for (const secret of [pem, pem.trim(), JSON.stringify(first.publicJwk), first.publicJwk.n!]) {
      const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: first.kid })}.${payload}`;
      await expect(
        tryToken(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`),
      ).rejects.toMatchObject(signedOut);
    }
  });

  test('key ids that are paths, statements or worse: nothing is looked up (3)', async () => {
    const [, payload, signature] = (await token()).split('.');
    for (const kid of [
      '../../etc/passwd',
      "x' or '1'='1",
      'k'.repeat(10_000),
      'first-key\u0000',
      ['first-key'],
      { first: 1 },
      null,
      undefined,
      7,
    ]) {
      await expect(tryToken(`${part({ alg: 'RS256', kid })}.${payload}.${signature}`)).rejects.toMatchObject(signedOut);
    }
    expect(entra.asked).toEqual([]);
  });

  test('keys that the token itself brings or names: ignored, and nobody is called (4)', async () => {
    const called: string[] = [];
    const attacker = createServer((request, reply) => {
      called.push(request.url ?? '');
      reply.end(JSON.stringify({ keys: [next.publicJwk] }));
    });
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/keys`;
    for (const extra of [{ jku: url }, { x5u: url }, { jwk: next.publicJwk }, { jku: url, kid: first.kid }]) {
      await expect(tryToken(await token({}, extra, next))).rejects.toMatchObject(signedOut);
    }
    expect(called).toEqual([]);
    await new Promise((resolve) => attacker.close(resolve));
  });
});

describe('claims', () => {
  const refused: [string, TokenOptions['claims']][] = [
    ['8: the issuer of another tenant', { iss: `https://login.microsoftonline.com/${SECOND}/v2.0` }],
    ['8: the id of another tenant', { tid: SECOND }],
    ['9: an issuer with a path behind it', { iss: `https://login.microsoftonline.com/${OURS}/v2.0/x` }],
    ['9: an issuer without version', { iss: `https://sts.windows.net/${OURS}/` }],
    ['9: another cloud', { iss: `https://login.microsoftonline.us/${OURS}/v2.0` }],
    ['9: everybody', { iss: 'https://login.microsoftonline.com/common/v2.0' }],
    ['9: upper case', { iss: `https://login.microsoftonline.com/${OURS.toUpperCase()}/v2.0` }],
    ['9: no tenant', { tid: undefined }],
    ['9: a tenant that is none', { tid: '../common' }],
    ['10: an audience of Graph', { aud: '00000003-0000-0000-c000-000000000000' }],
    ['10: an audience in words', { aud: `api://${CLIENT_ID}` }],
    ['11: several audiences, ours among them', { aud: [CLIENT_ID, '00000003-0000-0000-c000-000000000000'] }],
    ['11: ours alone in a list', { aud: [CLIENT_ID] }],
    ['11: no audience', { aud: undefined }],
    ['12: another scope', { scp: 'User.Read' }],
    ['12: a scope that only begins like ours', { scp: 'access_as_user_too' }],
    ['12: version 1', { ver: '1.0' }],
    ['13: an unknown client', { azp: '99999999-0000-4000-8000-000000000000' }],
    ['13: no client', { azp: undefined }],
    ['15: over', { exp: NOW - 301 }],
    ['15: not yet', { nbf: NOW + 301 }],
    ['15: an end in words', { exp: 'tomorrow' as unknown as number }],
    ['15: an end beyond all numbers', { exp: 1e300 }],
    ['15: no end', { exp: undefined }],
    ['15: no beginning', { nbf: undefined }],
    ['no person', { oid: undefined }],
    ['a person that is none', { oid: 'me/../users/x' }],
  ];
  test.each(refused)('%s: signed out', async (_name, claims) => {
    await expect(tryToken(await token(claims))).rejects.toMatchObject(signedOut);
  });

  test('an id token is no access token (12)', async () => {
    await expect(
      tryToken(await token({ scp: undefined, azp: undefined, nonce: 'n', preferred_username: 'ada@contoso.example' })),
    ).rejects.toMatchObject(signedOut);
  });

  test('an application is no person (14)', async () => {
    await expect(
      tryToken(await token({ scp: undefined, idtyp: 'app', roles: ['Inverso.Administrator'] })),
    ).rejects.toMatchObject(forbidden);
    await expect(tryToken(await token({ idtyp: 'app' }))).rejects.toMatchObject(forbidden);
  });

  test('a tenant that never installed us is told apart from a bad token (16)', async () => {
    const good = await signToken(STRANGE, { key: first, now: NOW });
    await expect(tryToken(good)).rejects.toMatchObject(forbidden);
    await expect(tryToken(await signToken(STRANGE, { key: next, now: NOW }))).rejects.toMatchObject(signedOut);
    expect(entra.asked.every((path) => path.startsWith(`/${OURS}/`))).toBe(true);
  });

  test('names and addresses prove nothing: the person is the object id (17)', async () => {
    const oid = newId();
    const caller = await tryToken(
      await token({
        oid,
        email: 'ceo@contoso.example',
        upn: 'ceo@contoso.example',
        preferred_username: 'ceo@contoso.example',
        name: 'CEO',
      }),
    );
    expect(caller).toEqual({ tenantId: OURS, personId: oid, displayName: 'CEO', appRoles: [] });
  });

  test('roles in any other form than the token’s list are none (19)', async () => {
    expect(
      await tryToken(await token({ roles: 'Inverso.Administrator', wids: ['62e90394-69f5-4237-9190-012177145e10'] })),
    ).toMatchObject({ appRoles: [] });
  });
});

test('clocks may differ by five minutes, and only our clock counts', async () => {
  await tryToken(await token({ exp: NOW - 299, nbf: NOW - 3600, iat: NOW - 3600 }));
  await tryToken(await token({ nbf: NOW + 299 }));
  const text = await token();
  clock.advance(HOUR + 299_000);
  await tryToken(text);
  clock.advance(2_000);
  await expect(tryToken(text)).rejects.toMatchObject(signedOut);
});

describe('keys', () => {
  test('a new key is accepted as soon as a token names it (7)', async () => {
    await tryToken(await token());
    clock.advance(60_000);
    entra.publish([next]);
    await tryToken(await token({}, {}, next));
    expect(entra.asked).toHaveLength(2);
    await expect(tryToken(await token())).rejects.toMatchObject(signedOut);
  });

  test('those who come while the keys are being asked for wait for them', async () => {
    await tryToken(await token());
    clock.advance(60_000);
    entra.publish([next]);
    entra.asked.length = 0;
    const tokens = await Promise.all(Array.from({ length: 5 }, () => token({}, {}, next)));
    await Promise.all(tokens.map(tryToken));
    expect(entra.asked).toHaveLength(1);
  });

  test('a flood of unknown key ids asks once per five seconds; the others go on, and a new key gets through (5, 7)', async () => {
    await tryToken(await token());
    clock.advance(60_000);
    entra.asked.length = 0;
    const flood = async (): Promise<void> => {
      const results = await Promise.allSettled(
        Array.from({ length: 200 }, async (_, i) => tryToken(await token({}, { kid: `random-${i}` }))),
      );
      for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: signedOut });
    };
    await flood();
    await flood();
    expect(entra.asked).toHaveLength(1);
    await tryToken(await token());

    entra.publish([first, next]);
    clock.advance(5_000);
    await flood();
    await tryToken(await token({}, {}, next));
    expect(entra.asked).toHaveLength(2);
  });

  test('a clock that is set back does not keep new keys out', async () => {
    await tryToken(await token());
    clock.advance(-HOUR);
    entra.publish([next]);
    await tryToken(await signToken(OURS, { key: next, now: clock.now() / 1000 }));
  });

  test('an outage is survived for a day with the keys that are known; unknown ones are refused (6)', async () => {
    await tryToken(await token());
    for (const fault of [500, 404, '', '<html>sorry</html>', '{"keys":[]}', '{"keys":"x"}', 'null'] as const) {
      entra.publish(fault);
      clock.advance(HOUR);
      await tryToken(await signToken(OURS, { key: first, now: clock.now() / 1000 }));
      await expect(tryToken(await signToken(OURS, { key: next, now: clock.now() / 1000 }))).rejects.toMatchObject(
        signedOut,
      );
    }
  });

  test('beyond that day nobody is let in, and everybody is once there are keys', async () => {
    await tryToken(await token());
    entra.publish(500);
    clock.advance(DAY);
    await tryToken(await signToken(OURS, { key: first, now: clock.now() / 1000 }));
    clock.advance(HOUR);
    const late = await signToken(OURS, { key: first, now: clock.now() / 1000 });
    await expect(tryToken(late)).rejects.toMatchObject({ code: 'unavailable' });
    entra.publish([first]);
    clock.advance(5_000);
    await tryToken(late);
  });

  test('without any key nobody is let in, however many come, and everybody is once there are keys', async () => {
    entra.publish(503);
    const text = await token();
    for (let i = 0; i < 20; i++) await expect(tryToken(text)).rejects.toMatchObject({ code: 'unavailable' });
    expect(entra.asked).toHaveLength(1);
    entra.publish([first]);
    clock.advance(5_000);
    await tryToken(text);
  });

  test('of a service that hangs are given up after five seconds, and then there are none (6)', async () => {
    entra.publish(null);
    const begun = performance.now();
    await expect(tryToken(await token())).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - begun).toBeGreaterThan(4_000);
    expect(entra.asked).toHaveLength(1);
  });

  test('are asked for again at half of their day, while the old ones go on', async () => {
    await tryToken(await token());
    entra.publish([next]);
    clock.advance(DAY / 2 + 1_000);
    await tryToken(await signToken(OURS, { key: first, now: clock.now() / 1000 }));
    await vi.waitFor(async () =>
      expect(tryToken(await signToken(OURS, { key: first, now: clock.now() / 1000 }))).rejects.toMatchObject(signedOut),
    );
    await tryToken(await signToken(OURS, { key: next, now: clock.now() / 1000 }));
    expect(entra.asked).toHaveLength(2);
  });
});
