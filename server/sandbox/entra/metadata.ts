import type { World } from '../world.ts';

/**
 * The OpenID document of a tenant (or of `common`, `organizations`). Its endpoints are Microsoft's own addresses, as every
 * reader of the issuer expects; with `loopback` they are those of this sandbox, for a browser that signs in here.
 */
export function openIdDocument(world: World, segment: string, loopback: boolean): Record<string, unknown> {
  const isAlias = segment === 'common' || segment === 'organizations';
  const host = loopback ? world.origin : 'https://login.microsoftonline.com';
  const base = `${host}/${isAlias ? segment : world.tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `https://login.microsoftonline.com/${isAlias ? '{tenantid}' : world.tenantId}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: 'graph.microsoft.com',
  };
}

/** The answer of `/common/discovery/instance`: which hosts are one and the same cloud. */
export function instanceDocument(world: World): Record<string, unknown> {
  return {
    tenant_discovery_endpoint: `https://login.microsoftonline.com/${world.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
      },
    ],
  };
}
