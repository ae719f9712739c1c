import type { VirtualClock } from './clock.ts';

/*
 * The shape of the simulated Microsoft 365. Each part of the sandbox owns one section and reaches the others only
 * through the interfaces here: entra/ (tokens), graph/ (directory, Exchange, subscriptions, installations),
 * connector/ (chats), people/ (the seeded company and how its people behave), control/ (what the sandbox page and the
 * simulation ask). All instants are milliseconds since the epoch; all wall times are `YYYY-MM-DDTHH:MM:SS` with a zone.
 */

/** A day's working periods in wall time, as [start, end) pairs of `HH:MM`. */
export interface WorkingHours {
  daysOfWeek: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[];
  start: string;
  end: string;
}

/** A person of the tenant's directory, as Entra and the profile service hold it. */
export interface SandboxPerson {
  id: string;
  displayName: string;
  givenName: string;
  surname: string;
  mail: string;
  /** Further addresses of the mailbox: an old one stays when the name changes. */
  aliases?: string[];
  userPrincipalName: string;
  jobTitle: string | null;
  department: string | null;
  officeLocation: string | null;
  country: string | null;
  usageLocation: string | null;
  preferredLanguage: string | null;
  employeeHireDate: string | null;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  managerId: string | null;
  skills: string[];
  interests: string[];
  /** Number of managers above; the chief executive has 0. */
  depth: number;
  /** Part of how this person behaves: an executive gets the full calendar of one. */
  isExecutive: boolean;
  mailbox: {
    /** False: on-premises or unlicensed; Graph answers 404 MailboxNotEnabledForRESTAPI. */
    enabled: boolean;
    /** IANA name by which the sandbox computes. */
    zone: string;
    /** The name Graph gives: a Windows name, an IANA name, or 'Customized Time Zone'. */
    zoneName: string;
    locale: string | null;
    workingHours: WorkingHours | null;
    /** False: getSchedule gives an error for this mailbox and calendarView 403. */
    readable: boolean;
    /** May hold Teams meetings (licensed). */
    teamsLicensed: boolean;
    /** Automatic replies are scheduled from one instant to another; absent or null: none. */
    automaticReplies?: { from: number; to: number } | null;
  };
  /** When soft-deleted. */
  deletedAt: number | null;
  /** Set when the photo service has one (48x48 PNG, base64). */
  photo: string | null;
}

export interface SandboxGroup {
  id: string;
  displayName: string;
  mail: string | null;
  mailEnabled: boolean;
  securityEnabled: boolean;
  /** Ids of people and of groups inside. */
  memberIds: string[];
}

/** A registered application. Application permissions are in app tokens as `roles`; Exchange decides by its own assignments. */
export interface EntraApp {
  clientId: string;
  displayName: string;
  /** Object id of the enterprise application (service principal). */
  servicePrincipalId: string;
  secret: string | null;
  /** PEM certificates whose keys may sign client assertions. */
  certificates: string[];
  /** Granted application permissions of Microsoft Graph. */
  graphRoles: string[];
  /** Delegated scopes that the app exposes (`access_as_user`) and its application id URI. */
  identifierUri: string | null;
  exposedScopes: string[];
  redirectUris: string[];
  /** Clients that get tokens for this app's scopes without asking. */
  preAuthorizedClientIds: string[];
  /** App roles that can be assigned to people (`roles` in their tokens), person id -> roles. */
  appRoleAssignments: Record<string, string[]>;
  consentRequired: boolean;
}

/** `exchangeRbac`: calendar rights by Exchange role assignments with mailbox scopes. `tenantWide`: as roles in the token. */
export type RightsMode = 'exchangeRbac' | 'tenantWide';

/** `New-ManagementRoleAssignment -App ... -Role "Application Calendars.ReadWrite" -CustomResourceScope ...` */
export interface ExchangeRoleAssignment {
  clientId: string;
  role: 'Application Calendars.ReadWrite' | 'Application Calendars.Read' | 'Application MailboxSettings.Read';
  /** Mailboxes in scope: ids of people, or 'group:<id>' for the direct members of a group. */
  scope: string[];
}

/** A mail that reached a mailbox: invitations, updates, cancellations, responses. */
export interface SandboxMail {
  id: string;
  at: number;
  fromId: string | null;
  fromAddress: string;
  toId: string;
  kind: 'invitation' | 'update' | 'cancellation' | 'response';
  subject: string;
  /** Event id in the reader's mailbox where there is one. */
  eventId: string | null;
  iCalUId: string;
}

/** What a person sees in a calendar week: occurrences expanded, own copy. */
export interface CalendarItem {
  eventId: string;
  seriesMasterId: string | null;
  type: 'singleInstance' | 'occurrence' | 'exception';
  iCalUId: string;
  originalStart: number;
  start: number;
  end: number;
  subject: string;
  showAs: 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
  sensitivity: 'normal' | 'personal' | 'private' | 'confidential';
  isOrganizer: boolean;
  isCancelled: boolean;
  organizerAddress: string;
  attendees: { address: string; name: string; response: string }[];
  response: 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
  joinUrl: string | null;
  bodyHtml: string;
  /** The event carries an extended property written by an application: name -> value. */
  tags: Record<string, string>;
}

export type ItemStatus = CalendarItem['showAs'];

/** One calendar write, as it stood at that instant; the audit judges from these. */
export interface CalendarWrite {
  at: number;
  /** `app:<clientId>` or `person:<id>`. */
  by: string;
  ownerId: string;
  /** `tag`: an update of nothing but extended properties, of which nobody is told. */
  kind: 'create' | 'update' | 'tag' | 'cancel' | 'delete' | 'respond';
  eventId: string;
  masterId: string;
  iCalUId: string;
  tags: Record<string, string>;
  transactionId: string | null;
  /** Each occurrence that this write placed at a (new) time, with what stood there for each attendee (own copies of the same meeting apart). */
  placed: {
    /** Names the occurrence in every mailbox. */
    iCalUId: string;
    start: number;
    end: number;
    collisions: { personId: string; status: ItemStatus; start: number; end: number }[];
    /** Attendees for whom the session is not wholly inside one working day. */
    outsideWorkingHours: string[];
  }[];
  /** Messages that this write sent. */
  messages: number;
  /** iCalUIds of the occurrences that a change of the series took out of the calendar. */
  removed?: string[];
  /** For `respond`: what was answered, and the other time that was proposed with it. */
  response?: {
    answer: 'accepted' | 'tentativelyAccepted' | 'declined';
    proposal: { start: number; end: number } | null;
  };
}

/** Exchange as the people of the company and the sandbox itself use it (applications use Graph over HTTP). */
export interface Exchange {
  /** Puts an appointment into a calendar silently, as if it had always been there. */
  seed(ownerId: string, draft: SeedAppointment): void;
  /** Everything in [from, to) as the owner sees it, expanded and sorted by start. */
  view(ownerId: string, from: number, to: number): CalendarItem[];
  /** A person adds an appointment of their own now (busy over whatever is there). */
  add(ownerId: string, draft: SeedAppointment): string;
  /** A person answers an invitation (master, occurrence or single), optionally proposing another time. Declines delete the copy. */
  respond(
    ownerId: string,
    eventId: string,
    answer: 'accepted' | 'tentativelyAccepted' | 'declined',
    proposal?: { start: number; end: number },
  ): void;
  /** A person deletes an item without telling anybody (silent delete of the own copy); on the organizer's copy it cancels. */
  remove(ownerId: string, eventId: string): void;
  /** The owner, or a delegate in that mailbox, moves one item. On an attendee's copy only that copy differs. */
  move(ownerId: string, eventId: string, start: number, end: number): void;
  /** The organizer, or a delegate, writes another subject or text; some tools lose extended properties (`stripsTags`) on the way. */
  edit(ownerId: string, eventId: string, change: { subject?: string; bodyHtml?: string; stripsTags?: boolean }): void;
  /** Copies an item of the own calendar within it, properties and all: another meeting, to which nobody is invited. Gives its id. */
  copy(ownerId: string, eventId: string): string;
  /** The organizer, or a delegate in that mailbox, cancels with a note. */
  cancel(ownerId: string, eventId: string): void;
  /** Mails of a person, oldest first. */
  mailsOf(ownerId: string): SandboxMail[];
  /** Every calendar write since the start, oldest first. */
  writes(): readonly CalendarWrite[];
  /** All organizer's masters and singles, in any mailbox, that carry the given extended property name (also cancelled ones). */
  tagged(
    propertyName: string,
  ): { ownerId: string; eventId: string; iCalUId: string; tag: string; isCancelled: boolean; createdAt: number }[];
}

export interface SeedAppointment {
  subject: string;
  /** First (or only) occurrence, wall time `YYYY-MM-DDTHH:MM` in `zone`. */
  start: string;
  minutes: number;
  zone: string;
  showAs: ItemStatus;
  sensitivity?: CalendarItem['sensitivity'];
  isAllDay?: boolean;
  /** Every n weeks on the weekday of `start`, until the date (inclusive); absent: once. */
  repeat?: { everyWeeks: number; until: string };
}

/** One message of a chat, from either side. */
export interface ChatActivity {
  id: string;
  conversationId: string;
  at: number;
  updatedAt: number | null;
  from: 'bot' | 'person';
  text: string | null;
  /** The Adaptive Card, if it carries one. */
  card: Record<string, unknown> | null;
  /** Times at which its content was replaced. */
  replaced: number;
  /** The short text that the bot's last answer to an act on it showed for a moment. */
  toast?: string;
}

/** What the bot answered to a person's act on a card or message. */
export interface CardAnswer {
  httpStatus: number;
  statusCode: number | null;
  type: string | null;
  value: unknown;
}

/** Teams as the people use it: personal chats with the bot. */
export interface Chats {
  /** `isClosed`: the person blocked the bot, or took the app away. */
  of(personId: string): { conversationId: string; activities: ChatActivity[]; isClosed?: true } | null;
  /** Executes an action of a card as the person: `inputs` are merged over the action's own data, as Teams does. */
  execute(
    personId: string,
    activityId: string,
    action: Record<string, unknown>,
    inputs: Record<string, string>,
  ): Promise<CardAnswer>;
  /** The person types a message to the bot. */
  say(personId: string, text: string): Promise<CardAnswer>;
  /** The person blocks or unblocks the bot: writes then give 403 MessageWritesBlocked. */
  block(personId: string, blocked: boolean): void;
  /** Graph installed the app for the person: creates the chat and sends the install events. Idempotent. */
  install(personId: string): Promise<void>;
  uninstall(personId: string): Promise<void>;
  /** Every activity the bot ever sent, oldest first. */
  sent(): readonly ChatActivity[];
}

/** Things that happen and that people react to. Listeners must only schedule (world.clock.at), never act at once. */
export interface WorldHooks {
  mailDelivered: ((mail: SandboxMail) => void)[];
  activityDelivered: ((personId: string, activity: ChatActivity) => void)[];
  /** A calendar of this person changed (own act, invitation, app); subscriptions listen. */
  calendarChanged: ((
    ownerId: string,
    eventId: string,
    change: 'created' | 'updated' | 'deleted',
    by: string,
  ) => void)[];
}

export interface World {
  seed: number;
  tenantId: string;
  domain: string;
  clock: VirtualClock;
  rightsMode: RightsMode;
  people: Map<string, SandboxPerson>;
  groups: Map<string, SandboxGroup>;
  apps: Map<string, EntraApp>;
  exchangeAssignments: ExchangeRoleAssignment[];
  /** The app as published in the tenant's catalog; its id differs from the manifest id. */
  catalog: { id: string; externalId: string; displayName: string; version: string; clientId: string } | null;
  /** Person id -> installation id. */
  installations: Map<string, string>;
  exchange: Exchange;
  chats: Chats;
  hooks: WorldHooks;
  /** Origin of the sandbox's one port, e.g. http://127.0.0.1:4100. */
  origin: string;
  /** Where the bot's messaging endpoint is (loopback), and the public https host that notifications name. */
  product: { botEndpoint: string | null; publicHost: string | null; loopbackOrigin: string | null };
}
