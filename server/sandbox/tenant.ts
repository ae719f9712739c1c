import type { VirtualClock } from './clock.ts';
import type { ClientCertificate } from './entra/certificate.ts';
import { guid } from './hash.ts';
import type {
  Chats,
  EntraApp,
  Exchange,
  ExchangeRoleAssignment,
  RightsMode,
  SandboxGroup,
  SandboxPerson,
  World,
} from './world.ts';

/** What the tenant itself holds, as plain data; mailboxes, chats, keys and subscriptions are kept by their parts. */
export interface SavedTenant {
  tenantId: string;
  domain: string;
  rightsMode: RightsMode;
  people: SandboxPerson[];
  groups: SandboxGroup[];
  apps: EntraApp[];
  exchangeAssignments: ExchangeRoleAssignment[];
  catalog: World['catalog'];
  installations: [string, string][];
  /** With which the daemon signs its assertions. */
  certificate: ClientCertificate;
  programMailbox: string;
  mainId: string;
  graphId: string;
}

/** A tenant without anybody. `exchange` and `chats` are set by who starts the parts, before anything reaches them. */
export function createWorld({
  seed,
  domain,
  clock,
  rightsMode,
}: {
  seed: number;
  domain: string;
  clock: VirtualClock;
  rightsMode: RightsMode;
}): World {
  return {
    seed,
    tenantId: guid(seed, 'tenant'),
    domain,
    clock,
    rightsMode,
    people: new Map(),
    groups: new Map(),
    apps: new Map(),
    exchangeAssignments: [],
    catalog: null,
    installations: new Map(),
    exchange: undefined as unknown as Exchange,
    chats: undefined as unknown as Chats,
    hooks: { mailDelivered: [], activityDelivered: [], calendarChanged: [] },
    origin: '',
    product: { botEndpoint: null, publicHost: null, loopbackOrigin: null },
  };
}

/** The tenant as it stands now. */
export function saveTenant(
  world: World,
  own: Pick<SavedTenant, 'certificate' | 'programMailbox' | 'mainId' | 'graphId'>,
): SavedTenant {
  const { tenantId, domain, rightsMode, people, groups, apps, exchangeAssignments, catalog, installations } = world;
  return {
    ...own,
    tenantId,
    domain,
    rightsMode,
    people: [...people.values()],
    groups: [...groups.values()],
    apps: [...apps.values()],
    exchangeAssignments,
    catalog,
    installations: [...installations],
  };
}

/** Puts a saved tenant into a new world. */
export function restoreTenant(world: World, saved: SavedTenant): void {
  Object.assign(world, { tenantId: saved.tenantId, domain: saved.domain, rightsMode: saved.rightsMode });
  for (const person of saved.people) world.people.set(person.id, person);
  for (const group of saved.groups) world.groups.set(group.id, group);
  for (const app of saved.apps) world.apps.set(app.clientId, app);
  world.exchangeAssignments.push(...saved.exchangeAssignments);
  world.catalog = saved.catalog;
  for (const [personId, installationId] of saved.installations) world.installations.set(personId, installationId);
}
