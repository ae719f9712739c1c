import type { CalendarItem, Exchange } from '../../world.ts';
import { cancelItem, removeItem } from './cancel.ts';
import type { ExchangeContext } from './context.ts';
import { createEvent, placeEvent } from './create.ts';
import { copyEvent, editEvent } from './edit-event.ts';
import { invalidRequest } from './failure.ts';
import { itemId, makeICalUId } from './ids.ts';
import type { Item } from './model.ts';
import { patchWhole } from './patch.ts';
import { moveOwnCopy, patchOccurrence } from './patch-occurrence.ts';
import type { EventInput } from './read-body.ts';
import { respondToItem } from './respond.ts';
import { readSeed } from './seed-draft.ts';
import { idOf } from './store.ts';
import { propertyName, tagsOf } from './write-log.ts';
import { toWall } from './zones.ts';

function toCalendarItem(item: Item): CalendarItem {
  const { event, date, fields } = item;
  return {
    eventId: idOf(item),
    seriesMasterId: date === null ? null : itemId(event.core, null, true),
    type: item.type === 'occurrence' || item.type === 'exception' ? item.type : 'singleInstance',
    iCalUId: makeICalUId(event.meetingKey, date),
    originalStart: item.originalStart,
    start: item.start,
    end: item.end,
    subject: item.subject,
    showAs: item.showAs,
    sensitivity: fields.sensitivity,
    isOrganizer: event.isOrganizer,
    isCancelled: item.isCancelled,
    organizerAddress: event.organizer.address,
    attendees: fields.attendees.map(({ address, name, response }) => ({ address, name, response })),
    response: item.response,
    joinUrl: fields.joinUrl,
    bodyHtml: fields.bodyContent,
    tags: tagsOf(event),
  };
}

function newTimes(item: Item, start: number, end: number): EventInput {
  const { iana, zoneName, endZoneName } = item.event;
  return {
    fields: {},
    start: { wall: toWall(iana, start), zone: { name: zoneName, iana } },
    end: { wall: toWall(iana, end), zone: { name: endZoneName, iana } },
  };
}

/** Exchange as its people use it: what Outlook does with a click. Acts throw a `GraphRefusal` where Outlook refuses. */
export function createPeoplesExchange(context: ExchangeContext): Exchange {
  const { store } = context;
  return {
    seed: (ownerId, draft) => {
      placeEvent(context, ownerId, readSeed(draft));
    },
    view: (ownerId, from, to) => store.range(ownerId, from, to).map(toCalendarItem),
    add: (ownerId, draft) =>
      itemId(createEvent(context, ownerId, readSeed(draft), `person:${ownerId}`).core, null, true),
    respond(ownerId, eventId, answer, proposal) {
      const item = store.find(ownerId, eventId);
      respondToItem(context, item, { answer, sendResponse: true, proposal: proposal ?? null }, `person:${ownerId}`);
    },
    remove(ownerId, eventId) {
      removeItem(context, store.find(ownerId, eventId), `person:${ownerId}`);
    },
    move(ownerId, eventId, start, end) {
      const item = store.find(ownerId, eventId);
      const { event, date } = item;
      const by = `person:${ownerId}`;
      if (!event.isOrganizer) moveOwnCopy(context, item, start, end, by);
      else if (date === null) patchWhole(context, event, newTimes(item, start, end), by);
      else patchOccurrence(context, { ...item, date }, newTimes(item, start, end), by);
    },
    edit: (ownerId, eventId, change) => editEvent(context, store.find(ownerId, eventId), change, `person:${ownerId}`),
    copy: (ownerId, eventId) => copyEvent(context, store.find(ownerId, eventId), `person:${ownerId}`),
    cancel(ownerId, eventId) {
      const item = store.find(ownerId, eventId);
      if (!item.event.isOrganizer) throw invalidRequest('You need to be an organizer to cancel a meeting.');
      cancelItem(context, item, `person:${ownerId}`);
    },
    mailsOf: (ownerId) => [...store.mailbox(ownerId).mails],
    writes: () => context.writes,
    tagged(wanted) {
      const found: ReturnType<Exchange['tagged']> = [];
      for (const ownerId of store.ownerIds()) {
        for (const event of store.mailbox(ownerId).byCore.values()) {
          const property = event.isOrganizer
            ? event.properties.find(({ id }) => id === wanted || propertyName(id) === wanted)
            : undefined;
          if (!property) continue;
          const eventId = itemId(event.core, null, true);
          const isCancelled = event.gone !== null;
          const iCalUId = makeICalUId(event.meetingKey, null);
          found.push({ ownerId, eventId, iCalUId, tag: property.value, isCancelled, createdAt: event.createdAt });
        }
      }
      return found;
    },
  };
}
