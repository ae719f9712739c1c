import type { z } from 'zod';
import type { Refused } from '../ports.ts';
import { graphError } from './replies.ts';

/** An answer of Graph, alone or from inside a batch. `body` is undefined when it could not be read as JSON. */
export interface Answer {
  status: number;
  retryAfter: string | null;
  body: unknown;
}

/** `transient`: nothing can be said for certain; `mayHaveHappened` tells a write that only reading will tell. */
export type Verdict<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; refused: Refused }
  | { kind: 'transient'; code: string; mayHaveHappened: boolean; retryAfter: string | null; isThrottled: boolean };

/** Codes that mean the same whatever status they come with (platform.md 1.3 and 1.5). */
const REASON_BY_CODE: Readonly<Record<string, Refused['reason']>> = {
  ErrorDuplicateTransactionId: 'duplicateKey',
  ErrorOccurrenceCrossingBoundary: 'crossing',
  ErrorAccessDenied: 'forbidden',
};
const REASON_BY_STATUS: Readonly<Record<number, Refused['reason']>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'notFound',
  405: 'invalid',
  406: 'invalid',
  409: 'changed',
  410: 'notFound',
  412: 'changed',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
};

/**
 * The JSON body of an answer; null for an empty one; undefined when it is cut off, HTML or not JSON, which says that
 * somebody between us and Graph had a hand in it.
 */
export function parseBody(text: string, contentType: string | null): unknown {
  if (text.trim() === '') return null;
  if (contentType !== null && !/json/i.test(contentType)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * What an answer means. A success counts only with the body that was asked for, a refusal only with Graph's own error
 * body (a proxy's 404 page must never look like a deleted event); all else is transient.
 */
export function classify<T>(answer: Answer, reply: z.ZodType<T>): Verdict<T> {
  const { status, body, retryAfter } = answer;
  const transient = (code: string): Verdict<T> => ({
    kind: 'transient',
    code,
    mayHaveHappened: true,
    retryAfter,
    isThrottled: status === 429,
  });
  if (status >= 200 && status < 300) {
    const parsed = body === undefined ? null : reply.safeParse(body);
    return parsed?.success ? { kind: 'done', value: parsed.data } : transient('UnreadableAnswer');
  }
  const error = graphError.safeParse(body);
  if (!error.success) return transient(`Status${status}`);
  const code = error.data.error.code;
  const reason = status < 500 && status >= 400 ? (REASON_BY_CODE[code] ?? REASON_BY_STATUS[status]) : undefined;
  return reason ? { kind: 'refused', refused: { outcome: 'refused', reason, status, code } } : transient(code);
}
