import type { ColumnType, Generated } from 'kysely';
import type { HeldState, SessionState, Side, Topic } from '../../contract/vocabulary.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { WallTime, ZoneId } from '../../domain/time/instant.ts';
import type { At, Nullable, NullableAt } from './columns.ts';

export interface SeriesTable {
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
  everyMonths: Nullable<number>;
  count: number;
  state: 'planned' | 'sending' | 'unknown' | 'confirmed' | 'refused' | 'cancelled' | 'lost';
  key: string;
  eventId: Nullable<string>;
  icalUid: Nullable<string>;
  joinUrl: Nullable<string>;
  linkCheckedAt: NullableAt;
  /** When the executive's own copies are looked at next, to accept them for them; null: not, or not any more. */
  acceptDueAt: NullableAt;
  acceptTries: Generated<number>;
  fault: Nullable<string>;
  cause: Nullable<string>;
  /** Since when dates may stand in calendars though the organizer's mailbox is gone (reliability.md F38). */
  copiesLeftAt: NullableAt;
  createdAt: At;
  confirmedAt: NullableAt;
}

export interface SessionsTable {
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
  /** Which of its dates it stands at, from 1: one that did not take place may be held at another. */
  attempt: Generated<number>;
  topic: Nullable<Topic>;
  eventId: Nullable<string>;
  icalUid: Nullable<string>;
  movedBy: Nullable<string>;
  cause: Nullable<string>;
  locked: Generated<boolean>;
  wasMoved: Generated<boolean>;
  /** Moves by ourselves after the booking; at most two. */
  autoMoves: Generated<number>;
  /** What stands against the session now, from the last look; null: nothing. */
  disturbedBy: Nullable<string>;
  /** When the copy of each was first seen in their own calendar (full rights). */
  mentorCopySeenAt: NullableAt;
  menteeCopySeenAt: NullableAt;
  feedbackDueAt: NullableAt;
  changedAt: At;
}

/** What a calendar write needs beyond its series and session rows. */
export interface CalendarWriteData {
  /** Times of a moved date, or of one that takes the place of a lost one; milliseconds. */
  start?: number;
  end?: number;
  /** For `createDate`: how often a date was put in the place of this session's lost one, from 1. */
  round?: number;
  /** The event to be cancelled where it is not the session's own any more. */
  eventId?: string;
  /** Note of a cancellation. */
  comment?: string;
  /** Last day that stays, for `endSeries`. */
  lastDate?: string;
  /** Whom a card tells of the new time, and why, once it stands in the calendar. */
  tell?: { sides: Side[]; why?: 'conflict' | 'request' | 'notHeld' };
}

export interface CalendarWritesTable {
  tenantId: TenantId;
  writeId: string;
  /** The mailbox that is written to: the organizer's, of copies that of the one who was invited. */
  organizerId: PersonId;
  seriesId: string;
  sessionId: Nullable<string>;
  /**
   * `tag`: our property is put back on a series that lost it, once (reliability.md F32). `removeCopies`: what is left of a
   * series whose organizer's mailbox is gone leaves the calendar of one who asked for it (F38).
   */
  kind: 'create' | 'createDate' | 'moveDate' | 'cancelSeries' | 'cancelDate' | 'endSeries' | 'tag' | 'removeCopies';
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
  code: Nullable<string>;
  createdAt: At;
  doneAt: NullableAt;
}

export interface MailboxSendsTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  writeId: string;
  attempt: number;
  sentAt: At;
  messages: number;
}

export interface MailboxPausesTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  notBefore: At;
}

export interface SubscriptionsTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  subscriptionId: Nullable<string>;
  clientState: string;
  state: 'planned' | 'active' | 'pollingOnly' | 'removed';
  expiresAt: NullableAt;
  dueAt: At;
  code: Nullable<string>;
}

export interface MailboxMarksTable {
  tenantId: TenantId;
  mailboxId: PersonId;
  markedAt: NullableAt;
  /** What notifications named, by event id; null: anything in the mailbox may have changed. */
  markedEvents: ColumnType<Record<string, 1> | null, string | null | undefined, string | null>;
  readAt: NullableAt;
  /** When the calendars of everybody with a session in this mailbox were looked at last, over the whole horizon. */
  calendarsReadAt: NullableAt;
  dueAt: At;
}

/** Times that are offered in place of one session (product.md D4): asked once, answered with a click. */
export interface SessionOffersTable {
  tenantId: TenantId;
  sessionId: string;
  /** 1, 2, ...: a session may be disturbed more than once. */
  round: number;
  pairId: string;
  /** Why: `conflict`, `proposed`, `declined`, `notHeld`, ... */
  because: string;
  /** Starts, milliseconds; at most three. */
  starts: ColumnType<number[], string, string>;
  state: 'open' | 'answered' | 'skipped' | 'expired' | 'withdrawn';
  /** Who is asked now: the executive first, then the mentor. */
  askedOf: PersonId;
  askedAt: At;
  answerBy: At;
  chosen: Nullable<number>;
  answeredBy: Nullable<PersonId>;
  answeredAt: NullableAt;
}
