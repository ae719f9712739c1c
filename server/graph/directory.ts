import type { Person, PersonId, TenantId } from '../domain/people/person.ts';
import type { Directory, DirectoryChange, GroupInfo, ProfileHints, ReadResult } from '../ports.ts';
import { readAllPages, readPages } from './pages.ts';
import { guid, isGuid, literal, opaqueId, pathOfLink, query } from './paths.ts';
import { group, profile, user, withId, type UserReply } from './replies.ts';
import { clientOf, type GraphClients } from './tenants.ts';
import type { GraphClient } from './types.ts';

const USER_FIELDS =
  'id,displayName,mail,userPrincipalName,jobTitle,department,officeLocation,country,preferredLanguage,accountEnabled,userType';
/** Codes by which Graph says that a delta token is of no use any more (platform.md 1.4). */
const RESET_CODES = new Set(['syncstatenotfound', 'syncstateinvalid', 'resyncrequired']);
/** As many groups as a person can choose from; more letters narrow the search. */
const GROUPS_SHOWN = 50;
/** What advanced queries on the directory ($count on a cast) ask for. */
const EVENTUAL = { ConsistencyLevel: 'eventual' };

/** The organization, read through Microsoft Graph. */
export function createDirectory(clients: GraphClients): Directory {
  return {
    readChanges: async (tenantId, deltaLink, onPage) => readChanges(clientOf(clients, tenantId), deltaLink, onPage),
    findGroups: async (tenantId, startsWith) => findGroups(clientOf(clients, tenantId), startsWith),
    readMembers: async (tenantId, groupId) => readMembers(clientOf(clients, tenantId), groupId),
    findPerson: async (tenantId, address) => findPerson(clientOf(clients, tenantId), address),
    readProfileHints: async (tenantId, people) => readProfileHints(clients, tenantId, people),
  };
}

/**
 * A full round gives each manager as `manager@delta`. A later round gives the manager only when it changed, and may give
 * the manager alone, so those people are read whole: one batch for 20 of them, against one page of 200 people for all.
 */
async function readChanges(
  client: GraphClient,
  deltaLink: string | null,
  onPage: (changes: DirectoryChange[]) => Promise<void>,
): ReturnType<Directory['readChanges']> {
  const path =
    deltaLink === null ? `/users/delta${query({ $select: `${USER_FIELDS},manager` })}` : pathOfLink(deltaLink);
  // A link that is not ours is as useless as one that is too old.
  if (path === null || !path.startsWith('/users/delta')) return { outcome: 'reset' };
  const alreadyRead = new Set<string>();
  const walked = await readPages(client, { path, item: user }, async (items) => {
    // In a page that names somebody twice the last entry counts.
    const latest = new Map(items.filter(({ id }) => isGuid(id)).map((item) => [item.id, item]));
    const bare = [...latest.values()].filter(
      (item) => !item['@removed'] && (needsReading(item, deltaLink === null) || alreadyRead.has(item.id)),
    );
    const whole = await readWhole(client, bare);
    if (whole.outcome !== 'done') return whole;
    for (const { id } of bare) {
      alreadyRead.add(id);
      const read = whole.value.get(id);
      if (read) latest.set(id, read);
      else latest.delete(id);
    }
    await onPage([...latest.values()].map(changeOf));
  });
  if (walked.outcome === 'refused' && isReset(walked)) return { outcome: 'reset' };
  if (walked.outcome !== 'done') return walked;
  const next = walked.value.deltaLink;
  if (next !== null) return { outcome: 'done', value: { deltaLink: next } };
  client.log.warn({}, 'users/delta ended without a delta link');
  return { outcome: 'later', notBefore: client.now(), code: 'NoDeltaLink' };
}

const isReset = ({ status, code }: { status: number; code: string }): boolean =>
  status === 410 || RESET_CODES.has(code.toLowerCase());

/** Every user has a name, so an entry without one holds nothing but the changed relation. */
function needsReading(item: UserReply, isFullRound: boolean): boolean {
  return item.displayName === undefined || (!isFullRound && item['manager@delta'] === undefined);
}

/** The people as they stand now, with their manager; those who are gone meanwhile are left out. */
async function readWhole(
  client: GraphClient,
  items: readonly UserReply[],
): Promise<ReadResult<Map<string, UserReply>>> {
  const options = query({ $select: USER_FIELDS, $expand: 'manager($select=id)' });
  const results = await client.readBatch(
    items.map(({ id }) => ({ method: 'GET' as const, path: `/users/${guid(id, 'id')}${options}`, reply: user })),
  );
  const found = new Map<string, UserReply>();
  for (const [index, result] of results.entries()) {
    if (result.outcome === 'done') found.set(items[index]!.id, result.value);
    else if (result.outcome === 'later' || result.reason !== 'notFound') return result;
  }
  return { outcome: 'done', value: found };
}

function changeOf(item: UserReply): DirectoryChange {
  const personId = item.id.toLowerCase() as PersonId;
  if (item['@removed']) return { kind: 'removed', personId, forGood: item['@removed'].reason === 'deleted' };
  return { kind: 'person', person: personOf(personId, item) };
}

function personOf(personId: PersonId, item: UserReply): Person {
  const fromDelta = item['manager@delta']?.findLast((manager) => !manager['@removed'])?.id;
  const managerId = item.manager?.id ?? fromDelta;
  return {
    personId,
    displayName: item.displayName || item.mail || item.userPrincipalName || personId,
    mail: item.mail ?? null,
    jobTitle: item.jobTitle ?? null,
    department: item.department ?? null,
    officeLocation: item.officeLocation ?? null,
    country: item.country ?? null,
    preferredLanguage: item.preferredLanguage ?? null,
    // Delta rounds leave out what was never set; only a "false" means that somebody switched the account off.
    accountEnabled: item.accountEnabled ?? true,
    isGuest: item.userType?.toLowerCase() === 'guest',
    managerId: managerId && isGuid(managerId) ? (managerId.toLowerCase() as PersonId) : null,
  };
}

async function findGroups(client: GraphClient, startsWith: string): Promise<ReadResult<GroupInfo[]>> {
  const prefix = startsWith.trim();
  if (prefix === '') return { outcome: 'done', value: [] };
  const filter = `startswith(displayName,${literal(prefix)})`;
  const groups: GroupInfo[] = [];
  const path = `/groups${query({ $filter: filter, $select: 'id,displayName', $top: GROUPS_SHOWN })}`;
  // Graph may fill the first page with less than it has: pages are read until there are enough.
  const walked = await readPages(client, { path, item: group, isAwaited: true }, async (items) => {
    for (const { id, displayName } of items)
      if (isGuid(id)) groups.push({ groupId: id.toLowerCase(), displayName: displayName ?? id });
    return groups.length >= GROUPS_SHOWN ? 'enough' : undefined;
  });
  if (walked.outcome !== 'done') return walked;
  return { outcome: 'done', value: groups.slice(0, GROUPS_SHOWN) };
}

async function readMembers(client: GraphClient, groupId: string): Promise<ReadResult<PersonId[]>> {
  const options = query({ $select: 'id', $count: 'true', $top: 999 });
  const path = `/groups/${guid(groupId, 'groupId')}/transitiveMembers/microsoft.graph.user${options}`;
  const members = await readAllPages(client, { path, headers: EVENTUAL, item: withId, isAwaited: true });
  if (members.outcome !== 'done') return members;
  const ids = members.value.filter(({ id }) => isGuid(id)).map(({ id }) => id.toLowerCase() as PersonId);
  return { outcome: 'done', value: [...new Set(ids)] };
}

/** By sign-in name, which most often is the address; else by the address itself. */
async function findPerson(client: GraphClient, address: string): Promise<ReadResult<Person | null>> {
  const options = query({ $select: USER_FIELDS });
  const byName = await client.read({
    method: 'GET',
    path: `/users/${opaqueId(address, 'address')}${options}`,
    reply: user,
    isAwaited: true,
  });
  if (byName.outcome === 'done') return { outcome: 'done', value: foundPerson(byName.value) };
  // What no sign-in name can be is refused as invalid.
  if (byName.outcome === 'later' || (byName.reason !== 'notFound' && byName.reason !== 'invalid')) return byName;
  const filter = `mail eq ${literal(address)}`;
  const path = `/users${query({ $filter: filter, $select: USER_FIELDS, $top: 2 })}`;
  const byMail = await readAllPages(client, { path, item: user, isAwaited: true });
  if (byMail.outcome !== 'done') return byMail;
  // An address that two people have names neither.
  const [found, another] = byMail.value;
  return { outcome: 'done', value: found && !another ? foundPerson(found) : null };
}

const foundPerson = (item: UserReply): Person | null =>
  isGuid(item.id) ? personOf(item.id.toLowerCase() as PersonId, item) : null;

async function readProfileHints(
  clients: GraphClients,
  tenantId: TenantId,
  people: readonly PersonId[],
): Promise<ReadResult<Map<PersonId, ProfileHints>>> {
  const options = query({ $select: 'id,skills,interests' });
  const results = await clientOf(clients, tenantId).readBatch(
    people.map((id) => ({ method: 'GET' as const, path: `/users/${guid(id, 'personId')}${options}`, reply: profile })),
  );
  const hints = new Map<PersonId, ProfileHints>();
  for (const [index, result] of results.entries()) {
    if (result.outcome === 'done') {
      const { skills, interests } = result.value;
      hints.set(people[index]!, { skills: skills ?? [], interests: interests ?? [] });
    } else if (result.outcome === 'later' || result.reason !== 'notFound') return result;
  }
  return { outcome: 'done', value: hints };
}
