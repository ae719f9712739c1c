import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxRequest } from '../../../../server/sandbox/http.ts';
import { createFaults } from '../../../../server/sandbox/kernel/create-faults.ts';
import { deliver } from '../../../../server/sandbox/kernel/deliver.ts';
import type { Faults } from '../../../../server/sandbox/kernel/faults.ts';
import { listen, type Listening } from '../../../../server/sandbox/kernel/listen.ts';
import type { World } from '../../../../server/sandbox/world.ts';
import { FROM, makeWorld } from '../people/make-world.ts';

let world: World;
let faults: Faults;
let server: Listening;
let effects: SandboxRequest[];
let failures: unknown[];

beforeEach(async () => {
  world = makeWorld(1);
  faults = createFaults(1);
  effects = [];
  failures = [];
  server = await listen({
    port: 0,
    clock: world.clock,
    faults,
    failed: (error) => failures.push(error),
    handlers: [
      async (request) => {
        if (request.path === '/v1.0/broken') throw new Error('oh');
        if (!request.path.startsWith('/v1.0/')) return undefined;
        effects.push(request);
        return { status: 200, headers: { 'x-more': 'yes' }, body: { got: request.body, q: request.query.get('q') } };
      },
    ],
  });
});
afterEach(() => server.close());

const post = (path: string, body = 'hello') => fetch(server.origin + path, { method: 'POST', body });

describe('listen', () => {
  it('hands requests to the parts, with the virtual time on every reply', async () => {
    const reply = await post('/v1.0/echo?q=1');
    expect(await reply.json()).toEqual({ got: 'hello', q: '1' });
    expect(reply.headers.get('x-sandbox-now')).toBe('2026-09-28T06:00:00.000Z');
    expect(reply.headers.get('x-more')).toBe('yes');
    const missing = await fetch(`${server.origin}/nowhere`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('x-sandbox-now')).not.toBeNull();
    expect(server.requests()).toBe(2);
  });

  it('answers 500 for its own mistakes and tells about them', async () => {
    expect((await post('/v1.0/broken')).status).toBe(500);
    expect(String(failures[0])).toContain('oh');
  });

  it('refuses more than 4 MB', async () => {
    const reply = await post('/v1.0/echo', 'x'.repeat(4 * 1024 * 1024 + 1)).catch(() => null);
    if (reply) expect(reply.status).toBe(413);
    expect(effects).toEqual([]);
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(server.origin).port);
    await expect(listen({ port, clock: world.clock, faults, handlers: [] })).rejects.toThrow(`port ${port} is taken`);
  });

  it('lets status faults happen before or after the effect', async () => {
    faults.add({
      match: { path: /echo/ },
      fault: { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 9 },
      times: 1,
    });
    const before = await post('/v1.0/echo');
    expect([before.status, before.headers.get('retry-after'), effects.length]).toEqual([429, '9', 0]);
    expect((await before.json()).error.code).toBe('TooManyRequests');
    faults.clear();
    faults.add({
      match: { path: /echo/ },
      fault: { kind: 'status', status: 502, when: 'after', retryAfterSeconds: null },
      times: 1,
    });
    const after = await post('/v1.0/echo');
    expect([after.status, after.headers.get('content-type'), effects.length]).toEqual([502, 'text/html', 1]);
  });

  it('resets and truncates', async () => {
    const once = { match: { path: /echo/ }, times: 1 };
    faults.add({ ...once, fault: { kind: 'reset', when: 'before' } });
    await expect(post('/v1.0/echo')).rejects.toThrow();
    expect(effects.length).toBe(0);
    faults.clear();
    faults.add({ ...once, fault: { kind: 'reset', when: 'after' } });
    await expect(post('/v1.0/echo')).rejects.toThrow();
    expect(effects.length).toBe(1);
    faults.clear();
    faults.add({ ...once, fault: { kind: 'truncate' } });
    const cut = await post('/v1.0/echo');
    await expect(cut.text()).rejects.toThrow();
    expect(effects.length).toBe(2);
  });

  it('lets a delay pass in virtual time, and cuts one beyond the deadline at the deadline', async () => {
    faults.add({ match: { path: /echo/ }, fault: { kind: 'delay', milliseconds: 12_000 }, times: 1 });
    const late = await post('/v1.0/echo');
    expect(late.headers.get('x-sandbox-now')).toBe('2026-09-28T06:00:12.000Z');
    faults.clear();
    faults.add({ match: { path: /echo/ }, fault: { kind: 'delay', milliseconds: 90_000 }, times: 1 });
    await expect(post('/v1.0/echo')).rejects.toThrow();
    expect(world.clock.now()).toBe(FROM + 42_000);
  });

  it('does not hang the clock when callers go away', async () => {
    const controller = new AbortController();
    const gone = fetch(`${server.origin}/v1.0/echo`, { method: 'POST', body: 'x', signal: controller.signal });
    controller.abort();
    await expect(gone).rejects.toThrow();
    await world.clock.advanceTo(FROM + 1000);
    expect(world.clock.now()).toBe(FROM + 1000);
  });

  it('lets pages of other origins call the token endpoint only', async () => {
    const ask = (path: string) =>
      fetch(server.origin + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://a.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-a',
        },
      });
    const open = await ask('/common/oauth2/v2.0/token');
    expect([open.status, open.headers.get('access-control-allow-origin')]).toEqual([204, 'https://a.example']);
    const shut = await ask('/v1.0/echo');
    expect(shut.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('deliver', () => {
  let receiver: Server;
  let got: { url: string; body: string }[];

  beforeEach(async () => {
    got = [];
    receiver = createServer((message: IncomingMessage, response) => {
      let body = '';
      message.on('data', (chunk: Buffer) => (body += chunk.toString()));
      message.on('end', () => {
        got.push({ url: message.url!, body });
        response.writeHead(202, { 'content-type': 'text/plain' }).end('ok');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const loopbackOrigin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    world.product = { botEndpoint: null, publicHost: 'inverso.example', loopbackOrigin };
  });
  afterEach(() => new Promise((resolve) => receiver.close(resolve)));

  const send = (url = 'https://inverso.example/graph/notify?a=1') =>
    deliver(world, faults, url, { body: '{}', part: 'notification' });

  it('finds the public host on loopback', async () => {
    expect(await send()).toEqual({ status: 202, contentType: 'text/plain', body: 'ok' });
    expect(got).toEqual([{ url: '/graph/notify?a=1', body: '{}' }]);
  });

  it('never leaves this machine', async () => {
    expect((await send('https://elsewhere.example/x')).status).toBe(0);
    expect((await send('http://inverso.example/x')).status).toBe(0);
  });

  it('drops, duplicates, delays and resets as the faults say', async () => {
    const rule = (fault: Parameters<Faults['add']>[0]['fault']) => {
      faults.clear();
      faults.add({ match: { path: /notify/, part: 'notification' }, fault });
    };
    rule({ kind: 'drop' });
    expect([(await send()).status, got.length]).toEqual([0, 0]);
    rule({ kind: 'duplicate' });
    expect([(await send()).status, got.length]).toEqual([202, 2]);
    rule({ kind: 'delay', milliseconds: 5000 });
    expect([(await send()).status, got.length, world.clock.now() - FROM]).toEqual([202, 3, 5000]);
    rule({ kind: 'delay', milliseconds: 50_000 });
    expect([(await send()).status, got.length, world.clock.now() - FROM]).toEqual([0, 3, 35_000]);
    rule({ kind: 'reset', when: 'after' });
    expect([(await send()).status, got.length]).toEqual([0, 4]);
    rule({ kind: 'status', status: 503, when: 'before', retryAfterSeconds: null });
    expect([(await send()).status, got.length]).toEqual([503, 4]);
  });
});
