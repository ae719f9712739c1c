import type { CohortMatching } from './domain/matching/match-cohort.ts';
import type { WishedMatching, WishPrice } from './domain/matching/price-wishes.ts';
import type { MatchingResult } from './domain/matching/types.ts';
import type { BusyInterval } from './domain/slots/busy.ts';
import type { Instant, LocalDate, WallTime, ZoneId } from './domain/time/instant.ts';
import type { Person, PersonId, TenantId, Weekday, WorkingHours } from './domain/people/person.ts';

/*
 * What the core asks of worlds that it cannot own. Use cases take an object of just the ports they use; tests of the
 * core use the real database and real HTTP to the sandbox, or small fakes of these.
 */

/** Time. `serve` has the real one; sandbox and simulation a virtual one that moves when it is told to. */
export interface Clock {
  now(): Instant;
  /** Resolves `milliseconds` later by this clock. `key` orders sleepers that wake at the same instant. */
  sleep(milliseconds: number, options?: { key?: string; signal?: AbortSignal }): Promise<void>;
  /** Marks `work` (an HTTP call, a query, a worker) as going on, so that a virtual clock waits for it. */
  track<T>(work: () => Promise<T>): Promise<T>;
}

/** Immediate work. Due work is state in the database; `wake` only says "look now". Never call it inside a transaction. */
export interface Jobs {
  wake(name: JobName): void;
}
export const JOB_NAMES = [
  'syncOrganization',
  'prepareParticipants',
  'advanceCohorts',
  'offerSlots',
  'remindAndExpire',
  'bookSeries',
  'writeCalendar',
  'reconcileSeries',
  'askFeedback',
  'sendMessages',
  'renewSubscriptions',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** Matching without keeping the server from its other work, however big the cohort is. */
export interface Matcher {
  /**
   * What matchCohort gives; rejects with what it throws, with AppError `unavailable` when the server stops meanwhile, and
   * with an Error when the matching came to a bad end. Takes up to minutes: never call it inside a transaction.
   */
  match(input: CohortMatching): Promise<MatchingResult>;
  /** What priceWishes gives. Twice the work of a matching; rejects as `match` does. */
  price(input: WishedMatching): Promise<WishPrice>;
}

// ---- outcomes of calls to Microsoft 365 -----------------------------------------------------------------------------

/**
 * How a call to the outside ended. A READ is `done`, `refused` (it will not change by itself: 403, 404, 400) or `later`
 * (throttled or out of order; `notBefore` is the earliest moment to ask again, Retry-After in full). A WRITE may also
 * be `unknown`: it may or may not have happened, and only reading tells (reliability.md R2).
 */
export type Done<T> = { outcome: 'done'; value: T };
export type Refused = {
  outcome: 'refused';
  reason: 'forbidden' | 'notFound' | 'invalid' | 'duplicateKey' | 'crossing' | 'changed' | 'signedOut';
  /** HTTP status and Graph's error code, for log and check. */
  status: number;
  code: string;
  /** With `signedOut`: our application is not in the tenant (any more), and not just its credential refused. */
  isAppGone?: boolean;
};
export type Later = { outcome: 'later'; notBefore: Instant; code: string };
export type Unknown = { outcome: 'unknown'; notBefore: Instant; code: string };
export type ReadResult<T> = Done<T> | Refused | Later;
export type WriteResult<T> = Done<T> | Refused | Later | Unknown;

// ---- Directory ------------------------------------------------------------------------------------------------------

/** A user as the directory gives it; a removal carries only the id. */
export type DirectoryChange =
  { kind: 'person'; person: Person } | { kind: 'removed'; personId: PersonId; forGood: boolean };

export interface GroupInfo {
  groupId: string;
  displayName: string;
}

/** What the profile service knows; often empty. */
export interface ProfileHints {
  skills: string[];
  interests: string[];
}

export interface MailboxSettings {
  timeZone: ZoneId | null;
  /** The name as given, when it could not be mapped (`Customized Time Zone`, unknown): then `timeZone` is null. */
  unmappedTimeZone: string | null;
  locale: string | null;
  workingHours: WorkingHours | null;
}

/** Reading the organization through Microsoft Graph (User.Read.All, GroupMember.Read.All). */
export interface Directory {
  /**
   * One full or delta round. `deltaLink` null: full. `onPage` gets each page in order; the round counts only when the
   * returned link is stored afterwards. `reset`: the link is too old (410), ask again with null.
   */
  readChanges(
    tenantId: TenantId,
    deltaLink: string | null,
    onPage: (changes: DirectoryChange[]) => Promise<void>,
  ): Promise<ReadResult<{ deltaLink: string }> | { outcome: 'reset' }>;
  /** For a page that waits: `later` at once where the directory does not answer properly. */
  findGroups(tenantId: TenantId, startsWith: string): Promise<ReadResult<GroupInfo[]>>;
  /** All people in the group and in groups inside it; for a page that waits, as `findGroups`. */
  readMembers(tenantId: TenantId, groupId: string): Promise<ReadResult<PersonId[]>>;
  /** Who has this work address; null: nobody. For a page that waits, as `findGroups`. */
  findPerson(tenantId: TenantId, address: string): Promise<ReadResult<Person | null>>;
  /** Skills and interests of single people, 20 per batch. Missing people are left out. */
  readProfileHints(tenantId: TenantId, people: readonly PersonId[]): Promise<ReadResult<Map<PersonId, ProfileHints>>>;
}

// ---- Calendar -------------------------------------------------------------------------------------------------------

/** A mailbox: the person and the SMTP address (getSchedule takes addresses, everything else ids). */
export interface Mailbox {
  personId: PersonId;
  address: string;
}

/** Availability of one mailbox, or why it is not readable: never taken as free. */
export type Availability =
  | { readable: true; busy: BusyInterval[]; workingHours: WorkingHours | null; timeZone: ZoneId | null }
  | { readable: false; code: string };

/** How free and busy is read: see `Calendar.readBusy`. */
export interface BusyOptions {
  exact?: boolean;
  apart?: boolean;
  /** In place of the whole of [from, to): only these spans inside it, each of these people alone. */
  only?: readonly { from: Instant; to: Instant; people: ReadonlySet<PersonId> }[];
}

/** One event to be created. Wall time and zone are the mentee's. */
export interface EventRequest {
  /** UUID that is the transactionId AND the value of the extended property (R1). */
  key: string;
  organizerId: PersonId;
  subject: string;
  bodyHtml: string;
  attendees: { address: string; displayName: string }[];
  start: WallTime;
  minutes: number;
  timeZone: ZoneId;
  isPrivate: boolean;
  /** With a link to join in Teams; only where the organizer's calendar allows it. */
  isOnline: boolean;
}
/** One recurring event to be created. */
export interface SeriesRequest extends EventRequest {
  recurrence: SeriesRecurrence;
}
export type SeriesRecurrence =
  | { kind: 'weekly'; everyWeeks: number; weekday: Weekday; firstDate: LocalDate; count: number }
  | {
      kind: 'monthly';
      everyMonths: number;
      weekday: Weekday;
      index: 'first' | 'second' | 'third' | 'fourth' | 'last';
      firstDate: LocalDate;
      count: number;
    };

/** A series, or a single date, that was created or found. */
export interface CreatedSeries {
  eventId: string;
  iCalUId: string;
  /** Null: created without a link (platform.md correction 6); read again within a minute. */
  joinUrl: string | null;
}

/** One event of ours as it stands in the organizer's calendar. */
export interface OrganizerDate {
  eventId: string;
  seriesEventId: string | null;
  iCalUId: string;
  originalStart: Instant;
  start: Instant;
  end: Instant;
  isCancelled: boolean;
  /** Which state of the event this is, as Graph names it; left out where it does not. */
  etag?: string;
  joinUrl: string | null;
  /** Value of our tag property where Graph shows it: windows show it of single dates. Null: no tag, or not asked for. */
  tag: string | null;
  answers: {
    address: string;
    response: 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
    proposed: { start: Instant; end: Instant } | null;
  }[];
}

/** A living event of an organizer's own mailbox that carries our tag property. */
export interface TaggedEvent {
  eventId: string;
  iCalUId: string;
  tag: string;
}

/** A date that is moved. `etag`: only if nobody has changed the event since it was read so. */
export interface DateMove {
  organizerId: PersonId;
  eventId: string;
  start: Instant;
  end: Instant;
  timeZone: ZoneId;
  etag?: string;
}

/** One write of an event, as part of several. */
export type EventWrite =
  | { kind: 'createSeries'; request: SeriesRequest }
  | { kind: 'createDate'; request: EventRequest }
  | ({ kind: 'moveDate' } & DateMove)
  | { kind: 'cancelEvent'; organizerId: PersonId; eventId: string; comment: string }
  | { kind: 'tagEvent'; organizerId: PersonId; eventId: string; key: string }
  | { kind: 'acceptEvent'; mailbox: PersonId; eventId: string }
  | { kind: 'removeCopy'; mailbox: PersonId; eventId: string };

/** An event whose copy is looked for. `at`: the time of one date of a series, which is listed only there; null: a whole series. */
export interface WantedCopy {
  iCalUId: string;
  at: { start: Instant; end: Instant } | null;
}

/** An attendee's own copy of an event. */
export interface EventCopy {
  eventId: string;
  iCalUId: string;
  response: OrganizerDate['answers'][number]['response'];
}

/** A part of a calendar that is to be read. */
export interface WantedView {
  mailbox: PersonId;
  from: Instant;
  to: Instant;
}
/** Anything in an attendee's own calendar, as far as it may stand over a session of ours or be one. */
export interface OwnItem extends BusyInterval {
  iCalUId: string;
  isCancelled: boolean;
  response: OrganizerDate['answers'][number]['response'];
}

export interface SubscriptionInfo {
  subscriptionId: string;
  expiresAt: Instant;
}

/** A mailbox that is to be watched. */
export interface WantedSubscription {
  mailbox: PersonId;
  /** A secret of 22 to 128 characters. */
  clientState: string;
  expiresAt: Instant;
}

/** Calendars through Microsoft Graph. All times are instants; zones are mapped inside. */
export interface Calendar {
  /** Zone, language and hours, 20 per batch. Mailboxes that may not be read are left out. */
  readSettings(tenantId: TenantId, people: readonly PersonId[]): Promise<ReadResult<Map<PersonId, MailboxSettings>>>;
  /**
   * Free and busy of the mailboxes in [from, to), asked through the mailbox `through`: 20 addresses a call, windows of
   * less than 62 days, 15-minute cells unless `exact` (then item edges) or `apart` (each item as it stands, none joined
   * with another). A failed target is `readable: false`.
   */
  readBusy(
    tenantId: TenantId,
    through: PersonId,
    mailboxes: readonly Mailbox[],
    from: Instant,
    to: Instant,
    options?: BusyOptions,
  ): Promise<ReadResult<Map<PersonId, Availability>>>;
  /** Creates the series with key and tag. A used key is `refused: duplicateKey`: look it up by tag. */
  createSeries(tenantId: TenantId, request: SeriesRequest): Promise<WriteResult<CreatedSeries>>;
  /** All series in the organizer's mailbox that carry the tag, the oldest first (a copied event may make two). */
  findSeriesByTag(tenantId: TenantId, organizerId: PersonId, key: string): Promise<ReadResult<CreatedSeries[]>>;
  /** Everything in the organizer's mailbox that carries a tag of ours, series and single dates, copies by people too. */
  listTagged(tenantId: TenantId, organizerId: PersonId): Promise<ReadResult<TaggedEvent[]>>;
  /** The tag of one event by id; null: it carries none. */
  readTag(
    tenantId: TenantId,
    organizerId: PersonId,
    eventId: string,
  ): Promise<ReadResult<Omit<TaggedEvent, 'tag'> & { tag: string | null }>>;
  /** Puts the tag back on an event of ours (reliability.md F32). Nothing else changes, and nobody is told. */
  tagEvent(tenantId: TenantId, organizerId: PersonId, eventId: string, key: string): Promise<WriteResult<null>>;
  /** Creates one date that belongs to no recurrence, with key and tag; a used key as with `createSeries`. */
  createDate(tenantId: TenantId, request: EventRequest): Promise<WriteResult<CreatedSeries>>;
  /** All single dates in the organizer's mailbox that carry the tag. */
  findDatesByTag(tenantId: TenantId, organizerId: PersonId, key: string): Promise<ReadResult<OrganizerDate[]>>;
  /** The dates of one series, exceptions included, cancelled ones left out as Graph leaves them out. `refused: notFound` when the series is gone. */
  readSeriesDates(
    tenantId: TenantId,
    organizerId: PersonId,
    eventId: string,
    from: Instant,
    to: Instant,
  ): Promise<ReadResult<OrganizerDate[]>>;
  /**
   * What may be ours in the organizer's calendar in [from, to): dates of series (pick by `seriesEventId`: occurrences do
   * not reliably show their master's tag) and single dates that carry our tag property (`tag`).
   */
  readOrganizerWindow(
    tenantId: TenantId,
    organizerId: PersonId,
    from: Instant,
    to: Instant,
  ): Promise<ReadResult<OrganizerDate[]>>;
  /** One event by id. */
  readDate(tenantId: TenantId, organizerId: PersonId, eventId: string): Promise<ReadResult<OrganizerDate>>;
  /** Moves one date. `refused: crossing` when it would pass its neighbor's day, `changed` when it was changed meanwhile. */
  moveDate(tenantId: TenantId, move: DateMove): Promise<WriteResult<OrganizerDate>>;
  /** Cancels one date or (master id, nothing held yet) the whole series with a kind note. */
  cancelEvent(tenantId: TenantId, organizerId: PersonId, eventId: string, comment: string): Promise<WriteResult<null>>;
  /**
   * At most four writes at once in one call (platform.md correction 15), each with an outcome of its own, in the order of
   * the writes; what a cancellation gives is null. Throws RangeError for more than four. One write alone has its own method.
   */
  writeTogether(tenantId: TenantId, writes: readonly EventWrite[]): Promise<WriteResult<CreatedSeries | null>[]>;
  /** The copies that an attendee's own calendar holds of the events, 20 questions in a call; what is not there is left out. */
  findCopies(tenantId: TenantId, mailbox: PersonId, wanted: readonly WantedCopy[]): Promise<ReadResult<EventCopy[]>>;
  /**
   * What stands in parts of attendees' own calendars, 20 questions in a call; answers in the order of the questions, each
   * with an outcome of its own. `refused: forbidden`: no right to read there.
   */
  readViews(tenantId: TenantId, wanted: readonly WantedView[]): Promise<ReadResult<OwnItem[]>[]>;
  /** Accepts an invitation in an attendee's mailbox and tells the organizer. `refused: forbidden`: no right to write there. */
  acceptEvent(tenantId: TenantId, mailbox: PersonId, eventId: string): Promise<WriteResult<null>>;
  /** Takes an attendee's own copy out of their calendar; nobody is told. `refused: forbidden`: no right to write there. */
  removeCopy(tenantId: TenantId, mailbox: PersonId, eventId: string): Promise<WriteResult<null>>;
  /** As `readSeriesDates` for many series, 20 in a call; answers in the order of the ids. */
  readDatesOfSeries(
    tenantId: TenantId,
    organizerId: PersonId,
    eventIds: readonly string[],
    from: Instant,
    to: Instant,
  ): Promise<ReadResult<OrganizerDate[]>[]>;
  /**
   * Whether the mailbox's calendar makes meetings with a link (platform.md correction 6); a known answer is kept for a
   * day.
   */
  allowsOnlineMeetings(tenantId: TenantId, organizerId: PersonId): Promise<ReadResult<boolean>>;
  /** Ends a running series after `lastDate`, keeping what was held. */
  endSeries(
    tenantId: TenantId,
    organizerId: PersonId,
    eventId: string,
    lastDate: LocalDate,
  ): Promise<WriteResult<null>>;
  /** Watches a mailbox. `refused: forbidden`: polling only. */
  subscribe(
    tenantId: TenantId,
    mailbox: PersonId,
    clientState: string,
    expiresAt: Instant,
  ): Promise<WriteResult<SubscriptionInfo>>;
  renewSubscription(
    tenantId: TenantId,
    subscriptionId: string,
    expiresAt: Instant,
  ): Promise<WriteResult<SubscriptionInfo>>;
  /** As `subscribe` for many mailboxes, 20 in a call; outcomes in the order of the mailboxes. */
  subscribeAll(tenantId: TenantId, wanted: readonly WantedSubscription[]): Promise<WriteResult<SubscriptionInfo>[]>;
  /** As `renewSubscription` for many, 20 in a call; outcomes in order. */
  renewSubscriptions(tenantId: TenantId, wanted: readonly SubscriptionInfo[]): Promise<WriteResult<SubscriptionInfo>[]>;
}

// ---- Teams ----------------------------------------------------------------------------------------------------------

/** Where a person's personal chat with the bot is; learned from the bot's own incoming activities. */
export interface ConversationReference {
  conversationId: string;
  serviceUrl: string;
}

export interface OutgoingCard {
  /** One line for notifications and screen readers. */
  summary: string;
  card: Record<string, unknown>;
}

/** Teams: installing the app for a person and talking in the personal chat. */
export interface Messenger {
  /** The app's id in the tenant's catalog (differs from the manifest id); null when it is not published. */
  findCatalogApp(tenantId: TenantId): Promise<ReadResult<string | null>>;
  /** Installs the app for a person; installed already is done too. */
  install(tenantId: TenantId, personId: PersonId, catalogAppId: string): Promise<WriteResult<null>>;
  /** Sends a card to the chat. `refused: forbidden` = blocked or uninstalled: use tab and pane. */
  sendCard(
    tenantId: TenantId,
    to: ConversationReference,
    message: OutgoingCard,
  ): Promise<WriteResult<{ activityId: string }>>;
  sendText(tenantId: TenantId, to: ConversationReference, text: string): Promise<WriteResult<{ activityId: string }>>;
  updateCard(
    tenantId: TenantId,
    to: ConversationReference,
    activityId: string,
    message: OutgoingCard,
  ): Promise<WriteResult<null>>;
}
