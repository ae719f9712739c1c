import type { Exchange } from '../../world.ts';
import type { ExchangeContext } from './context.ts';
import { createEvent } from './create.ts';
import { invalidRequest } from './failure.ts';
import { itemId } from './ids.ts';
import type { Item } from './model.ts';
import { patchWhole } from './patch.ts';

type EventEdit = Parameters<Exchange['edit']>[2];

/** The organizer, or a delegate, edits a whole event in Outlook. Refuses (400) attendees' copies and single occurrences. */
export function editEvent(context: ExchangeContext, item: Item, change: EventEdit, by: string): void {
  const { event, date } = item;
  if (!event.isOrganizer || date !== null) throw invalidRequest('Only the organizer edits a whole event.');
  const { subject, bodyHtml, stripsTags = false } = change;
  if (stripsTags) context.store.change(event, () => (event.properties = []));
  const fields = {
    ...(subject === undefined ? {} : { subject }),
    ...(bodyHtml === undefined ? {} : { bodyContent: bodyHtml, bodyType: 'html' as const }),
  };
  patchWhole(context, event, { fields }, by);
}

/** Copies a whole item within its calendar, as Outlook does: with its properties, without its guests. Gives the copy's id. */
export function copyEvent(context: ExchangeContext, { event, date }: Item, by: string): string {
  if (date !== null) throw invalidRequest('Only whole events are copied.');
  const { zoneName, iana, endZoneName } = event;
  const { fields, recurrence, properties } = structuredClone(event);
  const copy = createEvent(
    context,
    event.ownerId,
    {
      fields: { ...fields, subject: `Copy: ${fields.subject}`, attendees: [], isOnlineMeeting: false, joinUrl: null },
      zoneName,
      iana,
      endZoneName,
      recurrence,
      properties,
      transactionId: null,
      wantsOnlineMeeting: false,
    },
    by,
  );
  return itemId(copy.core, null, true);
}
