import { spendMessages } from './budget.ts';
import { announce, type ExchangeContext } from './context.ts';
import { deleteDate } from './exceptions.ts';
import { idOf } from './store.ts';
import type { Item } from './model.ts';
import { reachable, sendCancellation } from './send-messages.ts';
import { logWrite } from './write-log.ts';

/**
 * The organizer takes an item (a series, one occurrence, a single) out of the calendar; whoever was invited gets a
 * cancellation. Refuses (429) what passes the sending limit.
 */
export function cancelItem(context: ExchangeContext, item: Item, by: string): void {
  const { event, date, fields } = item;
  const addresses = new Set(fields.attendees.map(({ address }) => address));
  if (date === null) {
    for (const { fields: own } of Object.values(event.exceptions)) {
      for (const { address } of own.attendees ?? []) addresses.add(address);
    }
  }
  const messages = addresses.size > 0 ? 1 : 0;
  spendMessages(context, event.ownerId, messages, by);
  logWrite(context, messages > 0 ? 'cancel' : 'delete', event, date, by, { messages });
  if (date === null) context.store.bury(event, messages > 0);
  else deleteDate(context, event, date);
  announce(context, event.ownerId, idOf(item), 'deleted', by);
  sendCancellation(context, event, date, fields.subject, reachable(context, event, addresses), by);
}

/** An item leaves the owner's calendar: silently from an attendee's copy, with cancellations from the organizer's. */
export function removeItem(context: ExchangeContext, item: Item, by: string): void {
  const { event, date } = item;
  if (event.isOrganizer) {
    cancelItem(context, item, by);
    return;
  }
  logWrite(context, 'delete', event, date, by);
  if (date === null) context.store.bury(event, item.isCancelled);
  else deleteDate(context, event, date);
  announce(context, event.ownerId, idOf(item), 'deleted', by);
}
