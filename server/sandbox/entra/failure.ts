import { guid } from '../hash.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';

/** What Entra refuses, with its number, the OAuth error it maps to, and the HTTP status of the token endpoint. */
export class EntraFailure extends Error {
  readonly code: number;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | null;

  constructor(code: number, error: string, message: string, { status = 400, suberror = null as string | null } = {}) {
    super(message);
    this.name = 'EntraFailure';
    this.code = code;
    this.error = error;
    this.status = status;
    this.suberror = suberror;
  }
}

/** `AADSTSnnn: ... Trace ID: ... Correlation ID: ... Timestamp: ...` and the parts of it, as the token endpoint's JSON has them. */
export interface EntraError {
  error: string;
  error_description: string;
  error_codes: number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  suberror?: string;
}

/** Words a failure as Entra does, for a request answered at `now`. */
export function describeFailure(failure: EntraFailure, request: SandboxRequest, now: number): EntraError {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = guid('entra-trace', now, request.path, failure.code, failure.message);
  const correlationId = request.headers['client-request-id'] ?? guid('entra-correlation', traceId);
  return {
    error: failure.error,
    error_description: `AADSTS${failure.code}: ${failure.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    ...(failure.suberror === null ? {} : { suberror: failure.suberror }),
  };
}

/** The token endpoint's answer to a failure. */
export function failureReply(failure: EntraFailure, request: SandboxRequest, now: number): SandboxReply {
  const body = describeFailure(failure, request, now);
  return { status: failure.status, headers: { 'cache-control': 'no-store', pragma: 'no-cache' }, body };
}

/** AADSTS900144. */
export const missingParameter = (name: string): EntraFailure =>
  new EntraFailure(900144, 'invalid_request', `The request body must contain the following parameter: '${name}'.`);

/** AADSTS65001. */
export const consentMissing = (clientId: string, name: string): EntraFailure =>
  new EntraFailure(
    65001,
    'invalid_grant',
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    { suberror: 'consent_required' },
  );
