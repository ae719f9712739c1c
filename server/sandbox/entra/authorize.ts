import { createHmac } from 'node:crypto';
import { opaqueId } from '../hash.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';
import type { EntraApp, SandboxPerson } from '../world.ts';
import { findApp, findSignedIn, type EntraState } from './entra-state.ts';
import { consentMissing, describeFailure, EntraFailure } from './failure.ts';
import { messagePage, signInPage } from './sign-in-page.ts';
import { readScopes } from './scopes.ts';
import { clientInfo } from './issue-tokens.ts';

/** Entra's codes live about this long. */
const CODE_MILLISECONDS = 10 * 60_000;
const COOKIE = 'sandbox_session';
/** Used codes and those nobody redeemed are forgotten from this many on. */
const MOST_CODES = 1000;

const html = (status: number, body: string, headers: Record<string, string> = {}): SandboxReply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...headers,
  },
  body,
});

/** Proves that a cookie was set here; the key is the seed, since nothing of worth is behind it. */
const mac = ({ world }: EntraState, personId: string): string =>
  createHmac('sha256', `session ${world.seed} ${world.tenantId}`).update(personId).digest('base64url');

function sessionOf(state: EntraState, request: SandboxRequest): SandboxPerson | undefined {
  const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.headers['cookie'] ?? '')?.[1];
  const [personId = '', proof] = value?.split('.') ?? [];
  if (proof !== mac(state, personId)) return undefined;
  const person = state.world.people.get(personId);
  return person?.accountEnabled && person.deletedAt === null ? person : undefined;
}

function hintedPerson({ world }: EntraState, query: URLSearchParams): SandboxPerson | undefined {
  const hint = query.get('login_hint')?.toLowerCase();
  if (hint === undefined) return undefined;
  return [...world.people.values()].find(
    ({ id, mail, userPrincipalName, accountEnabled, deletedAt }) =>
      accountEnabled && deletedAt === null && [id, mail.toLowerCase(), userPrincipalName.toLowerCase()].includes(hint),
  );
}

/** The registered address to answer to. Entra never sends anything to another one. Throws AADSTS50011, 900144. */
function readRedirectUri(app: EntraApp, query: URLSearchParams): string {
  const uri = query.get('redirect_uri');
  if (uri === null)
    throw new EntraFailure(
      900144,
      'invalid_request',
      "The request body must contain the following parameter: 'redirect_uri'.",
    );
  if (app.redirectUris.includes(uri)) return uri;
  throw new EntraFailure(
    50011,
    'invalid_request',
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
  );
}

interface Asking {
  app: EntraApp;
  redirectUri: string;
  query: URLSearchParams;
}

/** Sends the browser back with the answer, in the fragment or the query. */
function answerTo({ redirectUri, query }: Asking, values: Record<string, string>): SandboxReply {
  const answer = new URLSearchParams(values);
  const state = query.get('state');
  if (state !== null) answer.set('state', state);
  const target = new URL(redirectUri);
  if (query.get('response_mode') === 'fragment') target.hash = answer.toString();
  else for (const [name, value] of answer) target.searchParams.set(name, value);
  return { status: 302, headers: { location: target.href, 'cache-control': 'no-store' } };
}

function checkQuestion(state: EntraState, { app, query }: Asking): string[] {
  const type = query.get('response_type');
  if (type !== 'code') {
    throw new EntraFailure(
      700051,
      'unsupported_response_type',
      `response_type '${type ?? ''}' is not enabled for the application.`,
    );
  }
  const mode = query.get('response_mode') ?? 'query';
  if (mode !== 'query' && mode !== 'fragment') {
    throw new EntraFailure(
      70007,
      'unsupported_response_mode',
      `'${mode}' is not a supported value of 'response_mode' when requesting a token.`,
    );
  }
  if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') {
    throw new EntraFailure(501491, 'invalid_request', 'Only the code_challenge_method S256 is taken.');
  }
  if (app.consentRequired) throw consentMissing(app.clientId, app.displayName);
  const scope = query.get('scope') ?? '';
  readScopes(state.world, app, scope);
  return scope.split(/\s+/).filter((part) => part !== '');
}

function signIn(state: EntraState, asking: Asking, scopes: string[], person: SandboxPerson): SandboxReply {
  const { world, codes } = state;
  const { app, redirectUri, query } = asking;
  const now = world.clock.now();
  if (codes.size >= MOST_CODES) {
    for (const [id, code] of codes) if (code.isUsed || code.expiresAt <= now) codes.delete(id);
  }
  const nonce = query.get('nonce');
  const challenge = query.get('code_challenge');
  const code = `1.${opaqueId(120, world.seed, 'code', app.clientId, person.id, now, query.get('state') ?? '', nonce ?? '', challenge ?? '')}`;
  codes.set(code, {
    clientId: app.clientId,
    personId: person.id,
    redirectUri,
    scopes,
    nonce,
    challenge,
    expiresAt: now + CODE_MILLISECONDS,
    isUsed: false,
  });
  const reply = answerTo(asking, {
    code,
    client_info: clientInfo(state, person.id),
    session_state: opaqueId(36, world.seed, 'session', person.id),
  });
  const cookie = `${COOKIE}=${person.id}.${mac(state, person.id)}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
}

/** Asks who to be, or answers at once where that is known or may not be asked. */
function choosePerson(state: EntraState, request: SandboxRequest, asking: Asking): SandboxPerson | SandboxReply {
  const { world } = state;
  const { app, query } = asking;
  const prompts = (query.get('prompt') ?? '').split(' ');
  if (request.method === 'POST') {
    return findSignedIn(world, new URLSearchParams(request.body).get('person') ?? '');
  }
  const session = sessionOf(state, request);
  const hint = hintedPerson(state, query);
  // A hint for somebody else than the signed-in person is a question, unless no question may be asked.
  const known = hint && session && hint !== session ? undefined : session;
  if (prompts.includes('none')) {
    const person = hint ?? session;
    if (person) return person;
    throw new EntraFailure(50058, 'login_required', 'A silent sign-in request was sent but no user is signed in.');
  }
  if (known && !prompts.some((prompt) => ['login', 'select_account', 'create'].includes(prompt))) return known;
  const nonce = opaqueId(22, world.seed, 'page', world.clock.now(), query.toString());
  const action = `${request.path}?${query.toString()}`;
  return html(200, signInPage(world, { appName: app.displayName, action, hint, nonce }), {
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
  });
}

/**
 * Answers `/{tenant}/oauth2/v2.0/authorize`: the "sign in as" page, or the redirect with a code or an error. What is wrong
 * with the application or its redirect URI is shown on a page, since nothing may be sent to an address nobody registered.
 */
export function answerAuthorize(state: EntraState, request: SandboxRequest): SandboxReply {
  const { query } = request;
  const now = state.world.clock.now();
  let asking: Asking;
  try {
    const app = findApp(state.world, query.get('client_id') ?? '');
    asking = { app, redirectUri: readRedirectUri(app, query), query };
  } catch (error) {
    if (!(error instanceof EntraFailure)) throw error;
    return html(
      400,
      messagePage(
        "Sorry, but we're having trouble signing you in.",
        describeFailure(error, request, now).error_description,
      ),
    );
  }
  try {
    const scopes = checkQuestion(state, asking);
    const chosen = choosePerson(state, request, asking);
    return 'status' in chosen ? chosen : signIn(state, asking, scopes, chosen);
  } catch (error) {
    if (!(error instanceof EntraFailure)) throw error;
    const { error: name, error_description, suberror } = describeFailure(error, request, now);
    return answerTo(asking, {
      error: name,
      error_description,
      ...(suberror === undefined ? {} : { error_subcode: suberror }),
    });
  }
}

/** Answers `/{tenant}/oauth2/v2.0/logout`: forgets the session, and goes back where a registered page asked for it. */
export function answerLogout(state: EntraState, { query }: SandboxRequest): SandboxReply {
  const cookie = `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
  const target = query.get('post_logout_redirect_uri');
  const isRegistered = [...state.world.apps.values()].some(
    (app) => target !== null && app.redirectUris.includes(target),
  );
  if (!isRegistered)
    return html(200, messagePage('You signed out', 'You can close this page.'), { 'set-cookie': cookie });
  const url = new URL(target!);
  const echo = query.get('state');
  if (echo !== null) url.searchParams.set('state', echo);
  return { status: 302, headers: { location: url.href, 'set-cookie': cookie } };
}
