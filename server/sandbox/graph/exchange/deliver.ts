import { chance } from '../../hash.ts';
import { announce, deliverMail, type ExchangeContext } from './context.ts';
import { deleteDate, exceptionOf, pruneDates } from './exceptions.ts';
import { itemId, makeICalUId } from './ids.ts';
import { occurrenceOn, wholeItem } from './items.ts';
import { joinBlock } from './join-block.ts';
import { send, type Message, type Pending, type RequestContent } from './messages.ts';
import type { ItemFields, StoredEvent } from './model.ts';

type Of<K extends Pending['kind']> = Extract<Pending, { kind: K }>;

const HOUR = 3_600_000;
/** Cancelled copies stay in the attendee's calendar until somebody removes them. */
const CLEARED_AFTER = { least: HOUR, most: 48 * HOUR };

function makeCopy(context: ExchangeContext, pending: Of<'request'>): StoredEvent {
  const { content, date, meetingKey, toId } = pending;
  const now = context.world.clock.now();
  const copy: StoredEvent = {
    core: context.store.newCore(toId, 'copy', meetingKey),
    ownerId: toId,
    meetingKey,
    isOrganizer: false,
    organizer: content.organizer,
    createdAt: now,
    modifiedAt: now,
    version: 0,
    revision: 0,
    sequence: content.sequence,
    zoneName: content.zoneName,
    iana: content.iana,
    endZoneName: content.endZoneName,
    fields: content.fields,
    recurrence: content.recurrence,
    exceptions: {},
    deletedDates: date === null ? content.deletedDates : [],
    // Invited to one occurrence of a series that is not in this calendar: only that one is.
    onlyDates: date === null ? null : [date],
    response: 'notResponded',
    respondedAt: null,
    ownShowAs: null,
    isCancelled: false,
    transactionId: null,
    properties: content.properties,
    gone: null,
  };
  if (date !== null) applyOccurrence(copy, date, content);
  return copy;
}

function applyOccurrence(copy: StoredEvent, date: string, content: RequestContent): void {
  const exception = exceptionOf(copy, date);
  exception.fields = { ...content.occurrence };
  exception.sequence = content.sequence;
  delete exception.isCancelled;
  copy.deletedDates = copy.deletedDates.filter((each) => each !== date);
  if (copy.onlyDates && !copy.onlyDates.includes(date)) copy.onlyDates.push(date);
}

/** What the owner set on their own copy survives an update. */
const ownFields = ({ fields }: StoredEvent): Partial<ItemFields> => ({
  categories: fields.categories,
  isReminderOn: fields.isReminderOn,
  reminderMinutes: fields.reminderMinutes,
});

function applyWhole(copy: StoredEvent, pending: Of<'request'>): void {
  const { content, isReset } = pending;
  copy.fields = { ...content.fields, ...ownFields(copy) };
  copy.recurrence = content.recurrence;
  copy.zoneName = content.zoneName;
  copy.iana = content.iana;
  copy.endZoneName = content.endZoneName;
  copy.properties = content.properties;
  copy.sequence = content.sequence;
  copy.isCancelled = false;
  copy.onlyDates = null;
  if (isReset) {
    copy.exceptions = {};
    copy.deletedDates = content.deletedDates;
    copy.response = 'notResponded';
    copy.respondedAt = null;
    copy.ownShowAs = null;
  } else {
    pruneDates(copy);
  }
}

function deliverRequest(context: ExchangeContext, pending: Of<'request'>): void {
  const { date, meetingKey, toId, content, by } = pending;
  let copy = context.store.copyOf(meetingKey, toId);
  const isNew = copy === undefined;
  if (!copy) {
    copy = makeCopy(context, pending);
    context.store.insert(copy);
  } else {
    const known = copy;
    context.store.change(known, () => {
      if (date === null) {
        applyWhole(known, pending);
        return;
      }
      applyOccurrence(known, date, content);
      const exception = exceptionOf(known, date);
      if (pending.isReset) {
        exception.response = 'notResponded';
        delete exception.respondedAt;
        delete exception.ownShowAs;
      }
    });
  }
  const item = date === null ? wholeItem(copy) : occurrenceOn(copy, date);
  const eventId = itemId(copy.core, date, true);
  announce(context, toId, eventId, isNew ? 'created' : 'updated', by);
  deliverMail(context, {
    fromId: content.organizer.personId,
    fromAddress: content.organizer.address,
    toId,
    kind: pending.mail,
    subject: item?.subject ?? content.fields.subject,
    eventId,
    iCalUId: makeICalUId(meetingKey, date),
  });
}

function deliverCancellation(context: ExchangeContext, pending: Of<'cancellation'>): void {
  const { date, meetingKey, toId, by, organizer } = pending;
  const copy = context.store.copyOf(meetingKey, toId);
  const isThere = copy && (date === null || occurrenceOn(copy, date));
  if (copy && isThere) {
    context.store.change(copy, () => {
      if (date === null) copy.isCancelled = true;
      else exceptionOf(copy, date).isCancelled = true;
    });
    announce(context, toId, itemId(copy.core, date, true), 'updated', by);
    const share = chance(context.latenessSeed, 'clearing', meetingKey, toId, date ?? '');
    const delay = CLEARED_AFTER.least + share * (CLEARED_AFTER.most - CLEARED_AFTER.least);
    const clearing: Message = { kind: 'clearing', meetingKey, toId, date, by: `person:${toId}` };
    send(context, clearing, Math.round(delay), (later) => arrive(context, later));
  }
  deliverMail(context, {
    fromId: organizer.personId,
    fromAddress: organizer.address,
    toId,
    kind: 'cancellation',
    subject: `Canceled: ${pending.subject}`,
    eventId: copy && isThere ? itemId(copy.core, date, true) : null,
    iCalUId: makeICalUId(meetingKey, date),
  });
}

const ANSWER_WORDS = {
  accepted: 'Accepted',
  tentativelyAccepted: 'Tentative',
  declined: 'Declined',
  none: '',
} as const;

function deliverResponse(context: ExchangeContext, pending: Of<'response'>): void {
  const { date, meetingKey, toId, fromId, answer, answeredAt, proposal } = pending;
  const sender = context.world.people.get(fromId);
  const event = context.store.copyOf(meetingKey, toId);
  if (!sender) return;
  const mine = (address: string): boolean => context.store.personAt(address)?.id === fromId;
  const item = event && (date === null ? wholeItem(event) : occurrenceOn(event, date));
  const attendee = item?.fields.attendees.find((each) => mine(each.address));
  const sequence = date === null ? event?.sequence : (event?.exceptions[date]?.sequence ?? event?.sequence);
  // An answer to a time that no longer holds changes nothing.
  const counts = event && attendee && sequence === pending.sequence;
  if (counts) {
    context.store.change(event, () => {
      const status = { response: answer, respondedAt: answeredAt, proposal };
      if (date === null) {
        Object.assign(event.fields.attendees.find((each) => mine(each.address)) ?? attendee, status);
      } else {
        exceptionOf(event, date).answers[attendee.address.toLowerCase()] = status;
      }
    });
    announce(context, toId, itemId(event.core, date, true), 'updated', pending.by);
  }
  deliverMail(context, {
    fromId,
    fromAddress: sender.mail,
    toId,
    kind: 'response',
    subject: `${proposal ? 'New Time Proposed' : ANSWER_WORDS[answer]}: ${item?.fields.subject ?? ''}`,
    eventId: event && item ? itemId(event.core, date, true) : null,
    iCalUId: makeICalUId(meetingKey, date),
  });
}

/** The link appears in every copy and in the messages that are still under way; no mail is sent for it. */
function deliverLink(context: ExchangeContext, pending: Of<'link'>): void {
  const { joinUrl, meetingKey, toId, by } = pending;
  const add = (fields: ItemFields): void => {
    fields.isOnlineMeeting = true;
    fields.joinUrl = joinUrl;
    fields.bodyContent += joinBlock(joinUrl);
  };
  for (const copy of context.store.copiesOf(meetingKey, toId)) {
    context.store.change(copy, () => add(copy.fields));
    announce(context, copy.ownerId, itemId(copy.core, null, true), 'updated', by);
  }
  for (const other of context.pending) {
    if (other.kind === 'request' && other.meetingKey === meetingKey) add(other.content.fields);
  }
}

function clear(context: ExchangeContext, pending: Of<'clearing'>): void {
  const { date, meetingKey, toId, by } = pending;
  const copy = context.store.copyOf(meetingKey, toId);
  if (!copy) return;
  if (date === null) {
    if (!copy.isCancelled) return;
    context.store.bury(copy, true);
  } else {
    if (!copy.exceptions[date]?.isCancelled) return;
    deleteDate(context, copy, date);
  }
  announce(context, toId, itemId(copy.core, date, true), 'deleted', by);
}

/** A message reaches its mailbox. */
export function arrive(context: ExchangeContext, pending: Pending): void {
  // Whoever was deleted meanwhile gets nothing.
  if (context.world.people.get(pending.toId)?.deletedAt !== null) return;
  switch (pending.kind) {
    case 'request':
      return deliverRequest(context, pending);
    case 'cancellation':
      return deliverCancellation(context, pending);
    case 'response':
      return deliverResponse(context, pending);
    case 'link':
      return deliverLink(context, pending);
    case 'clearing':
      return clear(context, pending);
  }
}
