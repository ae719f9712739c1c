import { z } from 'zod';
import { toIso } from '../domain/time/instant.ts';
import type { OwnItem, ReadResult, WantedView } from '../ports.ts';
import { readAllPages } from './pages.ts';
import { guid, MAILBOX_HEADERS, query } from './paths.ts';
import { calendarItem } from './replies.ts';
import { readGraphTime } from './times.ts';
import type { GraphClient } from './types.ts';

/** What reliability.md R6 (b) reads of an attendee's calendar; never subject, body or place. */
const FIELDS = 'id,iCalUId,seriesMasterId,type,start,end,showAs,isCancelled,responseStatus';
/** Some days of one calendar hold far fewer. */
const ITEMS_PER_PAGE = 200;

const ITEM = calendarItem.transform((item, context): OwnItem => {
  const start = readGraphTime(item.start);
  const end = readGraphTime(item.end);
  if (start === null || end === null) {
    context.addIssue({ code: 'custom', message: 'a time of the item is not understood' });
    return z.NEVER;
  }
  return {
    iCalUId: item.iCalUId,
    start,
    end,
    // An unknown status counts as busy.
    status: item.showAs ?? 'busy',
    isCancelled: item.isCancelled ?? false,
    response: item.responseStatus?.response ?? 'none',
  };
});
const PAGE = z.object({ value: z.array(ITEM), '@odata.nextLink': z.string().nullish() });

/** Parts of attendees' own calendars; see `Calendar.readViews`. */
export async function readViews(client: GraphClient, wanted: readonly WantedView[]): Promise<ReadResult<OwnItem[]>[]> {
  const paths = wanted.map(({ mailbox, from, to }) => {
    if (!(to > from)) throw new RangeError('to is not after from');
    const window = { startDateTime: toIso(from), endDateTime: toIso(to), $select: FIELDS, $top: ITEMS_PER_PAGE };
    return `/users/${guid(mailbox, 'mailbox')}/calendarView${query(window)}`;
  });
  const firsts = await client.readBatch(
    paths.map((path) => ({ method: 'GET' as const, path, headers: MAILBOX_HEADERS, reply: PAGE })),
  );
  const views: ReadResult<OwnItem[]>[] = [];
  for (const [index, first] of firsts.entries()) {
    if (first.outcome !== 'done') views.push(first);
    else if (!first.value['@odata.nextLink']) views.push({ outcome: 'done', value: first.value.value });
    else views.push(await readAllPages(client, { path: paths[index]!, headers: MAILBOX_HEADERS, item: ITEM }));
  }
  return views;
}
