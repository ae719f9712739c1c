import type { NoteShare } from '../../contract/session-work.ts';
import type { ColumnType, Generated } from 'kysely';
import type { TrainingModule } from '../../contract/content.ts';
import type { Goal, Locale, PairState, ParticipantState, Side, Skill } from '../../contract/vocabulary.ts';
import type { MatchReason } from '../../domain/matching/reasons.ts';
import type { ScoreParts } from '../../domain/matching/settings.ts';
import type { BlockingPair, Unmatched } from '../../domain/matching/types.ts';
import type { PersonId, TenantId, WorkingHours } from '../../domain/people/person.ts';
import type { SlotOffer, SlotPreferences } from '../../domain/slots/types.ts';
import type { LocalDate, ZoneId } from '../../domain/time/instant.ts';
import type { At, Nullable, NullableAt } from './columns.ts';

export interface ProgramsTable {
  tenantId: TenantId;
  programId: string;
  name: string;
  mode: Generated<string>;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  createdAt: At;
}

export interface CohortsTable {
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
  /** Every so many months by weekday, in place of weeks. */
  everyMonths: Nullable<number>;
  firstWithinDays: number;
  maxMoved: number;
  tentativeIsFree: boolean;
  /** The agreement lets a session move by itself within its week when something is put over it. */
  movesAllowed: Generated<boolean>;
  /** Weeks in which no session is placed if there is another way: days, both included. */
  blackouts: ColumnType<{ from: LocalDate; to: LocalDate }[], string | undefined, string>;
  organizer: Generated<'programMailbox' | 'mentor'>;
  seed: Generated<number>;
  dueAt: NullableAt;
  createdBy: PersonId;
  /** Null: none is named, or they were erased. */
  safeContactId: Nullable<PersonId>;
  /** Modules that a mentor finishes before a pair starts. */
  requiredTraining: ColumnType<TrainingModule[], string | undefined, string>;
  createdAt: At;
}

/** What somebody has finished of the training, once for all cohorts. */
export interface FinishedModulesTable {
  tenantId: TenantId;
  personId: PersonId;
  module: TrainingModule;
  finishedAt: At;
}

/** What somebody wrote about a session, for the readers that they chose before (product.md E2). */
export interface SessionNotesTable {
  tenantId: TenantId;
  sessionId: string;
  personId: PersonId;
  share: NoteShare;
  text: string;
  writtenAt: At;
}

/** What one of a pair will try until they meet again (product.md E3). */
export interface SessionActionsTable {
  tenantId: TenantId;
  actionId: string;
  pairId: string;
  /** The session in which it was agreed. */
  sessionId: string;
  personId: PersonId;
  text: string;
  createdAt: At;
  doneAt: NullableAt;
}

/** Who asked their cohort's safe contact to get in touch, at most once a day. */
export interface ContactRequestsTable {
  tenantId: TenantId;
  cohortId: string;
  personId: PersonId;
  /** Who was the safe contact then: a later one never learns of it. */
  contactId: PersonId;
  /** UTC. */
  askedOn: LocalDate;
}

export interface ParticipantsTable {
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
  motivation: Nullable<string>;
  locale: Generated<Locale>;
  timeZone: Generated<ZoneId>;
  timeZoneNote: Nullable<string>;
  workingHours: ColumnType<WorkingHours | null, string | null | undefined, string | null>;
  preferences: ColumnType<SlotPreferences, string | undefined, string>;
  calendar: Generated<'unknown' | 'readable' | 'pending' | 'none'>;
  trainedAt: NullableAt;
  invitedAt: NullableAt;
  joinedAt: NullableAt;
  asks: Generated<number>;
  preparedAt: NullableAt;
  dueAt: NullableAt;
  remindedAt: NullableAt;
}

export interface MatchRunsTable {
  tenantId: TenantId;
  runId: string;
  cohortId: string;
  at: At;
  seats: number;
  worst: Nullable<number>;
  total: number;
  blockingPairs: number;
  unmatched: ColumnType<Unmatched[], string, string>;
  /** A digest of what it was computed from (readMatchingBasis); null for runs of before it was kept. */
  basis: Nullable<string>;
  /** The first pairs who would both prefer each other. */
  blocking: ColumnType<BlockingPair[], string | undefined, string>;
}

/** What the administrator wishes of two people of a cohort. */
export interface MatchWishesTable {
  tenantId: TenantId;
  cohortId: string;
  menteeId: PersonId;
  mentorId: PersonId;
  wish: 'pinned' | 'forbidden';
  wishedAt: At;
  /** Why the last matching could not keep the pin; null: it did, or it is none. */
  refusedBy: Nullable<string>;
}

export interface PairsTable {
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
  answer: Nullable<string>;
  /** Version of the agreement to which each side said yes. */
  mentorAgreement: Nullable<number>;
  menteeAgreement: Nullable<number>;
}

export interface ProposalsTable {
  tenantId: TenantId;
  pairId: string;
  generation: number;
  offers: ColumnType<SlotOffer[], string, string>;
  state: 'open' | 'answered' | 'expired' | 'superseded';
  chosen: Nullable<number>;
  offeredAt: At;
  answerBy: At;
}
