import type { SandboxReply } from '../http.ts';
import type { FaultPart } from './faults.ts';

const GRAPH_CODES: Record<number, [string, string]> = {
  429: ['TooManyRequests', 'Too many requests. Please retry later.'],
  500: ['generalException', 'An internal server error occurred.'],
  503: ['serviceNotAvailable', 'The service is temporarily unavailable.'],
  504: ['UnknownError', 'Gateway timeout.'],
};
const ENTRA_TEXT = 'AADSTS90033: A transient error has occurred. Please try again.';

/** What a service answers when something in it, or a gateway before it, fails: the body that each one really sends. */
export function faultReply(part: FaultPart, status: number, retryAfterSeconds: number | null): SandboxReply {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
  const graph = GRAPH_CODES[status];
  if (part === 'graph' && graph) {
    return { status, headers, body: { error: { code: graph[0], message: graph[1] } } };
  }
  if (part === 'connector' && status !== 502) {
    const code = status === 429 ? 'TooManyRequests' : 'ServiceError';
    return { status, headers, body: { error: { code, message: status === 429 ? 'Too many requests' : 'Unknown' } } };
  }
  if (part === 'entra' && status === 503) {
    const body = { error: 'temporarily_unavailable', error_description: ENTRA_TEXT, error_codes: [90033] };
    return { status, headers, body };
  }
  // Gateways answer in HTML whatever was asked for.
  const body = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h2>Our services aren't available right now</h2></body></html>`;
  return { status, headers: { ...headers, 'content-type': 'text/html' }, body };
}
