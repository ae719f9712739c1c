import type { CalendarWrite, ItemStatus, SandboxPerson } from '../../world.ts';
import type { ExchangeContext } from './context.ts';
import { itemId, makeICalUId } from './ids.ts';
import type { Item, StoredEvent } from './model.ts';
import { WEEKDAYS } from './model.ts';
import { DAY, dayOf, toWall } from './zones.ts';

const TAKEN: ReadonlySet<ItemStatus> = new Set<ItemStatus>(['busy', 'oof', 'tentative']);

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether [start, end) lies wholly inside one working day of a person; undefined when the person has no working hours. */
function isInsideWorkingHours(person: SandboxPerson, start: number, end: number): boolean | undefined {
  const { workingHours, zone } = person.mailbox;
  if (!workingHours) return undefined;
  const from = toWall(zone, start);
  const to = toWall(zone, end);
  const midnight = dayOf(from) * DAY;
  return (
    workingHours.daysOfWeek.includes(WEEKDAYS[new Date(from).getUTCDay()]!) &&
    from - midnight >= minutesOf(workingHours.start) * 60_000 &&
    to - midnight <= minutesOf(workingHours.end) * 60_000
  );
}

/** What stands in the attendees' calendars where these occurrences were put; other copies of the same meeting apart. */
export function judgePlaces(context: ExchangeContext, items: readonly Item[]): CalendarWrite['placed'] {
  return items.map(({ event, date, fields, start, end }) => {
    const collisions: CalendarWrite['placed'][number]['collisions'] = [];
    const outsideWorkingHours: string[] = [];
    for (const { address } of fields.attendees) {
      const person = context.store.personAt(address);
      if (!person || person.id === event.ownerId) continue;
      for (const other of context.store.range(person.id, start, end)) {
        if (other.event.meetingKey === event.meetingKey || !TAKEN.has(other.showAs)) continue;
        collisions.push({ personId: person.id, status: other.showAs, start: other.start, end: other.end });
      }
      if (isInsideWorkingHours(person, start, end) === false) outsideWorkingHours.push(person.id);
    }
    return { iCalUId: makeICalUId(event.meetingKey, date), start, end, collisions, outsideWorkingHours };
  });
}

/** Extended properties by the name that an application gave them (by the whole id where it has no name). */
export function tagsOf({ properties }: Pick<StoredEvent, 'properties'>): Record<string, string> {
  return Object.fromEntries(properties.map(({ id, value }) => [propertyName(id), value]));
}

export const propertyName = (id: string): string => /\bName (.+)$/.exec(id)?.[1] ?? id;

/** Writes one calendar write into the log that the audit reads. */
export function logWrite(
  context: ExchangeContext,
  kind: CalendarWrite['kind'],
  event: StoredEvent,
  date: string | null,
  by: string,
  more: Partial<Pick<CalendarWrite, 'placed' | 'messages' | 'removed' | 'response'>> = {},
): void {
  context.writes.push({
    at: context.world.clock.now(),
    by,
    ownerId: event.ownerId,
    kind,
    eventId: itemId(event.core, date, true),
    masterId: itemId(event.core, null, true),
    iCalUId: makeICalUId(event.meetingKey, date),
    tags: tagsOf(event),
    transactionId: event.transactionId,
    placed: [],
    messages: 0,
    ...more,
  });
}
