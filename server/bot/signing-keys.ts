import { importJWK, type CryptoKey, type JWK } from 'jose';
import { HOUR, plus, type Instant } from '../domain/time/instant.ts';
import type { Clock } from '../ports.ts';

/** A key of the Bot Connector and the channels it may speak for. */
export interface SigningKey {
  key: CryptoKey | Uint8Array;
  endorsements: readonly string[];
}

/** `unavailable`: there are no keys to judge with. */
export type KeyLookup = SigningKey | 'unknown' | 'unavailable';

/** Microsoft asks to refresh the keys at least once a day. */
const KEYS_LIVE = 24 * HOUR;
/** Unknown key ids, however many, cause one look at the key list in this time, and a new key is known after it (hostile inputs 5 and 7). */
const COOLDOWN = 5_000;
const DEADLINE_MILLISECONDS = 5_000;
/** More than any real key list has. */
const MOST_KEYS = 100;
const LONGEST_ANSWER = 1_000_000;

/**
 * Finds signing keys by id: the OpenID metadata names the key list, which is kept for a day and read again when an
 * unknown id comes. While it cannot be read, the keys of before serve to the end of their day.
 */
export function createSigningKeys({
  openIdUrl,
  clock,
}: {
  openIdUrl: string;
  clock: Clock;
}): (kid: string) => Promise<KeyLookup> {
  let keys: Map<string, SigningKey> | null = null;
  let expiresAt: Instant | null = null;
  let nextLook: Instant | null = null;
  let looking: Promise<void> | null = null;

  const look = async (): Promise<void> => {
    const found = await clock.track(() => readKeys(openIdUrl)).catch(() => null);
    const now = clock.now();
    if (found !== null) {
      keys = found;
      expiresAt = plus(now, KEYS_LIVE);
    } else if (expiresAt !== null && expiresAt <= now) {
      keys = null;
    }
    nextLook = plus(now, COOLDOWN);
  };
  const lookOnce = (): Promise<void> =>
    (looking ??= look().finally(() => {
      looking = null;
    }));

  return async (kid) => {
    const isStale = () => keys === null || expiresAt === null || expiresAt <= clock.now();
    if (isStale() || !keys?.has(kid)) {
      // Old keys are never used beyond their day, even when it is too early to look again.
      if (looking !== null || nextLook === null || nextLook <= clock.now()) await lookOnce();
      if (isStale()) return 'unavailable';
    }
    return keys?.get(kid) ?? 'unknown';
  };
}

async function readKeys(openIdUrl: string): Promise<Map<string, SigningKey>> {
  const metadata = await readJson(openIdUrl);
  const address = metadata['jwks_uri'];
  if (typeof address !== 'string') throw new Error('metadata without jwks_uri');
  const list = (await readJson(address))['keys'];
  if (!Array.isArray(list) || list.length === 0) throw new Error('empty key list');
  const keys = new Map<string, SigningKey>();
  for (const jwk of list.slice(0, MOST_KEYS) as (JWK & { endorsements?: unknown })[]) {
    if (jwk.kty !== 'RSA' || typeof jwk.kid !== 'string') continue;
    const endorsements: unknown[] = Array.isArray(jwk.endorsements) ? jwk.endorsements : [];
    keys.set(jwk.kid, {
      // Only the public part: nothing else of the list is of use here.
      key: await importJWK({ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' }, 'RS256'),
      endorsements: endorsements.filter((name) => typeof name === 'string'),
    });
  }
  if (keys.size === 0) throw new Error('no usable key');
  return keys;
}

async function readJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MILLISECONDS), redirect: 'error' });
  const text = await response.text();
  if (!response.ok || text.length > LONGEST_ANSWER) throw new Error(`status ${String(response.status)}`);
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null) throw new Error('not an object');
  return json as Record<string, unknown>;
}
