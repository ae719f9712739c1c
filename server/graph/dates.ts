import { z } from 'zod';
import type { PersonId } from '../domain/people/person.ts';
import { parseInstant, toIso, type Instant, type ZoneId } from '../domain/time/instant.ts';
import type { OrganizerDate, ReadResult, WriteResult } from '../ports.ts';
import { readAllPages } from './pages.ts';
import { guid, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { eventDate, nothing, type EventDateReply } from './replies.ts';
import { readGraphTime, wallTimeOf } from './times.ts';
import type { GraphClient } from './types.ts';
import { toWindowsZone } from './zones.ts';

/** What reliability.md R6 reads of each date; never subject or body. */
const DATE_FIELDS = 'id,seriesMasterId,type,iCalUId,start,end,originalStart,isCancelled,attendees,onlineMeeting';
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

/**
 * Dates of all series in the organizer's calendar in [from, to), by start. Occurrences do not reliably show the tag of their
 * master, so the caller picks its own by `seriesEventId`; nothing is read that would tell of the others.
 */
export async function readOrganizerWindow(
  client: GraphClient,
  organizerId: PersonId,
  from: Instant,
  to: Instant,
): Promise<ReadResult<OrganizerDate[]>> {
  const path = `/users/${guid(organizerId, 'organizerId')}/calendarView${windowQuery(from, to)}`;
  const dates = await readDates(client, path);
  if (dates.outcome !== 'done') return dates;
  return { outcome: 'done', value: dates.value.filter(({ seriesEventId }) => seriesEventId !== null) };
}

/** One event by id; see `Calendar.readDate`. */
export function readDate(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
): Promise<ReadResult<OrganizerDate>> {
  const path = `${eventPath(organizerId, eventId)}${query({ $select: DATE_FIELDS })}`;
  return client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply: DATE });
}

/** Moves one date; see `Calendar.moveDate`. */
export async function moveDate(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
  start: Instant,
  end: Instant,
  zone: ZoneId,
): Promise<WriteResult<OrganizerDate>> {
  const timeZone = toWindowsZone(zone);
  if (timeZone === null) return { outcome: 'refused', reason: 'invalid', status: 0, code: 'TimeZoneNotSupported' };
  if (!(end > start)) throw new RangeError('end is not after start');
  const body = {
    start: { dateTime: wallTimeOf(start, zone), timeZone },
    end: { dateTime: wallTimeOf(end, zone), timeZone },
  };
  return client.write({
    method: 'PATCH',
    path: eventPath(organizerId, eventId),
    headers: MAILBOX_HEADERS,
    body,
    reply: DATE,
  });
}

/** Cancels a date or a series; see `Calendar.cancelEvent`. */
export function cancelEvent(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
  comment: string,
): Promise<WriteResult<null>> {
  const path = `${eventPath(organizerId, eventId)}/cancel`;
  return client.write({ method: 'POST', path, headers: MAILBOX_HEADERS, body: { comment }, reply: nothing });
}

/** Graph gives exceptions before or between the occurrences: here all dates stand in the order of time. */
async function readDates(client: GraphClient, path: string): Promise<ReadResult<OrganizerDate[]>> {
  const dates = await readAllPages(client, { path, headers: MAILBOX_HEADERS, item: DATE });
  if (dates.outcome === 'done') dates.value.sort((a, b) => a.start - b.start || (a.eventId < b.eventId ? -1 : 1));
  return dates;
}

/** The link to join, only if it is https: it ends on a button (hostile list 35). */
export function joinUrlOf(url: string | null | undefined): string | null {
  return url && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : null;
}

const eventPath = (organizerId: PersonId, eventId: string): string =>
  `/users/${guid(organizerId, 'organizerId')}/events/${opaqueId(eventId, 'eventId')}`;

function windowQuery(from: Instant, to: Instant): string {
  if (!(to > from)) throw new RangeError('to is not after from');
  return query({ startDateTime: toIso(from), endDateTime: toIso(to), $select: DATE_FIELDS, $top: DATES_PER_PAGE });
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
    joinUrl: joinUrlOf(event.onlineMeeting?.joinUrl),
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
