import { MINUTE, plus, type Instant } from './instant.ts';

/** Shortest and longest wait of our own choosing (reliability.md F3: a jittered backoff between 1 s and 15 min). */
const SHORTEST = 1_000;
const LONGEST = 15 * MINUTE;

/**
 * A wait of our own: doubles with every failure in a row, 1 s to 15 min. `jitter`, from 0 to 1, leads from the half of it to
 * the whole.
 * backOffBy(t, 1, 0) // => t + 1 s
 */
export function backOffBy(now: Instant, failures: number, jitter: number): Instant {
  const whole = Math.min(LONGEST, SHORTEST * 2 ** Math.min(failures, 20));
  return plus(now, Math.max(SHORTEST, Math.round(whole / 2 + (whole / 2) * jitter)));
}
