import { earliestSend, keepRecent, TENANT_RATES, THREAD_RATES } from '../domain/sessions/send-rates.ts';
import { MINUTE, plus, type Instant } from '../domain/time/instant.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { Clock, ConversationReference, Later, Messenger, OutgoingCard, Refused, WriteResult } from '../ports.ts';
import { readRetryAfter } from './read-retry-after.ts';

/** Gives our token for the Bot Connector; `drop` after it was answered with 401. */
export interface ConnectorTokens {
  get(): Promise<
    | { kind: 'token'; token: string }
    | { kind: 'later'; notBefore: Instant; code: string }
    | { kind: 'refused'; code: string }
  >;
  drop(token: string): void;
}

export interface MessengerOptions {
  appId: string;
  /** Where conversations are opened before a person's own service URL is known. */
  connectorUrl: string;
  tokens: ConnectorTokens;
  isAllowedServiceUrl: (url: string) => boolean;
  clock: Clock;
  /** A call that takes longer is given up. */
  deadlineMilliseconds?: number;
}

/** The chat part of the Messenger port, and opening the chat of a person whose install event never came. */
export type ChatMessenger = Pick<Messenger, 'sendCard' | 'sendText' | 'updateCard'> & {
  openConversation(tenantId: TenantId, personId: PersonId): Promise<WriteResult<ConversationReference>>;
};

type Json = Record<string, unknown>;

/** What a call wants to know to judge its end. */
interface Call {
  tenantId: TenantId;
  serviceUrl: string;
  method: 'POST' | 'PUT';
  path: string;
  body: Json;
  /** Doing it twice is the same as once: then an uncertain end is simply `later`. */
  isRepeatable: boolean;
  /** Rates count per thread. */
  thread: string;
}

const DEADLINE_MILLISECONDS = 15_000;
/** Without a Retry-After; the outbox's own wait grows beyond it. */
const DEFAULT_WAIT = 5_000;
const LONGEST_ANSWER = 100_000;
/** Threads are remembered for the rates; beyond this many the idle ones are let go. */
const MOST_THREADS = 10_000;

/**
 * Talks to the Bot Connector (platform.md A9) and says how each call ended, once: waiting and trying again is the
 * outbox's work. Our token goes to allowed hosts only, and is asked for after the host was checked. Keeps the published
 * rates of one process by answering `later`; the outbox keeps them across processes (db/message-sends).
 */
export function createMessenger(options: MessengerOptions): ChatMessenger {
  const { appId } = options;
  const pace = createPace(options.clock);
  const from = { id: `28:${appId}` };
  const cardActivity = ({ summary, card }: OutgoingCard): Json => ({
    type: 'message',
    from,
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  });
  const send = async (
    tenantId: TenantId,
    to: ConversationReference,
    body: Json,
  ): Promise<WriteResult<{ activityId: string }>> => {
    const result = await call(options, pace, {
      tenantId,
      serviceUrl: to.serviceUrl,
      method: 'POST',
      path: `/v3/conversations/${encodeURIComponent(to.conversationId)}/activities`,
      body,
      isRepeatable: false,
      thread: to.conversationId,
    });
    if (result.outcome !== 'done') return result;
    const { id } = result.value;
    if (typeof id === 'string' && id !== '') return { outcome: 'done', value: { activityId: id } };
    return { outcome: 'unknown', notBefore: plus(options.clock.now(), DEFAULT_WAIT), code: 'NoActivityId' };
  };
  return {
    sendCard: (tenantId, to, message) => send(tenantId, to, cardActivity(message)),
    sendText: (tenantId, to, text) => send(tenantId, to, { type: 'message', from, text, textFormat: 'plain' }),
    async updateCard(tenantId, to, activityId, message) {
      const result = await call(options, pace, {
        tenantId,
        serviceUrl: to.serviceUrl,
        method: 'PUT',
        path: `/v3/conversations/${encodeURIComponent(to.conversationId)}/activities/${encodeURIComponent(activityId)}`,
        body: { ...cardActivity(message), id: activityId },
        isRepeatable: true,
        thread: to.conversationId,
      });
      return result.outcome === 'done' ? { outcome: 'done', value: null } : result;
    },
    async openConversation(tenantId, personId) {
      const result = await call(options, pace, {
        tenantId,
        serviceUrl: options.connectorUrl,
        method: 'POST',
        path: '/v3/conversations',
        body: {
          bot: from,
          isGroup: false,
          members: [{ id: personId }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
        },
        isRepeatable: true,
        thread: `new ${personId}`,
      });
      if (result.outcome !== 'done') return result;
      const { id, serviceUrl } = result.value;
      if (typeof id !== 'string' || id === '') return later(options.clock.now(), null, 'NoConversationId');
      const isNamed = typeof serviceUrl === 'string' && options.isAllowedServiceUrl(serviceUrl);
      return {
        outcome: 'done',
        value: { conversationId: id, serviceUrl: isNamed ? serviceUrl : options.connectorUrl },
      };
    },
  };
}

async function call(options: MessengerOptions, pace: Pace, request: Call): Promise<WriteResult<Json>> {
  const { clock, tokens, isAllowedServiceUrl } = options;
  if (!isAllowedServiceUrl(request.serviceUrl))
    return { outcome: 'refused', reason: 'invalid', status: 0, code: 'ServiceUrlNotAllowed' };
  const token = await tokens.get();
  if (token.kind === 'refused') return { outcome: 'refused', reason: 'signedOut', status: 401, code: token.code };
  if (token.kind === 'later') return { outcome: 'later', notBefore: token.notBefore, code: token.code };
  const free = pace.take(request.tenantId, request.thread);
  if (free !== null) return { outcome: 'later', notBefore: free, code: 'Paced' };
  try {
    const { response, text } = await clock.track(() => exchange(options, token.token, request));
    if (response.status === 401) tokens.drop(token.token);
    return judge(response, text, request, clock.now());
  } catch (error) {
    // Refused connections never carried the message; anything else may have.
    return uncertain(request, clock.now(), null, isNeverSent(error) ? 'NotConnected' : 'NoAnswer', isNeverSent(error));
  }
}

async function exchange(
  { deadlineMilliseconds = DEADLINE_MILLISECONDS }: MessengerOptions,
  token: string,
  { serviceUrl, method, path, body }: Call,
): Promise<{ response: Response; text: string }> {
  const response = await fetch(serviceUrl.replace(/\/$/, '') + path, {
    method,
    // A redirect could carry the token to another host.
    redirect: 'error',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(deadlineMilliseconds),
  });
  return { response, text: await response.text() };
}

function judge(response: Response, text: string, request: Call, now: Instant): WriteResult<Json> {
  const { status, headers } = response;
  const code = readCode(text) ?? `Http${String(status)}`;
  if (response.ok) return { outcome: 'done', value: readObject(text) };
  const retryAfter = readRetryAfter(headers.get('retry-after'), now);
  // Asked to wait, or (401) to come with another token: nothing has happened.
  if (status === 429 || status === 412 || status === 503 || status === 401) return later(now, retryAfter, code);
  if (status >= 500) return uncertain(request, now, retryAfter, code, false);
  const reason: Refused['reason'] = status === 403 ? 'forbidden' : status === 404 ? 'notFound' : 'invalid';
  return { outcome: 'refused', reason, status, code };
}

const later = (now: Instant, retryAfter: Instant | null, code: string): Later => ({
  outcome: 'later',
  notBefore: retryAfter ?? plus(now, DEFAULT_WAIT),
  code,
});

const uncertain = (
  request: Call,
  now: Instant,
  retryAfter: Instant | null,
  code: string,
  isNeverSent: boolean,
): WriteResult<never> => ({
  ...later(now, retryAfter, code),
  outcome: request.isRepeatable || isNeverSent ? 'later' : 'unknown',
});

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const isNeverSent = (error: unknown): boolean => {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && NEVER_SENT.has(String(cause.code));
};

function readObject(text: string): Json {
  if (text.length > LONGEST_ANSWER) return {};
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Json) : {};
  } catch {
    return {};
  }
}

/** `MessageWritesBlocked` of `{"errorCode":209,"message":"{\"subCode\":..}"}`, else the plain error code. */
function readCode(text: string): string | null {
  const sub = /\\?"subCode\\?"\s*:\s*\\?"(\w{1,60})/.exec(text.slice(0, 2_000))?.[1];
  if (sub !== undefined) return sub;
  const body = readObject(text);
  const error = body['error'];
  const code = typeof error === 'object' && error !== null ? (error as Json)['code'] : body['errorCode'];
  return typeof code === 'number' || (typeof code === 'string' && /^\w{1,60}$/.test(code)) ? String(code) : null;
}

interface Pace {
  /** Counts a message and gives null, or the instant from which there is room. */
  take(tenantId: TenantId, thread: string): Instant | null;
}

function createPace(clock: Clock): Pace {
  const threads = new Map<string, Instant[]>();
  const tenants = new Map<TenantId, Instant[]>();
  return {
    take(tenantId, thread) {
      const now = clock.now();
      const ofThread = keepRecent(threads.get(thread) ?? [], now, THREAD_RATES);
      const ofTenant = keepRecent(tenants.get(tenantId) ?? [], now, TENANT_RATES);
      const free = Math.max(earliestSend(ofThread, now, THREAD_RATES), earliestSend(ofTenant, now, TENANT_RATES));
      if (free > now) return free as Instant;
      threads.set(thread, [...ofThread, now]);
      tenants.set(tenantId, [...ofTenant, now]);
      if (threads.size > MOST_THREADS) {
        for (const [name, history] of threads) {
          if ((history.at(-1) ?? 0) <= now - MINUTE) threads.delete(name);
        }
      }
      return null;
    },
  };
}
