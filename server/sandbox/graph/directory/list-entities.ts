import type { SandboxReply } from '../../http.ts';
import type { GraphCall } from '../graph-call.ts';
import { linkBase, odataContext } from '../link-base.ts';
import { readFilter } from '../odata/filter.ts';
import { readTop, type QueryOptions } from '../odata/options.ts';
import { badRequest, unsupportedQuery } from '../refusal.ts';
import { project, readSelect, selection, type EntityKind } from './entity.ts';

const STANDARD_PAGE = 100;
const LARGEST_PAGE = 999;
/** Operators that need `ConsistencyLevel: eventual` and `$count=true`. */
const ADVANCED = ['ne', 'not', 'endswith'];

/** What a list holds and how one item becomes JSON. */
export interface EntityList<T extends { id: string }> {
  kind: EntityKind<T>;
  items: Iterable<T>;
  options: QueryOptions;
  /** `users`, `groups`, `directoryObjects`: the set in `@odata.context`. */
  set: string;
  /** Added to each shown item: expanded navigations, `@odata.type`. */
  decorate?: (item: T) => Record<string, unknown>;
}

/** One page of a list with filter, search, order, count and a link to the next page. Refuses (400) as the directory does. */
export function listEntities<T extends { id: string }>(call: GraphCall, list: EntityList<T>): SandboxReply {
  const { kind, options } = list;
  const names = readSelect(kind, options.get('select'));
  const sortKey = readOrder(kind, options);
  const passes = [readTest(kind, options), readSearch(kind, options)];
  const found = [...list.items].filter((item) => passes.every((test) => test(item)));
  const keyed = found.map((item) => ({ item, key: sortKey.of(item) }));
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0) * sortKey.direction;
  keyed.sort((a, b) => compare(a.key, b.key));

  const top = readTop(options, STANDARD_PAGE, LARGEST_PAGE);
  const after = readSkipToken(options.get('skiptoken'));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0);
  const page = rest.slice(0, top);
  const body: Record<string, unknown> = {
    '@odata.context': odataContext(`${list.set}${selection(names, options.get('select') !== undefined)}`),
  };
  if (options.advanced) body['@odata.count'] = found.length;
  if (rest.length > top) body['@odata.nextLink'] = nextLink(call, page.at(-1)!.key);
  body['value'] = page.map(({ item }) => ({ ...list.decorate?.(item), ...project(kind, item, names) }));
  return { status: 200, body };
}

/** The bare number of `/users/$count` and the like. Refuses (400) without `ConsistencyLevel: eventual`. */
export function countEntities<T extends { id: string }>(
  list: Pick<EntityList<T>, 'kind' | 'items' | 'options'>,
): SandboxReply {
  if (!list.options.eventual) throw badRequest('$count is not currently supported.');
  const test = readTest(list.kind, list.options);
  const count = [...list.items].filter((item) => test(item)).length;
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count) };
}

function readTest<T>(kind: EntityKind<T>, options: QueryOptions): (item: T) => boolean {
  const text = options.get('filter');
  if (text === undefined) return () => true;
  const filter = readFilter(text);
  for (const name of filter.names) {
    if (!kind.has(name))
      throw badRequest(`Invalid filter clause: Could not find a property named '${name}' on type '${kind.type}'.`);
    if (kind.unfilterable.has(name))
      throw unsupportedQuery(
        `Unsupported or invalid query filter clause specified for property '${name}' of resource '${shortName(kind)}'.`,
      );
  }
  if (filter.operators.has('contains')) throw unsupportedQuery('Unsupported Query.');
  const advanced = ADVANCED.find((operator) => filter.operators.has(operator));
  const needsCount = advanced !== undefined || options.get('orderby') !== undefined;
  if (needsCount && !options.eventual)
    throw unsupportedQuery(
      advanced
        ? `Operator '${advanced}' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information.`
        : 'Sorting not supported for current query.',
    );
  if (needsCount && !options.count && options.get('count') === undefined)
    throw unsupportedQuery(
      'Operator is not supported because the required parameters might be missing. Try adding the $count=true query parameter. Refer to https://aka.ms/graph-docs/advanced-queries for more information.',
    );
  return (item) => filter.test(item, (each, name) => kind.read(each, name));
}

function readSearch<T>(kind: EntityKind<T>, options: QueryOptions): (item: T) => boolean {
  const text = options.get('search');
  if (text === undefined) return () => true;
  if (!options.eventual)
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  const match = /^"(displayName|mail|userPrincipalName):([^"]+)"$/.exec(text.trim());
  if (!match) throw badRequest(`Syntax error: ${text} is not a supported $search clause.`);
  const wanted = match[2]!.toLowerCase();
  return (item) => {
    const value = kind.read(item, match[1]!);
    if (typeof value !== 'string') return false;
    return (
      value.toLowerCase().startsWith(wanted) ||
      value
        .toLowerCase()
        .split(/[\s.@-]+/)
        .some((word) => word.startsWith(wanted))
    );
  };
}

/** Items without `$orderby` come in the order of their ids, which says nothing. */
function readOrder<T extends { id: string }>(
  kind: EntityKind<T>,
  options: QueryOptions,
): { of(item: T): string; direction: 1 | -1 } {
  const text = options.get('orderby');
  if (text === undefined) return { of: (item) => item.id, direction: 1 };
  const match = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim());
  if (!match || !kind.has(match[1]!)) throw badRequest(`Invalid $orderby clause '${text}'.`);
  const name = match[1]!;
  if (!['displayName', 'userPrincipalName'].includes(name))
    throw unsupportedQuery('Sorting not supported for current query.');
  return {
    of: (item) => `${String(kind.read(item, name)).toLowerCase()}\u0000${item.id}`,
    direction: match[2]?.toLowerCase() === 'desc' ? -1 : 1,
  };
}

const shortName = <T>(kind: EntityKind<T>): string => (kind.type.endsWith('user') ? 'User' : 'Group');

const TOKEN_MARK = 'page:';

function nextLink(call: GraphCall, lastKey: string): string {
  const query = new URLSearchParams(call.request.query);
  for (const key of [...query.keys()]) if (/^\$?skiptoken$/i.test(key)) query.delete(key);
  query.set('$skiptoken', Buffer.from(TOKEN_MARK + lastKey).toString('base64url'));
  const path = call.request.path.replace(/^\/v1\.0/, '');
  return `${linkBase(call.request)}${path}?${query.toString().replaceAll('%24', '$')}`;
}

function readSkipToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(TOKEN_MARK)) throw badRequest('Badly formed token.');
  return text.slice(TOKEN_MARK.length);
}
