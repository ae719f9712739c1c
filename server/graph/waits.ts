import { createHash } from 'node:crypto';
import { backOffBy } from '../domain/time/back-off.ts';
import { DAY, instant, type Instant } from '../domain/time/instant.ts';

/** A Retry-After beyond this is a broken clock or an attack, not a wish: Graph asks for seconds to minutes. */
const LONGEST_RETRY_AFTER = DAY;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * The instant that a Retry-After header names (seconds or an HTTP date), or null when it is missing, past, unreadable or
 * more than a day away.
 */
export function readRetryAfter(header: string | null | undefined, now: Instant): Instant | null {
  const text = header?.trim() ?? '';
  let at: number;
  if (/^\d{1,9}$/.test(text)) at = now + Number(text) * 1_000;
  else if (HTTP_DATE.test(text)) at = Date.parse(text);
  else return null;
  return at > now && at <= now + LONGEST_RETRY_AFTER ? instant(at) : null;
}

/**
 * A wait of our own: doubles with every failure in a row, between half and the whole of it, 1 s to 15 min. The jitter
 * comes from `key`, so that the same request under the same circumstances waits equally long in every run.
 * // => backOff(t, 1, 'a') is between t + 1 s and t + 2 s
 */
export function backOff(now: Instant, failures: number, key: string): Instant {
  const jitter = createHash('sha256').update(`${key}|${failures}`).digest().readUInt32BE(0) / 2 ** 32;
  return backOffBy(now, failures, jitter);
}
