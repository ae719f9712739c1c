import type { PersonId } from '../domain/people/person.ts';
import type { EventCopy, ReadResult } from '../ports.ts';
import { guid, literal, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { eventCopies, nothing } from './replies.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** The copies in an attendee's calendar; see `Calendar.findCopies`. The iCalUId is equal in every mailbox. */
export async function findCopies(
  client: GraphClient,
  mailbox: PersonId,
  iCalUIds: readonly string[],
): Promise<ReadResult<EventCopy[]>> {
  const answers = await client.readBatch(
    iCalUIds.map((iCalUId) => ({
      method: 'GET' as const,
      path: `/users/${guid(mailbox, 'mailbox')}/events${query({
        $filter: `iCalUId eq ${literal(iCalUId)}`,
        $select: 'id,iCalUId,isCancelled,responseStatus',
      })}`,
      headers: MAILBOX_HEADERS,
      reply: eventCopies,
    })),
  );
  const copies: EventCopy[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.outcome !== 'done') return answer;
    for (const { id, iCalUId, isCancelled, responseStatus } of answer.value.value)
      // A filter that was ignored must not make a stranger's event ours.
      if (iCalUId === iCalUIds[index] && !isCancelled)
        copies.push({ eventId: id, iCalUId, response: responseStatus?.response ?? 'none' });
  }
  return { outcome: 'done', value: copies };
}

/** The request of `Calendar.acceptEvent`. */
export function acceptEventCall(mailbox: PersonId, eventId: string): GraphCall<null> {
  const path = `/users/${guid(mailbox, 'mailbox')}/events/${opaqueId(eventId, 'eventId')}/accept`;
  return { method: 'POST', path, headers: MAILBOX_HEADERS, body: { sendResponse: true }, reply: nothing };
}
