import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

const ISSUER = 'https://api.botframework.com';

/** Claims and header that a test wants otherwise than they should be. */
export interface TokenChange {
  key?: CryptoKey;
  kid?: string;
  issuer?: string;
  audience?: string;
  /** Seconds from now. */
  expires?: number;
  notBefore?: number;
  serviceUrl?: string;
}

/** Stands where the Bot Connector stands: publishes keys, and signs what is handed to the bot. */
export interface SigningProxy {
  origin: string;
  openIdUrl: string;
  /** A token as the Bot Connector signs it for this service URL, with the changes. */
  token(serviceUrl: string, change?: TokenChange): Promise<string>;
  /** Where signed activities go from now on. */
  forwardTo(botEndpoint: string): void;
  close(): Promise<void>;
}

/** Starts it. `now` is the clock by which tokens live, in milliseconds. */
export async function startSigningProxy({ botId, now }: { botId: string; now(): number }): Promise<SigningProxy> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'proxy', use: 'sig', alg: 'RS256', endorsements: ['msteams'] };
  let target: string | null = null;

  const token: SigningProxy['token'] = (serviceUrl, change = {}) => {
    const seconds = Math.floor(now() / 1000);
    return new SignJWT({ serviceurl: change.serviceUrl ?? serviceUrl })
      .setProtectedHeader({ alg: 'RS256', kid: change.kid ?? 'proxy', typ: 'JWT' })
      .setIssuer(change.issuer ?? ISSUER)
      .setAudience(change.audience ?? botId)
      .setIssuedAt(seconds)
      .setNotBefore(seconds + (change.notBefore ?? -60))
      .setExpirationTime(seconds + (change.expires ?? 600))
      .sign(change.key ?? privateKey);
  };

  const server = createServer((request, response) => {
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const { origin } = proxy;
    if (request.url === '/keys') return say(200, { keys: [jwk] });
    if (request.url === '/openid') return say(200, { issuer: ISSUER, jwks_uri: `${origin}/keys` });
    if (request.method !== 'POST' || target === null) return say(404, {});
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      forward(target!, body).then(
        ({ status, text }) => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
        (error: unknown) => say(502, { error: String(error) }),
      );
    });
  });
  const forward = async (to: string, body: string): Promise<{ status: number; text: string }> => {
    const { serviceUrl } = JSON.parse(body) as { serviceUrl: string };
    const headers = { authorization: `Bearer ${await token(serviceUrl)}`, 'content-type': 'application/json' };
    const answer = await fetch(to, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };

  const proxy: SigningProxy = {
    origin: await listen(server),
    openIdUrl: '',
    token,
    forwardTo(botEndpoint) {
      target = botEndpoint;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return Object.assign(proxy, { openIdUrl: `${proxy.origin}/openid` });
}

/** Listens on a free port of loopback and gives the origin. */
function listen(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}
