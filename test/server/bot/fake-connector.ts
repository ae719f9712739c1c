import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { instant, plus, type Instant } from '../../../server/domain/time/instant.ts';
import type { Clock } from '../../../server/ports.ts';

export const APP = '11111111-1111-4111-8111-111111111111';
export const TENANT = '22222222-2222-4222-8222-222222222222';
export const PERSON = '33333333-3333-4333-8333-333333333333';
export const NOW = instant(Date.parse('2026-11-02T09:00:00Z'));
const seconds = Math.floor(NOW / 1_000);

/** A clock that is moved by hand. */
export function createHandClock(start: Instant = NOW): Clock & { move(milliseconds: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: () => Promise.reject(new Error('nothing here waits')),
    track: (work) => work(),
    move: (milliseconds) => {
      now = plus(now, milliseconds);
    },
  };
}

export interface Request {
  method: string;
  path: string;
  authorization: string | undefined;
  body: unknown;
}
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** End the connection without an answer. */
  hangUp?: boolean;
  /** Never answer. */
  isSilent?: boolean;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An HTTP server on loopback that answers what `answer` says and remembers what it was asked. */
export async function startServer(
  answer: (request: Request) => Answer,
): Promise<{ url: string; requests: Request[]; stop(): Promise<void> }> {
  const requests: Request[] = [];
  const server: Server = createServer((incoming, reply) => {
    void readBody(incoming).then((body) => {
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        authorization: incoming.headers.authorization,
        body,
      };
      requests.push(request);
      const { status, headers = {}, body: text = '', hangUp = false, isSilent = false } = answer(request);
      if (isSilent) return;
      if (hangUp) incoming.socket.destroy();
      else reply.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export type ListedKey = JWK & { endorsements?: unknown };
export interface KeyPair {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  listed: ListedKey;
}

/** A signing key as the Bot Connector lists it. */
export async function makeKey(kid: string, endorsements: unknown = ['msteams', 'webchat']): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    publicKey,
    privateKey,
    listed: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256', endorsements },
  };
}

/** OpenID metadata and key list on loopback; `state` is changed by tests. */
export async function startIdentity(keys: ListedKey[]) {
  const state = { keys, answer: null as Answer | null };
  const server = await startServer(({ path }) => {
    if (state.answer) return state.answer;
    const body = path.includes('openid')
      ? {
          issuer: 'https://api.botframework.com',
          jwks_uri: `${server.url}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        }
      : { keys: state.keys };
    return { status: 200, body: JSON.stringify(body) };
  });
  return { ...server, state, openIdUrl: `${server.url}/v1/.well-known/openidconfiguration` };
}

/** A token as the Bot Connector signs it, with whatever a test wants otherwise; `undefined` leaves a claim out. */
export const mint = (
  privateKey: CryptoKey | Uint8Array,
  serviceurl: string,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
) =>
  new SignJWT({
    iss: 'https://api.botframework.com',
    aud: APP,
    iat: seconds,
    nbf: seconds - 60,
    exp: seconds + 3_600,
    serviceurl,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })
    .sign(privateKey);

/** An activity as Teams sends it. */
export const activityFrom = (serviceUrl: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  id: 'f:1',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:person', name: 'Ann', aadObjectId: PERSON },
  recipient: { id: `28:${APP}` },
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  locale: 'it-IT',
  localTimezone: 'Europe/Rome',
  text: 'ciao',
  ...more,
});
