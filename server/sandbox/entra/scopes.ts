import type { EntraApp, World } from '../world.ts';
import { consentMissing, EntraFailure } from './failure.ts';

export const GRAPH_RESOURCE = 'https://graph.microsoft.com';
export const BOT_RESOURCE = 'https://api.botframework.com';

const OIDC = ['openid', 'profile', 'email', 'offline_access'];
/** What every registration may ask of Graph for a signed-in person without an administrator. */
const GRAPH_DELEGATED = ['User.Read'];

/** What a request for a person's token asks: one resource, its scopes, and whether a refresh token comes with it. */
export interface AskedScopes {
  /** Client id of an application here, or Graph's address. */
  audience: string;
  /** Values of `scp`. */
  scopes: string[];
  /** As the answer's `scope` lists them. */
  granted: string[];
  offline: boolean;
}

/** Splits `https://graph.microsoft.com/User.Read`, `api://host/botid-x/access_as_user` or `User.Read`. */
function split(scope: string): { resource: string; name: string } {
  const slash = scope.lastIndexOf('/');
  return slash < 0
    ? { resource: GRAPH_RESOURCE, name: scope }
    : { resource: scope.slice(0, slash), name: scope.slice(slash + 1) };
}

const resourceApp = (world: World, resource: string): EntraApp | undefined =>
  [...world.apps.values()].find(
    (app) =>
      app.clientId === resource.toLowerCase() || (app.identifierUri ?? '').toLowerCase() === resource.toLowerCase(),
  );

const unknownResource = (world: World, resource: string): EntraFailure =>
  new EntraFailure(
    500011,
    'invalid_resource',
    `The resource principal named ${resource} was not found in the tenant named ${world.domain}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );

/**
 * Reads the `scope` of a sign-in or an exchange for a person. Throws AADSTS900144 (none), 28000 (two resources), 500011
 * (unknown resource), 650053 (unknown scope), 65001 (not consented).
 */
export function readScopes(world: World, client: EntraApp, text: string): AskedScopes {
  const asked = text.split(/\s+/).filter((scope) => scope !== '');
  if (asked.length === 0)
    throw new EntraFailure(
      900144,
      'invalid_request',
      "The request body must contain the following parameter: 'scope'.",
    );
  const oidc = asked.filter((scope) => OIDC.includes(scope));
  const parts = asked.filter((scope) => !OIDC.includes(scope)).map(split);
  const resources = new Set(parts.map(({ resource }) => resource));
  if (resources.size > 1) {
    throw new EntraFailure(
      28000,
      'invalid_request',
      'Provided value for the input parameter scope is not valid because it contains more than one resource.',
    );
  }
  const offline = oidc.includes('offline_access');
  const [resource = GRAPH_RESOURCE] = resources;
  if (resource.replace(/\/$/, '') === GRAPH_RESOURCE) {
    const names = parts.flatMap(({ name }) => (name === '.default' ? GRAPH_DELEGATED : [name]));
    if (names.some((name) => !GRAPH_DELEGATED.includes(name)))
      throw consentMissing(client.clientId, client.displayName);
    return {
      audience: GRAPH_RESOURCE,
      scopes: [...names, ...oidc],
      granted: [...oidc, ...names.map((name) => `${GRAPH_RESOURCE}/${name}`)],
      offline,
    };
  }
  const app = resourceApp(world, resource);
  if (!app) throw unknownResource(world, resource);
  const names = parts.flatMap(({ name }) => (name === '.default' ? app.exposedScopes : [name]));
  const unknown = names.find((name) => !app.exposedScopes.includes(name));
  if (unknown !== undefined) {
    throw new EntraFailure(
      650053,
      'invalid_client',
      `The application '${client.displayName}' asked for scope '${unknown}' that doesn't exist on the resource '${app.clientId}'. Contact the app vendor.`,
    );
  }
  if (client.clientId !== app.clientId && !app.preAuthorizedClientIds.includes(client.clientId)) {
    throw consentMissing(client.clientId, client.displayName);
  }
  return {
    audience: app.clientId,
    scopes: names,
    granted: [...oidc, ...names.map((name) => `${resource}/${name}`)],
    offline,
  };
}

/**
 * Reads the `scope` of an application's own request: `<resource>/.default`. Gives the audience of the token: for a registered
 * application its id, as tokens of version 2 have it. Throws AADSTS1002012 or 500011.
 */
export function readAppScope(world: World, scope: string): string {
  const resource = scope.replace(/\/\.default$/, '');
  if (resource === scope || /\s/.test(scope)) {
    throw new EntraFailure(
      1002012,
      'invalid_scope',
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  if (resource === GRAPH_RESOURCE || resource === BOT_RESOURCE) return resource;
  const app = resourceApp(world, resource);
  if (!app) throw unknownResource(world, resource);
  return app.clientId;
}
