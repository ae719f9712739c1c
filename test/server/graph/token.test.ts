import { createHash, createPublicKey, verify, constants, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokenSource } from '../../../server/graph/token.ts';
import { createSteppingClock, START, startGraphDouble, TENANT, type GraphDouble } from '../../make/graph-double.ts';

let double: GraphDouble;
beforeEach(async () => {
  double = await startGraphDouble();
});
afterEach(() => double.close());

const options = () => ({
  loginUrl: double.origin,
  tenantId: TENANT,
  clientId: '11111111-2222-3333-4444-555555555555',
  deadlineMilliseconds: 500,
});

describe('createTokenSource', () => {
  it('signs with the certificate, by our clock', async () => {
    const pem = await generate([{ name: 'commonName', value: 'inverso' }], { keySize: 2048 });
    const clock = createSteppingClock();
    const tokens = createTokenSource({
      ...options(),
      clock,
      credential: { certificatePem: pem.cert, privateKeyPem: pem.private },
    });
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-0' });
    const { path, text } = double.tokenRequests[0]!;
    expect(path.split('?')[0]).toBe(`/${TENANT}/oauth2/v2.0/token`);
    const form = new URLSearchParams(text);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(form.get('scope')).toContain('https://graph.microsoft.com/.default');
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [head, payload, signature] = form.get('client_assertion')!.split('.') as [string, string, string];
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    const certificate = new X509Certificate(pem.cert);
    expect(decode(head)).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
    });
    expect(decode(payload)).toMatchObject({
      iss: options().clientId,
      sub: options().clientId,
      aud: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
      nbf: START / 1_000,
      exp: START / 1_000 + 600,
    });
    const key = { key: createPublicKey(pem.cert), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    expect(verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('sends the secret, and nothing of it shows in a failure', async () => {
    double.tokens(() => ({
      status: 401,
      json: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret' },
    }));
    const tokens = createTokenSource({
      ...options(),
      clock: createSteppingClock(),
      credential: { secret: 'hush-hush' },
    });
    const result = await tokens.get();
    expect(new URLSearchParams(double.tokenRequests[0]!.text).get('client_secret')).toBe('hush-hush');
    expect(result).toEqual({ kind: 'refused', code: 'invalid_client' });
  });

  it.each([
    ['HTML', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['no token', { json: { expires_in: 3600 } }],
    ['no life', { json: { access_token: 'x', token_type: 'Bearer' } }],
    ['no answer', { fail: 'hang' as const }],
    ['429', { status: 429, json: { error: 'too_many' }, headers: { 'Retry-After': '7' } }],
  ])('%s: later', async (_, reply) => {
    double.tokens(() => reply);
    const tokens = createTokenSource({ ...options(), clock: createSteppingClock(), credential: { secret: 's' } });
    expect((await tokens.get()).kind).toBe('later');
  });
});
