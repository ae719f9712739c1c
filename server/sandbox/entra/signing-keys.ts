import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, SignJWT, type JWK, type JWTPayload } from 'jose';

/** Keys with which one service signs its tokens: the newest signs, older ones stay published until withdrawn. */
export interface SigningKeys {
  /** Signs the claims as they are; times are the caller's business. */
  sign(claims: JWTPayload): Promise<string>;
  /** Public key of a key id that is published, or undefined. */
  publicKey(kid: string): KeyObject | undefined;
  /** The published key set, newest first. */
  published(): JWK[];
  /** A new key signs from now on; the former one stays published. Gives the new key id. */
  rotate(): Promise<string>;
  /** Takes a key out of the published set; the newest one cannot be withdrawn. Tells whether there was one to take. */
  withdraw(kid: string): boolean;
  snapshot(): SavedKey[];
}

/** A private key in PEM (PKCS 8). It is the one thing of the sandbox that does not come from the seed. */
export type SavedKey = string;

interface Entry {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  jwk: JWK;
}

const generate = promisify(generateKeyPair);

async function entryOf(privateKey: KeyObject, extra: Record<string, unknown>): Promise<Entry> {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const kid = createHash('sha1').update(der).digest('base64url');
  const jwk = { ...(await exportJWK(publicKey)), kty: 'RSA', use: 'sig', kid, x5t: kid, ...extra } as JWK;
  return { kid, privateKey, publicKey, jwk };
}

/**
 * RSA keys of a service: those saved before, or one new one. `extra` goes into each published key (issuer,
 * endorsements).
 */
export async function createSigningKeys(extra: Record<string, unknown>, saved: SavedKey[] = []): Promise<SigningKeys> {
  const make = async (): Promise<Entry> => entryOf((await generate('rsa', { modulusLength: 2048 })).privateKey, extra);
  let entries =
    saved.length > 0 ? await Promise.all(saved.map((pem) => entryOf(createPrivateKey(pem), extra))) : [await make()];

  return {
    async sign(claims) {
      const { kid, privateKey } = entries[0]!;
      return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid }).sign(privateKey);
    },
    publicKey: (kid) => entries.find((entry) => entry.kid === kid)?.publicKey,
    published: () => entries.map(({ jwk }) => jwk),
    async rotate() {
      entries = [await make(), ...entries];
      return entries[0]!.kid;
    },
    withdraw(kid) {
      const left = entries.filter((entry, i) => i === 0 || entry.kid !== kid);
      const had = left.length < entries.length;
      entries = left;
      return had;
    },
    snapshot: () => entries.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  };
}
