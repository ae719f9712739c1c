import { spendMessages } from './budget.ts';
import { announce, type ExchangeContext } from './context.ts';
import { exceptionOf } from './exceptions.ts';
import { crossingBoundary, invalidRequest } from './failure.ts';
import { itemsOf, occurrenceOn } from './items.ts';
import type { Item, ItemException, StoredEvent } from './model.ts';
import { addressesOnlyIn, keepOrLoseLink, mergeAttendees, tellsAttendees, unanswered } from './patch.ts';
import type { EventInput, ZonedWall } from './read-body.ts';
import { checkTimes } from './read-draft.ts';
import { reachable, sendCancellation, sendRequest } from './send-messages.ts';
import { idOf } from './store.ts';
import { judgePlaces, logWrite } from './write-log.ts';
import { DAY, dayOf, toInstant, toWall, type WallMilliseconds } from './zones.ts';

/** How far beyond an occurrence its next neighbor is looked for, in a series without end. */
const NEIGHBOR_WITHIN = 800 * DAY;

/**
 * Refuses (400 ErrorOccurrenceCrossingBoundary) a place on or past the local day of a neighboring occurrence, wherever
 * that one stands by now.
 */
export function refuseCrossing(item: Item, wallStart: WallMilliseconds, wallEnd: WallMilliseconds): void {
  let before: Item | undefined;
  let after: Item | undefined;
  for (const other of itemsOf(item.event, item.originalStart + NEIGHBOR_WITHIN)) {
    const { originalStart } = other;
    if (originalStart < item.originalStart && originalStart > (before?.originalStart ?? -Infinity)) before = other;
    if (originalStart > item.originalStart && originalStart < (after?.originalStart ?? Infinity)) after = other;
  }
  if (before && dayOf(wallStart) <= dayOf(before.wallEnd - 1)) throw crossingBoundary();
  if (after && dayOf(wallEnd - 1) >= dayOf(after.wallStart)) throw crossingBoundary();
}

const inZoneOf = (event: StoredEvent, time: ZonedWall): WallMilliseconds =>
  toWall(event.iana, toInstant(time.zone.iana, time.wall));

interface Plan {
  exception: ItemException;
  isMoved: boolean;
  isTold: boolean;
}

/** The exception as the patch would leave it. Refuses (400) what it asks for in vain. */
function plan({ event, date, ...item }: Item & { date: string }, input: EventInput): Plan {
  const exception: ItemException = structuredClone(
    event.exceptions[date] ?? { fields: {}, edited: false, sequence: event.sequence, answers: {} },
  );
  Object.assign(exception.fields, input.fields);
  keepOrLoseLink(exception.fields, item.fields.joinUrl, input);
  const start = input.start ? inZoneOf(event, input.start) : item.wallStart;
  const end = input.end ? inZoneOf(event, input.end) : item.wallEnd;
  checkTimes({ start, end, isAllDay: exception.fields.isAllDay ?? item.fields.isAllDay });
  const isMoved = start !== item.wallStart || end !== item.wallEnd;
  if (input.attendees) exception.fields.attendees = mergeAttendees(item.fields.attendees, input.attendees);
  if (isMoved) {
    refuseCrossing({ event, date, ...item }, start, end);
    Object.assign(exception.fields, { start, end });
    exception.fields.attendees = unanswered(exception.fields.attendees ?? item.fields.attendees);
    exception.answers = {};
    exception.sequence++;
  }
  const isTold = isMoved || tellsAttendees(item.fields, { ...item.fields, ...exception.fields });
  exception.edited ||= isTold || input.attendees !== undefined;
  return { exception, isMoved, isTold };
}

/**
 * The organizer changes one occurrence: it becomes an exception and attendees get one message. A new time resets the
 * answers to it. Refuses (400, 429) before anything is done.
 */
export function patchOccurrence(
  context: ExchangeContext,
  item: Item & { date: string },
  input: EventInput,
  by: string,
): void {
  const { event, date } = item;
  if (input.recurrence !== undefined) throw invalidRequest("You can't set a recurrence on an occurrence of a series.");
  if (input.properties || input.isOnlineMeeting !== undefined) {
    throw invalidRequest('This property can only be changed on the series.');
  }
  const { exception, isMoved, isTold } = plan(item, input);
  const attendees = exception.fields.attendees ?? item.fields.attendees;
  const added = addressesOnlyIn(attendees, item.fields.attendees);
  const removed = addressesOnlyIn(item.fields.attendees, attendees);
  const told = isTold ? attendees.map(({ address }) => address) : added;
  const messages = (told.length > 0 ? 1 : 0) + (removed.length > 0 ? 1 : 0);
  spendMessages(context, event.ownerId, messages, by);
  context.store.change(event, () => (event.exceptions[date] = exception));
  const moved = isMoved ? [occurrenceOn(event, date)!] : [];
  logWrite(context, 'update', event, date, by, { placed: judgePlaces(context, moved), messages });
  announce(context, event.ownerId, idOf(item), 'updated', by);
  sendRequest(context, event, date, reachable(context, event, told), { mail: 'update', isReset: isMoved, by });
  sendCancellation(context, event, date, item.subject, reachable(context, event, removed), by);
}

/** An attendee moves an item of the own calendar: only that copy differs. Refuses (400) to cross a neighbor's day. */
export function moveOwnCopy(context: ExchangeContext, item: Item, start: number, end: number, by: string): void {
  const { event, date } = item;
  if (event.recurrence && date === null) throw invalidRequest('You need to be an organizer to update a meeting.');
  const times = { start: toWall(event.iana, start), end: toWall(event.iana, end) };
  checkTimes({ ...times, isAllDay: item.fields.isAllDay });
  if (date !== null) refuseCrossing(item, times.start, times.end);
  context.store.change(event, () => {
    if (date === null) Object.assign(event.fields, times);
    else Object.assign(exceptionOf(event, date).fields, times);
  });
  const moved = date === null ? itemsOf(event, 0)[0]! : occurrenceOn(event, date)!;
  logWrite(context, 'update', event, date, by, { placed: judgePlaces(context, [moved]) });
  announce(context, event.ownerId, idOf(item), 'updated', by);
}
