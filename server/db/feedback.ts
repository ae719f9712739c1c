import { CompiledQuery } from 'kysely';
import type { CardMessage } from '../contract/card-messages.ts';
import type { HeldState, SessionState, Side } from '../contract/vocabulary.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { FeedbackAnswer } from '../domain/sessions/feedback.ts';
import type { Instant } from '../domain/time/instant.ts';
import { entryIdOf } from './run-log.ts';
import { at, json, type TenantTransaction } from './schema.ts';
import { SENT_AHEAD } from './tenancy.ts';

/** What of an answer its writer sees again. */
export const ANSWER_COLUMNS = [
  'tookPlace',
  'usefulness',
  'nextTopic',
  'note',
  'noteReader',
  'rightMatch',
  'safeToSpeak',
  'taughtBy',
] as const;

/*
 * Answers arrive by the hundred right after the hour, each in a transaction of its own. What one costs is mostly the
 * number of ways to the database and the making of statements: these are written out, and there are two ways.
 */

const LOCK = `${SENT_AHEAD}select from sessions s join pairs p on p.tenant_id = s.tenant_id and p.pair_id = s.pair_id
  where s.session_id = $1 for update of p`;
const READ = `select s.state, s.attempt, s.ends_at, s.number, p.pair_id, p.cohort_id, p.mentor_id, p.mentee_id, f.version,
    f.took_place as said, array(select o.took_place from feedback o
      where o.tenant_id = s.tenant_id and o.session_id = s.session_id and o.attempt = s.attempt and o.person_id <> $2) as others
  from sessions s join pairs p on p.tenant_id = s.tenant_id and p.pair_id = s.pair_id
  left join feedback f
    on f.tenant_id = s.tenant_id and f.session_id = s.session_id and f.attempt = s.attempt and f.person_id = $2
  where s.session_id = $1`;

/**
 * Subject of the card that asks about a session; its reminders have this and more behind a colon. Where the session is held
 * again, the question about the new date is another one. // => 'feedback:<id>', 'feedback:<id>#2'
 */
export const feedbackKey = ({ sessionId, attempt }: { sessionId: string; attempt: number }): string =>
  attempt === 1 ? `feedback:${sessionId}` : `feedback:${sessionId}#${attempt}`;

/** A session, whose it is, and what was answered so far about the date at which it stands. */
export interface AnsweredSession {
  state: SessionState;
  attempt: number;
  endsAt: Instant;
  /** Within its series. */
  number: number;
  pairId: string;
  cohortId: string;
  mentorId: PersonId;
  menteeId: PersonId;
  /** Version of the person's own answer; null without one. */
  version: number | null;
  /** Whether it took place, by the person's own answer; null without one. */
  said: boolean | null;
  /** What the others said about whether it took place. */
  others: boolean[];
}

/**
 * Locks the pair of a session until the end of the transaction, and then reads, in a statement of its own, so that it sees
 * what was stored while it waited for the lock. Undefined without such a session.
 */
export async function lockAnsweredSession(
  tx: TenantTransaction,
  sessionId: string,
  personId: PersonId,
): Promise<AnsweredSession | undefined> {
  await tx.executeQuery(CompiledQuery.raw(LOCK, [sessionId]));
  const { rows } = await tx.executeQuery<AnsweredSession>(CompiledQuery.raw(READ, [sessionId, personId]));
  return rows[0];
}

/*
 * A card that was never sent asks nobody any more; every other one about the session becomes the thank-you. The newest is
 * the one that people answer, and shows it already where the answer came from a card (Teams replaced it with our reply);
 * should it have been an older one, that one stays until it is opened. What is on its way or given up stays so.
 * The person's groups are those at the time of the first answer: who is moved later changes no group that was asked.
 */
const SAVE = `${SENT_AHEAD}with answered as (
    insert into feedback (tenant_id, session_id, person_id, attempt, side, version, took_place, usefulness, next_topic, note, note_reader,
      right_match, safe_to_speak, taught_by, answered_at, given_at, department, office)
    values ($1, $2, $3, $18, $4, $5, $6, $7, $8, $9, $10, $20, $21, $22, $11, $11,
      (select department from people where tenant_id = $1 and person_id = $3),
      (select office_location from people where tenant_id = $1 and person_id = $3))
    on conflict (tenant_id, session_id, person_id, attempt) do update set version = excluded.version, took_place = excluded.took_place,
      usefulness = excluded.usefulness, next_topic = excluded.next_topic, note = excluded.note,
      note_reader = excluded.note_reader, right_match = excluded.right_match, safe_to_speak = excluded.safe_to_speak,
      taught_by = excluded.taught_by, answered_at = excluded.answered_at
  ), asked as (
    insert into feedback_requests (tenant_id, session_id, person_id, attempt, side, state, asked_at)
    values ($1, $2, $3, $18, $4, 'answered', $11)
    on conflict (tenant_id, session_id, person_id, attempt) do update set state = 'answered', due_at = null
  ), held as (
    update sessions set held = $12, changed_at = $11 where session_id = $2
  ), logged as (
    insert into run_log (tenant_id, entry_id, at, cohort_id, kind, subject_id)
    select $1, $16::uuid, $11, $17::uuid, 'feedbackReceived', $2 where $5 = 1
    on conflict do nothing
  ), cards as (
    select message_id, state = 'planned' and activity_id is null as is_dropped,
      state in ('undeliverable', 'dropped', 'sending', 'unknown') as is_left,
      $13::boolean and activity_id is not null and state in ('planned', 'sent') and subject_key = max(subject_key) over () as is_shown
    from messages where person_id = $3 and (subject_key = $19 or subject_key like $19 || ':%')
  )
  update messages m set kind = $14, data = $15, not_before = $11, attempts = 0, revision = revision + 1,
    shown_revision = case when is_shown then revision + 1 else shown_revision end,
    state = case when is_left then state when is_dropped then 'dropped' when is_shown then 'sent' else 'planned' end
  from cards where m.message_id = cards.message_id`;

/**
 * Stores an answer, what it says about the session, what replaces the cards that asked, and, the first time, that there is
 * one. Goes out with the commit, which fails where this does.
 */
export async function saveFeedback(
  tx: TenantTransaction,
  row: {
    tenantId: TenantId;
    sessionId: string;
    personId: PersonId;
    attempt: number;
    side: Side;
    answer: FeedbackAnswer;
    version: number;
    cohortId: string;
    held: HeldState;
    thanks: CardMessage;
    /** The answer came from a card, which shows the thank-you already. */
    isShown: boolean;
    now: Instant;
  },
): Promise<void> {
  const { answer, thanks } = row;
  await tx.executeQuery(
    CompiledQuery.raw(SAVE, [
      row.tenantId,
      row.sessionId,
      row.personId,
      row.side,
      row.version,
      answer.tookPlace,
      answer.usefulness,
      answer.nextTopic,
      answer.note,
      answer.noteReader,
      new Date(row.now),
      row.held,
      row.isShown,
      thanks.kind,
      json(thanks),
      entryIdOf({ at: row.now, kind: 'feedbackReceived', subjectId: row.sessionId }),
      row.cohortId,
      row.attempt,
      feedbackKey(row),
      answer.rightMatch,
      answer.safeToSpeak,
      answer.taughtBy,
    ]),
  );
}

/** Sessions about whose present date somebody has answered. */
export async function loadAnsweredSessions(tx: TenantTransaction, personId: PersonId): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('feedback')
    .innerJoin('sessions', (join) =>
      join.onRef('sessions.sessionId', '=', 'feedback.sessionId').onRef('sessions.attempt', '=', 'feedback.attempt'),
    )
    .select('feedback.sessionId')
    .where('feedback.personId', '=', personId)
    .execute();
  return new Set(rows.map(({ sessionId }) => sessionId));
}

/** What a person answered about a session at the date at which it stands. */
export const findAnswer = (
  tx: TenantTransaction,
  { sessionId, attempt }: { sessionId: string; attempt: number },
  personId: PersonId,
): Promise<FeedbackAnswer | undefined> =>
  tx
    .selectFrom('feedback')
    .select(ANSWER_COLUMNS)
    .where('sessionId', '=', sessionId)
    .where('attempt', '=', attempt)
    .where('personId', '=', personId)
    .executeTakeFirst();

/** Changes what a person said to "is this pair right": a new version of their answer, with everything else as it was. */
export async function saveWish(
  tx: TenantTransaction,
  input: { sessionId: string; attempt: number; personId: PersonId; now: Instant },
): Promise<void> {
  await tx
    .updateTable('feedback')
    .set((eb) => ({ rightMatch: 'another' as const, version: eb('version', '+', 1), answeredAt: at(input.now) }))
    .where('sessionId', '=', input.sessionId)
    .where('attempt', '=', input.attempt)
    .where('personId', '=', input.personId)
    .where('tookPlace', '=', true)
    .execute();
}
