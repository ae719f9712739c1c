import type { EntraApp, SandboxPerson, World } from '../world.ts';
import { EntraFailure } from './failure.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a sign-in agreed to, kept until the code is redeemed. */
export interface AuthorizationCode {
  clientId: string;
  personId: string;
  redirectUri: string;
  scopes: string[];
  nonce: string | null;
  challenge: string | null;
  expiresAt: number;
  isUsed: boolean;
}

/** A refresh token of a single-page application: 24 hours from the sign-in on, however often it is exchanged. */
export interface RefreshGrant {
  clientId: string;
  personId: string;
  scopes: string[];
  expiresAt: number;
}

/** What Entra's parts share. */
export interface EntraState {
  world: World;
  keys: SigningKeys;
  codes: Map<string, AuthorizationCode>;
  refreshGrants: Map<string, RefreshGrant>;
}

/** Issuer of v2 tokens. */
export const issuerV2 = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/v2.0`;
/** Issuer of v1 tokens, as Graph's and the Bot Connector's tokens of applications are. */
export const issuerV1 = (tenantId: string): string => `https://sts.windows.net/${tenantId}/`;

const ALIASES = ['common', 'organizations'];

/** Checks the tenant in a path: the tenant's id or domain, or one of Entra's names for "the user's own". */
export function checkTenant({ tenantId, domain }: World, segment: string): void {
  const name = segment.toLowerCase();
  if (name === tenantId || name === domain.toLowerCase() || ALIASES.includes(name)) return;
  throw new EntraFailure(
    90002,
    'invalid_request',
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

/** The registered application. Throws AADSTS700016. */
export function findApp(world: World, clientId: string): EntraApp {
  const app = world.apps.get(clientId.toLowerCase());
  if (app) return app;
  throw new EntraFailure(
    700016,
    'unauthorized_client',
    `Application with identifier '${clientId}' was not found in the directory '${world.domain}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
}

/** A person who may sign in. Throws AADSTS50034 (nobody) or AADSTS50057 (disabled). */
export function findSignedIn(world: World, personId: string): SandboxPerson {
  const person = world.people.get(personId);
  if (!person || person.deletedAt !== null) {
    const message = `The user account ${personId} does not exist in the ${world.domain} directory. To sign into this application, the account must be added to the directory.`;
    throw new EntraFailure(50034, 'invalid_grant', message);
  }
  if (!person.accountEnabled) throw new EntraFailure(50057, 'invalid_grant', 'The user account is disabled.');
  return person;
}
