import type { SandboxReply } from '../../http.ts';
import type { SandboxGroup, SandboxPerson, World } from '../../world.ts';
import { findPerson } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { readOptions, type OptionName, type QueryOptions } from '../odata/options.ts';
import { notFound, unsupportedQuery } from '../refusal.ts';
import { GROUP_TYPE, project, readSelect, selection, USER_TYPE, type EntityKind } from './entity.ts';
import { GROUP } from './group-kind.ts';
import { countEntities, listEntities } from './list-entities.ts';
import { USER_IN_LIST } from './user-kind.ts';

const READ_GROUPS = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const LIST_OPTIONS: OptionName[] = ['select', 'filter', 'search', 'orderby', 'top', 'count', 'skiptoken'];

/** Groups and who is in them, directly or through groups inside. */
export function groupRoutes(): GraphRoute[] {
  const get = (template: string, units: number, operation: GraphRoute['operation']): GraphRoute => ({
    method: 'GET',
    template,
    units,
    anyOf: READ_GROUPS,
    operation,
  });
  return [
    get('/groups', 2, listGroups),
    get('/groups/$count', 2, countGroups),
    get('/groups/{id}', 1, oneGroup),
    get('/groups/{id}/members', 3, (call) => members(call, directMembers)),
    get('/groups/{id}/members/$count', 3, (call) => countMembers(call, directMembers)),
    get('/groups/{id}/members/microsoft.graph.user', 3, (call) => userMembers(call, directMembers)),
    get('/groups/{id}/transitiveMembers', 5, (call) => members(call, transitiveMembers)),
    get('/groups/{id}/transitiveMembers/$count', 5, (call) => countMembers(call, transitiveMembers)),
    get('/groups/{id}/transitiveMembers/microsoft.graph.user', 5, (call) => userMembers(call, transitiveMembers)),
  ];
}

type Member = SandboxPerson | SandboxGroup;
const isGroup = (member: Member): member is SandboxGroup => 'memberIds' in member;

/** People and groups side by side: `$select` may name what either has. */
const MEMBER: EntityKind<Member> = {
  type: 'microsoft.graph.directoryObject',
  has: (name) => USER_IN_LIST.has(name) || GROUP.has(name),
  read: (member, name) => (isGroup(member) ? GROUP.read(member, name) : USER_IN_LIST.read(member, name)),
  standard: [...new Set([...USER_IN_LIST.standard, ...GROUP.standard])],
  unfilterable: USER_IN_LIST.unfilterable,
};

const groupOf = ({ world, ids }: GraphCall): SandboxGroup => {
  const group = world.groups.get(ids[0]!.toLowerCase()) ?? world.groups.get(ids[0]!);
  if (!group) throw notFound(ids[0]!);
  return group;
};

function directMembers(world: World, group: SandboxGroup): Member[] {
  return group.memberIds
    .map((id) => findPerson(world, id) ?? world.groups.get(id))
    .filter((member) => member !== undefined);
}

function transitiveMembers(world: World, group: SandboxGroup): Member[] {
  const found = new Map<string, Member>();
  const open = [group];
  for (let each = open.pop(); each; each = open.pop()) {
    for (const member of directMembers(world, each)) {
      if (found.has(member.id) || member.id === group.id) continue;
      found.set(member.id, member);
      if (isGroup(member)) open.push(member);
    }
  }
  return [...found.values()];
}

function listGroups(call: GraphCall): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, LIST_OPTIONS);
  return listEntities(call, { kind: GROUP, items: call.world.groups.values(), options, set: 'groups' });
}

function countGroups({ world, request }: GraphCall): SandboxReply {
  const options = readOptions(request.query, request.headers, ['filter', 'count']);
  return countEntities({ kind: GROUP, items: world.groups.values(), options: { ...options, count: true } });
}

function oneGroup(call: GraphCall): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, ['select']);
  const names = readSelect(GROUP, options.get('select'));
  const context = odataContext(`groups${selection(names, options.get('select') !== undefined)}/$entity`);
  return { status: 200, body: { '@odata.context': context, ...project(GROUP, groupOf(call), names) } };
}

function members(call: GraphCall, find: typeof directMembers): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, LIST_OPTIONS);
  return listEntities<Member>(call, {
    kind: MEMBER,
    items: find(call.world, groupOf(call)),
    options,
    set: 'directoryObjects',
    decorate: (member) => (isGroup(member) ? GROUP_TYPE : USER_TYPE),
  });
}

function userMembers(call: GraphCall, find: typeof directMembers): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, LIST_OPTIONS);
  requireAdvanced(options);
  const items = find(call.world, groupOf(call)).filter((member) => !isGroup(member));
  return listEntities(call, { kind: USER_IN_LIST, items, options, set: 'users' });
}

function countMembers(call: GraphCall, find: typeof directMembers): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, ['filter', 'count']);
  const items = find(call.world, groupOf(call));
  return countEntities({ kind: MEMBER, items, options: { ...options, count: true } });
}

/** Casting members to one type is an advanced query. */
function requireAdvanced(options: QueryOptions): void {
  if (options.advanced) return;
  throw unsupportedQuery(
    "The request uses an OData cast, which needs $count=true and the request header 'ConsistencyLevel: eventual'. Refer to https://aka.ms/graph-docs/advanced-queries for more information.",
  );
}
