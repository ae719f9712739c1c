import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import type { World } from '../world.ts';
import { answerAuthorize, answerLogout } from './authorize.ts';
import {
  checkTenant,
  findApp,
  findSignedIn,
  type AuthorizationCode,
  type EntraState,
  type RefreshGrant,
} from './entra-state.ts';
import { EntraFailure, failureReply } from './failure.ts';
import { issueUserToken } from './issue-tokens.ts';
import { instanceDocument, openIdDocument } from './metadata.ts';
import { createSigningKeys, type SavedKey } from './signing-keys.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import type { TokenVerifier } from './tokens.ts';
import { createTokenVerifier } from './verify-token.ts';

/** Teams on the web, the client that asks for tab tokens. */
export const TEAMS_WEB_CLIENT_ID = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

export interface EntraSnapshot {
  keys: SavedKey[];
  codes: [string, AuthorizationCode][];
  refreshGrants: [string, RefreshGrant][];
}

/** The tenant's identity provider. */
export interface Entra {
  handle: SandboxHandler;
  verify: TokenVerifier;
  /**
   * The token that Teams' single sign-on gives the app's tab for this person: audience `clientId`, scope access_as_user.
   * `azp` is the client that asks (Teams on the web by default). Throws EntraFailure for nobody or a disabled account.
   */
  userToken(personId: string, options: { clientId: string; azp?: string; scopes?: string[] }): Promise<string>;
  /** A new signing key; the former one stays published until `withdrawKey`. Gives the new and the former key id. */
  rotateKeys(): Promise<{ current: string; former: string }>;
  withdrawKey(kid: string): boolean;
  snapshot(): EntraSnapshot;
}

/** What the sign-in host answers under `/{tenant}/...`, by the rest of the path. */
async function answer(
  state: EntraState,
  request: SandboxRequest,
  tenant: string,
  rest: string,
): Promise<SandboxReply | undefined> {
  const { world, keys } = state;
  const { method, query } = request;
  switch (`${method} ${rest}`) {
    case 'GET v2.0/.well-known/openid-configuration':
      checkTenant(world, tenant);
      return { status: 200, body: openIdDocument(world, tenant.toLowerCase(), query.get('loopback') === '1') };
    case 'GET discovery/v2.0/keys':
      checkTenant(world, tenant);
      return { status: 200, headers: { 'cache-control': 'max-age=86400, private' }, body: { keys: keys.published() } };
    case 'GET discovery/instance':
      return { status: 200, body: instanceDocument(world) };
    case 'POST oauth2/v2.0/token':
      checkTenant(world, tenant);
      return answerTokenRequest(state, request);
    case 'GET oauth2/v2.0/authorize':
    case 'POST oauth2/v2.0/authorize':
      checkTenant(world, tenant);
      return answerAuthorize(state, request);
    case 'GET oauth2/v2.0/logout':
      return answerLogout(state, request);
    default:
      return undefined;
  }
}

/** Creates the tenant's identity provider over `world.apps` and `world.people`, or goes on from a snapshot. */
export async function createEntra(world: World, saved?: EntraSnapshot): Promise<Entra> {
  const keys = await createSigningKeys(
    { issuer: `https://login.microsoftonline.com/${world.tenantId}/v2.0` },
    saved?.keys,
  );
  const state: EntraState = {
    world,
    keys,
    codes: new Map(saved?.codes),
    refreshGrants: new Map(saved?.refreshGrants),
  };
  return {
    async handle(request) {
      const [, tenant, rest] = /^\/([^/]+)\/((?:oauth2|discovery|v2\.0)\/.+)$/.exec(request.path) ?? [];
      if (tenant === undefined || rest === undefined) return undefined;
      try {
        return await answer(state, request, decodeURIComponent(tenant), rest);
      } catch (error) {
        if (error instanceof URIError) return { status: 400 };
        if (!(error instanceof EntraFailure)) throw error;
        return failureReply(error, request, world.clock.now());
      }
    },
    verify: createTokenVerifier(world, keys),
    async userToken(personId, { clientId, azp = TEAMS_WEB_CLIENT_ID, scopes }) {
      const app = findApp(world, clientId);
      const person = findSignedIn(world, personId);
      return issueUserToken(state, { clientId: azp }, person, {
        audience: app.clientId,
        scopes: scopes ?? app.exposedScopes,
      });
    },
    async rotateKeys() {
      const former = keys.published()[0]!.kid!;
      return { current: await keys.rotate(), former };
    },
    withdrawKey: (kid) => keys.withdraw(kid),
    snapshot: () => ({ keys: keys.snapshot(), codes: [...state.codes], refreshGrants: [...state.refreshGrants] }),
  };
}
