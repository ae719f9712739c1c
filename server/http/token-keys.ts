import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { DAY } from '../domain/time/instant.ts';
import type { Clock } from '../ports.ts';

/** Keys are never used beyond their day; they are asked for again at half of it, so that an outage has the other half to end. */
const KEYS_LIVE = DAY;
const REFRESH_AFTER = DAY / 2;
/** Whatever tokens come, the issuer is asked once in this time, and a new key is known after it (hostile inputs 5 and 7). */
const ASK_AGAIN_AFTER = 5_000;
const DEADLINE = 5_000;

/**
 * The signing keys of one issuer, fetched when they are needed: a new key is accepted as soon as a token names it, a
 * flood of unknown key ids leads to one fetch per five seconds, and known keys go on working while the issuer is away,
 * for a day. Throws JWKSTimeout while there are no keys to judge with.
 */
export function createTokenKeys(url: string, clock: Clock): JWTVerifyGetKey {
  let keys: { set: ReturnType<typeof createLocalJWKSet>; at: number } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const fetchKeys = async (): Promise<void> => {
    const reply = await fetch(url, { signal: AbortSignal.timeout(DEADLINE), redirect: 'error' });
    if (!reply.ok) return;
    const body = (await reply.json()) as JSONWebKeySet;
    if (Array.isArray(body.keys) && body.keys.length > 0) keys = { set: createLocalJWKSet(body), at: clock.now() };
  };
  /** Those who come while the issuer is being asked wait for the same answer. A clock set back holds nobody up. */
  const ask = (): Promise<void> => {
    if (asking !== null) return asking;
    if (Math.abs(clock.now() - askedAt) < ASK_AGAIN_AFTER) return Promise.resolve();
    askedAt = clock.now();
    asking = clock
      .track(fetchKeys)
      .catch(() => undefined)
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  const ageOfKeys = (): number => (keys === null ? Number.POSITIVE_INFINITY : clock.now() - keys.at);

  return async (header, token) => {
    if (ageOfKeys() > KEYS_LIVE) await ask();
    else if (ageOfKeys() > REFRESH_AFTER) void ask();
    if (keys === null || ageOfKeys() > KEYS_LIVE) throw new errors.JWKSTimeout();
    try {
      return await keys.set(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await ask();
      return keys.set(header, token);
    }
  };
}
