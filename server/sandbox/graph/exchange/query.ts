import { readExpand } from '../odata/expand.ts';
import { badRequest } from '../refusal.ts';
import { EVENT_NAVIGATIONS, EVENT_PROPERTIES } from './event-schema.ts';
import { normalizePropertyId } from './extended-properties.ts';
import { invalidRequest } from './failure.ts';
import { descend, readEventFilter, type Read } from './filter.ts';
import type { ExtendedProperty, Item } from './model.ts';
import type { Preferences } from './preferences.ts';
import { readProperty } from './render.ts';
import { UTC } from './zones.ts';

/** Page size of Exchange where nothing was asked. */
const STANDARD_TOP = 10;
const MOST_TOP = 1000;

/** The system query options of a read of events. */
export interface EventQuery {
  select: string[] | null;
  wantsProperty: ((property: ExtendedProperty) => boolean) | null;
  wantsExceptions: boolean;
  filter: ((item: Item) => boolean) | null;
  order: ((a: Item, b: Item) => number) | null;
  top: number;
  skip: number;
  wantsCount: boolean;
}

const OPTIONS = new Set(['select', 'expand', 'filter', 'orderby', 'top', 'skip', 'count', 'format']);

function optionsOf(query: URLSearchParams): Map<string, string> {
  const options = new Map<string, string>();
  for (const [key, value] of query) {
    const name = key.replace(/^\$/, '').toLowerCase();
    if (OPTIONS.has(name)) options.set(name, value);
    else if (key.startsWith('$')) throw badRequest(`The query parameter '${key}' is not supported.`);
  }
  return options;
}

function canonicalName(name: string): string {
  const known = EVENT_PROPERTIES.get(name.split('/')[0]!.trim().toLowerCase());
  if (!known) throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.OutlookServices.Event'.`);
  return known;
}

function readSelect(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map(canonicalName)
    .filter((name) => name !== 'id' && !EVENT_NAVIGATIONS.has(name));
}

function readWantedProperty(filter: string | undefined): (property: ExtendedProperty) => boolean {
  if (filter === undefined) throw invalidRequest('$expand=singleValueExtendedProperties needs a $filter on their ids.');
  const wanted = new Set<string>();
  for (const [, id] of filter.matchAll(/(?:^|\s|\()id\s+eq\s+'([^']*)'/gi)) wanted.add(normalizePropertyId(id!));
  if (wanted.size === 0) throw badRequest(`Invalid filter clause: '${filter}'.`);
  return ({ id }) => wanted.has(normalizePropertyId(id));
}

/** Reads properties for filters: times in UTC, extended properties by their normalized ids. */
const readerOf =
  (item: Item, preferences: Preferences): Read =>
  (path) => {
    const [first = '', ...rest] = path;
    if (first.toLowerCase() === 'singlevalueextendedproperties') {
      return item.event.properties.map(({ id, value }) => ({ id: normalizePropertyId(id), value }));
    }
    return descend(readProperty(item, canonicalName(first), preferences), rest);
  };

/** Property ids in a filter, in the form in which they are compared. */
const normalizeIdsIn = (filter: string): string =>
  filter.replace(/(\/id\s+eq\s+)'([^']*)'/gi, (_, head: string, id: string) => `${head}'${normalizePropertyId(id)}'`);

function readOrder(text: string | undefined, preferences: Preferences): EventQuery['order'] {
  if (text === undefined) return null;
  const keys = text.split(',').map((part) => {
    const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
    canonicalName(path);
    return { path: path.split('/'), sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { path, sign } of keys) {
      const [left, right] = [readerOf(a, preferences)(path), readerOf(b, preferences)(path)].map((value) =>
        typeof value === 'number' ? value : JSON.stringify(value ?? ''),
      );
      if (left! < right!) return -sign;
      if (left! > right!) return sign;
    }
    return 0;
  };
}

function readCount(text: string | undefined, name: string, standard: number): number {
  if (text === undefined) return standard;
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for ${name} query option found.`);
  return Number(text);
}

/** Reads $select, $expand, $filter, $orderby, $top, $skip and $count. Refuses (400) what an event does not have. */
export function readEventQuery(query: URLSearchParams, preferences: Preferences): EventQuery {
  const options = optionsOf(query);
  const inUtc: Preferences = { ...preferences, zone: UTC };
  const result: EventQuery = {
    select: readSelect(options.get('select')),
    wantsProperty: null,
    wantsExceptions: false,
    filter: null,
    order: readOrder(options.get('orderby'), inUtc),
    top: readCount(options.get('top'), '$top', preferences.maxPageSize ?? STANDARD_TOP),
    skip: readCount(options.get('skip'), '$skip', 0),
    wantsCount: options.get('count')?.toLowerCase() === 'true',
  };
  if (result.top < 1 || result.top > MOST_TOP) throw badRequest(`The value of $top must be between 1 and ${MOST_TOP}.`);
  for (const { name, options: inner } of readExpand(options.get('expand'))) {
    if (!EVENT_NAVIGATIONS.has(name)) {
      throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.OutlookServices.Event'.`);
    }
    if (name === 'singleValueExtendedProperties') result.wantsProperty = readWantedProperty(inner.get('filter'));
    if (name === 'exceptionOccurrences') result.wantsExceptions = true;
  }
  const filter = options.get('filter');
  if (filter !== undefined) {
    const test = readEventFilter(normalizeIdsIn(filter));
    result.filter = (item) => test(readerOf(item, inUtc));
  }
  return result;
}
