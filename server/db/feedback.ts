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
 * Answers arrive by the hundred right after the hour and are stored many at a time. What one costs is mostly the number of
 * ways to the database and the making of statements: these are written out, and there are two ways for a whole group.
 * `offset 0` keeps each row's look-up by its key: without statistics, which the embedded database never gathers, whole
 * tables of the tenant would be joined instead.
 */

/** In one order whoever asks, so that two groups never wait for each other. */
const LOCK = `${SENT_AHEAD}select from pairs p where p.pair_id = any(array(
    select s.pair_id from unnest($1::uuid[]) as a (session_id)
    cross join lateral (select pair_id from sessions where session_id = a.session_id offset 0) s))
  order by p.pair_id for update`;
const READ = `select a.index, s.state, s.attempt, s.ends_at, s.number, p.pair_id, p.cohort_id, p.mentor_id, p.mentee_id, f.version,
    f.took_place as said, array(select o.took_place from feedback o
      where o.tenant_id = s.tenant_id and o.session_id = s.session_id and o.attempt = s.attempt and o.person_id <> a.person_id) as others
  from unnest($1::uuid[], $2::uuid[]) with ordinality as a (session_id, person_id, index)
  cross join lateral (select tenant_id, session_id, pair_id, state, attempt, ends_at, number from sessions where session_id = a.session_id offset 0) s
  cross join lateral (select pair_id, cohort_id, mentor_id, mentee_id from pairs where tenant_id = s.tenant_id and pair_id = s.pair_id offset 0) p
  left join lateral (select version, took_place from feedback where tenant_id = s.tenant_id and session_id = s.session_id
    and attempt = s.attempt and person_id = a.person_id offset 0) f on true`;

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
 * Locks the pairs of sessions until the end of the transaction, and then reads, in a statement of its own, so that it sees
 * what was stored while it waited for the locks. In the order of what is asked; undefined without such a session.
 */
export async function lockAnsweredSessions(
  tx: TenantTransaction,
  asked: readonly { sessionId: string; personId: PersonId }[],
): Promise<(AnsweredSession | undefined)[]> {
  const sessionIds = asked.map(({ sessionId }) => sessionId);
  const personIds = asked.map(({ personId }) => personId);
  await tx.executeQuery(CompiledQuery.raw(LOCK, [sessionIds]));
  const { rows } = await tx.executeQuery<AnsweredSession & { index: number }>(
    CompiledQuery.raw(READ, [sessionIds, personIds]),
  );
  const found = new Map(rows.map(({ index, ...session }) => [index, session]));
  return asked.map((_, index) => found.get(index + 1));
}

/*
 * A card that was never sent asks nobody any more; every other one about the session becomes the thank-you. The newest is
 * the one that people answer, and shows it already where the answer came from a card (Teams replaced it with our reply);
 * should it have been an older one, that one stays until it is opened. What is on its way or given up stays so.
 * The person's groups are those at the time of the first answer: who is moved later changes no group that was asked.
 */
const SAVE = `${SENT_AHEAD}with given as (
    select * from jsonb_to_recordset($2::jsonb) as a (session_id uuid, person_id uuid, attempt integer, side text, version integer,
      took_place boolean, usefulness integer, next_topic text, note text, note_reader text, right_match text, safe_to_speak integer,
      taught_by text, at timestamptz, held text, is_shown boolean, kind text, thanks jsonb, entry_id uuid, cohort_id uuid, subject_key text)
  ), answered as (
    insert into feedback (tenant_id, session_id, person_id, attempt, side, version, took_place, usefulness, next_topic, note, note_reader,
      right_match, safe_to_speak, taught_by, answered_at, given_at, department, office)
    select $1, a.session_id, a.person_id, a.attempt, a.side, a.version, a.took_place, a.usefulness, a.next_topic, a.note, a.note_reader,
      a.right_match, a.safe_to_speak, a.taught_by, a.at, a.at, p.department, p.office_location
    from given a
    left join lateral (select department, office_location from people where tenant_id = $1 and person_id = a.person_id offset 0) p on true
    on conflict (tenant_id, session_id, person_id, attempt) do update set version = excluded.version, took_place = excluded.took_place,
      usefulness = excluded.usefulness, next_topic = excluded.next_topic, note = excluded.note,
      note_reader = excluded.note_reader, right_match = excluded.right_match, safe_to_speak = excluded.safe_to_speak,
      taught_by = excluded.taught_by, answered_at = excluded.answered_at
  ), asked as (
    insert into feedback_requests (tenant_id, session_id, person_id, attempt, side, state, asked_at)
    select $1, session_id, person_id, attempt, side, 'answered', at from given
    on conflict (tenant_id, session_id, person_id, attempt) do update set state = 'answered', due_at = null
  ), held as (
    update sessions s set held = a.held, changed_at = a.at from given a
    where s.tenant_id = $1 and s.session_id = a.session_id and s.session_id = any(array(select session_id from given))
  ), logged as (
    insert into run_log (tenant_id, entry_id, at, cohort_id, kind, subject_id)
    select $1, entry_id, at, cohort_id, 'feedbackReceived', session_id from given where version = 1
    on conflict do nothing
  ), cards as (
    select m.message_id, a.kind, a.thanks, a.at, m.state = 'planned' and m.activity_id is null as is_dropped,
      m.state in ('undeliverable', 'dropped', 'sending', 'unknown') as is_left,
      a.is_shown and m.activity_id is not null and m.state in ('planned', 'sent')
        and m.subject_key = max(m.subject_key) over (partition by a.session_id) as is_shown
    from given a
    cross join lateral (select message_id, state, activity_id, subject_key from messages where tenant_id = $1 and person_id = a.person_id
      and (subject_key = a.subject_key or subject_key like a.subject_key || ':%') offset 0) m
  )
  update messages m set kind = cards.kind, data = cards.thanks, not_before = cards.at, attempts = 0, revision = revision + 1,
    shown_revision = case when is_shown then revision + 1 else shown_revision end,
    state = case when is_left then state when is_dropped then 'dropped' when is_shown then 'sent' else 'planned' end
  from cards
  where m.tenant_id = $1 and m.message_id = cards.message_id and m.message_id = any(array(select message_id from cards))`;

/** An answer to be stored, what it says about the session, and what replaces the cards that asked. */
export interface AnswerRow {
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
}

/**
 * Stores answers, at most one about each session, and logs that there is one where it is the first of that person. Goes out
 * with the next statement of the transaction, which fails where this does.
 */
export async function saveAnswers(
  tx: TenantTransaction,
  tenantId: TenantId,
  rows: readonly AnswerRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.executeQuery(CompiledQuery.raw(SAVE, [tenantId, json(rows.map(recordOf))]));
}

/** A row under the names that the statement reads. */
const recordOf = ({ answer, thanks, ...row }: AnswerRow) => ({
  session_id: row.sessionId,
  person_id: row.personId,
  attempt: row.attempt,
  side: row.side,
  version: row.version,
  took_place: answer.tookPlace,
  usefulness: answer.usefulness,
  next_topic: answer.nextTopic,
  note: answer.note,
  note_reader: answer.noteReader,
  right_match: answer.rightMatch,
  safe_to_speak: answer.safeToSpeak,
  taught_by: answer.taughtBy,
  at: new Date(row.now),
  held: row.held,
  is_shown: row.isShown,
  kind: thanks.kind,
  thanks,
  entry_id: entryIdOf({ at: row.now, kind: 'feedbackReceived', subjectId: row.sessionId }),
  cohort_id: row.cohortId,
  subject_key: feedbackKey(row),
});

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
