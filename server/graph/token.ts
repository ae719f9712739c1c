import { createHash, createPrivateKey, createSign, constants, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import { MINUTE, plus, type Instant } from '../domain/time/instant.ts';
import type { Clock } from '../ports.ts';
import { failureCode } from './exchange.ts';
import { backOff, readRetryAfter } from './waits.ts';

/** A client secret, or a certificate with its private key (both PEM). */
export type GraphCredential = { secret: string } | { certificatePem: string; privateKeyPem: string };

export interface TokenOptions {
  clock: Clock;
  /** Where the login host is; every request of msal-node goes there, whatever host it names. */
  loginUrl: string;
  tenantId: string;
  clientId: string;
  credential: GraphCredential;
  /** Whose token; Microsoft Graph's by default. */
  scope?: string;
  deadlineMilliseconds: number;
}

/** `refused`: the credential or the application is not accepted, which only an administrator can change. */
export type TokenResult =
  | { kind: 'token'; token: string }
  | { kind: 'later'; notBefore: Instant; code: string }
  | { kind: 'refused'; code: string };

/**
 * Entra's numbers for an application that is not in the tenant: 700016, not found in the directory; 7000229, without a
 * service principal there. Whatever is wrong with a credential (7000222 expired, 7000215, 700027, 700024), a disabled
 * application (7000112) and a tenant that is not found (90002) have numbers of their own.
 */
const APP_GONE: readonly string[] = ['AADSTS700016', 'AADSTS7000229'];

/** Whether a refusal says that the application was removed; unknown codes do not. */
export const isAppGone = (code: string): boolean => APP_GONE.includes(code);

/** Gives the app-only token of one tenant. */
export interface TokenSource {
  get(): Promise<TokenResult>;
  /** This token was answered with 401: the next `get` asks for another. */
  drop(token: string): void;
}

/** A token is renewed this long before it ends, so that it cannot end on its way. */
const RENEW_BEFORE = 5 * MINUTE;
/** A refused credential is not tried again at once: the answer will hardly be another one. */
const REFUSAL_HOLDS = MINUTE;
const ASSERTION_LIVES_SECONDS = 10 * 60;

interface TokenAnswer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/**
 * App-only tokens through msal-node. The life of a token is judged by our clock from the `expires_in` of the answer,
 * never by msal-node's cache, which knows the process clock only: so each token is asked for by an application object of
 * its own, without cache and without msal-node's own throttling memory.
 */
export function createTokenSource(options: TokenOptions): TokenSource {
  const { clock } = options;
  let held: { token: string; renewAt: Instant } | null = null;
  let blocked: { until: Instant; result: TokenResult } | null = null;
  let asking: Promise<TokenResult> | null = null;
  let failures = 0;
  const { credential } = options;
  // Key and certificate are read once, not with every token.
  const proof =
    'secret' in credential
      ? { clientSecret: credential.secret }
      : { clientAssertion: makeAssertion(options, credential) };

  const ask = async (): Promise<TokenResult> => {
    const asked = await requestToken(options, proof);
    if (asked.kind === 'token') {
      failures = 0;
      // Half of a very short life is better than none of it.
      const life = asked.expiresInSeconds * 1_000;
      held = { token: asked.token, renewAt: plus(clock.now(), Math.max(life - RENEW_BEFORE, life / 2)) };
      return { kind: 'token', token: asked.token };
    }
    if (asked.kind === 'refused') {
      blocked = { until: plus(clock.now(), REFUSAL_HOLDS), result: asked };
      return asked;
    }
    failures++;
    const until = readRetryAfter(asked.retryAfter, clock.now()) ?? backOff(clock.now(), failures, options.clientId);
    blocked = { until, result: { kind: 'later', notBefore: until, code: asked.code } };
    return blocked.result;
  };

  return {
    async get() {
      if (held && held.renewAt > clock.now()) return { kind: 'token', token: held.token };
      if (blocked && blocked.until > clock.now()) return blocked.result;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}

type Asked =
  | { kind: 'token'; token: string; expiresInSeconds: number }
  | { kind: 'later'; retryAfter: string | null; code: string }
  | { kind: 'refused'; code: string };

type Proof = { clientSecret: string } | { clientAssertion: ReturnType<typeof makeAssertion> };

async function requestToken(options: TokenOptions, proof: Proof): Promise<Asked> {
  let answer: TokenAnswer | null = null;
  let failure = 'TokenEndpointUnreachable';
  const go = async (method: string, url: string, request: Parameters<INetworkModule['sendPostRequestAsync']>[1]) => {
    try {
      answer = await options.clock.track(() => fetchToken(options, method, url, request));
      return answer;
    } catch (error) {
      failure = failureCode(error);
      throw error;
    }
  };
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: options.clientId,
      authority: `https://login.microsoftonline.com/${options.tenantId}`,
      ...proof,
    },
    system: {
      networkClient: {
        sendGetRequestAsync: (url, request) => go('GET', url, request) as never,
        sendPostRequestAsync: (url, request) => go('POST', url, request) as never,
      },
    },
  });
  try {
    const result = await application.acquireTokenByClientCredential({
      scopes: [options.scope ?? 'https://graph.microsoft.com/.default'],
    });
    const expiresInSeconds = Number(readAnswer(answer).body?.['expires_in']);
    if (result?.accessToken && expiresInSeconds > 0) {
      return { kind: 'token', token: result.accessToken, expiresInSeconds };
    }
    return { kind: 'later', retryAfter: null, code: 'TokenAnswerUnreadable' };
  } catch {
    return judgeFailure(readAnswer(answer), failure);
  }
}

// TypeScript does not see that the network client above assigns.
const readAnswer = (answer: TokenAnswer | null): Partial<TokenAnswer> => answer ?? {};

function judgeFailure({ status, headers, body }: Partial<TokenAnswer>, failure: string): Asked {
  if (status === undefined) return { kind: 'later', retryAfter: null, code: failure };
  const error = typeof body?.['error'] === 'string' ? body['error'] : null;
  const numbers = body?.['error_codes'];
  const code = Array.isArray(numbers) && numbers.length > 0 ? `AADSTS${String(numbers[0])}` : error;
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isFinal && error !== null && error !== 'temporarily_unavailable') return { kind: 'refused', code: code ?? error };
  return { kind: 'later', retryAfter: headers?.['retry-after'] ?? null, code: code ?? `TokenEndpoint${status}` };
}

async function fetchToken(
  options: TokenOptions,
  method: string,
  url: string,
  request: { headers?: Record<string, string>; body?: string } | undefined,
): Promise<TokenAnswer> {
  const { pathname, search } = new URL(url);
  const response = await fetch(`${options.loginUrl}${pathname}${search}`, {
    method,
    headers: request?.headers,
    body: method === 'POST' ? request?.body : undefined,
    redirect: 'manual',
    signal: AbortSignal.timeout(options.deadlineMilliseconds),
  });
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isObject ? (body as Record<string, unknown>) : {},
  };
}

/**
 * The signed client assertion of Entra's certificate credentials (PS256, x5t#S256). Made here and not by msal-node,
 * because its times must come from our clock.
 */
function makeAssertion(
  options: TokenOptions,
  { certificatePem, privateKeyPem }: { certificatePem: string; privateKeyPem: string },
) {
  const key = createPrivateKey(privateKeyPem);
  const thumbprint = createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('base64url');
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  return ({ clientId, tokenEndpoint }: { clientId: string; tokenEndpoint?: string }): Promise<string> => {
    const seconds = Math.floor(options.clock.now() / 1_000);
    const audience = tokenEndpoint ?? `https://login.microsoftonline.com/${options.tenantId}/oauth2/v2.0/token`;
    const head = encode({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint });
    const times = { nbf: seconds, iat: seconds, exp: seconds + ASSERTION_LIVES_SECONDS };
    const jti = createHash('sha256').update(`${clientId}|${options.clock.now()}`).digest('base64url');
    const signed = `${head}.${encode({ aud: audience, iss: clientId, sub: clientId, jti, ...times })}`;
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = createSign('sha256').update(signed).sign({ key, padding, saltLength: 32 }, 'base64url');
    return Promise.resolve(`${signed}.${signature}`);
  };
}
