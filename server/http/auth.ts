import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Identity } from '../use-cases/people/load-caller.ts';
import { createTokenKeys } from './token-keys.ts';

export interface AuthOptions {
  clock: Clock;
  /** Where keys are fetched, `https://login.microsoftonline.com` or another base. */
  loginUrl: string;
  clientId: string;
  tenantIds: readonly string[];
}

/** Microsoft's own clients that may ask for our scope (platform.md 8.1), beside our own client (nested app authentication). */
const CLIENTS = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  '4765445b-32c6-49b0-83e6-1d93765276ca',
  '0ec893e0-5785-4de6-99da-4ed124e5296c',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
  '00000002-0000-0ff1-ce00-000000000000',
  '4345a7b9-9a63-4910-a426-35363201d503',
];
const SCOPE = 'access_as_user';
/** Clocks may differ by five minutes (reliability.md F46). */
const TOLERANCE_SECONDS = 300;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A key id of Entra is a short token; anything else is refused before it is compared with anything. */
const KEY_ID = /^[\w-]{1,128}$/;

/**
 * Turns an Authorization header into the caller: an Entra v2 access token for our API (platform.md 8.1), RS256, of an
 * allowed tenant and client, with our scope and a person's object id. The person is tenant and object id, never a name
 * or a mail address. Throws `signedOut` for any other token, `forbidden` for an application's and for a tenant that has
 * not installed us. Entra signs for all tenants with the same keys, so any tenant's keys prove such a token.
 */
export function createAuth(options: AuthOptions): (authorization: string | undefined) => Promise<Identity> {
  const keys = new Map<string, JWTVerifyGetKey>(
    options.tenantIds.map((tenantId) => [
      tenantId,
      createTokenKeys(`${options.loginUrl}/${tenantId}/discovery/v2.0/keys`, options.clock),
    ]),
  );
  const clients = new Set([...CLIENTS, options.clientId]);
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new AppError('signedOut');
    const tenantId = tenantOf(token);
    const key = tenantId === null ? undefined : (keys.get(tenantId) ?? keys.values().next().value);
    if (tenantId === null || !key) throw new AppError('signedOut');
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      audience: options.clientId,
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'iat', 'nbf', 'oid', 'tid'],
      currentDate: new Date(options.clock.now()),
    }).catch((error: unknown) => {
      throw error instanceof errors.JWKSTimeout ? new AppError('unavailable') : new AppError('signedOut', {}, error);
    });
    if (
      !Number.isSafeInteger(payload.exp) ||
      typeof payload.aud !== 'string' ||
      payload['tid'] !== tenantId ||
      payload['ver'] !== '2.0'
    )
      throw new AppError('signedOut');
    if (!clients.has(String(payload['azp']))) throw new AppError('signedOut');
    const scopes = typeof payload['scp'] === 'string' ? payload['scp'].split(' ') : [];
    if (!keys.has(tenantId) || payload['idtyp'] === 'app' || payload['scp'] === undefined)
      throw new AppError('forbidden');
    const oid = payload['oid'];
    if (!scopes.includes(SCOPE) || typeof oid !== 'string' || !GUID.test(oid)) throw new AppError('signedOut');
    const roles: unknown = payload['roles'];
    return {
      tenantId: tenantId as TenantId,
      personId: oid as PersonId,
      displayName: typeof payload['name'] === 'string' ? payload['name'] : '',
      appRoles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [],
    };
  };
}

/** The tenant that an unverified token claims: it only chooses whose keys have to prove it. Null for an odd header. */
function tenantOf(token: string): string | null {
  try {
    const [header, payload] = token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>);
    if (typeof header?.['kid'] !== 'string' || !KEY_ID.test(header['kid'])) return null;
    return typeof payload?.['tid'] === 'string' && GUID.test(payload['tid']) ? payload['tid'] : null;
  } catch {
    return null;
  }
}
