import type { SandboxRequest } from '../../http.ts';
import { linkBase, odataContext } from '../link-base.ts';
import type { Item } from './model.ts';
import type { Preferences } from './preferences.ts';
import { readEventQuery } from './query.ts';
import { renderItem } from './render.ts';

/** One page of items by the query options of a request, with the link to the next. */
export function listEvents(
  request: SandboxRequest,
  items: readonly Item[],
  preferences: Preferences,
  fragment: string,
): Record<string, unknown> {
  const query = readEventQuery(request.query, preferences);
  const found = query.filter ? items.filter(query.filter) : [...items];
  if (query.order) found.sort(query.order);
  const end = query.skip + query.top;
  const select = query.select ? `(${query.select.join(',')})` : '';
  const body: Record<string, unknown> = { '@odata.context': odataContext(fragment + select) };
  if (query.wantsCount) body['@odata.count'] = found.length;
  body['value'] = found.slice(query.skip, end).map((item) => renderItem(item, { ...query, preferences }));
  if (found.length > end) {
    const next = new URLSearchParams(request.query);
    for (const name of ['$skip', 'skip', '$top', 'top']) next.delete(name);
    next.set('$top', String(query.top));
    next.set('$skip', String(end));
    body['@odata.nextLink'] =
      `${linkBase(request)}${request.path}?${next.toString().replaceAll('%24', '$').replaceAll('+', '%20')}`;
  }
  return body;
}
