import type { SandboxReply } from '../../http.ts';
import type { SandboxPerson } from '../../world.ts';
import { unknownProperty } from '../directory/entity.ts';
import { personOf } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { linkBase, odataContext } from '../link-base.ts';
import { readExpand } from '../odata/expand.ts';
import { readFilter } from '../odata/filter.ts';
import { readOptions } from '../odata/options.ts';
import { badRequest, GraphRefusal } from '../refusal.ts';
import { readJsonBody } from '../read-json-body.ts';
import { appDefinition, appNotFound, catalogApp } from './catalog-routes.ts';

const INSTALL_SELF = 'TeamsAppInstallation.ReadWriteSelfForUser.All';
const BASE = '/users/{id}/teamwork/installedApps';

/** The app in the personal scope of people: installing, looking, its chat, taking away. Only the app itself may. */
export function installationRoutes(): GraphRoute[] {
  return [
    { method: 'POST', template: BASE, operation: install },
    { method: 'GET', template: BASE, operation: listInstalled },
    { method: 'GET', template: `${BASE}/{id}`, operation: oneInstalled },
    { method: 'DELETE', template: `${BASE}/{id}`, operation: uninstall },
    { method: 'GET', template: `${BASE}/{id}/chat`, operation: chatOf },
  ];
}

/** Refuses (403) callers other than the app that the catalog's manifest names, and the app without its permission. */
function personFor({ world, caller, ids }: GraphCall): SandboxPerson {
  if (caller.personId !== null || !caller.roles.includes(INSTALL_SELF)) {
    const roles = caller.roles.join(', ');
    throw new GraphRefusal(
      403,
      'Forbidden',
      `Missing role permissions on the request. API requires one of '${INSTALL_SELF}, TeamsAppInstallation.ReadWriteForUser.All'. Roles on the request '${roles}'.`,
    );
  }
  if (world.catalog?.clientId !== caller.clientId) {
    throw new GraphRefusal(
      403,
      'Forbidden',
      'The caller is not authorized to manage this app: its webApplicationInfo names another application.',
    );
  }
  return personOf(world, ids[0]!);
}

async function install(call: GraphCall): Promise<SandboxReply> {
  const { world } = call;
  const person = personFor(call);
  const bind = readJsonBody(call.request)['teamsApp@odata.bind'];
  const match = typeof bind === 'string' ? /\/appCatalogs\/teamsApps(?:\/([^/]+)|\('([^']+)'\))$/i.exec(bind) : null;
  if (!match) throw badRequest('Invalid bind property name teamsApp in request.');
  const id = match[1] ?? match[2]!;
  if (world.catalog?.id !== id) throw appNotFound(id);
  if (world.installations.has(person.id)) {
    throw new GraphRefusal(409, 'Conflict', 'The app is already installed in the personal scope of the user.');
  }
  const installationId = Buffer.from(`${person.id}##${id}`).toString('base64');
  world.installations.set(person.id, installationId);
  await world.chats.install(person.id);
  const location = `${linkBase(call.request)}/users/${person.id}/teamwork/installedApps/${installationId}`;
  return { status: 201, headers: { Location: location } };
}

function listInstalled(call: GraphCall): SandboxReply {
  const { world, request } = call;
  const person = personFor(call);
  const options = readOptions(request.query, request.headers, ['expand', 'filter', 'select']);
  const text = options.get('filter');
  const installed = shownInstallation(call, person, options.get('expand'));
  const whole = { ...installed, teamsApp: catalogApp(world) };
  const passes = text === undefined || readFilter(text).test(whole, readPath);
  const context = { '@odata.context': odataContext(`users('${person.id}')/teamwork/installedApps`) };
  return { status: 200, body: { ...context, value: installed && passes ? [installed] : [] } };
}

/** `teamsApp/id` and the like, a step at a time. Refuses (400) other roots. */
function readPath(item: Record<string, unknown>, path: string): unknown {
  if (!/^(id|teamsApp\/\w+|teamsAppDefinition\/\w+)$/.test(path)) {
    throw badRequest(
      `Invalid filter clause: Could not find a property named '${path}' on type 'microsoft.graph.userScopeTeamsAppInstallation'.`,
    );
  }
  return path
    .split('/')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], item);
}

function oneInstalled(call: GraphCall): SandboxReply {
  const person = personFor(call);
  const options = readOptions(call.request.query, call.request.headers, ['expand', 'select']);
  requireInstalled(call, person);
  const context = { '@odata.context': odataContext(`users('${person.id}')/teamwork/installedApps/$entity`) };
  return { status: 200, body: { ...context, ...shownInstallation(call, person, options.get('expand')) } };
}

async function uninstall(call: GraphCall): Promise<SandboxReply> {
  const person = personFor(call);
  requireInstalled(call, person);
  call.world.installations.delete(person.id);
  await call.world.chats.uninstall(person.id);
  return { status: 204 };
}

function chatOf(call: GraphCall): SandboxReply {
  const person = personFor(call);
  requireInstalled(call, person);
  const chat = call.world.chats.of(person.id);
  if (!chat) throw new GraphRefusal(404, 'NotFound', 'No chat was found for the installed app.');
  const body = {
    '@odata.context': odataContext('chats/$entity'),
    id: chat.conversationId,
    topic: null,
    chatType: 'oneOnOne',
    tenantId: call.world.tenantId,
  };
  return { status: 200, body };
}

function requireInstalled({ world, ids }: GraphCall, person: SandboxPerson): void {
  if (world.installations.get(person.id) !== ids[1]) {
    throw new GraphRefusal(404, 'NotFound', `No installation was found with id '${ids[1]}'.`);
  }
}

function shownInstallation(
  { world }: GraphCall,
  person: SandboxPerson,
  expand: string | undefined,
): Record<string, unknown> | undefined {
  const expansions = readExpand(expand);
  for (const { name } of expansions) {
    if (name !== 'teamsApp' && name !== 'teamsAppDefinition')
      throw unknownProperty(name, 'microsoft.graph.userScopeTeamsAppInstallation');
  }
  const id = world.installations.get(person.id);
  if (id === undefined) return undefined;
  const has = (name: string): boolean => expansions.some((each) => each.name === name);
  return {
    id,
    ...(has('teamsApp') && { teamsApp: catalogApp(world) }),
    ...(has('teamsAppDefinition') && { teamsAppDefinition: appDefinition(world) }),
  };
}
