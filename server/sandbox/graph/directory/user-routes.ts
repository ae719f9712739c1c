import type { SandboxReply } from '../../http.ts';
import { managerOf, peopleOf, personOf } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { mailboxSettingsOf } from '../mailbox/mailbox-settings.ts';
import { readOptions, type OptionName } from '../odata/options.ts';
import { notFound } from '../refusal.ts';
import type { ChangeJournal } from './change-journal.ts';
import { project, readSelect, selection, USER_TYPE } from './entity.ts';
import { readManagerExpansion } from './expand-manager.ts';
import { countEntities, listEntities } from './list-entities.ts';
import { ONE_USER, USER_IN_LIST } from './user-kind.ts';
import { usersDelta } from './users-delta.ts';

const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const LIST_OPTIONS: OptionName[] = ['select', 'expand', 'filter', 'search', 'orderby', 'top', 'count', 'skiptoken'];

/** People of the directory: lists, single users, their manager and reports, changes. */
export function userRoutes(journal: ChangeJournal): GraphRoute[] {
  const get = (template: string, units: number, operation: GraphRoute['operation']): GraphRoute => ({
    method: 'GET',
    template,
    units,
    anyOf: READ_USERS,
    operation,
  });
  return [
    get('/users', 2, listUsers),
    get('/users/$count', 2, countUsers),
    get('/users/delta', 2, (call) => usersDelta(call, journal)),
    get('/users/{id}', 1, oneUser),
    get('/users/{id}/manager', 1, managerOfUser),
    get('/users/{id}/directReports', 1, directReports),
  ];
}

function listUsers(call: GraphCall): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, LIST_OPTIONS);
  const decorate = readManagerExpansion(call.world, options, 'list');
  return listEntities(call, { kind: USER_IN_LIST, items: peopleOf(call.world), options, set: 'users', decorate });
}

function countUsers({ world, request }: GraphCall): SandboxReply {
  const options = readOptions(request.query, request.headers, ['filter', 'count']);
  return countEntities({ kind: USER_IN_LIST, items: peopleOf(world), options: { ...options, count: true } });
}

function oneUser(call: GraphCall): SandboxReply {
  const { world, request } = call;
  const options = readOptions(request.query, request.headers, ['select', 'expand', 'count']);
  const person = personOf(world, call.ids[0]!);
  const names = readSelect(ONE_USER, options.get('select'));
  const expanded = readManagerExpansion(world, options, 'single')(person);
  const settings = names.includes('mailboxSettings') ? { mailboxSettings: mailboxSettingsOf(call) } : {};
  const context = odataContext(`users${selection(names, options.get('select') !== undefined)}/$entity`);
  return {
    status: 200,
    body: { '@odata.context': context, ...project(ONE_USER, person, names), ...settings, ...expanded },
  };
}

function managerOfUser({ world, request, ids }: GraphCall): SandboxReply {
  const options = readOptions(request.query, request.headers, ['select']);
  const manager = managerOf(world, personOf(world, ids[0]!));
  if (!manager) throw notFound('manager');
  const shown = project(USER_IN_LIST, manager, readSelect(USER_IN_LIST, options.get('select')));
  return { status: 200, body: { '@odata.context': odataContext('directoryObjects/$entity'), ...USER_TYPE, ...shown } };
}

function directReports(call: GraphCall): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, LIST_OPTIONS);
  const person = personOf(call.world, call.ids[0]!);
  const items = [...peopleOf(call.world)].filter((each) => each.managerId === person.id);
  return listEntities(call, {
    kind: USER_IN_LIST,
    items,
    options,
    set: 'directoryObjects',
    decorate: () => USER_TYPE,
  });
}
