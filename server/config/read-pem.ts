import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One PEM file with a certificate and its RSA key, as Entra takes it. Throws an Error that says what is wrong with it. */
export function readPem(path: string): { certificatePem: string; privateKeyPem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const certificatePem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const privateKeyPem = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/.exec(
    text,
  )?.[0];
  if (!certificatePem || !privateKeyPem) throw new Error('the file must hold a certificate and its private key as PEM');
  let fits: boolean;
  try {
    const key = createPrivateKey(privateKeyPem);
    fits = key.asymmetricKeyType === 'rsa' && new X509Certificate(certificatePem).checkPrivateKey(key);
  } catch (error) {
    throw new Error('the certificate or its private key cannot be understood', { cause: error });
  }
  if (!fits) throw new Error('the private key must be RSA and belong to the certificate');
  return { certificatePem, privateKeyPem };
}
