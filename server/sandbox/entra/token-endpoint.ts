import { createHash } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { opaqueId } from '../hash.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';
import type { EntraApp, SandboxPerson } from '../world.ts';
import { authenticateClient } from './authenticate-client.ts';
import { findApp, findSignedIn, issuerV2, type EntraState } from './entra-state.ts';
import { consentMissing, EntraFailure, missingParameter } from './failure.ts';
import { clientInfo, issueAppToken, issueIdToken, issueUserToken, TOKEN_SECONDS } from './issue-tokens.ts';
import { readAppScope, readScopes, type AskedScopes } from './scopes.ts';

/** A single-page application's refresh tokens end 24 hours after the sign-in. */
const REFRESH_MILLISECONDS = 24 * 3_600_000;

interface TokenRequest {
  state: EntraState;
  request: SandboxRequest;
  form: URLSearchParams;
  app: EntraApp;
}

const answer = (body: Record<string, unknown>): SandboxReply => ({
  status: 200,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  body,
});

const lives = { token_type: 'Bearer', expires_in: TOKEN_SECONDS, ext_expires_in: TOKEN_SECONDS };

const required = (form: URLSearchParams, name: string): string => {
  const value = form.get(name);
  if (value === null || value === '') throw missingParameter(name);
  return value;
};

/** A browser's page may redeem only what belongs to a single-page application, and such an application only from a page. */
function checkOrigin({ request, app }: TokenRequest, isPublic: boolean): void {
  const fromPage = request.headers['origin'] !== undefined;
  if (fromPage && (!isPublic || app.redirectUris.length === 0)) {
    throw new EntraFailure(
      9002326,
      'invalid_request',
      `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${request.headers['origin']}'.`,
    );
  }
  if (!fromPage && isPublic) {
    throw new EntraFailure(
      9002327,
      'invalid_request',
      "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    );
  }
}

async function grantToApp(call: TokenRequest): Promise<SandboxReply> {
  const { state, form, app } = call;
  checkOrigin(call, false);
  const how = await authenticateClient(state.world, app, form);
  const resource = readAppScope(state.world, required(form, 'scope'));
  return answer({ ...lives, access_token: await issueAppToken(state, app, resource, how === 'certificate') });
}

async function readAssertion({ state, form, app }: TokenRequest): Promise<JWTPayload> {
  const assertion = required(form, 'assertion');
  const invalid = (code: number, message: string): EntraFailure => new EntraFailure(code, 'invalid_grant', message);
  try {
    const { kid = '' } = decodeProtectedHeader(assertion);
    const key = state.keys.publicKey(kid);
    if (!key) throw invalid(500131, 'Assertion failed signature validation. [Reason - The key was not found.]');
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256'],
      issuer: issuerV2(state.world.tenantId),
      audience: [app.clientId, ...(app.identifierUri === null ? [] : [app.identifierUri])],
      currentDate: new Date(state.world.clock.now()),
      requiredClaims: ['oid', 'scp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof EntraFailure) throw error;
    if (error instanceof errors.JWTExpired) {
      throw invalid(
        500133,
        'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
      );
    }
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      throw invalid(
        500131,
        'Assertion audience does not match the Client app presenting the assertion. The audience in the assertion must be the client ID of the application.',
      );
    }
    throw invalid(50013, 'Assertion failed signature validation.');
  }
}

async function grantOnBehalf(call: TokenRequest): Promise<SandboxReply> {
  const { state, form, app } = call;
  if (required(form, 'requested_token_use') !== 'on_behalf_of') {
    throw new EntraFailure(900144, 'invalid_request', "The requested_token_use must be 'on_behalf_of'.");
  }
  checkOrigin(call, false);
  await authenticateClient(state.world, app, form);
  const { oid } = await readAssertion(call);
  const person = findSignedIn(state.world, oid as string);
  if (app.consentRequired) throw consentMissing(app.clientId, app.displayName);
  return answer(await personAnswer(call, person, readScopes(state.world, app, required(form, 'scope')), null));
}

/** Tokens for a person: access token, id token, `client_info`, and a refresh token where one was asked for. */
async function personAnswer(
  { state, app }: TokenRequest,
  person: SandboxPerson,
  asked: AskedScopes,
  nonce: string | null,
  refreshUntil = state.world.clock.now() + REFRESH_MILLISECONDS,
): Promise<Record<string, unknown>> {
  const { seed, clock } = state.world;
  const scopes = asked.granted;
  const body: Record<string, unknown> = {
    ...lives,
    scope: scopes.join(' '),
    access_token: await issueUserToken(state, app, person, asked),
    id_token: await issueIdToken(state, app, person, nonce),
    client_info: clientInfo(state, person.id),
  };
  if (!asked.offline) return body;
  const token = `1.${opaqueId(200, seed, 'refresh', app.clientId, person.id, clock.now(), scopes.join(' '), nonce ?? '')}`;
  state.refreshGrants.set(token, { clientId: app.clientId, personId: person.id, scopes, expiresAt: refreshUntil });
  return { ...body, refresh_token: token, refresh_token_expires_in: Math.floor((refreshUntil - clock.now()) / 1000) };
}

async function grantForCode(call: TokenRequest): Promise<SandboxReply> {
  const { state, form, app } = call;
  checkOrigin(call, true);
  const code = state.codes.get(required(form, 'code'));
  const invalid = (number: number, message: string): EntraFailure => new EntraFailure(number, 'invalid_grant', message);
  if (!code || code.clientId !== app.clientId) {
    throw invalid(9002313, 'Invalid request. Request is malformed or invalid.');
  }
  if (code.redirectUri !== required(form, 'redirect_uri')) {
    throw new EntraFailure(
      500112,
      'invalid_client',
      `The reply address '${form.get('redirect_uri')}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`,
    );
  }
  if (code.isUsed)
    throw invalid(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    );
  if (code.expiresAt <= state.world.clock.now()) {
    throw invalid(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    );
  }
  if (code.challenge === null)
    throw invalid(9002325, 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.');
  const verifier = required(form, 'code_verifier');
  if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge) {
    throw invalid(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
  }
  code.isUsed = true;
  const person = findSignedIn(state.world, code.personId);
  const asked = readScopes(state.world, app, code.scopes.join(' '));
  return answer(await personAnswer(call, person, asked, code.nonce));
}

async function grantForRefresh(call: TokenRequest): Promise<SandboxReply> {
  const { state, form, app } = call;
  checkOrigin(call, true);
  const grant = state.refreshGrants.get(required(form, 'refresh_token'));
  if (!grant || grant.clientId !== app.clientId) {
    throw new EntraFailure(9002313, 'invalid_grant', 'Invalid request. Request is malformed or invalid.');
  }
  if (grant.expiresAt <= state.world.clock.now()) {
    throw new EntraFailure(
      700084,
      'invalid_grant',
      'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.',
    );
  }
  const asked = readScopes(state.world, app, form.get('scope') ?? grant.scopes.join(' '));
  const person = findSignedIn(state.world, grant.personId);
  return answer(await personAnswer(call, person, { ...asked, offline: true }, null, grant.expiresAt));
}

const GRANTS: Record<string, (call: TokenRequest) => Promise<SandboxReply>> = {
  client_credentials: grantToApp,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': grantOnBehalf,
  authorization_code: grantForCode,
  refresh_token: grantForRefresh,
};

/** Answers `POST /{tenant}/oauth2/v2.0/token`. Throws EntraFailure. */
export async function answerTokenRequest(state: EntraState, request: SandboxRequest): Promise<SandboxReply> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw missingParameter('grant_type');
  const form = new URLSearchParams(request.body);
  const grant = required(form, 'grant_type');
  const app = findApp(state.world, required(form, 'client_id'));
  if (!Object.hasOwn(GRANTS, grant)) {
    throw new EntraFailure(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grant}'.`);
  }
  return GRANTS[grant]!({ state, request, form, app });
}
