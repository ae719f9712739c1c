import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemId, makeCore } from '../../../../server/sandbox/graph/exchange/ids.ts';
import {
  DAY,
  errorOf,
  grantMailboxes,
  HOUR,
  id,
  makeBench,
  MINUTE,
  START,
  TAB_APP,
  type Answer,
  type Bench,
  type Json,
} from './make-graph.ts';

interface Received {
  path: string;
  at: number;
  items: Json[];
}

let bench: Bench;
let server: Server;
let received: Received[];
/** What the product answers to a notification. */
let status: number;
/** What it answers to a handshake; null: as it should. */
let handshake: { status: number; type: string; body: string } | null;

beforeEach(async () => {
  bench = makeBench();
  grantMailboxes(bench.world, 'Calendars.Read', [id(2), id(3)]);
  received = [];
  status = 202;
  handshake = null;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://x');
      const token = url.searchParams.get('validationToken');
      if (token !== null) {
        const answer = handshake ?? { status: 200, type: 'text/plain; charset=utf-8', body: token };
        response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
        return;
      }
      const { value } = JSON.parse(Buffer.concat(chunks).toString()) as { value: Received['items'] };
      received.push({ path: url.pathname, at: bench.world.clock.now(), items: value });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(bench.world.product, { publicHost: 'inverso.example.com', loopbackOrigin: origin });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const iso = (instant: number): string => new Date(instant).toISOString();
const draft = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  changeType: 'created,updated,deleted',
  notificationUrl: 'https://inverso.example.com/graph/notify',
  lifecycleNotificationUrl: 'https://inverso.example.com/graph/lifecycle',
  resource: `/users/${id(2)}/events`,
  expirationDateTime: iso(START + 6 * DAY),
  clientState: 'a-secret-of-enough-characters',
  ...changes,
});
const subscribe = (changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  bench.ask('POST', '/v1.0/subscriptions', { body: draft(changes), headers });
const change = (n: number, event: string, kind: 'created' | 'updated' | 'deleted' = 'updated'): void => {
  for (const listen of bench.world.hooks.calendarChanged) listen(id(n), event, kind, 'person:x');
};
const advance = (milliseconds: number): Promise<void> =>
  bench.world.clock.advanceTo(bench.world.clock.now() + milliseconds);

describe('creating a subscription', () => {
  it('shakes hands with both addresses and gives it whole', async () => {
    const made = await subscribe();
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      resource: `/users/${id(2)}/events`,
      clientState: 'a-secret-of-enough-characters',
      expirationDateTime: '2026-10-04T06:00:00.0000000Z',
      latestSupportedTlsVersion: 'v1_2',
    });
    const again = await bench.ask('GET', `/v1.0/subscriptions/${made.json.id}`);
    expect(again.json.clientState).toBe('a-secret-of-enough-characters');
    expect((await bench.ask('GET', '/v1.0/subscriptions')).json.value).toHaveLength(1);
  });

  it('is seen by its own application alone', async () => {
    const made = await subscribe();
    const token = `app:${TAB_APP}`;
    expect(errorOf(await bench.ask('GET', `/v1.0/subscriptions/${made.json.id}`, { token }))[0]).toBe(404);
    expect((await bench.ask('GET', '/v1.0/subscriptions', { token })).json.value).toEqual([]);
    expect(errorOf(await bench.ask('DELETE', `/v1.0/subscriptions/${made.json.id}`, { token }))[0]).toBe(404);
  });

  it.each([
    ['another status', { status: 404, type: 'text/plain', body: '' }, 'Notification endpoint must respond with 200 OK'],
    ['another type', { status: 200, type: 'application/json', body: '' }, 'Must respond with content type text/plain'],
    [
      'another text',
      { status: 200, type: 'text/plain', body: 'Validation%3A' },
      'Response must exactly match validationToken',
    ],
  ])('refuses an address that answers with %s', async (_, answer, message) => {
    handshake = answer;
    const refused = await subscribe();
    expect(errorOf(refused)).toEqual([400, 'ValidationError']);
    expect(refused.json.error.message).toContain(`Subscription validation request failed. ${message}`);
    expect(bench.graph.subscriptions.list()).toEqual([]);
  });

  it('refuses an address where nobody answers', async () => {
    const refused = await subscribe({ lifecycleNotificationUrl: 'https://nobody.example.com/x' });
    expect(errorOf(refused)).toEqual([400, 'ValidationError']);
    expect(refused.json.error.message).toBe('Subscription validation request timed out.');
  });

  it('refuses bodies of the wrong form', async () => {
    const bad: Record<string, unknown>[] = [
      { changeType: 'moved' },
      { changeType: undefined },
      { notificationUrl: 'http://inverso.example.com/graph/notify' },
      { lifecycleNotificationUrl: 'nowhere' },
      { resource: '/users' },
      { resource: 'me/events' },
      { clientState: 'x'.repeat(129) },
      { expirationDateTime: 'soon' },
      { expirationDateTime: iso(START - MINUTE) },
      { color: 'red' },
    ];
    for (const changes of bad)
      expect(errorOf(await subscribe(changes)), JSON.stringify(changes)).toEqual([400, 'InvalidRequest']);
    const long = await subscribe({ expirationDateTime: iso(START + 7 * DAY + MINUTE) });
    expect(errorOf(long)).toEqual([400, 'ExtensionError']);
    expect(long.json.error.message).toContain('Subscription expiration can only be 10080 minutes in the future.');
  });

  it('needs the right to read the mailbox, and a mailbox', async () => {
    expect(errorOf(await subscribe({ resource: `/users/${id(4)}/events` }))).toEqual([403, 'ErrorAccessDenied']);
    expect(errorOf(await subscribe({ resource: `/users/${id(77)}/events` }))).toEqual([404, 'ResourceNotFound']);
    bench.world.people.get(id(3))!.mailbox.enabled = false;
    expect(errorOf(await subscribe({ resource: `/users/${id(3)}/events` }))).toEqual([
      404,
      'MailboxNotEnabledForRESTAPI',
    ]);
  });

  it('refuses the same again (409) and more than 1,000 of a mailbox (403)', async () => {
    await subscribe();
    expect(errorOf(await subscribe({ changeType: 'deleted, created, updated' }))).toEqual([409, 'Conflict']);
    expect((await subscribe({ changeType: 'created' })).status).toBe(201);
    const [one] = bench.graph.subscriptions.list();
    const subscriptions = Array.from({ length: 1000 }, (_, i) => ({ ...one!, id: id(20_000 + i), clientId: TAB_APP }));
    const saved = bench.graph.snapshot() as Record<string, unknown>;
    bench.graph.restore({ ...saved, subscriptions: { subscriptions, waiting: [] } });
    expect(errorOf(await subscribe())).toEqual([403, 'ExtensionError']);
  });

  it('raises a short life to 45 minutes, renews, reauthorizes, deletes and expires', async () => {
    const made = await subscribe({ expirationDateTime: iso(START + MINUTE) });
    expect(made.json.expirationDateTime).toBe('2026-09-28T06:45:00.0000000Z');
    const path = `/v1.0/subscriptions/${made.json.id}`;
    const renewed = await bench.ask('PATCH', path, { body: { expirationDateTime: iso(START + 2 * HOUR) } });
    expect(renewed.json.expirationDateTime).toBe('2026-09-28T08:00:00.0000000Z');
    expect(errorOf(await bench.ask('PATCH', path, { body: { clientState: 'x' } }))).toEqual([400, 'BadRequest']);
    expect((await bench.ask('POST', `${path}/reauthorize`)).status).toBe(204);
    await advance(2 * HOUR);
    expect(errorOf(await bench.ask('PATCH', path, { body: { expirationDateTime: iso(START + 4 * HOUR) } }))).toEqual([
      404,
      'ResourceNotFound',
    ]);
    const next = await subscribe();
    expect((await bench.ask('DELETE', `/v1.0/subscriptions/${next.json.id}`)).status).toBe(204);
    expect(bench.graph.subscriptions.list()).toEqual([]);
  });
});

describe('notifications', () => {
  it('say where something changed, a little later, and nothing of what', async () => {
    const made = await subscribe();
    change(2, 'event-1');
    change(3, 'event-2');
    expect(received).toEqual([]);
    await advance(25_000);
    const items = received.flatMap((each) => each.items);
    expect(new Set(items.map((each) => each['resourceData'].id))).toEqual(new Set(['event-1']));
    expect(received[0]!.at - START).toBeGreaterThanOrEqual(1000);
    expect(items[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      subscriptionId: made.json.id,
      subscriptionExpirationDateTime: '2026-10-04T06:00:00.000Z',
      tenantId: bench.world.tenantId,
      clientState: 'a-secret-of-enough-characters',
      changeType: 'updated',
      resource: `Users/${id(2)}/Events/event-1`,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Event',
        '@odata.id': `Users/${id(2)}/Events/event-1`,
        '@odata.etag': expect.stringMatching(/^W\/"/),
        id: 'event-1',
      },
    });
  });

  it('come for the asked kinds of change alone, with ids of the kind asked for', async () => {
    const core = makeCore('an event');
    await subscribe({ changeType: 'deleted' }, { prefer: 'IdType="ImmutableId"' });
    await subscribe({ changeType: 'created' });
    change(2, itemId(core, null, true), 'updated');
    change(2, itemId(core, null, true), 'deleted');
    change(2, itemId(core, null, true), 'created');
    await advance(MINUTE);
    const told = new Map(
      received.flatMap((each) => each.items).map((each) => [each['changeType'], each['resourceData'].id]),
    );
    expect(told).toEqual(
      new Map([
        ['deleted', itemId(core, null, true)],
        ['created', itemId(core, null, false)],
      ]),
    );
  });

  it('share a POST per address and instant, and now and then come twice', async () => {
    await subscribe();
    for (let i = 0; i < 400; i++) change(2, `event-${i}`);
    await advance(MINUTE);
    const ids = received.flatMap((each) => each.items.map((item) => item['resourceData'].id as string));
    expect(new Set(ids).size).toBe(400);
    expect(received.length).toBeLessThan(30);
    const order = received[0]!.items.map((item) => Number(String(item['resourceData'].id).slice(6)));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    for (let i = 0; i < 60; i++) {
      change(2, `late-${i}`);
      await advance(MINUTE);
    }
    const late = received
      .flatMap((each) => each.items.map((item) => String(item['resourceData'].id)))
      .filter((each) => each.startsWith('late'));
    expect(late.length).toBeGreaterThan(60);
    expect(new Set(late).size).toBe(60);
  });

  it('are tried again for four hours, then missed', async () => {
    await subscribe();
    status = 500;
    change(2, 'event-1');
    await advance(HOUR);
    const tries = received.length;
    expect(tries).toBeGreaterThan(5);
    status = 202;
    await advance(HOUR);
    expect(received.length).toBe(tries + 1);
    status = 500;
    change(2, 'event-2');
    await advance(5 * HOUR);
    const lost = received.filter((each) => each.path === '/graph/notify').at(-1)!;
    expect(received.some((each) => each.items[0]!['lifecycleEvent'] === 'missed')).toBe(true);
    expect(lost.at - START - 2 * HOUR).toBeLessThanOrEqual(4 * HOUR + MINUTE);
  });

  it('end with the subscription, and live through a restart', async () => {
    const made = await subscribe();
    change(2, 'event-1');
    const saved = JSON.parse(JSON.stringify(bench.graph.snapshot())) as unknown;
    const { product } = bench.world;
    bench = makeBench();
    Object.assign(bench.world.product, product);
    bench.graph.restore(saved);
    await advance(MINUTE);
    expect(received.flatMap((each) => each.items)[0]).toMatchObject({ subscriptionId: made.json.id });
    received = [];
    await bench.ask('DELETE', `/v1.0/subscriptions/${made.json.id}`);
    change(2, 'event-2');
    await advance(MINUTE);
    expect(received).toEqual([]);
  });
});

describe('lifecycle', () => {
  it('says on demand what happened to a subscription', async () => {
    const made = await subscribe();
    bench.graph.subscriptions.lifecycle(made.json.id, 'missed');
    bench.graph.subscriptions.lifecycle(made.json.id, 'subscriptionRemoved');
    await advance(MINUTE);
    const items = received.filter((each) => each.path === '/graph/lifecycle').flatMap((each) => each.items);
    expect(new Set(items.map((each) => each['lifecycleEvent']))).toEqual(new Set(['missed', 'subscriptionRemoved']));
    expect(items[0]).toEqual({
      subscriptionId: made.json.id,
      subscriptionExpirationDateTime: '2026-10-04T06:00:00.000Z',
      tenantId: bench.world.tenantId,
      clientState: 'a-secret-of-enough-characters',
      lifecycleEvent: expect.any(String) as string,
    });
    expect(errorOf(await bench.ask('GET', `/v1.0/subscriptions/${made.json.id}`))[0]).toBe(404);
    expect(() => bench.graph.subscriptions.lifecycle(made.json.id, 'missed')).toThrow(made.json.id as string);
  });

  it('asks some to reauthorize before they expire, and none that was renewed', async () => {
    for (let day = 0; day < 8; day++) {
      await subscribe({ expirationDateTime: iso(bench.world.clock.now() + 3 * HOUR) });
      await advance(3 * HOUR);
    }
    const asked = received.filter((each) => each.items[0]!['lifecycleEvent'] === 'reauthorizationRequired').length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(8);
  });
});
