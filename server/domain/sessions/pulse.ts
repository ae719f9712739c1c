/** Sessions of a series after which the pair is asked for its pulse in place of the usual questions (product.md F4). */
export const PULSE_SESSIONS: readonly number[] = [2, 4];
/** Whoever feels this safe to speak (1 to 5), or less, is shown three ways on (product.md F6). */
const HARDLY_SAFE = 2;

/**
 * Whether the pulse is asked after the session with this number in its series.
 * isPulse(2) // => true
 */
export const isPulse = (number: number): boolean => PULSE_SESSIONS.includes(number);

/** Whether a "safe to speak" shows its writer three ways on; null: it was left open. */
export const isLow = (safeToSpeak: number | null): boolean => safeToSpeak !== null && safeToSpeak <= HARDLY_SAFE;
