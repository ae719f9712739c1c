import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A key with its self-signed certificate, and how a client names it in an assertion. */
export interface ClientCertificate {
  /** PKCS 8. */
  privateKeyPem: string;
  certificatePem: string;
  /** SHA-256 of the certificate's DER, hex in upper case: `thumbprintSha256` of msal-node. */
  thumbprintSha256: string;
}

/** DER tags in use (X.690). */
const TAG = {
  integer: 0x02,
  bitString: 0x03,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  explicit0: 0xa0,
} as const;

const COMMON_NAME = '2.5.4.3';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const size = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content]);
}

const sequence = (...contents: Buffer[]): Buffer => element(TAG.sequence, ...contents);

function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  const bytes = [40 * first + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(TAG.oid, Buffer.from(bytes));
}

/** RFC 5280: two-digit years until 2049, four digits from 2050 on. */
function time(instant: number): Buffer {
  const text = new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(text.slice(0, 4)) < 2050
    ? element(TAG.utcTime, Buffer.from(`${text.slice(2)}Z`))
    : element(TAG.generalizedTime, Buffer.from(`${text}Z`));
}

function commonName(text: string): Buffer {
  return sequence(element(TAG.set, sequence(oid(COMMON_NAME), element(TAG.utf8, Buffer.from(text)))));
}

/** A positive serial number that hangs on the public key. */
function serial(publicKeyDer: Buffer): Buffer {
  const digest = createHash('sha256').update(publicKeyDer).digest().subarray(0, 16);
  digest[0] = (digest[0]! & 0x3f) | 0x40;
  return element(TAG.integer, digest);
}

function certificateOf(
  name: string,
  from: number,
  to: number,
  keys: { publicKey: KeyObject; privateKey: KeyObject },
): Buffer {
  const algorithm = sequence(oid(SHA256_WITH_RSA), element(TAG.null));
  const publicKeyDer = keys.publicKey.export({ type: 'spki', format: 'der' });
  const version3 = element(TAG.explicit0, element(TAG.integer, Buffer.from([2])));
  const body = sequence(
    version3,
    serial(publicKeyDer),
    algorithm,
    commonName(name),
    sequence(time(from), time(to)),
    commonName(name),
    publicKeyDer,
  );
  const signature = sign('sha256', body, keys.privateKey);
  return sequence(body, algorithm, element(TAG.bitString, Buffer.from([0]), signature));
}

/** A new RSA key and a self-signed X.509 certificate for it, valid in [from, to] (milliseconds since the epoch). */
export function createCertificate(name: string, from: number, to: number): ClientCertificate {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = certificateOf(name, from, to, keys);
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return {
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    thumbprintSha256: createHash('sha256').update(der).digest('hex').toUpperCase(),
  };
}
