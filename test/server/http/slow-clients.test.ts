import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { newId } from '../../make/person.ts';
import { bareStage } from './bare-stage.ts';
import { makeKey, startEntra, type Entra } from './entra.ts';
import { makeApp, type TestApp } from './make-app.ts';

const TENANT = newId() as TenantId;
let entra: Entra;
let made: TestApp;
let port: number;

beforeAll(async () => {
  entra = await startEntra(await makeKey('key'));
  made = await makeApp(bareStage(TENANT), entra, [TENANT]);
  await made.app.listen({ port: 0, host: '127.0.0.1' });
  port = (made.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await made.app.close();
  await entra.close();
});

/** Milliseconds until the server closes a connection on which `head` was sent at once and `drop` once a second. */
const closedAfter = (head: string, drop: string): Promise<number> =>
  new Promise((resolve) => {
    const begun = performance.now();
    const socket = net.connect(port, '127.0.0.1', () => socket.write(head));
    const dripping = setInterval(() => socket.write(drop), 1_000);
    socket.on('error', () => undefined);
    socket.resume();
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(performance.now() - begun);
    });
  });

test('who sends nothing, or a byte now and then, is cut off after ten seconds, and the others go on (63)', async () => {
  const POST = 'POST /graph/notifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const waits = Promise.all([
    closedAfter('', ''),
    closedAfter('GET /api/config HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'),
    closedAfter(`${POST}Content-Length: 1000\r\n\r\n{`, ' '),
    closedAfter(`${POST}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    ...Array.from({ length: 200 }, () => closedAfter('GET / HTTP/1.1\r\n', '')),
  ]);
  expect((await fetch(`http://127.0.0.1:${port}/api/config`)).status).toBe(200);
  for (const milliseconds of await waits) {
    expect(milliseconds).toBeGreaterThan(9_000);
    expect(milliseconds).toBeLessThan(20_000);
  }
  expect((await fetch(`http://127.0.0.1:${port}/api/config`)).status).toBe(200);
});
