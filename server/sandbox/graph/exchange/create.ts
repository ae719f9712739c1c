import { spendMessages } from './budget.ts';
import { announce, type ExchangeContext } from './context.ts';
import { itemId } from './ids.ts';
import { itemsOf } from './items.ts';
import type { ExtendedProperty, Item, ItemFields, Recurrence, StoredEvent } from './model.ts';
import { goOnline } from './online-meeting.ts';
import { reachable, sendRequest } from './send-messages.ts';
import { judgePlaces, logWrite } from './write-log.ts';
import { DAY } from './zones.ts';

/** A new event, read and validated. */
export interface Draft {
  fields: ItemFields;
  zoneName: string;
  iana: string;
  endZoneName: string;
  recurrence: Recurrence | null;
  properties: ExtendedProperty[];
  transactionId: string | null;
  wantsOnlineMeeting: boolean;
}

/** How far the occurrences of a series without end are judged. */
const JUDGED_FOR = 366 * DAY;

/** What a copy puts into the calendar; of a series without end, those of the next year. */
export const placedItems = (context: ExchangeContext, event: StoredEvent): readonly Item[] => {
  const until = Math.max(context.world.clock.now(), event.fields.start) + JUDGED_FOR;
  return itemsOf(event, until).filter((item) => item.start < until || item.type === 'singleInstance');
};

/** Puts a new event into the owner's calendar without telling anybody. */
export function placeEvent(context: ExchangeContext, ownerId: string, draft: Draft): StoredEvent {
  const owner = context.world.people.get(ownerId);
  if (!owner) throw new Error(`placeEvent: no person ${ownerId}`);
  const { fields, transactionId } = draft;
  const content = transactionId === null ? [fields.subject, fields.start, draft.iana] : ['transaction', transactionId];
  const core = context.store.newCore(ownerId, ...content);
  const now = context.world.clock.now();
  const event: StoredEvent = {
    core,
    ownerId,
    meetingKey: core,
    isOrganizer: true,
    organizer: { name: owner.displayName, address: owner.mail, personId: owner.id },
    createdAt: now,
    modifiedAt: now,
    version: 0,
    revision: 0,
    sequence: 0,
    zoneName: draft.zoneName,
    iana: draft.iana,
    endZoneName: draft.endZoneName,
    fields,
    recurrence: draft.recurrence,
    exceptions: {},
    deletedDates: [],
    onlyDates: null,
    response: 'organizer',
    respondedAt: null,
    ownShowAs: null,
    isCancelled: false,
    transactionId,
    properties: draft.properties,
    gone: null,
  };
  context.store.insert(event);
  return event;
}

/**
 * Creates an event as Graph or a person does: it is in the owner's calendar at once, invitations travel. Refuses (429)
 * what passes the sending limit, before anything is done.
 */
export function createEvent(context: ExchangeContext, ownerId: string, draft: Draft, by: string): StoredEvent {
  const addresses = draft.fields.attendees.map(({ address }) => address);
  const messages = addresses.length > 0 ? 1 : 0;
  spendMessages(context, ownerId, messages, by);
  const event = placeEvent(context, ownerId, draft);
  if (draft.wantsOnlineMeeting) goOnline(context, event, by);
  const placed = judgePlaces(context, placedItems(context, event));
  logWrite(context, 'create', event, null, by, { placed, messages });
  announce(context, ownerId, itemId(event.core, null, true), 'created', by);
  sendRequest(context, event, null, reachable(context, event, addresses), { mail: 'invitation', isReset: true, by });
  return event;
}
