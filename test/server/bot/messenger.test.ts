import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMessenger, type ConnectorTokens } from '../../../server/bot/messenger.ts';
import { createCardRenderer } from '../../../server/bot/render-card.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { createServiceUrlCheck } from '../../../server/bot/service-urls.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { createTokenSource } from '../../../server/graph/token.ts';
import { APP, createHandClock, NOW, PERSON, startServer, TENANT, type Answer } from './fake-connector.ts';

const renderCard = createCardRenderer(loadContent(null));

const tenantId = TENANT as TenantId;
const personId = PERSON as PersonId;
const card = renderCard({ kind: 'welcome' }, 'en', 'UTC');
let answer: Answer;
let connector: Awaited<ReturnType<typeof startServer>>;

beforeEach(async () => {
  answer = { status: 201, body: '{"id":"17"}' };
  connector = await startServer(() => answer);
});
afterEach(() => connector.stop());

interface SetUp {
  connectorUrl?: string;
  deadlineMilliseconds?: number;
  token?: Awaited<ReturnType<ConnectorTokens['get']>>;
}

function setUp({
  connectorUrl = connector.url,
  deadlineMilliseconds = 2_000,
  token = { kind: 'token', token: 'ours' },
}: SetUp = {}) {
  const clock = createHandClock();
  const asked = { tokens: 0, dropped: [] as string[] };
  const messenger = createMessenger({
    appId: APP,
    connectorUrl,
    clock,
    deadlineMilliseconds,
    isAllowedServiceUrl: createServiceUrlCheck(connectorUrl),
    tokens: {
      get: async () => {
        asked.tokens++;
        return token;
      },
      drop: (dropped) => asked.dropped.push(dropped),
    },
  });
  return { clock, asked, messenger, to: { conversationId: 'a:chat/1', serviceUrl: `${connectorUrl}/emea/` } };
}

test('a card is sent, and replaced', async () => {
  const { messenger, to } = setUp();
  expect(await messenger.sendCard(tenantId, to, card)).toEqual({ outcome: 'done', value: { activityId: '17' } });
  answer = { status: 200 };
  expect(await messenger.updateCard(tenantId, to, '17', card)).toEqual({ outcome: 'done', value: null });
  expect(connector.requests).toMatchObject([
    {
      method: 'POST',
      path: '/emea/v3/conversations/a%3Achat%2F1/activities',
      authorization: 'Bearer ours',
      body: {
        type: 'message',
        from: { id: `28:${APP}` },
        summary: card.summary,
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
      },
    },
    { method: 'PUT', path: '/emea/v3/conversations/a%3Achat%2F1/activities/17' },
  ]);
});

test('a chat is opened by the person’s object id', async () => {
  const { messenger } = setUp();
  expect(await messenger.openConversation(tenantId, personId)).toEqual({
    outcome: 'done',
    value: { conversationId: '17', serviceUrl: connector.url },
  });
  expect(connector.requests[0]).toMatchObject({
    path: '/v3/conversations',
    body: { isGroup: false, members: [{ id: PERSON }], tenantId: TENANT },
  });
  answer = { status: 201, body: '{"id":"18","serviceUrl":"https://evil.example"}' };
  expect(await messenger.openConversation(tenantId, personId)).toMatchObject({
    value: { conversationId: '18', serviceUrl: connector.url },
  });
});

test.each(['https://evil.example/', 'http://169.254.169.254', 'http://localhost:1', 'x'])(
  '%s never gets our token',
  async (serviceUrl) => {
    const { messenger, asked } = setUp();
    expect(await messenger.sendText(tenantId, { conversationId: 'a', serviceUrl }, 'x')).toMatchObject({
      outcome: 'refused',
      code: 'ServiceUrlNotAllowed',
    });
    expect(asked.tokens).toBe(0);
  },
);

test('a redirect is not followed', async () => {
  const thief = await startServer(() => ({ status: 201, body: '{"id":"1"}' }));
  answer = { status: 307, headers: { location: thief.url } };
  const { messenger, to } = setUp();
  expect((await messenger.sendCard(tenantId, to, card)).outcome).toBe('unknown');
  expect(thief.requests).toEqual([]);
  await thief.stop();
});

test.each<[string, Answer, string, string]>([
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '300' } }, 'later', 'later'],
  ['412', { status: 412 }, 'later', 'later'],
  ['503', { status: 503 }, 'later', 'later'],
  ['401', { status: 401 }, 'later', 'later'],
  ['500', { status: 500 }, 'unknown', 'later'],
  ['502', { status: 502 }, 'unknown', 'later'],
  ['504', { status: 504 }, 'unknown', 'later'],
  ['hung up', { status: 200, hangUp: true }, 'unknown', 'later'],
  ['403', { status: 403 }, 'refused', 'refused'],
  ['404', { status: 404 }, 'refused', 'refused'],
  ['400', { status: 400 }, 'refused', 'refused'],
  ['truncated', { status: 201, body: '{"id":"1' }, 'unknown', 'done'],
  ['a page', { status: 200, body: '<html>' }, 'unknown', 'done'],
])('%s: sending ends %s once, replacing too', async (_, given, sending, replacing) => {
  answer = given;
  const { messenger, to } = setUp();
  expect((await messenger.sendCard(tenantId, to, card)).outcome).toBe(sending.split(' ')[0]);
  expect((await messenger.updateCard(tenantId, to, '17', card)).outcome).toBe(replacing);
  expect(connector.requests).toHaveLength(2);
});

test('how long to wait comes from Retry-After, unless it says nothing of use', async () => {
  const waits: number[] = [];
  for (const after of [
    '300',
    new Date(NOW + 60_000).toUTCString(),
    '-5',
    'abc',
    '1000000000',
    new Date(NOW - 60_000).toUTCString(),
  ]) {
    answer = { status: 429, headers: { 'retry-after': after } };
    const { messenger, to } = setUp();
    const result = await messenger.sendText(tenantId, to, 'x');
    waits.push('notBefore' in result ? result.notBefore - NOW : 0);
  }
  expect(waits).toEqual([300_000, 60_000, 5_000, 5_000, 5_000, 5_000]);
});

test('blocked: refused with Teams’ own word for it', async () => {
  answer = {
    status: 403,
    body: JSON.stringify({ errorCode: 209, message: JSON.stringify({ subCode: 'MessageWritesBlocked' }) }),
  };
  const { messenger, to } = setUp();
  expect(await messenger.sendCard(tenantId, to, card)).toEqual({
    outcome: 'refused',
    reason: 'forbidden',
    status: 403,
    code: 'MessageWritesBlocked',
  });
});

test('401 drops the token; without a token nothing is sent', async () => {
  answer = { status: 401 };
  const { messenger, to, asked } = setUp();
  await messenger.sendText(tenantId, to, 'x');
  expect(asked.dropped).toEqual(['ours']);
  const refused = setUp({ token: { kind: 'refused', code: 'AADSTS7000222' } });
  expect(await refused.messenger.sendText(tenantId, refused.to, 'x')).toMatchObject({
    outcome: 'refused',
    reason: 'signedOut',
  });
  expect(connector.requests).toHaveLength(1);
});

test('nobody there: nothing was sent, so it is tried later', async () => {
  const gone = await startServer(() => answer);
  await gone.stop();
  const { messenger, to } = setUp({ connectorUrl: gone.url });
  expect(await messenger.sendText(tenantId, to, 'x')).toMatchObject({ outcome: 'later', code: 'NotConnected' });
});

test('no answer in time: nobody knows whether a card arrived; replacing it can be repeated', async () => {
  answer = { status: 200, isSilent: true };
  const { messenger, to } = setUp({ deadlineMilliseconds: 100 });
  expect(await messenger.sendCard(tenantId, to, card)).toMatchObject({ outcome: 'unknown', code: 'NoAnswer' });
  expect(await messenger.updateCard(tenantId, to, '17', card)).toMatchObject({ outcome: 'later', code: 'NoAnswer' });
});

test('25 a second per tenant and 7 per chat; then later, without a call', async () => {
  const { messenger, clock, to } = setUp();
  const many = (count: number, chat: (i: number) => string) =>
    Promise.all(
      Array.from({ length: count }, (_, i) => messenger.sendText(tenantId, { ...to, conversationId: chat(i) }, 'x')),
    );
  const toAll = await many(30, (i) => `a:${String(i)}`);
  expect(toAll.filter(({ outcome }) => outcome === 'done')).toHaveLength(25);
  expect(toAll.at(-1)).toEqual({ outcome: 'later', notBefore: NOW + 1_000, code: 'Paced' });
  expect(connector.requests).toHaveLength(25);
  clock.move(1_000);
  expect((await many(9, () => 'a:one')).filter(({ outcome }) => outcome === 'done')).toHaveLength(7);
});

test('the token of the app for the Bot Connector, through msal-node', async () => {
  const login = await startServer(({ path }) =>
    path.includes('/oauth2/v2.0/token')
      ? { status: 200, body: JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: 'from-login' }) }
      : { status: 404, body: '{}' },
  );
  const clock = createHandClock();
  const tokens = createTokenSource({
    clock,
    loginUrl: login.url,
    tenantId: TENANT,
    clientId: APP,
    credential: { secret: 's3cret' },
    scope: 'https://api.botframework.com/.default',
    deadlineMilliseconds: 2_000,
  });
  const messenger = createMessenger({
    appId: APP,
    connectorUrl: connector.url,
    clock,
    tokens,
    isAllowedServiceUrl: createServiceUrlCheck(connector.url),
  });
  const to = { conversationId: 'a', serviceUrl: connector.url };
  await messenger.sendText(tenantId, to, 'x');
  await messenger.sendText(tenantId, to, 'y');
  expect(login.requests).toHaveLength(1);
  clock.move(3_600_000);
  await messenger.sendText(tenantId, to, 'z');
  expect(login.requests).toHaveLength(2);
  expect(connector.requests.map(({ authorization }) => authorization)).toEqual(
    Array.from({ length: 3 }, () => 'Bearer from-login'),
  );
});
