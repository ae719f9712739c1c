import type { ExchangeContext } from './context.ts';
import { arrive } from './deliver.ts';
import { latenessOf, send, type Message, type RequestContent } from './messages.ts';
import type { ItemFields, StoredEvent } from './model.ts';

/** The internal attendees of a meeting who have a mailbox to deliver to, the organizer apart. */
export function reachable(context: ExchangeContext, event: StoredEvent, addresses: Iterable<string>): string[] {
  const ids = new Set<string>();
  for (const address of addresses) {
    const person = context.store.personAt(address);
    if (person && person.id !== event.ownerId) ids.add(person.id);
  }
  return [...ids];
}

/** Sends the invitation or update for the whole (date null) or one occurrence to these people. */
export function sendRequest(
  context: ExchangeContext,
  event: StoredEvent,
  date: string | null,
  toIds: readonly string[],
  message: { mail: 'invitation' | 'update'; isReset: boolean; by: string },
): void {
  const exception = date === null ? undefined : event.exceptions[date];
  for (const toId of toIds) {
    const fields = withoutAnswers(event.fields);
    const occurrence = exception ? structuredClone(exception.fields) : null;
    if (occurrence?.attendees) occurrence.attendees = withoutAnswers({ attendees: occurrence.attendees }).attendees;
    const content: RequestContent = {
      organizer: event.organizer,
      zoneName: event.zoneName,
      iana: event.iana,
      endZoneName: event.endZoneName,
      fields,
      recurrence: structuredClone(event.recurrence),
      deletedDates: [...event.deletedDates],
      properties: structuredClone(event.properties),
      occurrence,
      sequence: exception?.sequence ?? event.sequence,
    };
    const request: Message = { kind: 'request', meetingKey: event.meetingKey, toId, date, content, ...message };
    send(context, request, latenessOf(context, request, event.version), (pending) => arrive(context, pending));
  }
}

/** Attendees do not see each other's answers. */
function withoutAnswers<T extends Pick<ItemFields, 'attendees'>>(fields: T): T {
  const copy = structuredClone(fields);
  copy.attendees = copy.attendees.map((each) => ({ ...each, response: 'none', respondedAt: null, proposal: null }));
  return copy;
}

/** Sends the cancellation of the whole (date null) or of one occurrence to these people. */
export function sendCancellation(
  context: ExchangeContext,
  event: StoredEvent,
  date: string | null,
  subject: string,
  toIds: readonly string[],
  by: string,
): void {
  for (const toId of toIds) {
    const { meetingKey, organizer } = event;
    const message: Message = { kind: 'cancellation', meetingKey, toId, date, organizer, subject, by };
    send(context, message, latenessOf(context, message, event.version), (pending) => arrive(context, pending));
  }
}
