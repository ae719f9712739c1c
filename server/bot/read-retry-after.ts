import { HOUR, plus, type Instant } from '../domain/time/instant.ts';

/** Longer than this nobody asks in earnest. */
const LONGEST = 24 * HOUR;

/**
 * The instant that a Retry-After header names, in seconds or as a date; null when it says nothing usable (absent, in
 * the past, not a number, more than a day).
 */
export function readRetryAfter(header: string | null, now: Instant): Instant | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^\d{1,9}(\.\d+)?$/.test(text) ? Math.ceil(Number(text) * 1_000) : Date.parse(text) - now;
  return Number.isFinite(wait) && wait > 0 && wait <= LONGEST ? plus(now, wait) : null;
}
