import { z } from 'zod';
import type { PersonId } from '../domain/people/person.ts';
import { parseInstant, toIso, type Instant } from '../domain/time/instant.ts';
import type {
  CreatedSeries,
  DateMove,
  EventRequest,
  OrganizerDate,
  ReadResult,
  Refused,
  WriteResult,
} from '../ports.ts';
import { readAllPages } from './pages.ts';
import { guid, literal, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { eventDate, nothing, seriesMaster, type EventDateReply } from './replies.ts';
import { readGraphTime, wallTimeOf } from './times.ts';
import { dateBody, TAG_PROPERTY } from './series-body.ts';
import type { GraphCall, GraphClient } from './types.ts';
import { toWindowsZone } from './zones.ts';

/** What reliability.md R6 reads of each date; never subject or body. */
const DATE_FIELDS = 'id,seriesMasterId,type,iCalUId,start,end,originalStart,isCancelled,attendees,onlineMeeting';
/** Asks for the value of our tag, and of no other property. */
export const WITH_TAG = `singleValueExtendedProperties($filter=id eq ${literal(TAG_PROPERTY)})`;
/** Outlook's own page size is 10; a window of one organizer holds hundreds. */
const DATES_PER_PAGE = 200;

/** A date, checked so far that all its times are understood; else the whole answer counts as unreadable. */
const DATE = eventDate.transform((event, context): OrganizerDate => {
  const date = dateOf(event);
  if (date) return date;
  context.addIssue({ code: 'custom', message: 'a time of the event is not understood' });
  return z.NEVER;
});

/** Dates of one series in [from, to), by start; see `Calendar.readSeriesDates`. */
export async function readSeriesDates(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
  from: Instant,
  to: Instant,
): Promise<ReadResult<OrganizerDate[]>> {
  const path = `/users/${guid(organizerId, 'organizerId')}/events/${opaqueId(eventId, 'eventId')}/instances`;
  return readDates(client, `${path}${windowQuery(from, to)}`);
}

/** Dates of many series in [from, to), 20 in a call; see `Calendar.readDatesOfSeries`. */
export async function readDatesOfSeries(
  client: GraphClient,
  organizerId: PersonId,
  eventIds: readonly string[],
  from: Instant,
  to: Instant,
): Promise<ReadResult<OrganizerDate[]>[]> {
  const pages = await client.readBatch(
    eventIds.map((eventId) => ({
      method: 'GET' as const,
      path: `${eventPath(organizerId, eventId)}/instances${windowQuery(from, to)}`,
      headers: MAILBOX_HEADERS,
      reply: z.object({ value: z.array(DATE), '@odata.nextLink': z.string().nullish() }),
    })),
  );
  const found: ReadResult<OrganizerDate[]>[] = [];
  for (const [index, page] of pages.entries()) {
    if (page.outcome !== 'done') found.push(page);
    else if (!page.value['@odata.nextLink']) found.push({ outcome: 'done', value: inOrder(page.value.value) });
    else found.push(await readSeriesDates(client, organizerId, eventIds[index]!, from, to));
  }
  return found;
}

/**
 * What may be ours in the organizer's calendar in [from, to), by start; see `Calendar.readOrganizerWindow`. Nothing is read
 * that would tell of the others.
 */
export async function readOrganizerWindow(
  client: GraphClient,
  organizerId: PersonId,
  from: Instant,
  to: Instant,
): Promise<ReadResult<OrganizerDate[]>> {
  const path = `/users/${guid(organizerId, 'organizerId')}/calendarView${windowQuery(from, to, { $expand: WITH_TAG })}`;
  const dates = await readDates(client, path);
  if (dates.outcome !== 'done') return dates;
  return {
    outcome: 'done',
    value: dates.value.filter(({ seriesEventId, tag }) => seriesEventId !== null || tag !== null),
  };
}

/** All live single dates that carry the tag in the organizer's own mailbox; see `Calendar.findDatesByTag`. */
export async function findDatesByTag(
  client: GraphClient,
  organizerId: PersonId,
  key: string,
): Promise<ReadResult<OrganizerDate[]>> {
  const path = `/users/${guid(organizerId, 'organizerId')}/events${query({
    $filter: tagFilter(key),
    $select: `${DATE_FIELDS},isOrganizer`,
    $expand: WITH_TAG,
  })}`;
  const found = await readAllPages(client, { path, headers: MAILBOX_HEADERS, item: eventDate });
  if (found.outcome !== 'done') return found;
  const dates = found.value.filter(
    ({ type, isCancelled, isOrganizer }) => type === 'singleInstance' && !isCancelled && isOrganizer !== false,
  );
  return {
    outcome: 'done',
    // A filter that was ignored must not make a stranger's event ours.
    value: dates.flatMap((event) => dateOf(event) ?? []).filter(({ tag }) => tag?.toLowerCase() === key.toLowerCase()),
  };
}

/** The filter for events with this tag. Throws RangeError for a key that is no UUID (hostile list 59). */
export const tagFilter = (key: string): string =>
  `singleValueExtendedProperties/Any(ep: ep/id eq ${literal(TAG_PROPERTY)} and ep/value eq ${literal(guid(key, 'key'))})`;

/** One event by id; see `Calendar.readDate`. */
export function readDate(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
): Promise<ReadResult<OrganizerDate>> {
  const path = `${eventPath(organizerId, eventId)}${query({ $select: DATE_FIELDS })}`;
  return client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply: DATE });
}

/** A created event, whatever its kind. */
export const CREATED = seriesMaster.transform((event): CreatedSeries => ({
  eventId: event.id,
  iCalUId: event.iCalUId,
  joinUrl: joinUrlOf(event.onlineMeeting?.joinUrl),
}));

/** A refusal of our own, before anything is sent. */
export const refuse = (code: string): Refused => ({ outcome: 'refused', reason: 'invalid', status: 0, code });

/** The request of `Calendar.createDate`. A zone without Windows name is `refused: invalid`. */
export function createDateCall(request: EventRequest): GraphCall<CreatedSeries> | Refused {
  guid(request.key, 'key');
  const body = dateBody(request);
  if (body === null) return refuse('TimeZoneNotSupported');
  const path = `/users/${guid(request.organizerId, 'organizerId')}/events`;
  return { method: 'POST', path, headers: MAILBOX_HEADERS, body, reply: CREATED };
}

/** The request of `Calendar.moveDate`; conditional where the state is known in which the event was read. */
export function moveDateCall(move: DateMove): GraphCall<OrganizerDate> | Refused {
  const { organizerId, eventId, start, end, etag } = move;
  const timeZone = toWindowsZone(move.timeZone);
  if (timeZone === null) return refuse('TimeZoneNotSupported');
  if (!(end > start)) throw new RangeError('end is not after start');
  const body = {
    start: { dateTime: wallTimeOf(start, move.timeZone), timeZone },
    end: { dateTime: wallTimeOf(end, move.timeZone), timeZone },
  };
  const headers = { ...MAILBOX_HEADERS, ...(etag === undefined ? {} : { 'If-Match': etag }) };
  return { method: 'PATCH', path: eventPath(organizerId, eventId), headers, body, reply: DATE };
}

/** The request of `Calendar.cancelEvent`. */
export function cancelEventCall(organizerId: PersonId, eventId: string, comment: string): GraphCall<null> {
  const path = `${eventPath(organizerId, eventId)}/cancel`;
  return { method: 'POST', path, headers: MAILBOX_HEADERS, body: { comment }, reply: nothing };
}

/** Sends the one request, unless it was refused before. */
export const writeOne = async <T>(client: GraphClient, call: GraphCall<T> | Refused): Promise<WriteResult<T>> =>
  'outcome' in call ? call : client.write(call);

async function readDates(client: GraphClient, path: string): Promise<ReadResult<OrganizerDate[]>> {
  const dates = await readAllPages(client, { path, headers: MAILBOX_HEADERS, item: DATE });
  if (dates.outcome === 'done') inOrder(dates.value);
  return dates;
}

/** Graph gives exceptions before or between the occurrences: here all dates stand in the order of time. */
const inOrder = (dates: OrganizerDate[]): OrganizerDate[] =>
  dates.sort((a, b) => a.start - b.start || (a.eventId < b.eventId ? -1 : 1));

/** The link to join, only if it is https: it ends on a button (hostile list 35). */
export function joinUrlOf(url: string | null | undefined): string | null {
  return url && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : null;
}

const eventPath = (organizerId: PersonId, eventId: string): string =>
  `/users/${guid(organizerId, 'organizerId')}/events/${opaqueId(eventId, 'eventId')}`;

function windowQuery(from: Instant, to: Instant, more: Record<string, string> = {}): string {
  if (!(to > from)) throw new RangeError('to is not after from');
  const window = { startDateTime: toIso(from), endDateTime: toIso(to) };
  return query({ ...window, $select: DATE_FIELDS, ...more, $top: DATES_PER_PAGE });
}

function dateOf(event: EventDateReply): OrganizerDate | null {
  const start = readGraphTime(event.start);
  const end = readGraphTime(event.end);
  if (start === null || end === null) return null;
  const originalStart = originalStartOf(event, start);
  if (originalStart === null) return null;
  return {
    eventId: event.id,
    seriesEventId: event.seriesMasterId || null,
    iCalUId: event.iCalUId,
    originalStart,
    start,
    end,
    isCancelled: event.isCancelled ?? false,
    ...(event['@odata.etag'] ? { etag: event['@odata.etag'] } : {}),
    joinUrl: joinUrlOf(event.onlineMeeting?.joinUrl),
    tag: event.singleValueExtendedProperties?.[0]?.value ?? null,
    answers: (event.attendees ?? []).map(answerOf),
  };
}

/** Where the pattern put the date. Only an exception stands elsewhere than there, so only it must say where. */
function originalStartOf(event: EventDateReply, start: Instant): Instant | null {
  if (!event.originalStart) return event.type === 'exception' ? null : start;
  try {
    return parseInstant(event.originalStart);
  } catch {
    return null;
  }
}

function answerOf(attendee: NonNullable<EventDateReply['attendees']>[number]): OrganizerDate['answers'][number] {
  const { proposedNewTime } = attendee;
  const start = proposedNewTime ? readGraphTime(proposedNewTime.start) : null;
  const end = proposedNewTime ? readGraphTime(proposedNewTime.end) : null;
  return {
    address: attendee.emailAddress?.address ?? '',
    response: attendee.status?.response ?? 'none',
    proposed: start !== null && end !== null ? { start, end } : null,
  };
}
