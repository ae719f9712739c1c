import type { PersonId } from '../domain/people/person.ts';
import { toIso } from '../domain/time/instant.ts';
import type { EventCopy, ReadResult, WantedCopy } from '../ports.ts';
import { guid, literal, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { eventCopies, nothing } from './replies.ts';
import type { GraphCall, GraphClient } from './types.ts';

const COPY_FIELDS = 'id,iCalUId,isCancelled,responseStatus';

/** The copies in an attendee's calendar; see `Calendar.findCopies`. The iCalUId is equal in every mailbox. */
export async function findCopies(
  client: GraphClient,
  mailbox: PersonId,
  wanted: readonly WantedCopy[],
): Promise<ReadResult<EventCopy[]>> {
  const path = `/users/${guid(mailbox, 'mailbox')}`;
  const answers = await client.readBatch(
    wanted.map(({ iCalUId, at }) => ({
      method: 'GET' as const,
      // Events are listed as single ones and whole series; a date of a series shows in a view of its own time alone.
      path:
        at === null
          ? `${path}/events${query({ $filter: `iCalUId eq ${literal(iCalUId)}`, $select: COPY_FIELDS })}`
          : `${path}/calendarView${query({ startDateTime: toIso(at.start), endDateTime: toIso(at.end), $select: COPY_FIELDS })}`,
      headers: MAILBOX_HEADERS,
      reply: eventCopies,
    })),
  );
  const copies: EventCopy[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.outcome !== 'done') return answer;
    for (const { id, iCalUId, isCancelled, responseStatus } of answer.value.value)
      // Whatever else stands there at the time is none of ours.
      if (iCalUId === wanted[index]?.iCalUId && !isCancelled)
        copies.push({ eventId: id, iCalUId, response: responseStatus?.response ?? 'none' });
  }
  return { outcome: 'done', value: copies };
}

/** The request of `Calendar.acceptEvent`. */
export function acceptEventCall(mailbox: PersonId, eventId: string): GraphCall<null> {
  const path = `/users/${guid(mailbox, 'mailbox')}/events/${opaqueId(eventId, 'eventId')}/accept`;
  return { method: 'POST', path, headers: MAILBOX_HEADERS, body: { sendResponse: true }, reply: nothing };
}

/** The request of `Calendar.removeCopy`. Only an attendee's own copy: from the organizer's calendar it would cancel. */
export function removeCopyCall(mailbox: PersonId, eventId: string): GraphCall<null> {
  const path = `/users/${guid(mailbox, 'mailbox')}/events/${opaqueId(eventId, 'eventId')}`;
  return { method: 'DELETE', path, headers: MAILBOX_HEADERS, reply: nothing };
}
