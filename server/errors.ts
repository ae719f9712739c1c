/**
 * The closed list of refusals. `http/error-reply.ts` maps each to a status; `details` name fields and values for the
 * log and the caller, never internal text.
 *
 * - `badInput`: something in the input cannot be used; `details.fields` says which and why. Nothing was changed.
 * - `signedOut`: no or no valid token. - `forbidden`: signed in, but not allowed.
 * - `notFound`: does not exist, or not for this caller (the two are never told apart).
 * - `conflict`: the thing is in another state by now; read again. - `closed`: too late or too early for this act.
 * - `busy`: too much at once, try later (`details.retryAfterSeconds`). - `unavailable`: the database or Microsoft 365
 *   cannot be reached right now; nothing was lost.
 */
export const ERROR_CODES = [
  'badInput',
  'signedOut',
  'forbidden',
  'notFound',
  'conflict',
  'closed',
  'busy',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface FieldFault {
  path: string;
  reason: string;
}

export interface ErrorDetails {
  fields?: FieldFault[];
  retryAfterSeconds?: number;
  /** A key of the locales (`errors.<reason>`) that says more than the code. */
  reason?: string;
}

/** A refusal with a code from the closed list; the message is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(details.reason ? `${code}: ${details.reason}` : code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** `badInput` for one field. */
export const badInput = (path: string, reason: string): AppError =>
  new AppError('badInput', { fields: [{ path, reason }] });
