import { badRequest } from '../refusal.ts';

/** The system query options of one request, by their name in lower case without `$`. */
export interface QueryOptions {
  /** The text of an option, or undefined where it was not given. */
  get(name: OptionName): string | undefined;
  /** True for `$count=true`. */
  count: boolean;
  /** True when the request asks for the directory's advanced queries: `ConsistencyLevel: eventual` and `$count=true`. */
  advanced: boolean;
  /** True for `ConsistencyLevel: eventual` alone. */
  eventual: boolean;
}

export type OptionName =
  'select' | 'expand' | 'filter' | 'orderby' | 'top' | 'skip' | 'search' | 'count' | 'skiptoken' | 'deltatoken';

const NAMES: ReadonlySet<string> = new Set<OptionName>([
  'select',
  'expand',
  'filter',
  'orderby',
  'top',
  'skip',
  'search',
  'count',
  'skiptoken',
  'deltatoken',
]);

/**
 * Reads `$select` and the like; names are case-insensitive and work without `$`, as in Graph. Options without `$` that
 * are no system option are left to the operation. Refuses (400) unknown `$` names and those not in `allowed`.
 */
export function readOptions(
  query: URLSearchParams,
  headers: Record<string, string>,
  allowed: readonly OptionName[],
): QueryOptions {
  const values = new Map<string, string>();
  for (const [key, value] of query) {
    const bare = key.replace(/^\$/, '').toLowerCase();
    if (!NAMES.has(bare)) {
      if (key.startsWith('$') && bare !== 'format') throw badRequest(`The query parameter '${key}' is not supported.`);
      continue;
    }
    if (!(allowed as readonly string[]).includes(bare)) throw badRequest(`'$${bare}' is not supported by the service.`);
    if (values.has(bare))
      throw badRequest(`Query option '$${bare}' was specified more than once, but it must be specified at most once.`);
    values.set(bare, value);
  }
  const count = values.get('count');
  if (count !== undefined && !/^(true|false)$/i.test(count))
    throw badRequest(`Invalid value '${count}' for $count query option found. Valid values are 'true' and 'false'.`);
  const eventual = (headers['consistencylevel'] ?? '').toLowerCase() === 'eventual';
  const counted = count?.toLowerCase() === 'true';
  return { get: (name) => values.get(name), count: counted, eventual, advanced: eventual && counted };
}

/** `$top` as a number from 1 to `most`, or `standard` where it was not given. */
export function readTop(options: QueryOptions, standard: number, most: number): number {
  const text = options.get('top');
  if (text === undefined) return standard;
  const top = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(top >= 1 && top <= most)) {
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${most} inclusive.`);
  }
  return top;
}

/** The values of a `Prefer` header by name in lower case, quotes taken off. */
export function readPreferences(headers: Record<string, string>): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const part of (headers['prefer'] ?? '').split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const [name = '', ...value] = part.trim().split('=');
    if (name) preferences.set(name.toLowerCase(), value.join('=').replace(/^"|"$/g, ''));
  }
  return preferences;
}
