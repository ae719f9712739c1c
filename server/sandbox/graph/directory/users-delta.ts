import { chance } from '../../hash.ts';
import type { SandboxReply } from '../../http.ts';
import type { SandboxPerson, World } from '../../world.ts';
import { managerOf, peopleOf } from '../find-person.ts';
import type { GraphCall } from '../graph-call.ts';
import { linkBase, odataContext } from '../link-base.ts';
import { readFilter } from '../odata/filter.ts';
import { readOptions, readPreferences } from '../odata/options.ts';
import { badRequest } from '../refusal.ts';
import type { ChangeJournal, PersonChange } from './change-journal.ts';
import { readDeltaToken, writeDeltaToken, type DeltaPosition } from './delta-token.ts';
import { project, readSelect, selection, USER_TYPE } from './entity.ts';
import { USER_IN_LIST } from './user-kind.ts';

const STANDARD_PAGE = 200;
const MOST_IDS = 50;
/** Share of pages with a link and nothing else: clients must follow links, not count items. */
const EMPTY_PAGES = 0.1;

/**
 * `GET /users/delta`: everybody first, then what changed since the delta link. Managers come as `manager@delta`,
 * removed people as `@removed`. Only `$select`, `$filter` by id and the tokens are served, as in Graph.
 */
export function usersDelta(call: GraphCall, journal: ChangeJournal): SandboxReply {
  const { world, request } = call;
  const position = readPosition(call, journal);
  const now = world.clock.now();
  const names = position.select ?? USER_IN_LIST.standard;
  const base = linkBase(request);
  const body: Record<string, unknown> = {
    '@odata.context': odataContext(`users${selection(names, position.select !== null)}`),
  };
  const deltaLink = (): void => {
    const next = { ...position, since: position.mark, after: null, issuedAt: now, paused: false };
    body['@odata.deltaLink'] = `${base}/users/delta?$deltatoken=${writeDeltaToken(next)}`;
  };
  if (
    request.query.get('$deltatoken')?.toLowerCase() === 'latest' ||
    request.query.get('$deltaToken')?.toLowerCase() === 'latest'
  ) {
    deltaLink();
    return { status: 200, body: { ...body, value: [] } };
  }
  const preferences = readPreferences(request.headers);
  const size = Math.min(999, Math.max(1, Number(preferences.get('odata.maxpagesize')) || STANDARD_PAGE));
  const minimal = preferences.get('return') === 'minimal';
  const items =
    position.since === null ? everybody(world, position, names) : changed(world, journal, position, names, minimal);
  const isPause =
    !position.paused &&
    items.length > 0 &&
    chance(world.seed, 'empty-page', position.mark, position.after ?? '') < EMPTY_PAGES;
  const page = isPause ? [] : items.slice(0, size);
  if (isPause || items.length > size) {
    const next = { ...position, after: page.at(-1)?.id ?? position.after, issuedAt: now, paused: isPause };
    body['@odata.nextLink'] = `${base}/users/delta?$skiptoken=${writeDeltaToken(next)}`;
  } else deltaLink();
  const headers: Record<string, string> = minimal ? { 'Preference-Applied': 'return=minimal' } : {};
  return { status: 200, headers, body: { ...body, value: page.map((item) => item.json) } };
}

interface DeltaItem {
  id: string;
  json: Record<string, unknown>;
}

function readPosition(call: GraphCall, journal: ChangeJournal): DeltaPosition {
  const { request, world } = call;
  const options = readOptions(request.query, request.headers, ['select', 'filter', 'skiptoken', 'deltatoken', 'top']);
  if (options.get('top') !== undefined) throw badRequest('$top is not supported by delta queries.');
  const now = world.clock.now();
  const mark = journal.sync();
  const skip = options.get('skiptoken');
  if (skip !== undefined) return readDeltaToken(skip, now, linkBase(request));
  const delta = options.get('deltatoken');
  if (delta) {
    if (delta.toLowerCase() !== 'latest') return { ...readDeltaToken(delta, now, linkBase(request)), mark };
  }
  const text = options.get('select');
  const select = text === undefined ? null : [...readSelect(USER_IN_LIST, text)];
  for (const name of select ?? []) {
    if (USER_IN_LIST.unfilterable.has(name) && name !== 'manager')
      throw badRequest(`Change tracking is not supported against '${name}'.`);
  }
  return { mark, since: null, after: null, select, ids: readIds(options.get('filter')), issuedAt: now, paused: false };
}

function readIds(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const filter = readFilter(text);
  const ids = [...text.matchAll(/'([^']*)'/g)].map((match) => match[1]!);
  const simple =
    [...filter.names].every((name) => name === 'id') && [...filter.operators].every((operator) => operator === 'eq');
  if (!simple || /\band\b/i.test(text)) throw badRequest('Delta queries support $filter on id only.');
  if (ids.length > MOST_IDS) throw badRequest(`Delta queries support ${MOST_IDS} ids in $filter at most.`);
  return ids;
}

const isWanted = (position: DeltaPosition, id: string): boolean =>
  (position.after === null || id > position.after) && (position.ids === null || position.ids.includes(id));

/** A full round gives what is set; what was never set is left out. */
function everybody(world: World, position: DeltaPosition, names: readonly string[]): DeltaItem[] {
  const items: DeltaItem[] = [];
  for (const person of peopleOf(world)) {
    if (isWanted(position, person.id)) items.push({ id: person.id, json: wholePerson(world, person, names) });
  }
  return items.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function wholePerson(world: World, person: SandboxPerson, names: readonly string[]): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(project(USER_IN_LIST, person, names)))
    if (value !== null) json[name] = value;
  const manager = names.includes('manager') ? managerOf(world, person) : undefined;
  if (manager) json['manager@delta'] = [{ ...USER_TYPE, id: manager.id }];
  json['id'] = person.id;
  return json;
}

function changed(
  world: World,
  journal: ChangeJournal,
  position: DeltaPosition,
  names: readonly string[],
  minimal: boolean,
): DeltaItem[] {
  const items: DeltaItem[] = [];
  for (const change of journal.since(position.since!)) {
    if (!isWanted(position, change.id)) continue;
    const person = world.people.get(change.id);
    if (!person || change.presence !== 'live') {
      const reason = change.presence === 'softDeleted' ? 'changed' : 'deleted';
      items.push({ id: change.id, json: { id: change.id, '@removed': { reason } } });
    } else if (change.isNew) items.push({ id: change.id, json: wholePerson(world, person, names) });
    else if (names.some((name) => change.properties.has(name))) {
      items.push({ id: change.id, json: changedPerson(world, person, change, names, minimal) });
    }
  }
  return items;
}

function changedPerson(
  world: World,
  person: SandboxPerson,
  change: PersonChange,
  names: readonly string[],
  minimal: boolean,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(project(USER_IN_LIST, person, names))) {
    const isChanged = change.properties.has(name);
    if (isChanged || (!minimal && value !== null)) json[name] = value;
  }
  if (names.includes('manager') && change.formerManagerId !== undefined) {
    const { formerManagerId: old } = change;
    const manager = managerOf(world, person);
    const removed = { ...USER_TYPE, id: old, '@removed': { reason: 'deleted' } };
    json['manager@delta'] = [
      ...(old === null || old === manager?.id ? [] : [removed]),
      ...(manager ? [{ ...USER_TYPE, id: manager.id }] : []),
    ];
  }
  json['id'] = person.id;
  return json;
}
