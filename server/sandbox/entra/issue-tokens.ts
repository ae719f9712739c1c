import { opaqueId } from '../hash.ts';
import type { EntraApp, SandboxPerson } from '../world.ts';
import { issuerV1, issuerV2, type EntraState } from './entra-state.ts';
import { BOT_RESOURCE, GRAPH_RESOURCE, type AskedScopes } from './scopes.ts';

/** Life of an access token in seconds; Entra draws 60 to 90 minutes, the shortest is the strictest. */
export const TOKEN_SECONDS = 3599;
/** Entra dates `nbf` with `iat`, five minutes before the answer. */
const BACKDATED_SECONDS = 300;

function times(now: number): { iat: number; nbf: number; exp: number } {
  const seconds = Math.floor(now / 1000);
  return { iat: seconds - BACKDATED_SECONDS, nbf: seconds - BACKDATED_SECONDS, exp: seconds + TOKEN_SECONDS };
}

/** Identifier of one token; hangs on what it says and on when. */
const uti = (state: EntraState, ...parts: (string | number)[]): string =>
  opaqueId(22, state.world.seed, 'uti', state.world.clock.now(), ...parts);

/** Pairwise subject: the same person is another one for each application. */
const subject = (state: EntraState, audience: string, personId: string): string =>
  opaqueId(43, state.world.seed, 'sub', audience, personId);

const rolesOf = (app: EntraApp | undefined, personId: string): { roles?: string[] } => {
  const roles = app?.appRoleAssignments[personId] ?? [];
  return roles.length === 0 ? {} : { roles };
};

const named = (person: SandboxPerson): Record<string, string> => ({
  name: person.displayName,
  oid: person.id,
  preferred_username: person.userPrincipalName,
});

/** Token of an application as itself, in the v1 form that Graph and the Bot Connector take. */
export async function issueAppToken(
  state: EntraState,
  app: EntraApp,
  resource: string,
  byCertificate: boolean,
): Promise<string> {
  const { world, keys } = state;
  return keys.sign({
    aud: resource,
    iss: issuerV1(world.tenantId),
    ...times(world.clock.now()),
    aio: opaqueId(40, world.seed, 'aio', app.clientId, world.clock.now()),
    app_displayname: app.displayName,
    appid: app.clientId,
    appidacr: byCertificate ? '2' : '1',
    azp: app.clientId,
    idp: issuerV1(world.tenantId),
    idtyp: 'app',
    oid: app.servicePrincipalId,
    ...(resource === GRAPH_RESOURCE && app.graphRoles.length > 0 ? { roles: app.graphRoles } : {}),
    sub: app.servicePrincipalId,
    tid: world.tenantId,
    uti: uti(state, app.clientId, resource),
    ver: '1.0',
    ...(resource === BOT_RESOURCE ? {} : { wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'] }),
  });
}

/** Token with which `client` acts for a person: v2 for an application of ours, v1 for Graph. */
export async function issueUserToken(
  state: EntraState,
  client: Pick<EntraApp, 'clientId'>,
  person: SandboxPerson,
  { audience, scopes }: Pick<AskedScopes, 'audience' | 'scopes'>,
): Promise<string> {
  const { world, keys } = state;
  const common = {
    aud: audience,
    ...times(world.clock.now()),
    ...named(person),
    scp: scopes.join(' '),
    sub: subject(state, audience, person.id),
    tid: world.tenantId,
    uti: uti(state, client.clientId, audience, person.id),
  };
  if (audience === GRAPH_RESOURCE) {
    const v1 = { appid: client.clientId, idtyp: 'user', upn: person.userPrincipalName, ver: '1.0' };
    return keys.sign({ ...common, ...v1, iss: issuerV1(world.tenantId) });
  }
  const v2 = { azp: client.clientId, azpacr: '0', ...rolesOf(world.apps.get(audience), person.id), ver: '2.0' };
  return keys.sign({ ...common, ...v2, iss: issuerV2(world.tenantId) });
}

/** Id token for the client itself. */
export async function issueIdToken(
  state: EntraState,
  client: EntraApp,
  person: SandboxPerson,
  nonce: string | null,
): Promise<string> {
  const { world, keys } = state;
  return keys.sign({
    aud: client.clientId,
    iss: issuerV2(world.tenantId),
    ...times(world.clock.now()),
    ...named(person),
    ...(nonce === null ? {} : { nonce }),
    ...rolesOf(client, person.id),
    sub: subject(state, client.clientId, person.id),
    tid: world.tenantId,
    uti: uti(state, client.clientId, 'id', person.id),
    ver: '2.0',
  });
}

/** `client_info`: which account the answer is about, for the client's cache. */
export function clientInfo(state: EntraState, personId: string): string {
  return Buffer.from(JSON.stringify({ uid: personId, utid: state.world.tenantId })).toString('base64url');
}
