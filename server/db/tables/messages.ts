import type { ColumnType, Generated } from 'kysely';
import type { CardMessage } from '../../contract/card-messages.ts';
import type { Locale, NoteReader, RightMatch, Side, Teacher, Topic } from '../../contract/vocabulary.ts';
import type { PublishedComments, PublishedScores, PublishedTopics } from '../../domain/evaluation/publish-answers.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { At, Nullable, NullableAt } from './columns.ts';

export interface ConversationsTable {
  tenantId: TenantId;
  personId: PersonId;
  conversationId: string;
  serviceUrl: string;
  installedAt: At;
  welcomedAt: NullableAt;
  blockedAt: NullableAt;
  stoppedAt: NullableAt;
  locale: Nullable<Locale>;
}

export interface InstallationsTable {
  tenantId: TenantId;
  personId: PersonId;
  state: 'planned' | 'done' | 'refused';
  notBefore: NullableAt;
  attempts: Generated<number>;
  code: Nullable<string>;
}

export interface MessagesTable {
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
  activityId: Nullable<string>;
  conversationId: Nullable<string>;
  revision: Generated<number>;
  shownRevision: Generated<number>;
  code: Nullable<string>;
  createdAt: At;
  sentAt: NullableAt;
}

/** Cards on their way, and sent in the last hour. */
export interface MessageSendsTable {
  tenantId: TenantId;
  messageId: string;
  fence: number;
  sentAt: At;
  answeredAt: NullableAt;
}

export interface FeedbackRequestsTable {
  tenantId: TenantId;
  sessionId: string;
  personId: PersonId;
  side: Side;
  /** Of the session's dates, from 1, the one that it is about. */
  attempt: Generated<number>;
  /** When that date was, once the session stands at another; null: where the session stands. */
  sessionStart: NullableAt;
  state: 'planned' | 'asked' | 'answered' | 'closed' | 'skipped';
  skippedBecause: Nullable<string>;
  dueAt: NullableAt;
  askedAt: NullableAt;
  closesAt: NullableAt;
  reminders: Generated<number>;
}

export interface FeedbackTable {
  tenantId: TenantId;
  sessionId: string;
  personId: PersonId;
  side: Side;
  /** Of the session's dates, from 1, the one that it is about. */
  attempt: Generated<number>;
  /** When that date was, once the session stands at another; null: where the session stands. */
  sessionStart: NullableAt;
  version: number;
  tookPlace: boolean;
  usefulness: Nullable<number>;
  nextTopic: Nullable<Topic>;
  note: Nullable<string>;
  noteReader: Nullable<NoteReader>;
  /** Of the pulse: no view but the writer's own reads these, but for `another`, which is told of the pair. */
  rightMatch: Nullable<RightMatch>;
  safeToSpeak: Nullable<number>;
  taughtBy: Nullable<Teacher>;
  /** When it was given for the first time; `answeredAt`: as it stands. */
  givenAt: At;
  answeredAt: At;
  /** The person's groups when it was given; null: none, or erased. */
  department: Nullable<string>;
  office: Nullable<string>;
  /** The closed weeks with which its score, topic and comment were published; null: not yet. */
  scoresWeek: NullableAt;
  topicsWeek: NullableAt;
  commentsWeek: NullableAt;
}

/** What was published of a cohort's answers with a closed week: nothing of an individual, and never changed. */
export interface FeedbackSnapshotsTable {
  tenantId: TenantId;
  cohortId: string;
  kind: 'scores' | 'topics' | 'comments';
  week: At;
  content: ColumnType<PublishedScores | PublishedTopics | PublishedComments, string, never>;
}

export interface RunLogTable {
  tenantId: TenantId;
  entryId: string;
  at: At;
  cohortId: Nullable<string>;
  kind: string;
  subjectId: Nullable<string>;
  detail: ColumnType<Record<string, string | number>, string | undefined, string>;
}
