import type { PersonId } from '../domain/people/person.ts';
import type { ReadResult, TaggedEvent } from '../ports.ts';
import { WITH_TAG } from './dates.ts';
import { readAllPages } from './pages.ts';
import { guid, literal, MAILBOX_HEADERS, opaqueId, query } from './paths.ts';
import { nothing, seriesMaster } from './replies.ts';
import { TAG_PROPERTY } from './series-body.ts';
import type { GraphCall, GraphClient } from './types.ts';

const FIELDS = 'id,iCalUId,type,isCancelled,isOrganizer';
/** A filter that only asks whether there is the property needs a condition on its value (Office add-ins: metadata). */
const ANY_TAG = `singleValueExtendedProperties/Any(ep: ep/id eq ${literal(TAG_PROPERTY)} and ep/value ne null)`;
const EVENTS_PER_PAGE = 200;

/** Whatever carries a tag of ours in the organizer's own mailbox; see `Calendar.listTagged`. */
export async function listTagged(client: GraphClient, organizerId: PersonId): Promise<ReadResult<TaggedEvent[]>> {
  const options = query({ $filter: ANY_TAG, $select: FIELDS, $expand: WITH_TAG, $top: EVENTS_PER_PAGE });
  const path = `/users/${guid(organizerId, 'organizerId')}/events${options}`;
  const found = await readAllPages(client, { path, headers: MAILBOX_HEADERS, item: seriesMaster });
  if (found.outcome !== 'done') return found;
  return {
    outcome: 'done',
    value: found.value.flatMap(({ id, iCalUId, isCancelled, isOrganizer, singleValueExtendedProperties }) => {
      const tag = singleValueExtendedProperties?.[0]?.value;
      // A filter that was ignored must not make a stranger's event ours.
      return tag === undefined || isCancelled || isOrganizer === false ? [] : [{ eventId: id, iCalUId, tag }];
    }),
  };
}

/** The tag of one event; see `Calendar.readTag`. */
export async function readTag(
  client: GraphClient,
  organizerId: PersonId,
  eventId: string,
): Promise<ReadResult<Omit<TaggedEvent, 'tag'> & { tag: string | null }>> {
  const path = `${pathOf(organizerId, eventId)}${query({ $select: FIELDS, $expand: WITH_TAG })}`;
  const found = await client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply: seriesMaster });
  if (found.outcome !== 'done') return found;
  const { id, iCalUId, singleValueExtendedProperties } = found.value;
  return { outcome: 'done', value: { eventId: id, iCalUId, tag: singleValueExtendedProperties?.[0]?.value ?? null } };
}

/** The request of `Calendar.tagEvent`. */
export function tagEventCall(organizerId: PersonId, eventId: string, key: string): GraphCall<null> {
  const body = { singleValueExtendedProperties: [{ id: TAG_PROPERTY, value: guid(key, 'key') }] };
  return { method: 'PATCH', path: pathOf(organizerId, eventId), headers: MAILBOX_HEADERS, body, reply: nothing };
}

const pathOf = (organizerId: PersonId, eventId: string): string =>
  `/users/${guid(organizerId, 'organizerId')}/events/${opaqueId(eventId, 'eventId')}`;
