import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnector, type Connector } from '../../../../server/sandbox/connector/connector.ts';
import type { ChatActivity } from '../../../../server/sandbox/world.ts';
import { startSmallTenant, type SmallTenant } from '../small-tenant.ts';
import { startBotReceiver, type BotReceiver, type ReceivedActivity } from './bot-receiver.ts';

let tenant: SmallTenant;
let connector: Connector;
let bot: BotReceiver;
let authorization: string;
let delivered: [string, string, number][];

const card = (text: string, extra: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  ...extra,
});
const withCard = (content: object) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

beforeEach(async () => {
  tenant = await startSmallTenant(async ({ world, entra, apps, faults }) => {
    connector = await createConnector(world, { botId: apps.main.clientId, verify: entra.verify, faults });
    return [connector.handle];
  });
  tenant.world.chats = connector.chats;
  bot = await startBotReceiver(tenant.world, tenant.apps.main.clientId);
  tenant.world.product.botEndpoint = bot.endpoint;
  authorization = await appToken(tenant.apps.main.clientId, tenant.apps.main.secret!);
  delivered = [];
  tenant.world.hooks.activityDelivered.push((personId, activity: ChatActivity) =>
    delivered.push([personId, activity.id, activity.replaced]),
  );
});
afterEach(async () => {
  await bot.close();
  await tenant.server.close();
});

async function appToken(client_id: string, client_secret: string, scope = 'https://api.botframework.com/.default') {
  const form = { grant_type: 'client_credentials', client_id, client_secret, scope };
  const url = `${tenant.origin}/${tenant.world.tenantId}/oauth2/v2.0/token`;
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return `Bearer ${(await reply.json()).access_token}`;
}

async function call(method: string, path: string, body?: unknown, header = authorization) {
  const reply = await fetch(`${tenant.origin}/connector/v3/conversations${path}`, {
    method,
    headers: { authorization: header, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text === '' ? null : JSON.parse(text) };
}

const create = (memberId: string, extra: object = {}) =>
  call('POST', '', {
    bot: { id: `28:${tenant.apps.main.clientId}` },
    isGroup: false,
    members: [{ id: memberId }],
    tenantId: tenant.world.tenantId,
    channelData: { tenant: { id: tenant.world.tenantId } },
    ...extra,
  });

async function openChat() {
  await connector.chats.install(tenant.ada.id);
  const { body } = await create(tenant.ada.id);
  return `/${encodeURIComponent(body.id)}`;
}

describe('installation', () => {
  it('tells the bot, with tokens that a bot accepts, once', async () => {
    const { ada, world, apps } = tenant;
    await connector.chats.install(ada.id);
    await connector.chats.install(ada.id);
    expect(bot.received.map(({ activity, problem }) => [activity.type, problem])).toEqual([
      ['installationUpdate', null],
      ['conversationUpdate', null],
    ]);
    const [install, update] = bot.received.map(({ activity }) => activity) as [ReceivedActivity, ReceivedActivity];
    expect(install).toMatchObject({
      action: 'add',
      channelId: 'msteams',
      serviceUrl: `${tenant.origin}/connector/`,
      timestamp: '2026-09-28T06:00:00.000Z',
      localTimestamp: '2026-09-28T08:00:00.000+02:00',
      from: { aadObjectId: ada.id },
      recipient: { id: `28:${apps.main.clientId}` },
      conversation: { conversationType: 'personal', tenantId: world.tenantId },
      channelData: { tenant: { id: world.tenantId } },
    });
    expect(install.from.id).toMatch(/^29:/);
    expect(install.conversation.id).toBe(connector.chats.of(ada.id)!.conversationId);
    expect(update.membersAdded).toEqual([
      { id: `28:${apps.main.clientId}` },
      { id: install.from.id, aadObjectId: ada.id },
    ]);
    expect(install.id).not.toBe(update.id);
  });

  it('goes on with rotated keys', async () => {
    await connector.chats.install(tenant.ada.id);
    await connector.botKeys.keys.rotate();
    await connector.chats.install(tenant.bruno.id);
    expect(bot.received.map(({ problem }) => problem)).toEqual([null, null, null, null]);
  });
});

describe('what the bot may call', () => {
  it('gives the same personal chat for an Entra id and for the 29: id', async () => {
    const chat = await openChat();
    const first = await create(tenant.ada.id);
    const members = await call('GET', `${chat}/members`);
    expect(members.body).toHaveLength(1);
    expect(members.body[0]).toMatchObject({
      aadObjectId: tenant.ada.id,
      name: 'Ada Moretti',
      tenantId: tenant.world.tenantId,
    });
    const second = await create(members.body[0].id);
    expect([first.status, second.body.id]).toEqual([201, first.body.id]);
    expect((await call('GET', `${chat}/members/${tenant.ada.id}`)).body.id).toBe(members.body[0].id);
    expect((await call('GET', `${chat}/members/${tenant.bruno.id}`)).status).toBe(404);
  });

  it('sends, updates and deletes', async () => {
    const chat = await openChat();
    const sent = await call('POST', `${chat}/activities`, withCard(card('one')));
    expect(sent.status).toBe(201);
    expect(sent.body.id).toMatch(/^1790575200000\d{6}$/);
    const { activities } = connector.chats.of(tenant.ada.id)!;
    expect(activities).toMatchObject([{ id: sent.body.id, from: 'bot', card: card('one'), replaced: 0 }]);
    tenant.world.clock.elapse(5000);
    const updated = await call('PUT', `${chat}/activities/${sent.body.id}`, withCard(card('two')));
    expect(updated).toMatchObject({ status: 200, body: { id: sent.body.id } });
    expect(activities).toMatchObject([{ card: card('two'), replaced: 1, updatedAt: tenant.world.clock.now() }]);
    expect(delivered).toEqual([
      [tenant.ada.id, sent.body.id, 0],
      [tenant.ada.id, sent.body.id, 1],
    ]);
    expect((await call('DELETE', `${chat}/activities/${sent.body.id}`)).status).toBe(200);
    expect(activities).toEqual([]);
    expect(connector.chats.sent().map(({ id }) => id)).toEqual([sent.body.id]);
    expect((await call('PUT', `${chat}/activities/${sent.body.id}`, withCard(card('three')))).status).toBe(404);
  });

  it('refuses everybody but the bot', async () => {
    const body = { members: [{ id: tenant.ada.id }], tenantId: tenant.world.tenantId };
    const { apps, entra, ada, world } = tenant;
    const graphToken = await appToken(apps.main.clientId, apps.main.secret!, 'https://graph.microsoft.com/.default');
    apps.graph.secret = 'other';
    const daemon = await appToken(apps.graph.clientId, 'other');
    const person = `Bearer ${await entra.userToken(ada.id, { clientId: apps.main.clientId })}`;
    expect((await call('POST', '', body, '')).status).toBe(401);
    expect((await call('POST', '', body, graphToken)).status).toBe(401);
    expect((await call('POST', '', body, person)).status).toBe(401);
    expect((await call('POST', '', body, daemon)).status).toBe(403);
    world.clock.jump(3_600_000);
    expect((await call('POST', '', body)).status).toBe(401);
  });

  it('refuses what Teams refuses', async () => {
    const chat = await openChat();
    const post = async (body: unknown) => {
      const reply = await call('POST', `${chat}/activities`, body);
      return [reply.status, reply.body.error.code];
    };
    expect(await post({ type: 'message', text: ' ' })).toEqual([400, 'BadSyntax']);
    expect(await post({ type: 'event' })).toEqual([400, 'BadSyntax']);
    expect(await post(withCard({ type: 'AdaptiveCard' }))).toEqual([400, 'BadSyntax']);
    expect(await post(withCard(card('x', { version: '1.6' })))).toEqual([400, 'BadSyntax']);
    expect(await post(withCard(card('x'.repeat(29_000))))).toEqual([413, 'MessageSizeTooBig']);
    expect((await call('POST', '/a%3Anobody/activities', { text: 'x' })).status).toBe(404);
    expect((await call('POST', '/%E0%A4%A/activities', { text: 'x' })).status).toBe(400);
    expect((await call('PATCH', chat, {})).status).toBe(405);
    expect((await create('00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await create(tenant.ada.id, { tenantId: 'other' })).status).toBe(403);
    expect((await create(tenant.ada.id, { isGroup: true })).status).toBe(400);
    expect((await create(tenant.ada.id, { bot: { id: '28:other' } })).status).toBe(403);
  });

  it('writes only where the app is installed and not blocked', async () => {
    const { ada } = tenant;
    const { body } = await create(ada.id);
    const write = () => call('POST', `/${encodeURIComponent(body.id)}/activities`, { type: 'message', text: 'hello' });
    expect((await write()).body.error.code).toBe('BotNotInConversationRoster');
    await connector.chats.install(ada.id);
    expect((await write()).status).toBe(201);
    connector.chats.block(ada.id, true);
    const blocked = await write();
    expect([blocked.status, blocked.body.errorCode]).toEqual([403, 209]);
    expect(JSON.parse(blocked.body.message).subCode).toBe('MessageWritesBlocked');
    connector.chats.block(ada.id, false);
    expect((await write()).status).toBe(201);
    await connector.chats.uninstall(ada.id);
    expect((await write()).status).toBe(403);
    expect(bot.received.at(-1)!.activity).toMatchObject({ type: 'installationUpdate', action: 'remove' });
  });

  it('limits the rate of a chat: 7 in a second, 8 in two', async () => {
    const chat = await openChat();
    const send = (text: string) => call('POST', `${chat}/activities`, { type: 'message', text });
    const statuses = [];
    for (let i = 0; i < 8; i++) statuses.push((await send(`m${i}`)).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 201, 429]);
    expect((await send('again')).headers.get('retry-after')).toBe('1');
    tenant.world.clock.elapse(1000);
    expect((await send('eighth')).status).toBe(201);
    const ninth = await send('ninth');
    expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '1']);
    tenant.world.clock.elapse(1000);
    expect((await send('ninth')).status).toBe(201);
  });
});

describe('what people do', () => {
  const execute = {
    type: 'Action.Execute',
    title: 'Send',
    verb: 'feedback.submit',
    data: { sessionId: 's1', rating: '1' },
    style: 'positive',
  };

  async function chatWithCard() {
    const chat = await openChat();
    const { body } = await call('POST', `${chat}/activities`, withCard(card('question', { actions: [execute] })));
    bot.received.length = 0;
    return body.id as string;
  }

  it('sends Action.Execute as an invoke with the inputs merged, and puts the answered card in place', async () => {
    const id = await chatWithCard();
    bot.answer = () => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('thanks') },
    });
    const answer = await connector.chats.execute(tenant.ada.id, id, execute, { rating: '5', note: 'grazie' });
    const [{ activity, problem }] = bot.received as [(typeof bot.received)[0]];
    expect(problem).toBeNull();
    expect(activity).toMatchObject({ type: 'invoke', name: 'adaptiveCard/action', replyToId: id });
    expect(activity.value).toEqual({
      action: {
        type: 'Action.Execute',
        title: 'Send',
        verb: 'feedback.submit',
        data: { sessionId: 's1', rating: '5', note: 'grazie' },
      },
      trigger: 'manual',
    });
    expect(answer).toEqual({
      httpStatus: 200,
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: card('thanks'),
    });
    expect(connector.chats.of(tenant.ada.id)!.activities).toMatchObject([{ card: card('thanks'), replaced: 1 }]);
  });

  it('keeps a text answer as a toast and leaves the card', async () => {
    const id = await chatWithCard();
    bot.answer = () => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' },
    });
    await connector.chats.execute(tenant.ada.id, id, execute, {});
    expect(connector.chats.of(tenant.ada.id)!.activities).toMatchObject([{ toast: 'Noted', replaced: 0 }]);
  });

  it('reports errors, refusals and silence', async () => {
    const id = await chatWithCard();
    const act = () => connector.chats.execute(tenant.ada.id, id, execute, {});
    const value = { code: 'BadRequest', message: 'expired' };
    bot.answer = () => ({ status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value } });
    expect(await act()).toEqual({ httpStatus: 200, statusCode: 400, type: 'application/vnd.microsoft.error', value });
    bot.answer = () => ({ status: 500 });
    expect((await act()).httpStatus).toBe(500);
    tenant.faults.add({ match: { part: 'invoke', path: /./ }, fault: { kind: 'reset', when: 'after' } });
    const before = bot.received.length;
    expect(await act()).toMatchObject({ httpStatus: 0, statusCode: null });
    expect(bot.received.length).toBe(before + 1);
    await expect(connector.chats.execute(tenant.bruno.id, id, execute, {})).rejects.toThrow(/no chat/);
    await expect(connector.chats.execute(tenant.ada.id, 'other', execute, {})).rejects.toThrow(/is not in the chat/);
  });

  it('sends Action.Submit as a message with a value', async () => {
    const id = await chatWithCard();
    await connector.chats.execute(tenant.ada.id, id, { type: 'Action.Submit', data: { a: 1 } }, { b: '2' });
    expect(bot.received[0]!.activity).toMatchObject({ type: 'message', replyToId: id, value: { a: 1, b: '2' } });
    expect(bot.received[0]!.activity.text).toBeUndefined();
  });

  it('says something to the bot', async () => {
    await chatWithCard();
    expect(await connector.chats.say(tenant.ada.id, 'ciao')).toMatchObject({ httpStatus: 200 });
    expect(bot.received[0]!.activity).toMatchObject({ type: 'message', text: 'ciao', textFormat: 'plain' });
    expect(connector.chats.of(tenant.ada.id)!.activities.at(-1)).toMatchObject({ from: 'person', text: 'ciao' });
    expect(connector.chats.sent()).toHaveLength(1);
  });

  it('goes on from a snapshot', async () => {
    const id = await chatWithCard();
    connector.chats.block(tenant.ada.id, true);
    const saved = JSON.parse(JSON.stringify(connector.snapshot()));
    const { world, entra, apps, faults } = tenant;
    const next = await createConnector(world, { botId: apps.main.clientId, verify: entra.verify, faults, saved });
    expect(next.chats.of(tenant.ada.id)).toEqual(connector.chats.of(tenant.ada.id));
    expect(next.chats.sent()[0]).toBe(next.chats.of(tenant.ada.id)!.activities[0]);
    expect(next.botKeys.keys.published()).toEqual(connector.botKeys.keys.published());
    expect(next.snapshot()).toEqual(connector.snapshot());
    expect(next.chats.sent()[0]!.id).toBe(id);
  });
});
