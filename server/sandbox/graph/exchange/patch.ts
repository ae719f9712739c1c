import { spendMessages } from './budget.ts';
import { announce, type ExchangeContext } from './context.ts';
import { placedItems } from './create.ts';
import { exceptionOf, pruneDates } from './exceptions.ts';
import { invalidProperty, invalidRequest } from './failure.ts';
import { itemId, makeICalUId } from './ids.ts';
import { normalizePropertyId } from './extended-properties.ts';
import type { Attendee, Item, ItemFields, Recurrence, StoredEvent } from './model.ts';
import { goOnline } from './online-meeting.ts';
import type { EventInput } from './read-body.ts';
import { checkTimes } from './read-draft.ts';
import { daysToFirst, readRecurrence, renderRecurrence, shiftStart } from './recurrence.ts';
import { reachable, sendCancellation, sendRequest } from './send-messages.ts';
import { judgePlaces, logWrite } from './write-log.ts';
import { DAY, dateOf, toInstant, toWall } from './zones.ts';

/** Fields of the organizer that no attendee is told about. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set<keyof ItemFields>([
  'showAs',
  'categories',
  'isReminderOn',
  'reminderMinutes',
  'attendees',
]);

const lower = ({ address }: Attendee): string => address.toLowerCase();

/** The new list; whoever was on the old one keeps the answer. */
export function mergeAttendees(old: readonly Attendee[], wanted: readonly Attendee[]): Attendee[] {
  const known = new Map(old.map((each) => [lower(each), each]));
  return wanted.map((each) => {
    const before = known.get(lower(each));
    return before ? { ...before, type: each.type, name: each.name } : each;
  });
}

export const unanswered = (attendees: readonly Attendee[]): Attendee[] =>
  attendees.map((each) => ({ ...each, response: 'none', respondedAt: null, proposal: null }));

/** Addresses that are in `a` and not in `b`. */
export function addressesOnlyIn(a: readonly Attendee[], b: readonly Attendee[]): string[] {
  const others = new Set(b.map(lower));
  return a.filter((each) => !others.has(lower(each))).map(({ address }) => address);
}

/** Whether something changed that attendees are told about. */
export function tellsAttendees(before: Partial<ItemFields>, after: Partial<ItemFields>): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ItemFields>;
  return [...names].some(
    (name) => !PRIVATE_FIELDS.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** A body written without the join block ends the online meeting. */
export function keepOrLoseLink(fields: Partial<ItemFields>, joinUrl: string | null, input: EventInput): void {
  const body = input.fields.bodyContent;
  if (!joinUrl || body === undefined || body.includes(joinUrl)) return;
  fields.isOnlineMeeting = false;
  fields.joinUrl = null;
}

function nextRecurrence(next: StoredEvent, input: EventInput): Recurrence | null {
  const { recurrence } = next;
  if (input.recurrence === null) return null;
  if (input.recurrence) {
    const known = recurrence ? renderRecurrence(recurrence) : {};
    return readRecurrence({ ...known, ...input.recurrence }, next.fields.start, next.zoneName);
  }
  if (!recurrence || !input.start) return recurrence;
  const range = { ...recurrence.range, startDate: dateOf(next.fields.start), zoneName: next.zoneName };
  return { ...recurrence, range };
}

function applyTimes(next: StoredEvent, input: EventInput): void {
  const { fields } = next;
  if (input.start) {
    // The zone of the event is that of its start; an end that is not named keeps its instant.
    const end = toInstant(next.iana, fields.end);
    next.zoneName = input.start.zone.name;
    next.iana = input.start.zone.iana;
    fields.start = input.start.wall;
    fields.end = toWall(next.iana, end);
  }
  if (input.end) {
    next.endZoneName = input.end.zone.name;
    fields.end = toWall(next.iana, toInstant(input.end.zone.iana, input.end.wall));
  }
  next.recurrence = nextRecurrence(next, input);
  if (!next.recurrence) return;
  const days = daysToFirst(next.recurrence);
  next.recurrence = shiftStart(next.recurrence, days);
  fields.start += days * DAY;
  fields.end += days * DAY;
}

/** The series as a whole takes place at other times (a range that only ends elsewhere is not one). */
function isRetimed(event: StoredEvent, next: StoredEvent): boolean {
  return (
    event.fields.start !== next.fields.start ||
    event.fields.end !== next.fields.end ||
    event.iana !== next.iana ||
    JSON.stringify(event.recurrence?.pattern) !== JSON.stringify(next.recurrence?.pattern)
  );
}

function forgetExceptions(next: StoredEvent): void {
  const sequences = Object.values(next.exceptions).map(({ sequence }) => sequence);
  next.sequence = Math.max(next.sequence, ...sequences) + 1;
  next.exceptions = {};
  next.deletedDates = [];
  next.fields.attendees = unanswered(next.fields.attendees);
}

function applyProperties(next: StoredEvent, input: EventInput): void {
  for (const property of input.properties ?? []) {
    const id = normalizePropertyId(property.id);
    next.properties = [...next.properties.filter((each) => normalizePropertyId(each.id) !== id), property];
  }
}

/** The event as the patch would leave it. Refuses (400) what it asks for in vain. */
function planWhole(event: StoredEvent, input: EventInput): StoredEvent {
  const next = structuredClone(event);
  Object.assign(next.fields, input.fields);
  keepOrLoseLink(next.fields, event.fields.joinUrl, input);
  if (input.attendees) {
    const wanted = input.attendees;
    next.fields.attendees = mergeAttendees(next.fields.attendees, wanted);
    for (const { fields } of Object.values(next.exceptions)) {
      if (fields.attendees) fields.attendees = mergeAttendees(fields.attendees, wanted);
    }
  }
  applyTimes(next, input);
  checkTimes(next.fields);
  applyProperties(next, input);
  if (isRetimed(event, next)) forgetExceptions(next);
  else pruneDates(next);
  return next;
}

/** Nothing but extended properties is named. */
const isTagging = ({ fields, properties, ...rest }: EventInput): boolean =>
  properties !== undefined && Object.keys(fields).length === 0 && Object.keys(rest).length === 0;

/** Occurrences that stand elsewhere than before. */
function movedItems(context: ExchangeContext, before: ReadonlyMap<string | null, Item>, event: StoredEvent): Item[] {
  return placedItems(context, event).filter((item) => {
    const old = before.get(item.date);
    return old?.start !== item.start || old.end !== item.end;
  });
}

/** iCalUIds of the occurrences that are there no more. */
function removedItems(
  context: ExchangeContext,
  before: ReadonlyMap<string | null, Item>,
  event: StoredEvent,
): string[] {
  const left = new Set(placedItems(context, event).map(({ date }) => date));
  return [...before.keys()].filter((date) => !left.has(date)).map((date) => makeICalUId(event.meetingKey, date));
}

/**
 * The organizer changes a series as a whole, or a single item. Attendees get one message, and one more for each edited
 * occurrence (documentation of event-update). A new time asks everybody again. Refuses (400, 429) before anything is done.
 */
export function patchWhole(context: ExchangeContext, event: StoredEvent, input: EventInput, by: string): void {
  if (input.isOnlineMeeting === false && event.fields.isOnlineMeeting) {
    throw invalidProperty('IsOnlineMeeting cannot be changed back to false.');
  }
  const next = planWhole(event, input);
  const added = addressesOnlyIn(next.fields.attendees, event.fields.attendees);
  const removed = addressesOnlyIn(event.fields.attendees, next.fields.attendees);
  const goesOnline = input.isOnlineMeeting === true && !event.fields.isOnlineMeeting;
  const isRangeChanged = JSON.stringify(event.recurrence?.range) !== JSON.stringify(next.recurrence?.range);
  const isTold = goesOnline || isRangeChanged || isRetimed(event, next) || tellsAttendees(event.fields, next.fields);
  const edited = Object.keys(next.exceptions).filter((date) => next.exceptions[date]!.edited);
  const told = isTold ? next.fields.attendees.map(({ address }) => address) : added;
  const messages = (told.length > 0 ? 1 + edited.length : 0) + (removed.length > 0 ? 1 : 0);
  spendMessages(context, event.ownerId, messages, by);
  const before = new Map(placedItems(context, event).map((item) => [item.date, item]));
  const isReset = isRetimed(event, next);
  context.store.change(event, () => Object.assign(event, next));
  if (goesOnline) goOnline(context, event, by);
  const placed = judgePlaces(context, movedItems(context, before, event));
  const left = removedItems(context, before, event);
  logWrite(context, isTagging(input) ? 'tag' : 'update', event, null, by, {
    placed,
    messages,
    ...(left.length > 0 ? { removed: left } : {}),
  });
  announce(context, event.ownerId, itemId(event.core, null, true), 'updated', by);
  const newcomers = new Set(reachable(context, event, added));
  for (const date of [null, ...edited]) {
    for (const toId of reachable(context, event, told)) {
      const isNew = newcomers.has(toId);
      sendRequest(context, event, date, [toId], {
        mail: isNew ? 'invitation' : 'update',
        isReset: isReset || isNew,
        by,
      });
    }
  }
  sendCancellation(context, event, null, event.fields.subject, reachable(context, event, removed), by);
}

/** An attendee may change on the own copy what concerns nobody else. Refuses (400) the rest. */
export function patchOwnCopy(context: ExchangeContext, item: Item, input: EventInput, by: string): void {
  const { event, date } = item;
  const own = new Set<string>(['showAs', 'categories', 'isReminderOn', 'reminderMinutes']);
  const foreign = Object.keys(input.fields).some((name) => !own.has(name));
  if (foreign || input.start || input.end || input.attendees || input.recurrence !== undefined) {
    throw invalidRequest('You need to be an organizer to update a meeting.');
  }
  const { showAs, ...fields } = input.fields;
  context.store.change(event, () => {
    if (date === null) {
      Object.assign(event.fields, fields);
      if (showAs) event.ownShowAs = showAs;
      applyProperties(event, input);
      return;
    }
    const exception = exceptionOf(event, date);
    Object.assign(exception.fields, fields);
    if (showAs) exception.ownShowAs = showAs;
  });
  logWrite(context, 'update', event, date, by);
  announce(context, event.ownerId, itemId(event.core, date, true), 'updated', by);
}
