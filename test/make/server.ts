import type { CardMessage } from '../../server/contract/card-messages.ts';
import { savePeople } from '../../server/db/people.ts';
import type { Database } from '../../server/db/schema.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import { matchCohort } from '../../server/domain/matching/match-cohort.ts';
import { priceWishes } from '../../server/domain/matching/price-wishes.ts';
import type { BusyInterval } from '../../server/domain/slots/busy.ts';
import type { Person, PersonId, TenantId, WorkingHours } from '../../server/domain/people/person.ts';
import { expandMonthly, expandSeries } from '../../server/domain/time/recurrence.ts';
import { fromWallLoosely } from '../../server/domain/time/wall-time.ts';
import { MINUTE, parseInstant, plus, type Instant, type ZoneId } from '../../server/domain/time/instant.ts';
import type { AllTexts } from '../../server/write-texts.ts';
import { loadContent } from '../../server/locales/load-content.ts';
import { writeTexts } from '../../server/write-texts.ts';
import type {
  Availability,
  Calendar,
  Clock,
  CreatedSeries,
  Directory,
  DirectoryChange,
  EventCopy,
  OwnItem,
  EventRequest,
  EventWrite,
  JobName,
  Jobs,
  Matcher,
  Messenger,
  OrganizerDate,
  OutgoingCard,
  Refused,
  SeriesRequest,
} from '../../server/ports.ts';
import { addTenant, type InTransaction } from './database.ts';
import { person } from './person.ts';

/** Monday, 08:00 in Rome. */
export const START: Instant = parseInstant('2026-09-28T06:00:00Z');
export const ROME = 'Europe/Rome' as ZoneId;
const NINE_TO_SIX = [['09:00', '18:00']] as const;
export const OFFICE_HOURS: WorkingHours = {
  monday: NINE_TO_SIX,
  tuesday: NINE_TO_SIX,
  wednesday: NINE_TO_SIX,
  thursday: NINE_TO_SIX,
  friday: NINE_TO_SIX,
};

/** A clock that stands until it is set. */
export interface FakeClock extends Clock {
  set(to: Instant | string): void;
  advance(milliseconds: number): void;
}

export function createFakeClock(start: Instant = START): FakeClock {
  let now = start;
  return {
    now: () => now,
    set: (to) => void (now = typeof to === 'string' ? parseInstant(to) : to),
    advance: (milliseconds) => void (now = plus(now, milliseconds)),
    sleep: () => Promise.reject(new Error('nothing under test sleeps on this clock')),
    track: (work) => work(),
  };
}

/** Jobs that only note who was woken. */
export interface FakeJobs extends Jobs {
  woken: JobName[];
}
export const createFakeJobs = (): FakeJobs => {
  const woken: JobName[] = [];
  return { woken, wake: (name) => void woken.push(name) };
};

/** Matches on the spot. */
export const plainMatcher: Matcher = {
  match: async (input) => matchCohort(input),
  price: async (input) => priceWishes(input),
};

type Answers<T extends object> = { [K in keyof T]: T[K] extends (...args: never[]) => Promise<infer R> ? R : never };
/** An answer instead of the usual one; a function may have the usual effect first. */
type Scripted<R> = R | ((usual: () => Promise<R>) => R | Promise<R>);

/** A fake of a port: notes every call, and gives the scripted answers first. */
export type Faked<T extends object> = T & {
  calls: { name: keyof T; args: unknown[] }[];
  /** How often a method was called. */
  count(name: keyof T): number;
  /** The next answers of a method, in order. */
  script<K extends keyof T>(name: K, ...answers: Scripted<Answers<T>[K]>[]): void;
};

function fake<T extends object>(usual: T): Faked<T> {
  const calls: { name: keyof T; args: unknown[] }[] = [];
  const scripts = new Map<keyof T, Scripted<unknown>[]>();
  const faked = Object.fromEntries(
    Object.entries(usual as Record<string, (...args: unknown[]) => Promise<unknown>>).map(([name, method]) => [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        calls.push({ name: name as keyof T, args });
        const next = scripts.get(name as keyof T)?.shift();
        if (next === undefined) return method(...args);
        return typeof next === 'function'
          ? (next as (go: () => Promise<unknown>) => unknown)(() => method(...args))
          : next;
      },
    ]),
  );
  return {
    ...(faked as unknown as T),
    calls,
    count: (name) => calls.filter((call) => call.name === name).length,
    script: (name, ...answers) => void scripts.set(name, [...(scripts.get(name) ?? []), ...answers]),
  };
}

/** Refusals as Graph words them. */
export const refused = (reason: Refused['reason'], status = 400, code: string = reason): Refused => ({
  outcome: 'refused',
  reason,
  status,
  code,
});
const done = <T>(value: T): { outcome: 'done'; value: T } => ({ outcome: 'done', value });

/** One date of its own in the fake calendar. */
export interface FakeDate {
  request: EventRequest;
  date: OrganizerDate;
}

/** One series in the fake calendar. */
export interface FakeSeries extends CreatedSeries {
  request: SeriesRequest;
  dates: OrganizerDate[];
  isGone: boolean;
}

export interface FakeCalendar extends Faked<Calendar> {
  series: FakeSeries[];
  /** Dates that belong to no series. */
  dates: FakeDate[];
  /** What stands in a person's calendar besides. */
  busy: Map<PersonId, BusyInterval[]>;
  /** People whose calendar may not be read. */
  unreadable: Set<PersonId>;
  /** What attendees' own calendars hold of our events; nothing unless a test puts it there. */
  copies: Map<PersonId, EventCopy[]>;
  /** Everything in a person's own calendar, for full rights. */
  views: Map<PersonId, OwnItem[]>;
}

/** A calendar that keeps series as Exchange would: a key once, dates of their own, cancelled ones left out. */
export function createFakeCalendar(clock: Clock): FakeCalendar {
  const series: FakeSeries[] = [];
  const dates: FakeDate[] = [];
  const busy = new Map<PersonId, BusyInterval[]>();
  const unreadable = new Set<PersonId>();
  const copies = new Map<PersonId, EventCopy[]>();
  const views = new Map<PersonId, OwnItem[]>();
  const findDate = (eventId: string): OrganizerDate | undefined =>
    [...series.flatMap((one) => (one.isGone ? [] : one.dates)), ...dates.map(({ date }) => date)].find(
      (date) => date.eventId === eventId,
    );
  const live = (eventId: string): FakeSeries | undefined =>
    series.find((one) => one.eventId === eventId && !one.isGone);
  const usual: Calendar = {
    readSettings: async (_tenant, people) =>
      done(
        new Map(
          people.map((id) => [
            id,
            { timeZone: ROME, unmappedTimeZone: null, locale: 'en-GB', workingHours: OFFICE_HOURS },
          ]),
        ),
      ),
    readBusy: async (_tenant, _through, mailboxes) =>
      done(
        new Map<PersonId, Availability>(
          mailboxes.map(({ personId }) => [
            personId,
            unreadable.has(personId)
              ? { readable: false, code: 'ErrorAccessDenied' }
              : { readable: true, busy: busy.get(personId) ?? [], workingHours: OFFICE_HOURS, timeZone: ROME },
          ]),
        ),
      ),
    async createSeries(_tenant, request) {
      if (series.some((one) => one.request.key === request.key))
        return refused('duplicateKey', 409, 'ErrorDuplicateTransactionId');
      const made = makeSeries(request, series.length + 1);
      series.push(made);
      return done({ eventId: made.eventId, iCalUId: made.iCalUId, joinUrl: made.joinUrl });
    },
    findSeriesByTag: async (_tenant, organizerId, key) =>
      done(series.filter((one) => !one.isGone && one.request.organizerId === organizerId && one.request.key === key)),
    listTagged: async (_tenant, organizerId) =>
      done(
        series
          .filter((one) => !one.isGone && one.request.organizerId === organizerId)
          .map(({ eventId, iCalUId, request }) => ({ eventId, iCalUId, tag: request.key })),
      ),
    async readTag(_tenant, _organizer, eventId) {
      const own = live(eventId);
      return own
        ? done({ eventId, iCalUId: own.iCalUId, tag: own.request.key })
        : refused('notFound', 404, 'ErrorItemNotFound');
    },
    tagEvent: async () => done(null),
    async createDate(_tenant, request) {
      if (dates.some((one) => one.request.key === request.key))
        return refused('duplicateKey', 409, 'ErrorDuplicateTransactionId');
      const start = fromWallLoosely(request.start, request.timeZone);
      const date = { ...makeDate(request, `date-${dates.length + 1}`, start), tag: request.key };
      dates.push({ request, date });
      return done({ eventId: date.eventId, iCalUId: date.iCalUId, joinUrl: date.joinUrl });
    },
    findDatesByTag: async (_tenant, organizerId, key) =>
      done(
        dates
          .filter(({ request }) => request.organizerId === organizerId && request.key === key)
          .flatMap(({ date }) => (date.isCancelled ? [] : [date])),
      ),
    async readSeriesDates(_tenant, _organizer, eventId, from, to) {
      const found = live(eventId);
      if (!found) return refused('notFound', 404, 'ErrorItemNotFound');
      return done(found.dates.filter((date) => !date.isCancelled && date.start >= from && date.start < to));
    },
    readOrganizerWindow: async (_tenant, organizerId, from, to) =>
      done(
        [
          ...series.filter((one) => !one.isGone && one.request.organizerId === organizerId).flatMap((one) => one.dates),
          ...dates.filter(({ request }) => request.organizerId === organizerId).map(({ date }) => date),
        ].filter((date) => !date.isCancelled && date.start < to && date.end > from),
      ),
    async readDate(_tenant, _organizer, eventId) {
      const date = findDate(eventId) ?? live(eventId)?.dates[0];
      return date ? done(date) : refused('notFound', 404, 'ErrorItemNotFound');
    },
    async moveDate(_tenant, { eventId, start, end }) {
      const date = findDate(eventId);
      if (!date) return refused('notFound', 404, 'ErrorItemNotFound');
      Object.assign(date, { start, end });
      return done(date);
    },
    async cancelEvent(_tenant, _organizer, eventId) {
      const date = findDate(eventId);
      const own = live(eventId);
      if (date) date.isCancelled = true;
      else if (own) own.isGone = true;
      else return refused('notFound', 404, 'ErrorItemNotFound');
      return done(null);
    },
    async endSeries(_tenant, _organizer, eventId, lastDate) {
      const own = live(eventId);
      if (!own) return refused('notFound', 404, 'ErrorItemNotFound');
      own.dates = own.dates.filter((date) => new Date(date.start).toISOString().slice(0, 10) <= lastDate);
      return done(null);
    },
    // All at once, as they would be on the wire; scripts of the single methods hold here too.
    writeTogether: (tenant, writes) => Promise.all(writes.map((write) => writeAlone(faked, tenant, write))),
    allowsOnlineMeetings: async () => done(true),
    readDatesOfSeries: (tenant, organizerId, eventIds, from, to) =>
      Promise.all(eventIds.map((eventId) => faked.readSeriesDates(tenant, organizerId, eventId, from, to))),
    findCopies: async (_tenant, mailbox, wanted) =>
      done((copies.get(mailbox) ?? []).filter((copy) => wanted.some(({ iCalUId }) => iCalUId === copy.iCalUId))),
    readViews: async (_tenant, wanted) =>
      wanted.map(({ mailbox, from, to }) =>
        unreadable.has(mailbox)
          ? refused('forbidden', 403, 'ErrorAccessDenied')
          : done((views.get(mailbox) ?? []).filter(({ start, end }) => start < to && end > from)),
      ),
    async acceptEvent(_tenant, mailbox, eventId) {
      const copy = copies.get(mailbox)?.find((one) => one.eventId === eventId);
      if (!copy) return refused('notFound', 404, 'ErrorItemNotFound');
      copy.response = 'accepted';
      return done(null);
    },
    async removeCopy(_tenant, mailbox, eventId) {
      const own = copies.get(mailbox) ?? [];
      if (!own.some((one) => one.eventId === eventId)) return refused('notFound', 404, 'ErrorItemNotFound');
      copies.set(
        mailbox,
        own.filter((one) => one.eventId !== eventId),
      );
      return done(null);
    },
    subscribe: async (_tenant, _mailbox, _state, expiresAt) =>
      done({ subscriptionId: `subscription-${clock.now()}`, expiresAt }),
    renewSubscription: async (_tenant, subscriptionId, expiresAt) => done({ subscriptionId, expiresAt }),
    subscribeAll: (tenant, wanted) =>
      Promise.all(wanted.map((one) => faked.subscribe(tenant, one.mailbox, one.clientState, one.expiresAt))),
    renewSubscriptions: (tenant, wanted) =>
      Promise.all(wanted.map((one) => faked.renewSubscription(tenant, one.subscriptionId, one.expiresAt))),
  };
  const faked: FakeCalendar = Object.assign(fake(usual), { series, dates, busy, unreadable, copies, views });
  return faked;
}

function writeAlone(calendar: Calendar, tenantId: TenantId, write: EventWrite) {
  switch (write.kind) {
    case 'createSeries':
      return calendar.createSeries(tenantId, write.request);
    case 'createDate':
      return calendar.createDate(tenantId, write.request);
    case 'moveDate':
      return calendar.moveDate(tenantId, write);
    case 'cancelEvent':
      return calendar.cancelEvent(tenantId, write.organizerId, write.eventId, write.comment);
    case 'tagEvent':
      return calendar.tagEvent(tenantId, write.organizerId, write.eventId, write.key);
    case 'acceptEvent':
      return calendar.acceptEvent(tenantId, write.mailbox, write.eventId);
    case 'removeCopy':
      return calendar.removeCopy(tenantId, write.mailbox, write.eventId);
  }
}

function makeSeries(request: SeriesRequest, number: number): FakeSeries {
  const { recurrence } = request;
  const eventId = `series-${number}`;
  const shape = { ...recurrence, firstStart: request.start, timeZone: request.timeZone, minutes: request.minutes };
  const starts = shape.kind === 'weekly' ? expandSeries(shape) : expandMonthly(shape);
  if (!starts) throw new Error('the series touches a change of the clocks');
  const dates = starts.map(({ originalStart }, index): OrganizerDate => ({
    ...makeDate(request, `${eventId}-date-${index + 1}`, originalStart),
    seriesEventId: eventId,
  }));
  return { eventId, iCalUId: `ical-${eventId}`, joinUrl: joinUrlOf(request), request, dates, isGone: false };
}

const joinUrlOf = ({ isOnline, key }: EventRequest): string | null =>
  isOnline ? `https://teams.example/${key}` : null;

function makeDate(request: EventRequest, eventId: string, start: Instant): OrganizerDate {
  return {
    eventId,
    seriesEventId: null,
    iCalUId: `ical-${eventId}`,
    originalStart: start,
    start,
    end: plus(start, request.minutes * MINUTE),
    isCancelled: false,
    joinUrl: joinUrlOf(request),
    tag: null,
    answers: request.attendees.map(({ address }) => ({ address, response: 'notResponded', proposed: null })),
  };
}

export interface FakeDirectory extends Faked<Directory> {
  people: Person[];
  groups: Map<string, { displayName: string; members: PersonId[] }>;
}

/** A directory that gives everybody in pages of three. */
export function createFakeDirectory(): FakeDirectory {
  const people: Person[] = [];
  const groups = new Map<string, { displayName: string; members: PersonId[] }>();
  let rounds = 0;
  const usual: Directory = {
    async readChanges(_tenant, _link, onPage) {
      for (let i = 0; i < people.length; i += 3) {
        await onPage(people.slice(i, i + 3).map((one): DirectoryChange => ({ kind: 'person', person: one })));
      }
      return done({ deltaLink: `delta-${++rounds}` });
    },
    findGroups: async (_tenant, startsWith) =>
      done(
        [...groups]
          .filter(([, group]) => group.displayName.startsWith(startsWith))
          .map(([groupId, group]) => ({ groupId, displayName: group.displayName })),
      ),
    readMembers: async (_tenant, groupId) => {
      const group = groups.get(groupId);
      return group ? done(group.members) : refused('notFound', 404, 'Request_ResourceNotFound');
    },
    findPerson: async (_tenant, address) =>
      done(people.find((one) => one.mail?.toLowerCase() === address.toLowerCase()) ?? null),
    readProfileHints: async (_tenant, ids) =>
      done(new Map(ids.map((id) => [id, { skills: ['Generative AI'], interests: ['Chess'] }]))),
  };
  return Object.assign(fake(usual), { people, groups });
}

export interface SentCard {
  conversationId: string;
  activityId: string;
  message: CardMessage;
}

export interface FakeMessenger extends Faked<Messenger> {
  /** New cards, in order. */
  sent: SentCard[];
  /** Cards that took the place of another. */
  updated: SentCard[];
}

/** A chat that takes everything. Together with `showMessage` it notes what was said, not how it looks. */
export function createFakeMessenger(): FakeMessenger {
  const sent: SentCard[] = [];
  const updated: SentCard[] = [];
  const messageOf = ({ card }: OutgoingCard): CardMessage => card['message'] as CardMessage;
  const usual: Messenger = {
    findCatalogApp: async () => done('catalog-app'),
    install: async () => done(null),
    async sendCard(_tenant, { conversationId }, card) {
      const activityId = `activity-${sent.length + 1}`;
      sent.push({ conversationId, activityId, message: messageOf(card) });
      return done({ activityId });
    },
    sendText: async () => done({ activityId: 'text' }),
    async updateCard(_tenant, { conversationId }, activityId, card) {
      updated.push({ conversationId, activityId, message: messageOf(card) });
      return done(null);
    },
  };
  return Object.assign(fake(usual), { sent, updated });
}

/** A card that holds its message as it is, with the reader's language and zone. */
export const showMessage = (message: CardMessage, locale: string, timeZone: string): OutgoingCard => ({
  summary: message.kind,
  card: { message, locale, timeZone },
});

/** Everything a use case may ask for, and a tenant of its own. */
export interface Stage {
  tenantId: TenantId;
  db: Database;
  clock: FakeClock;
  jobs: FakeJobs;
  matcher: Matcher;
  calendar: FakeCalendar;
  directory: FakeDirectory;
  messenger: FakeMessenger;
  texts: AllTexts;
  renderCard: typeof showMessage;
  /** The program mailbox. */
  mailbox: Person;
  tx: InTransaction;
}

const texts = writeTexts('https://inverso.contoso.example', loadContent(null));

/** Sets the stage of one test: a fresh tenant with its program mailbox, the clock at `START`. */
export async function setStage(db: Database): Promise<Stage> {
  const tenantId = await addTenant(db);
  const clock = createFakeClock();
  const mailbox = person('Reverse Mentoring');
  const tx: InTransaction = (work) => inTenant(db, tenantId, work);
  await tx(async (transaction) => {
    await savePeople(transaction, tenantId, [mailbox], START);
    await transaction.updateTable('tenants').set({ programMailboxId: mailbox.personId }).execute();
  });
  return {
    tenantId,
    db,
    clock,
    jobs: createFakeJobs(),
    matcher: plainMatcher,
    calendar: createFakeCalendar(clock),
    directory: createFakeDirectory(),
    messenger: createFakeMessenger(),
    texts,
    renderCard: showMessage,
    mailbox,
    tx,
  };
}
