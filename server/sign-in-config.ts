import { MICROSOFT, type Config } from './config.ts';

/** What pages need to sign people in: the tenant's authority, and the sandbox's endpoints where those are not Microsoft's. */
export function signInConfig(config: Config) {
  const tenantId = config.tenantIds.length === 1 ? config.tenantIds[0]! : null;
  const { login } = MICROSOFT;
  const base = `${config.loginUrl}/${tenantId ?? 'organizations'}`;
  return {
    clientId: config.clientId,
    tenantId,
    scope: `api://${new URL(config.publicUrl).host}/botid-${config.clientId}/access_as_user`,
    authority: `${login}/${tenantId ?? 'organizations'}`,
    loginEndpoints:
      config.loginUrl === login
        ? null
        : {
            authorize: `${base}/oauth2/v2.0/authorize`,
            token: `${base}/oauth2/v2.0/token`,
            keys: `${base}/discovery/v2.0/keys`,
            issuer: `${login}/${tenantId ?? '{tenantid}'}/v2.0`,
          },
  };
}
