import type { SandboxHandler } from '../http.ts';
import type { World } from '../world.ts';
import { createSigningKeys, type SavedKey, type SigningKeys } from '../entra/signing-keys.ts';

const ISSUER = 'https://api.botframework.com';
/** Tokens of the Bot Connector live an hour. */
const TOKEN_SECONDS = 3600;
/** A token is used again until this much of its life is left. */
const SPARE_SECONDS = 900;
const BASE = '/botframework/v1/.well-known/';

/** Signs what the Bot Connector sends to bots, and publishes the keys. */
export interface BotKeys {
  handle: SandboxHandler;
  keys: SigningKeys;
  /** Bearer token for the bot, naming the service URL it speaks for. */
  tokenFor(botId: string, serviceUrl: string): Promise<string>;
  snapshot(): SavedKey[];
}

/** Creates the Bot Connector's own keys, which only speak for Teams, or goes on from saved ones. */
export async function createBotKeys(world: World, saved?: SavedKey[]): Promise<BotKeys> {
  const keys = await createSigningKeys({ endorsements: ['msteams'] }, saved);
  let last: { botId: string; serviceUrl: string; kid: string | undefined; exp: number; token: string } | null = null;

  return {
    keys,
    async handle({ method, path }) {
      if (method !== 'GET' || !path.startsWith(BASE)) return undefined;
      if (path === `${BASE}keys`) return { status: 200, body: { keys: keys.published() } };
      if (path !== `${BASE}openidconfiguration`) return undefined;
      return {
        status: 200,
        body: {
          issuer: ISSUER,
          authorization_endpoint: 'https://invalid.botframework.com',
          jwks_uri: `${world.origin}${BASE}keys`,
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['private_key_jwt'],
        },
      };
    },
    async tokenFor(botId, serviceUrl) {
      const now = Math.floor(world.clock.now() / 1000);
      const kid = keys.published()[0]!.kid;
      const isGood =
        last?.botId === botId &&
        last.serviceUrl === serviceUrl &&
        last.kid === kid &&
        last.exp > now + SPARE_SECONDS &&
        last.exp <= now + TOKEN_SECONDS;
      if (isGood) return last!.token;
      const exp = now + TOKEN_SECONDS;
      const claims = { iss: ISSUER, aud: botId, serviceurl: serviceUrl, iat: now, nbf: now, exp };
      const token = await keys.sign(claims);
      last = { botId, serviceUrl, kid, exp, token };
      return token;
    },
    snapshot: () => keys.snapshot(),
  };
}
