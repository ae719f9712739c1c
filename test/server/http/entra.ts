import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { newId } from '../../make/person.ts';

export const CLIENT_ID = '11111111-aaaa-4aaa-8aaa-111111111111';
const TEAMS = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';

export interface SigningKey {
  kid: string;
  publicJwk: JWK;
  privateKey: CryptoKey;
}

export async function makeKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}

/** The part of Entra that signs tokens: a key set over HTTP, which may change, fail or be counted. */
export interface Entra {
  loginUrl: string;
  /** The keys it publishes now; a text is sent as it is, a number as a status, and null never. */
  publish(keys: readonly SigningKey[] | string | number | null): void;
  /** Paths that were asked for. */
  asked: string[];
  close(): Promise<void>;
}

export async function startEntra(...keys: SigningKey[]): Promise<Entra> {
  const asked: string[] = [];
  let published: readonly SigningKey[] | string | number | null = keys;
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    if (published === null) return;
    if (typeof published === 'number') reply.writeHead(published).end();
    else
      reply.end(
        typeof published === 'string' ? published : JSON.stringify({ keys: published.map((key) => key.publicJwk) }),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    loginUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (next) => void (published = next),
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface TokenOptions {
  claims?: JWTPayload & Record<string, unknown>;
  header?: Record<string, unknown>;
  key: SigningKey;
  /** Seconds since the epoch. */
  now: number;
}

/** An access token as Teams gets it for our API; a claim of `undefined` is left out. */
export function signToken(tenantId: TenantId, { claims = {}, header = {}, key, now }: TokenOptions): Promise<string> {
  const payload = {
    aud: CLIENT_ID,
    iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    iat: now,
    nbf: now,
    exp: now + 3600,
    azp: TEAMS,
    name: 'Ada Rossi',
    oid: newId(),
    scp: 'access_as_user',
    tid: tenantId,
    ver: '2.0',
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(payload)) as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })
    .sign(key.privateKey);
}
