import { guid } from '../hash.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';
import type { GraphRefusal } from './refusal.ts';

/** The content type of every JSON answer of Graph. */
export const GRAPH_JSON =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** The reply that a refusal becomes; `finishReply` adds the inner error. */
export function refusalReply(refusal: GraphRefusal): SandboxReply {
  return {
    status: refusal.status,
    headers: refusal.headers,
    body: { error: { code: refusal.code, message: refusal.message } },
  };
}

/**
 * Adds what Graph puts on every answer: `request-id`, the echoed `client-request-id`, the content type, and for errors
 * `innerError` with the time in UTC without a zone mark.
 */
export function finishReply(request: SandboxRequest, reply: SandboxReply, now: number): SandboxReply {
  const requestId = guid('graph-request', now, request.method, request.path, request.query.toString(), request.body);
  const clientRequestId = request.headers['client-request-id'] ?? requestId;
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId };
  const headers: Record<string, string> = { 'Cache-Control': 'no-cache', ...ids, 'OData-Version': '4.0' };
  let body = reply.body;
  if (isPlainObject(body)) {
    headers['Content-Type'] = isErrorBody(body) ? 'application/json' : GRAPH_JSON;
    if (isErrorBody(body)) {
      const innerError = { date: new Date(now).toISOString().slice(0, 19), ...ids };
      body = { error: { ...body.error, innerError: { ...innerError, ...body.error.innerError } } };
    }
  }
  return { ...reply, headers: { ...headers, ...reply.headers }, body };
}

const isPlainObject = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Buffer.isBuffer(body);

const isErrorBody = (
  body: Record<string, unknown>,
): body is { error: { code: string; message: string; innerError?: Record<string, unknown> } } =>
  isPlainObject(body['error']) && typeof body['error']['code'] === 'string';
