import { CompiledQuery } from 'kysely';
import type { CardMessage } from '../contract/card-messages.ts';
import type { HeldState, SessionState, Side } from '../contract/vocabulary.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { FeedbackAnswer } from '../domain/sessions/feedback.ts';
import type { Instant } from '../domain/time/instant.ts';
import { json, type TenantTransaction } from './schema.ts';

/*
 * Answers arrive by the hundred right after the hour, each in a transaction of its own. What one costs is mostly the
 * number of statements and their making, so these three are written out.
 */

/** Whose session it is. */
export interface LockedPair {
  cohortId: string;
  mentorId: PersonId;
  menteeId: PersonId;
}

const LOCK = `select p.cohort_id, p.mentor_id, p.mentee_id
  from sessions s join pairs p on p.tenant_id = s.tenant_id and p.pair_id = s.pair_id
  where s.session_id = $1 for update of p`;

/** Locks the pair of a session until the end of the transaction; undefined without such a session. */
export async function lockPairOfSession(tx: TenantTransaction, sessionId: string): Promise<LockedPair | undefined> {
  const { rows } = await tx.executeQuery<LockedPair>(CompiledQuery.raw(LOCK, [sessionId]));
  return rows[0];
}

/** A session, and what was answered about it so far. */
export interface AnsweredSession {
  state: SessionState;
  endsAt: Instant;
  /** Version of the person's own answer; null without one. */
  version: number | null;
  /** What the others said about whether it took place. */
  others: boolean[];
}

const READ = `select s.state, s.ends_at,
    (select f.version from feedback f where f.tenant_id = s.tenant_id and f.session_id = s.session_id and f.person_id = $2),
    array(select f.took_place from feedback f where f.tenant_id = s.tenant_id and f.session_id = s.session_id and f.person_id <> $2) as others
  from sessions s where s.session_id = $1`;

/** Reads after the pair was locked, so that nothing of it changes before the transaction ends. */
export async function readAnsweredSession(
  tx: TenantTransaction,
  sessionId: string,
  personId: PersonId,
): Promise<AnsweredSession> {
  const { rows } = await tx.executeQuery<AnsweredSession>(CompiledQuery.raw(READ, [sessionId, personId]));
  return rows[0]!;
}

/*
 * A card that was never sent asks nobody any more; every other one about the session becomes the thank-you. The newest is
 * the one that people answer, and shows it already where the answer came from a card (Teams replaced it with our reply);
 * should it have been an older one, that one stays until it is opened. What is on its way or given up stays so.
 * The person's groups are those at the time of the first answer: who is moved later changes no group that was asked.
 */
const SAVE = `with answered as (
    insert into feedback (tenant_id, session_id, person_id, side, version, took_place, usefulness, next_topic, note, note_reader,
      answered_at, given_at, department, office)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11,
      (select department from people where tenant_id = $1 and person_id = $3),
      (select office_location from people where tenant_id = $1 and person_id = $3))
    on conflict (tenant_id, session_id, person_id) do update set version = excluded.version, took_place = excluded.took_place,
      usefulness = excluded.usefulness, next_topic = excluded.next_topic, note = excluded.note,
      note_reader = excluded.note_reader, answered_at = excluded.answered_at
  ), asked as (
    insert into feedback_requests (tenant_id, session_id, person_id, side, state, asked_at) values ($1, $2, $3, $4, 'answered', $11)
    on conflict (tenant_id, session_id, person_id) do update set state = 'answered', due_at = null
  ), held as (
    update sessions set held = $12, changed_at = $11 where session_id = $2
  ), cards as (
    select message_id, state = 'planned' and activity_id is null as is_dropped,
      state in ('undeliverable', 'dropped', 'sending', 'unknown') as is_left,
      $13::boolean and activity_id is not null and state in ('planned', 'sent') and subject_key = max(subject_key) over () as is_shown
    from messages where person_id = $3 and subject_key like 'feedback:' || $2::uuid || '%'
  )
  update messages m set kind = $14, data = $15, not_before = $11, attempts = 0, revision = revision + 1,
    shown_revision = case when is_shown then revision + 1 else shown_revision end,
    state = case when is_left then state when is_dropped then 'dropped' when is_shown then 'sent' else 'planned' end
  from cards where m.message_id = cards.message_id`;

/** Stores an answer, what it says about the session, and the thank-you in the place of the cards that asked. */
export async function saveFeedback(
  tx: TenantTransaction,
  row: {
    tenantId: TenantId;
    sessionId: string;
    personId: PersonId;
    side: Side;
    answer: FeedbackAnswer;
    version: number;
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
    ]),
  );
}
