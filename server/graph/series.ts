import type { PersonId } from '../domain/people/person.ts';
import type { LocalDate } from '../domain/time/instant.ts';
import type { CreatedSeries, ReadResult, Refused, SeriesRequest, WriteResult } from '../ports.ts';
import { CREATED, joinUrlOf, refuse, tagFilter, WITH_TAG } from './dates.ts';
import { readAllPages } from './pages.ts';
import { guid, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { nothing, recurringEvent, seriesMaster } from './replies.ts';
import { endedRecurrence, seriesBody } from './series-body.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** The request of `Calendar.createSeries`. A zone without Windows name is `refused: invalid`. */
export function createSeriesCall(request: SeriesRequest): GraphCall<CreatedSeries> | Refused {
  guid(request.key, 'key');
  const body = seriesBody(request);
  if (body === null) return refuse('TimeZoneNotSupported');
  const path = `/users/${guid(request.organizerId, 'organizerId')}/events`;
  return { method: 'POST', path, headers: MAILBOX_HEADERS, body, reply: CREATED };
}

/** All live series that carry the tag in the organizer's own mailbox; see `Calendar.findSeriesByTag`. */
export async function findSeriesByTag(
  client: GraphClient,
  organizerId: PersonId,
  key: string,
): Promise<ReadResult<CreatedSeries[]>> {
  const options = query({
    $filter: tagFilter(key),
    $select: 'id,iCalUId,type,isCancelled,isOrganizer,createdDateTime,onlineMeeting',
    $expand: WITH_TAG,
  });
  const path = `/users/${guid(organizerId, 'organizerId')}/events${options}`;
  const found = await readAllPages(client, { path, headers: MAILBOX_HEADERS, item: seriesMaster });
  if (found.outcome !== 'done') return found;
  const masters = found.value.filter(
    (event) =>
      event.type === 'seriesMaster' &&
      !event.isCancelled &&
      event.isOrganizer !== false &&
      // A filter that was ignored must not make a stranger's series ours.
      event.singleValueExtendedProperties?.some(({ value }) => value.toLowerCase() === key.toLowerCase()),
  );
  // Whoever copies an event does it later: the oldest is ours (F33).
  const age = ({ createdDateTime }: (typeof masters)[number]): number => Date.parse(createdDateTime ?? '') || 0;
  return {
    outcome: 'done',
    value: masters
      .toSorted((a, b) => age(a) - age(b))
      .map((event) => ({
        eventId: event.id,
        iCalUId: event.iCalUId,
        joinUrl: joinUrlOf(event.onlineMeeting?.joinUrl),
      })),
  };
}

/** Ends a running series after `lastDate`; see `Calendar.endSeries`. Already ended is done without a write. */
export async function endSeries(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
  lastDate: LocalDate,
): Promise<WriteResult<null>> {
  const path = `/users/${guid(organizerId, 'organizerId')}/events/${opaqueId(eventId, 'eventId')}`;
  const master = await client.read({
    method: 'GET',
    path: `${path}${query({ $select: 'id,recurrence' })}`,
    headers: MAILBOX_HEADERS,
    reply: recurringEvent,
  });
  if (master.outcome !== 'done') return master;
  const recurrence = endedRecurrence(master.value, lastDate);
  if (recurrence === 'ended') return { outcome: 'done', value: null };
  if (recurrence === null) return refuse('EndBeforeFirstDate');
  return client.write({ method: 'PATCH', path, headers: MAILBOX_HEADERS, body: { recurrence }, reply: nothing });
}
