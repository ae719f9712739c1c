import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../ports.ts';

/** Keys are asked for again after a day, and at once when a token names one we do not know, but not more often than this. */
const KEYS_LIVE = 24 * 3_600_000;
const ASK_AGAIN_AFTER = 30_000;
const DEADLINE = 5_000;

/**
 * The signing keys of one issuer, fetched when they are needed: a new key is accepted as soon as a token names it, a
 * flood of unknown key ids leads to one fetch per half minute, and known keys go on working while the issuer is away.
 */
export function createTokenKeys(url: string, clock: Clock): JWTVerifyGetKey {
  let keys: { set: ReturnType<typeof createLocalJWKSet>; at: number } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const ask = (): Promise<void> => {
    askedAt = clock.now();
    asking ??= clock
      .track(async () => {
        const reply = await fetch(url, { signal: AbortSignal.timeout(DEADLINE) });
        if (!reply.ok) return;
        const body = (await reply.json()) as JSONWebKeySet;
        if (Array.isArray(body.keys) && body.keys.length > 0) keys = { set: createLocalJWKSet(body), at: clock.now() };
      })
      .catch(() => undefined)
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  return async (header, token) => {
    if (keys === null || clock.now() - keys.at > KEYS_LIVE) {
      if (keys === null || clock.now() - askedAt > ASK_AGAIN_AFTER) await ask();
    }
    if (keys === null) throw new errors.JWKSTimeout();
    try {
      return await keys.set(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || clock.now() - askedAt < ASK_AGAIN_AFTER) throw error;
      await ask();
      return keys.set(header, token);
    }
  };
}
