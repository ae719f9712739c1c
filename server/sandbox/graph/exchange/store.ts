import type { SandboxMail, SandboxPerson, World } from '../../world.ts';
import { itemNotFound } from './failure.ts';
import { itemId, makeCore, parseItemId } from './ids.ts';
import { itemsOf, occurrenceOn, wholeItem } from './items.ts';
import type { Item, StoredEvent } from './model.ts';
import { toInstant } from './zones.ts';

/** One calendar. Events that left it stay in `byCore` (they are `gone`), so that ids are never used twice. */
export interface Mailbox {
  byCore: Map<string, StoredEvent>;
  /** Sorted by start. */
  singles: StoredEvent[];
  /** The starts of `singles`, so that a search touches numbers only. */
  starts: number[];
  series: StoredEvent[];
  /** The longest single item there ever was, in milliseconds. */
  longest: number;
  /** The number of changes so far. */
  revision: number;
  mails: SandboxMail[];
}

/** All calendars of the tenant. */
export interface Store {
  mailbox(ownerId: string): Mailbox;
  ownerIds(): Iterable<string>;
  /** An id core for an event with this content that this mailbox has never used. */
  newCore(ownerId: string, ...content: (string | number)[]): string;
  insert(event: StoredEvent): void;
  /** Changes an event through `change` and marks it as changed now. */
  change(event: StoredEvent, change: () => void): void;
  /** Gives every living event of a mailbox another core, and so other ids: the mailbox was moved, archived or restored. */
  renumber(ownerId: string): void;
  /** Takes an event out of its calendar. */
  bury(event: StoredEvent, isCancelled: boolean): void;
  /** The item with this id (either kind) in this mailbox. Refuses (404) what is not there. */
  find(ownerId: string, id: string): Item;
  /** The copy of a meeting in a mailbox, if it is there. */
  copyOf(meetingKey: string, ownerId: string): StoredEvent | undefined;
  /** All copies of a meeting that are in a calendar, that of its organizer first. */
  copiesOf(meetingKey: string, organizerId: string): StoredEvent[];
  /** Everything that overlaps [from, to), expanded, sorted by start. */
  range(ownerId: string, from: number, to: number): Item[];
  /** The person whose mailbox has this address; undefined for strangers. */
  personAt(address: string): SandboxPerson | undefined;
}

const startOf = ({ iana, fields }: StoredEvent): number => toInstant(iana, fields.start);

/** The index of the first item that starts at or after `instant`, where `start` gives the start of the i-th of `length`. */
function lowerBound(length: number, instant: number, start: (index: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const overlaps = (item: Item, from: number, to: number): boolean =>
  item.start < to && (item.end > from || (item.end === item.start && item.start >= from));

/** Sorts by start; equal starts by id, so that the order never depends on the order of arrival. */
const byStart = (a: Item, b: Item): number =>
  a.start - b.start || (a.event.core < b.event.core ? -1 : a.event.core > b.event.core ? 1 : 0);

/** An empty store. */
export function createStore(world: World): Store {
  const mailboxes = new Map<string, Mailbox>();
  /** Organizers' copies by meeting. */
  const organizersCopies = new Map<string, StoredEvent>();
  /** Attendees' copies by meeting. */
  const attendeesCopies = new Map<string, StoredEvent[]>();
  const addresses = new Map<string, string>();

  const mailbox = (ownerId: string): Mailbox => {
    let box = mailboxes.get(ownerId);
    if (!box) {
      box = { byCore: new Map(), singles: [], starts: [], series: [], longest: 0, revision: 0, mails: [] };
      mailboxes.set(ownerId, box);
    }
    return box;
  };

  const place = (box: Mailbox, event: StoredEvent): void => {
    if (event.recurrence) {
      box.series.push(event);
      return;
    }
    const { starts, singles } = box;
    const start = startOf(event);
    box.longest = Math.max(box.longest, toInstant(event.iana, event.fields.end) - start);
    const index = lowerBound(starts.length, start + 1, (i) => starts[i]!);
    starts.splice(index, 0, start);
    singles.splice(index, 0, event);
  };

  const displace = (box: Mailbox, event: StoredEvent): void => {
    const list = event.recurrence ? box.series : box.singles;
    const index = list.indexOf(event);
    if (index < 0) return;
    list.splice(index, 1);
    if (!event.recurrence) box.starts.splice(index, 1);
  };

  const copyOf = (meetingKey: string, ownerId: string): StoredEvent | undefined => {
    const organizers = organizersCopies.get(meetingKey);
    if (organizers?.ownerId === ownerId) return organizers.gone === null ? organizers : undefined;
    return attendeesCopies.get(meetingKey)?.find((copy) => copy.ownerId === ownerId && copy.gone === null);
  };

  const personAt = (address: string): SandboxPerson | undefined => {
    const wanted = address.toLowerCase();
    const answers = (person: SandboxPerson | undefined): boolean =>
      person?.deletedAt === null &&
      [person.mail, person.userPrincipalName, ...(person.aliases ?? [])].some((own) => own.toLowerCase() === wanted);
    const known = world.people.get(addresses.get(wanted) ?? '');
    if (answers(known)) return known;
    for (const person of world.people.values()) {
      if (!answers(person)) continue;
      addresses.set(wanted, person.id);
      return person;
    }
    return undefined;
  };

  const newCore: Store['newCore'] = (ownerId, ...content) => {
    const { byCore } = mailbox(ownerId);
    for (let attempt = 0; ; attempt++) {
      const core = makeCore(world.seed, ownerId, ...content, attempt);
      if (!byCore.has(core)) return core;
    }
  };

  return {
    mailbox,
    ownerIds: () => mailboxes.keys(),
    newCore,
    insert(event) {
      const box = mailbox(event.ownerId);
      event.revision = ++box.revision;
      box.byCore.set(event.core, event);
      if (event.isOrganizer) organizersCopies.set(event.meetingKey, event);
      else {
        const copies = attendeesCopies.get(event.meetingKey);
        if (copies) copies.push(event);
        else attendeesCopies.set(event.meetingKey, [event]);
      }
      if (!event.gone) place(box, event);
    },
    change(event, change) {
      const box = mailbox(event.ownerId);
      displace(box, event);
      change();
      event.version++;
      event.modifiedAt = world.clock.now();
      event.revision = ++box.revision;
      place(box, event);
    },
    renumber(ownerId) {
      const box = mailbox(ownerId);
      for (const [core, event] of [...box.byCore]) {
        if (event.gone) continue;
        box.byCore.delete(core);
        event.core = newCore(ownerId, 'renumbered', core);
        // What was expanded of it before carries the old ids.
        event.version++;
        event.revision = ++box.revision;
        box.byCore.set(event.core, event);
      }
    },
    bury(event, isCancelled) {
      const box = mailbox(event.ownerId);
      displace(box, event);
      event.version++;
      event.gone = { at: world.clock.now(), isCancelled };
      event.revision = ++box.revision;
    },
    find(ownerId, id) {
      const parsed = parseItemId(id);
      const event = parsed && mailbox(ownerId).byCore.get(parsed.core);
      if (!event || event.gone) throw itemNotFound();
      const item = parsed.date === null ? wholeItem(event) : occurrenceOn(event, parsed.date);
      if (!item) throw itemNotFound();
      return item;
    },
    copyOf,
    copiesOf(meetingKey, organizerId) {
      const organizers = copyOf(meetingKey, organizerId);
      const others = (attendeesCopies.get(meetingKey) ?? []).filter((copy) => copy.gone === null);
      return organizers ? [organizers, ...others] : others;
    },
    range(ownerId, from, to) {
      const { singles, starts, series, longest } = mailbox(ownerId);
      const found: Item[] = [];
      const first = lowerBound(starts.length, from - longest, (i) => starts[i]!);
      for (let i = first; i < singles.length && starts[i]! < to; i++) {
        const item = itemsOf(singles[i]!, 0)[0]!;
        if (overlaps(item, from, to)) found.push(item);
      }
      for (const event of series) {
        const items = itemsOf(event, to);
        // Occurrences may be long as well: those of one series hardly overlap, so a few steps back are enough.
        const begin = Math.max(0, lowerBound(items.length, from, (i) => items[i]!.start) - 8);
        for (let i = begin; i < items.length && items[i]!.start < to; i++) {
          if (overlaps(items[i]!, from, to)) found.push(items[i]!);
        }
      }
      return found.sort(byStart);
    },
    personAt,
  };
}

/** The id of an item as applications that ask for immutable ids see it; it names the item inside the sandbox as well. */
export const idOf = (item: Pick<Item, 'event' | 'date'>): string => itemId(item.event.core, item.date, true);
