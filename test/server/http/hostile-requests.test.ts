import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { newId } from '../../make/person.ts';
import { START } from '../../make/server.ts';
import { knownStage } from './bare-stage.ts';
import { makeKey, signToken, startEntra, type Entra, type SigningKey } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { sendRaw } from './send-raw.ts';

const TENANT = newId() as TenantId;
let entra: Entra;
let key: SigningKey;
let made: TestApp;

beforeAll(async () => {
  key = await makeKey('key');
  entra = await startEntra(key);
  made = await makeApp(knownStage(TENANT), entra, [TENANT]);
});
afterAll(async () => {
  await made.app.close();
  await entra.close();
});

const authorization = async (): Promise<string> => `Bearer ${await signToken(TENANT, { key, now: START / 1000 })}`;

describe('other origins (52)', () => {
  test('get nothing done, with a token or without, and no cookie stands for one', async () => {
    const token = await authorization();
    for (const origin of [
      'https://evil.example',
      'https://teams.microsoft.com.evil.example',
      'https://inverso.contoso.example.evil.example',
      'https://inverso.contoso.example@evil.example',
      'https://inverso.contoso.example:8443',
      'null',
      '',
    ]) {
      for (const [type, payload] of [
        ['application/x-www-form-urlencoded', 'answer=agree'],
        ['multipart/form-data; boundary=x', '--x--'],
        ['text/plain', '{"answer":"agree"}'],
        ['application/json', '{"answer":"agree"}'],
      ] as const) {
        for (const proof of [{ cookie: 'session=1' }, { authorization: token }]) {
          const reply = await made.app.inject({
            method: 'POST',
            url: `/api/pairs/${newId()}/mentor-answer`,
            headers: { origin, ...proof, 'content-type': type },
            payload,
          });
          expect(reply.statusCode).toBe(403);
          for (const header of ['access-control-allow-origin', 'access-control-allow-credentials', 'set-cookie'])
            expect(reply.headers).not.toHaveProperty(header);
        }
      }
    }
  });

  test('our own pages are none, wherever they are reached', async () => {
    for (const [origin, host] of [
      ['https://inverso.contoso.example', '10.0.0.7:3978'],
      ['http://127.0.0.1:3978', '127.0.0.1:3978'],
    ]) {
      const reply = await made.app.inject({
        method: 'POST',
        url: '/api/pairs/x/mentor-answer',
        headers: { origin, host, authorization: await authorization() },
        payload: { answer: 'agree' },
      });
      expect(reply.statusCode).toBe(400);
    }
  });

  test('what a form can send is no JSON, even with a token', async () => {
    for (const type of ['text/plain', 'text/plain; charset=application/json', 'multipart/form-data; boundary=x']) {
      const reply = await made.app.inject({
        method: 'POST',
        url: `/api/pairs/${newId()}/mentor-answer`,
        headers: { authorization: await authorization(), 'content-type': type },
        payload: '{"answer":"agree"}',
      });
      expect(reply.statusCode).toBe(400);
    }
  });
});

describe('text that is long (61)', () => {
  /** Nearly as much as a body may hold. */
  const LENGTH = 65_000;
  const hostile = [
    `${'a'.repeat(LENGTH)}!`,
    `${'0-'.repeat(LENGTH / 2)}!`,
    `${' '.repeat(LENGTH)}x`,
    `${'\u200b'.repeat(LENGTH / 4)}x`,
    `2026-09-${'0'.repeat(LENGTH)}`,
    `2026-09-28T06:00:00.${'0'.repeat(LENGTH)}`,
  ];

  test('is refused at once in every field of text', async () => {
    const headers = { authorization: await authorization() };
    for (const text of hostile) {
      const cohortId = newId();
      const skills = [{ topic: text, level: 3 }];
      const sessions = `/api/sessions/${newId()}/feedback`;
      for (const [url, payload] of [
        ['/api/asks/goals', { cohortId: text, goals: [] }],
        ['/api/asks/goals', { cohortId, goals: skills }],
        ['/api/asks/join', { cohortId, answer: 'join', skills }],
        ['/api/asks/join', { cohortId, answer: 'join', skills: [], motivation: text }],
        [sessions, { tookPlace: true, nextTopic: text }],
        [sessions, { tookPlace: true, note: text }],
        [sessions, { tookPlace: true, noteReader: text }],
        [sessions, { tookPlace: true, [text]: 1 }],
        ['/api/assistants', { address: text }],
        [`/api/pairs/${newId()}/proposal-answer`, { answer: text }],
      ] as const) {
        const begun = performance.now();
        const reply = await made.app.inject({ method: 'POST', url, headers, payload });
        expect(reply.statusCode).toBe(400);
        expect(reply.body).not.toContain('is too large');
        // What backtracks would take minutes; a loaded machine takes some hundred milliseconds.
        expect(performance.now() - begun).toBeLessThan(2_000);
        expect(reply.body.length).toBeLessThan(10_000);
      }
    }
  });

  test('is no worse in addresses and headers', async () => {
    for (const text of hostile) {
      const begun = performance.now();
      const encoded = encodeURIComponent(text);
      const inPath = await made.app.inject({
        url: `/api/sessions/${encoded}`,
        headers: { authorization: await authorization() },
      });
      expect(inPath.statusCode).toBe(400);
      expect(inPath.json()).toMatchObject({ error: { code: 'badInput' } });
      expect(inPath.body.length).toBeLessThan(1_000);
      const inQuery = await made.app.inject({
        url: `/api/sessions/lookup?start=${encoded}`,
        headers: { authorization: await authorization() },
      });
      expect(inQuery.statusCode).toBe(400);
      const inHeader = await made.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${encoded}` } });
      expect(inHeader.statusCode).toBe(401);
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
  });
});

test('addresses that cannot be read are refused like any other input, and not repeated', async () => {
  for (const url of ['/%', '/api/sessions/%c0%af', '/api/sessions/%zz', '/tab/%']) {
    const reply = await made.app.inject({ url });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ error: { code: 'badInput' } });
    expect(reply.body).not.toContain('%');
  }
});

describe('requests that two servers could read differently (64)', () => {
  const POST = 'POST /api/asks/goals HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
  const GET = 'GET /api/config HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
  const refused: [string, string][] = [
    ['a length and chunks', `${POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc`],
    ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${POST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`],
    ['a length that is none', `${POST}Content-Length: +3\r\n\r\nabc`],
    ['a blank before the colon', `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['chunks that are not the last encoding', `${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    ['bare line feeds', GET.replaceAll('\r\n', '\n') + '\n'],
    ['a bare line feed in a header', `${GET}X-Odd: a\nX-Smuggled: b\r\n\r\n`],
    ['a bare carriage return', `${GET}X-Odd: a\rX-Smuggled: b\r\n\r\n`],
    ['a folded header', `${GET}X-Odd: a\r\n b\r\n\r\n`],
    ['a NUL in a header', `${GET}X-Odd: a\u0000b\r\n\r\n`],
    ['a line feed in a chunk’s size', `${POST}Transfer-Encoding: chunked\r\n\r\n1\n\r\na\r\n0\r\n\r\n`],
  ];
  test.each(refused)('%s: 400, and the connection ends', async (_name, bytes) => {
    const reply = await sendRaw(made.app, `${bytes}${GET}\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 400 /);
    expect(reply.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test('no host at all: 400', async () => {
    expect(await sendRaw(made.app, 'GET /api/config HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  test('headers without end: 431', async () => {
    expect(await sendRaw(made.app, `${GET}X-Odd: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('methods (65)', () => {
  test('that nobody needs are refused', async () => {
    const send = (method: string, path: string): Promise<string> =>
      sendRaw(made.app, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    for (const path of ['/api/config', '/api/messages', '/tab', '/no/such/thing'])
      for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        const reply = await send(method, path);
        expect(reply).toMatch(/^HTTP\/1\.1 405 /);
        expect(reply).toMatch(/\r\nallow: GET, HEAD, POST, OPTIONS\r\n/i);
        expect(reply).toContain('"code":"methodNotAllowed"');
      }
    // What is no method at all is no request.
    expect(await send('BREW', '/api/config')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sendRaw(made.app, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  });

  test('cannot be smuggled in by a header or a field', async () => {
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const url = `/api/pairs/${newId()}/mentor-answer?_method=POST`;
      const reply = await made.app.inject({ url, headers: { [name]: 'POST', authorization: await authorization() } });
      expect(reply.statusCode).toBe(404);
    }
  });
});

describe('who the request says that we are (73)', () => {
  const spoofed = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-for': '10.9.8.7',
    forwarded: 'host=evil.example;for=10.9.8.7',
    'x-original-url': '/api/admin/overview',
    'x-rewrite-url': '/api/admin/overview',
  };

  test('is never repeated, in body or header', async () => {
    for (const url of ['/api/config', '/api/openapi.json', '/api/me', '/api/no-such-thing', '/healthz']) {
      const plain = await made.app.inject({ url });
      const reply = await made.app.inject({ url, headers: spoofed });
      expect(reply.statusCode).toBe(plain.statusCode);
      expect(JSON.stringify([reply.headers, reply.body])).not.toMatch(/evil|gopher|10\.9\.8\.7/);
    }
  });

  test('an address of another server leads nowhere else', async () => {
    const reply = await sendRaw(
      made.app,
      'GET http://evil.example/api/config HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(reply).toMatch(/^HTTP\/1\.1 (200|404) /);
    expect(reply).not.toMatch(/evil/);
  });

  test('another address for each request does not get around the limit', async () => {
    const { app } = await makeApp(knownStage(TENANT), entra, [TENANT]);
    const asks = await Promise.all(
      Array.from({ length: 610 }, (_, i) =>
        app.inject({ url: '/api/config', headers: { 'x-forwarded-for': `10.0.${i >> 8}.${i & 255}` } }),
      ),
    );
    expect(asks.filter((reply) => reply.statusCode === 429)).toHaveLength(10);
    await app.close();
  });
});
