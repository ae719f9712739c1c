import type { ItemStatus } from '../../world.ts';
import { compactDate, dayOfCompact, expandDays } from './expand.ts';
import type { Attendee, Item, ItemException, ItemFields, StoredEvent } from './model.ts';
import { DAY, dayOf, toInstant } from './zones.ts';

/** A series without end is expanded this much further than asked for, so that the next question finds it done. */
const AHEAD = 400 * DAY;

interface Expansion {
  version: number;
  /** Items are complete up to this instant. */
  until: number;
  items: Item[];
}

const expansions = new WeakMap<StoredEvent, Expansion>();

/** The answers of attendees to one occurrence, over those to the series. */
function answeredAttendees(attendees: Attendee[], exception: ItemException): Attendee[] {
  return attendees.map((attendee) => ({ ...attendee, ...exception.answers[attendee.address.toLowerCase()] }));
}

/** An attendee's copy shows tentative until it is accepted, whatever the organizer meant; a cancelled one shows free. */
function statusOf(
  event: StoredEvent,
  meant: ItemStatus,
  response: Item['response'],
  isCancelled: boolean,
  own: ItemStatus | null,
): ItemStatus {
  if (isCancelled) return 'free';
  if (own) return own;
  if (event.isOrganizer || response === 'accepted' || meant === 'free') return meant;
  return 'tentative';
}

const subjectOf = (subject: string, isCancelled: boolean): string => (isCancelled ? `Canceled: ${subject}` : subject);

/** A single item, or a series as a whole with the times of its first occurrence. */
export function wholeItem(event: StoredEvent): Item {
  const { fields, iana, response, isCancelled } = event;
  const start = toInstant(iana, fields.start);
  return {
    event,
    date: null,
    type: event.recurrence ? 'seriesMaster' : 'singleInstance',
    fields,
    wallStart: fields.start,
    wallEnd: fields.end,
    start,
    end: toInstant(iana, fields.end),
    originalStart: start,
    response,
    respondedAt: event.respondedAt,
    isCancelled,
    showAs: statusOf(event, fields.showAs, response, isCancelled, event.ownShowAs),
    subject: subjectOf(fields.subject, isCancelled),
  };
}

function occurrence(event: StoredEvent, date: string): Item {
  const { iana } = event;
  const exception = event.exceptions[date];
  const originalWall = dayOfCompact(date) * DAY + event.fields.start - dayOf(event.fields.start) * DAY;
  let fields: ItemFields = event.fields;
  if (exception) {
    fields = { ...fields, ...exception.fields };
    fields.attendees = answeredAttendees(fields.attendees, exception);
  }
  const wallStart = exception?.fields.start ?? originalWall;
  const wallEnd = exception?.fields.end ?? originalWall + event.fields.end - event.fields.start;
  const response = exception?.response ?? event.response;
  const isCancelled = event.isCancelled || exception?.isCancelled === true;
  return {
    event,
    date,
    type: exception ? 'exception' : 'occurrence',
    fields,
    wallStart,
    wallEnd,
    start: toInstant(iana, wallStart),
    end: toInstant(iana, wallEnd),
    originalStart: toInstant(iana, originalWall),
    response,
    respondedAt: exception?.response ? (exception.respondedAt ?? null) : event.respondedAt,
    isCancelled,
    showAs: statusOf(event, fields.showAs, response, isCancelled, exception?.ownShowAs ?? event.ownShowAs),
    subject: subjectOf(fields.subject, isCancelled),
  };
}

function expand(event: StoredEvent, until: number): Item[] {
  if (!event.recurrence) return [wholeItem(event)];
  const deleted = new Set(event.deletedDates);
  // A day more, because `until` is an instant and days are local.
  const dates = event.onlyDates ?? expandDays(event.recurrence, dayOf(until) + 1).map(compactDate);
  return dates
    .filter((date) => !deleted.has(date))
    .map((date) => occurrence(event, date))
    .sort((a, b) => a.start - b.start);
}

/** What a copy puts into the calendar, sorted by start: the item itself, or the occurrences that start up to `until`. */
export function itemsOf(event: StoredEvent, until: number): readonly Item[] {
  const known = expansions.get(event);
  if (known?.version === event.version && known.until >= until) return known.items;
  const bounded = event.recurrence?.range.type !== 'noEnd';
  const upTo = bounded ? Infinity : until + AHEAD;
  const items = expand(event, upTo);
  expansions.set(event, { version: event.version, until: upTo, items });
  return items;
}

/** One occurrence by its original date, or undefined when the series has none then (any more). */
export function occurrenceOn(event: StoredEvent, date: string): Item | undefined {
  if (!event.recurrence) return undefined;
  return itemsOf(event, (dayOfCompact(date) + 1) * DAY).find((item) => item.date === date);
}
