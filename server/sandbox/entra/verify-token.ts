import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { World } from '../world.ts';
import { issuerV1, issuerV2 } from './entra-state.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { GraphCaller, TokenVerifier } from './tokens.ts';

/** Tokens whose signature was checked before: thousands of requests carry the same few. */
const MOST_REMEMBERED = 500;

interface Checked {
  claims: JWTPayload;
  kid: string;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function callerOf(claims: JWTPayload): GraphCaller | null {
  const clientId = claims.appid ?? claims.azp;
  if (typeof clientId !== 'string') return null;
  const isApp = claims.idtyp === 'app';
  if (!isApp && typeof claims.oid !== 'string') return null;
  return {
    clientId,
    roles: isApp ? texts(claims.roles) : [],
    personId: isApp ? null : (claims.oid as string),
    scopes: typeof claims.scp === 'string' ? claims.scp.split(' ') : [],
  };
}

/** Checks tokens as the APIs of the tenant do, by the keys that are published and the virtual time. */
export function createTokenVerifier(world: World, keys: SigningKeys): TokenVerifier {
  const remembered = new Map<string, Checked>();

  const check = async (token: string): Promise<Checked | null> => {
    const known = remembered.get(token);
    if (known) return known;
    try {
      const { kid = '' } = decodeProtectedHeader(token);
      const key = keys.publicKey(kid);
      if (!key) return null;
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer: [issuerV1(world.tenantId), issuerV2(world.tenantId)],
        currentDate: new Date(world.clock.now()),
        requiredClaims: ['exp', 'nbf', 'aud', 'tid'],
        clockTolerance: 300,
      });
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      const checked = { claims: payload, kid };
      remembered.set(token, checked);
      return checked;
    } catch {
      return null;
    }
  };

  return async (authorization, audience) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return null;
    const checked = await check(token);
    if (!checked || !keys.publicKey(checked.kid)) return null;
    const { claims } = checked;
    const now = world.clock.now() / 1000;
    // Time went on since the signature was checked; Microsoft's services take no token past its end.
    if (claims.exp! <= now || claims.nbf! > now + 300 || claims.tid !== world.tenantId) return null;
    return claims.aud === audience ? callerOf(claims) : null;
  };
}
