import { sql, type ColumnType, type Generated, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { CardMessage } from '../contract/card-messages.ts';
import type {
  Goal,
  HeldState,
  Locale,
  NoteReader,
  PairState,
  ParticipantState,
  SessionState,
  Side,
  Skill,
  Topic,
} from '../contract/vocabulary.ts';
import type { MatchReason } from '../domain/matching/reasons.ts';
import type { ScoreParts } from '../domain/matching/settings.ts';
import type { Unmatched } from '../domain/matching/types.ts';
import type { PersonId, TenantId, WorkingHours } from '../domain/people/person.ts';
import type { SlotOffer } from '../domain/slots/types.ts';
import type { Instant, LocalDate, WallTime, ZoneId } from '../domain/time/instant.ts';

/*
 * The tables as the code sees them (names in camelCase; see migrations/ for the truth). Instants are read as
 * milliseconds and written through `at()`; JSON is read as objects and written as text (`json()`).
 */
type At = Instant;
type NullableAt = ColumnType<Instant | null, Instant | null | undefined, Instant | null>;

/** What a calendar write needs beyond its series and session rows. */
export interface CalendarWriteData {
  /** Times of a moved date, milliseconds. */
  start?: number;
  end?: number;
  /** Note of a cancellation. */
  comment?: string;
  /** Last day that stays, for `endSeries`. */
  lastDate?: string;
}

interface TenantsTable {
  tenantId: TenantId;
  salt: string;
  status: Generated<'active' | 'parked' | 'suspended'>;
  parkedReason: ColumnType<string | null, string | null | undefined, string | null>;
  writesStopped: Generated<boolean>;
  catalogAppId: ColumnType<string | null, string | null | undefined, string | null>;
  programMailboxId: ColumnType<PersonId | null, PersonId | null | undefined, PersonId | null>;
  createdAt: At;
}

interface AdministratorsTable {
  tenantId: TenantId;
  personId: PersonId;
  addedAt: At;
}

interface PeopleTable {
  tenantId: TenantId;
  personId: PersonId;
  displayName: string;
  mail: ColumnType<string | null, string | null | undefined, string | null>;
  jobTitle: ColumnType<string | null, string | null | undefined, string | null>;
  department: ColumnType<string | null, string | null | undefined, string | null>;
  officeLocation: ColumnType<string | null, string | null | undefined, string | null>;
  country: ColumnType<string | null, string | null | undefined, string | null>;
  preferredLanguage: ColumnType<string | null, string | null | undefined, string | null>;
  accountEnabled: boolean;
  isGuest: boolean;
  managerId: ColumnType<PersonId | null, PersonId | null | undefined, PersonId | null>;
  removedAt: NullableAt;
  seenAt: At;
}

interface DepartmentCountsTable {
  tenantId: TenantId;
  department: string;
  people: number;
}

interface SyncStatesTable {
  tenantId: TenantId;
  kind: string;
  deltaLink: ColumnType<string | null, string | null | undefined, string | null>;
  dueAt: At;
  finishedAt: NullableAt;
}

interface ProgramsTable {
  tenantId: TenantId;
  programId: string;
  name: string;
  mode: Generated<string>;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  createdAt: At;
}

interface CohortsTable {
  tenantId: TenantId;
  cohortId: string;
  programId: string;
  name: string;
  state: Generated<'draft' | 'inviting' | 'matched' | 'running' | 'closed'>;
  automatic: Generated<boolean>;
  menteeGroupId: string;
  mentorGroupId: string;
  startsOn: LocalDate;
  sessions: number;
  minutes: number;
  everyWeeks: number;
  firstWithinDays: number;
  maxMoved: number;
  tentativeIsFree: boolean;
  organizer: Generated<'programMailbox' | 'mentor'>;
  seed: Generated<number>;
  dueAt: NullableAt;
  createdBy: PersonId;
  createdAt: At;
}

interface ParticipantsTable {
  tenantId: TenantId;
  cohortId: string;
  personId: PersonId;
  side: Side;
  state: ParticipantState;
  seats: Generated<number>;
  skills: ColumnType<Skill[], string | undefined, string>;
  goals: ColumnType<Goal[], string | undefined, string>;
  interests: ColumnType<string[], string | undefined, string>;
  languages: ColumnType<string[], string | undefined, string>;
  motivation: ColumnType<string | null, string | null | undefined, string | null>;
  locale: Generated<Locale>;
  timeZone: Generated<ZoneId>;
  timeZoneNote: ColumnType<string | null, string | null | undefined, string | null>;
  workingHours: ColumnType<WorkingHours | null, string | null | undefined, string | null>;
  calendar: Generated<'unknown' | 'readable' | 'pending' | 'none'>;
  trainedAt: NullableAt;
  invitedAt: NullableAt;
  joinedAt: NullableAt;
  asks: Generated<number>;
  preparedAt: NullableAt;
  dueAt: NullableAt;
  remindedAt: NullableAt;
}

interface ConversationsTable {
  tenantId: TenantId;
  personId: PersonId;
  conversationId: string;
  serviceUrl: string;
  installedAt: At;
  welcomedAt: NullableAt;
  blockedAt: NullableAt;
  stoppedAt: NullableAt;
  locale: ColumnType<Locale | null, Locale | null | undefined, Locale | null>;
}

interface InstallationsTable {
  tenantId: TenantId;
  personId: PersonId;
  state: 'planned' | 'done' | 'refused';
  notBefore: NullableAt;
  attempts: Generated<number>;
  code: ColumnType<string | null, string | null | undefined, string | null>;
}

interface MatchRunsTable {
  tenantId: TenantId;
  runId: string;
  cohortId: string;
  at: At;
  seats: number;
  worst: ColumnType<number | null, number | null | undefined, number | null>;
  total: number;
  blockingPairs: number;
  unmatched: ColumnType<Unmatched[], string, string>;
}

interface PairsTable {
  tenantId: TenantId;
  pairId: string;
  cohortId: string;
  mentorId: PersonId;
  menteeId: PersonId;
  generation: number;
  state: PairState;
  score: number;
  parts: ColumnType<ScoreParts, string, string>;
  reasons: ColumnType<MatchReason[], string, string>;
  agreedAt: NullableAt;
  stateSince: At;
  dueAt: NullableAt;
  remindedAt: NullableAt;
  slotSearches: Generated<number>;
  answer: ColumnType<string | null, string | null | undefined, string | null>;
}

interface ProposalsTable {
  tenantId: TenantId;
  pairId: string;
  generation: number;
  offers: ColumnType<SlotOffer[], string, string>;
  state: 'open' | 'answered' | 'expired' | 'superseded';
  chosen: ColumnType<number | null, number | null | undefined, number | null>;
  offeredAt: At;
  answerBy: At;
}

interface SeriesTable {
  tenantId: TenantId;
  seriesId: string;
  pairId: string;
  generation: number;
  organizerId: PersonId;
  subject: string;
  timeZone: ZoneId;
  firstStart: WallTime;
  minutes: number;
  everyWeeks: number;
  count: number;
  state: 'planned' | 'sending' | 'unknown' | 'confirmed' | 'refused' | 'cancelled' | 'lost';
  key: string;
  eventId: ColumnType<string | null, string | null | undefined, string | null>;
  icalUid: ColumnType<string | null, string | null | undefined, string | null>;
  joinUrl: ColumnType<string | null, string | null | undefined, string | null>;
  linkCheckedAt: NullableAt;
  fault: ColumnType<string | null, string | null | undefined, string | null>;
  cause: ColumnType<string | null, string | null | undefined, string | null>;
  createdAt: At;
  confirmedAt: NullableAt;
}

interface SessionsTable {
  tenantId: TenantId;
  sessionId: string;
  seriesId: string;
  pairId: string;
  number: number;
  originalStart: At;
  startsAt: At;
  endsAt: At;
  plannedStart: At;
  state: SessionState;
  held: Generated<HeldState>;
  topic: ColumnType<Topic | null, Topic | null | undefined, Topic | null>;
  eventId: ColumnType<string | null, string | null | undefined, string | null>;
  icalUid: ColumnType<string | null, string | null | undefined, string | null>;
  movedBy: ColumnType<string | null, string | null | undefined, string | null>;
  cause: ColumnType<string | null, string | null | undefined, string | null>;
  locked: Generated<boolean>;
  wasMoved: Generated<boolean>;
  feedbackDueAt: NullableAt;
  changedAt: At;
}

interface CalendarWritesTable {
  tenantId: TenantId;
  writeId: string;
  organizerId: PersonId;
  seriesId: string;
  sessionId: ColumnType<string | null, string | null | undefined, string | null>;
  kind: 'create' | 'moveDate' | 'cancelSeries' | 'cancelDate' | 'endSeries';
  state: 'planned' | 'sending' | 'unknown' | 'confirmed' | 'refused';
  data: ColumnType<CalendarWriteData, string | undefined, string>;
  messages: Generated<number>;
  notBefore: At;
  attempts: Generated<number>;
  emptyReads: Generated<number>;
  emptyReadAt: NullableAt;
  unknownSince: NullableAt;
  leaseUntil: NullableAt;
  fence: Generated<number>;
  code: ColumnType<string | null, string | null | undefined, string | null>;
  createdAt: At;
  doneAt: NullableAt;
}

interface MailboxSendsTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  writeId: string;
  attempt: number;
  sentAt: At;
  messages: number;
}

interface MailboxPausesTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  notBefore: At;
}

interface MessagesTable {
  tenantId: TenantId;
  messageId: string;
  personId: PersonId;
  subjectKey: string;
  kind: string;
  data: ColumnType<CardMessage, string, string>;
  state: 'planned' | 'sending' | 'sent' | 'unknown' | 'undeliverable' | 'dropped';
  notBefore: At;
  attempts: Generated<number>;
  leaseUntil: NullableAt;
  fence: Generated<number>;
  activityId: ColumnType<string | null, string | null | undefined, string | null>;
  conversationId: ColumnType<string | null, string | null | undefined, string | null>;
  revision: Generated<number>;
  shownRevision: Generated<number>;
  code: ColumnType<string | null, string | null | undefined, string | null>;
  createdAt: At;
  sentAt: NullableAt;
}

interface FeedbackRequestsTable {
  tenantId: TenantId;
  sessionId: string;
  personId: PersonId;
  side: Side;
  state: 'planned' | 'asked' | 'answered' | 'closed' | 'skipped';
  skippedBecause: ColumnType<string | null, string | null | undefined, string | null>;
  dueAt: NullableAt;
  askedAt: NullableAt;
  closesAt: NullableAt;
  reminders: Generated<number>;
}

interface FeedbackTable {
  tenantId: TenantId;
  sessionId: string;
  personId: PersonId;
  side: Side;
  version: number;
  tookPlace: boolean;
  usefulness: ColumnType<number | null, number | null | undefined, number | null>;
  nextTopic: ColumnType<Topic | null, Topic | null | undefined, Topic | null>;
  note: ColumnType<string | null, string | null | undefined, string | null>;
  noteReader: ColumnType<NoteReader | null, NoteReader | null | undefined, NoteReader | null>;
  answeredAt: At;
}

interface SubscriptionsTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  subscriptionId: ColumnType<string | null, string | null | undefined, string | null>;
  clientState: string;
  state: 'planned' | 'active' | 'pollingOnly' | 'removed';
  expiresAt: NullableAt;
  dueAt: At;
  code: ColumnType<string | null, string | null | undefined, string | null>;
}

interface MailboxMarksTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  markedAt: NullableAt;
  readAt: NullableAt;
  dueAt: At;
}

interface RunLogTable {
  tenantId: TenantId;
  entryId: string;
  at: At;
  cohortId: ColumnType<string | null, string | null | undefined, string | null>;
  kind: string;
  subjectId: ColumnType<string | null, string | null | undefined, string | null>;
  detail: ColumnType<Record<string, string | number>, string | undefined, string>;
}

export interface Schema {
  tenants: TenantsTable;
  administrators: AdministratorsTable;
  people: PeopleTable;
  departmentCounts: DepartmentCountsTable;
  syncStates: SyncStatesTable;
  programs: ProgramsTable;
  cohorts: CohortsTable;
  participants: ParticipantsTable;
  conversations: ConversationsTable;
  installations: InstallationsTable;
  matchRuns: MatchRunsTable;
  pairs: PairsTable;
  proposals: ProposalsTable;
  series: SeriesTable;
  sessions: SessionsTable;
  calendarWrites: CalendarWritesTable;
  mailboxSends: MailboxSendsTable;
  mailboxPauses: MailboxPausesTable;
  messages: MessagesTable;
  feedbackRequests: FeedbackRequestsTable;
  feedback: FeedbackTable;
  subscriptions: SubscriptionsTable;
  mailboxMarks: MailboxMarksTable;
  runLog: RunLogTable;
}

/** The database, outside any tenant: no table can be read through it (see inTenant). */
export type Database = Kysely<Schema>;
/** A transaction that sees one tenant. */
export type TenantTransaction = Transaction<Schema>;

/** An instant as a value for statements; a bare number would be refused by the database. */
export const at = (instant: Instant): RawBuilder<Instant> => sql<Instant>`${new Date(instant)}::timestamptz`;
/** The same for a column that may be empty. */
export const atOrNull = (instant: Instant | null): RawBuilder<Instant> | null =>
  instant === null ? null : at(instant);
/** A value for a jsonb column. */
export const json = (value: unknown): string => JSON.stringify(value);
