import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Instant } from '../domain/time/instant.ts';
import type * as calendar from './tables/calendar.ts';
import type * as messages from './tables/messages.ts';
import type * as organization from './tables/organization.ts';
import type * as program from './tables/program.ts';

/*
 * The tables as the code sees them (names in camelCase; see migrations/ for the truth). Instants are read as
 * milliseconds and written through `at()`; JSON is read as objects and written as text (`json()`).
 */
export interface Schema {
  tenants: organization.TenantsTable;
  administrators: organization.AdministratorsTable;
  people: organization.PeopleTable;
  assistants: organization.AssistantsTable;
  erasures: organization.ErasuresTable;
  departmentCounts: organization.DepartmentCountsTable;
  syncStates: organization.SyncStatesTable;
  programs: program.ProgramsTable;
  cohorts: program.CohortsTable;
  participants: program.ParticipantsTable;
  contactRequests: program.ContactRequestsTable;
  finishedModules: program.FinishedModulesTable;
  conversations: messages.ConversationsTable;
  installations: messages.InstallationsTable;
  matchRuns: program.MatchRunsTable;
  matchWishes: program.MatchWishesTable;
  pairs: program.PairsTable;
  proposals: program.ProposalsTable;
  series: calendar.SeriesTable;
  sessions: calendar.SessionsTable;
  sessionOffers: calendar.SessionOffersTable;
  sessionNotes: program.SessionNotesTable;
  sessionActions: program.SessionActionsTable;
  calendarWrites: calendar.CalendarWritesTable;
  mailboxSends: calendar.MailboxSendsTable;
  mailboxPauses: calendar.MailboxPausesTable;
  messages: messages.MessagesTable;
  messageSends: messages.MessageSendsTable;
  feedbackRequests: messages.FeedbackRequestsTable;
  feedback: messages.FeedbackTable;
  feedbackSnapshots: messages.FeedbackSnapshotsTable;
  subscriptions: calendar.SubscriptionsTable;
  mailboxMarks: calendar.MailboxMarksTable;
  runLog: messages.RunLogTable;
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
/**
 * One of many values, to compare with `=`: ONE parameter however many they are, so that it stays one statement, which the
 * database prepares once. None are equal to nothing.
 */
export const anyOf = <T>(values: Iterable<T>): RawBuilder<T> => sql<T>`any(${[...values]})`;
/** A value for a jsonb column. */
export const json = (value: unknown): string => JSON.stringify(value);
