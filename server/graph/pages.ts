import { z } from 'zod';
import { MINUTE, plus } from '../domain/time/instant.ts';
import type { Later, ReadResult, Refused } from '../ports.ts';
import { pathOfLink } from './paths.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** More pages than any honest answer has (reliability.md F10). */
const PAGE_CAP = 10_000;
/** A paging that goes round in circles is not asked again at once. */
const AFTER_BROKEN_PAGES = 15 * MINUTE;

/** The first page's path and the headers of every page. */
export interface Paging<T> {
  path: string;
  headers?: Record<string, string>;
  item: z.ZodType<T>;
  isAwaited?: GraphCall<T>['isAwaited'];
  /** More pages than this end the walk; 10,000 unless told. */
  pageCap?: number;
}

/**
 * Walks all pages in order. Done only when the last page was reached: with the deltaLink where there is one. Links that
 * repeat, lead elsewhere or never end give `later`, with a warning in the log. `onPage` may
 * end the walk: with a result of its own that is not done, or with 'enough', which is done without deltaLink.
 */
export async function readPages<T>(
  client: GraphClient,
  paging: Paging<T>,
  onPage: (items: T[]) => Promise<Refused | Later | 'enough' | void>,
): Promise<ReadResult<{ deltaLink: string | null }>> {
  const reply = z.object({
    value: z.array(paging.item),
    '@odata.nextLink': z.string().nullish(),
    '@odata.deltaLink': z.string().nullish(),
  });
  const seen = new Set<string>();
  let path = paging.path;
  for (let page = 0; page < (paging.pageCap ?? PAGE_CAP); page++) {
    seen.add(path);
    const { headers, isAwaited } = paging;
    const result = await client.read({ method: 'GET', path, headers, reply, isAwaited });
    if (result.outcome !== 'done') return result;
    const stop = await onPage(result.value.value);
    if (stop === 'enough') return { outcome: 'done', value: { deltaLink: null } };
    if (stop) return stop;
    const next = result.value['@odata.nextLink'];
    if (!next) return { outcome: 'done', value: { deltaLink: result.value['@odata.deltaLink'] ?? null } };
    const nextPath = pathOfLink(next);
    if (nextPath === null) return brokenPages(client, 'PageLinkUnreadable');
    if (seen.has(nextPath)) return brokenPages(client, 'PagesRepeat');
    path = nextPath;
  }
  return brokenPages(client, 'TooManyPages');
}

/** All items of all pages, or nothing: a part is never taken for the whole. */
export async function readAllPages<T>(client: GraphClient, paging: Paging<T>): Promise<ReadResult<T[]>> {
  const items: T[] = [];
  const walked = await readPages(client, paging, async (page) => {
    items.push(...page);
  });
  return walked.outcome === 'done' ? { outcome: 'done', value: items } : walked;
}

function brokenPages(client: GraphClient, code: string): Later {
  client.log.warn({ code }, 'graph paging is broken');
  return { outcome: 'later', notBefore: plus(client.now(), AFTER_BROKEN_PAGES), code };
}
