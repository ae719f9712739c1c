import type { GraphCaller, TokenVerifier } from '../entra/tokens.ts';
import { GraphRefusal } from './refusal.ts';

/** Graph's audience: its URI (v1 tokens) or its application id. */
const AUDIENCES = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];

/** Who calls. Refuses (401 `InvalidAuthenticationToken`) without a token of this tenant for Graph that holds now. */
export async function authenticate(
  verify: TokenVerifier,
  authorization: string | undefined,
  now: number,
): Promise<GraphCaller> {
  for (const audience of AUDIENCES) {
    const caller = await verify(authorization, audience);
    if (caller) return caller;
  }
  const challenge =
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';
  throw new GraphRefusal(401, 'InvalidAuthenticationToken', reason(authorization, now), {
    'WWW-Authenticate': challenge,
  });
}

/** What is wrong, from the claims alone: they are not trusted, only described. */
function reason(authorization: string | undefined, now: number): string {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return 'Access token is empty.';
  const claims = readClaims(token);
  if (!claims)
    return 'IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE Compact Serialization Format.';
  if (typeof claims['exp'] === 'number' && claims['exp'] * 1000 <= now)
    return 'Lifetime validation failed, the token is expired.';
  if (!AUDIENCES.includes(String(claims['aud']).replace(/\/$/, '')))
    return 'Access token validation failure. Invalid audience.';
  return 'Access token validation failure.';
}

function readClaims(token: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
