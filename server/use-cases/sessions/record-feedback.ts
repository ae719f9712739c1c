import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import type { Side } from '../../contract/vocabulary.ts';
import { dropMessage, queueMessage } from '../../db/messages.ts';
import { findPair } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, updateSession } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { heldFromAnswers, judgeFeedback, readAnswer, type FeedbackAnswer } from '../../domain/sessions/feedback.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

/**
 * Stores one person's answer about one session, whether it came by card, tab or pane: one row per person and session,
 * an edit replaces it while the form is open. Resolves only after the commit, so "thanks" can be said then (R9).
 * Throws `notFound` for somebody else's session, `closed` with a reason when it is too early, too late or the session
 * did not stand.
 */
export async function recordFeedback(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  input: { tenantId: TenantId; personId: PersonId; sessionId: string; body: FeedbackBody; via: 'card' | 'page' },
): Promise<{ isEdit: boolean; thanks: CardMessage }> {
  const { tenantId, personId, sessionId, body } = input;
  const now = clock.now();
  const done = await inTenant(db, tenantId, async (tx) => {
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const pair = session ? await findPair(tx, session.pairId, true) : undefined;
    if (!session || !pair || (pair.mentorId !== personId && pair.menteeId !== personId)) throw new AppError('notFound');
    const side: Side = pair.mentorId === personId ? 'mentor' : 'mentee';
    const before = await tx
      .selectFrom('feedback')
      .select('version')
      .where('sessionId', '=', sessionId)
      .where('personId', '=', personId)
      .executeTakeFirst();
    const verdict = judgeFeedback(session, now);
    if (verdict !== 'open') throw new AppError('closed', { reason: verdict });
    const given = readAnswer(body);
    if (given.outcome === 'blankNote') throw badInput('note', 'holds no visible text');
    await saveAnswer(tx, {
      tenantId,
      sessionId,
      personId,
      side,
      answer: given.answer,
      version: (before?.version ?? 0) + 1,
      now,
    });
    await closeRequest(tx, { tenantId, sessionId, personId, side, now });
    const answers = await tx.selectFrom('feedback').select('tookPlace').where('sessionId', '=', sessionId).execute();
    await updateSession(tx, sessionId, { held: heldFromAnswers(answers.map((answer) => answer.tookPlace)), now });
    const thanks: CardMessage = { kind: 'feedbackThanks', sessionId, canEdit: true, tookPlace: body.tookPlace };
    const { salt } = await loadTenant(tx);
    await replaceCards(tx, { tenantId, salt, personId, sessionId, thanks, isShown: input.via === 'card', now });
    if (!before)
      await addToRunLog(tx, tenantId, {
        at: now,
        kind: 'feedbackReceived',
        cohortId: pair.cohortId,
        subjectId: sessionId,
      });
    return { isEdit: before !== undefined, thanks };
  });
  jobs.wake('sendMessages');
  return done;
}

async function saveAnswer(
  tx: TenantTransaction,
  row: {
    tenantId: TenantId;
    sessionId: string;
    personId: PersonId;
    side: Side;
    answer: FeedbackAnswer;
    version: number;
    now: Instant;
  },
): Promise<void> {
  const values = { ...row.answer, version: row.version, answeredAt: at(row.now) };
  await tx
    .insertInto('feedback')
    .values({ tenantId: row.tenantId, sessionId: row.sessionId, personId: row.personId, side: row.side, ...values })
    .onConflict((oc) => oc.columns(['tenantId', 'sessionId', 'personId']).doUpdateSet(values))
    .execute();
}

async function closeRequest(
  tx: TenantTransaction,
  {
    tenantId,
    sessionId,
    personId,
    side,
    now,
  }: { tenantId: TenantId; sessionId: string; personId: PersonId; side: Side; now: Instant },
): Promise<void> {
  await tx
    .insertInto('feedbackRequests')
    .values({ tenantId, sessionId, personId, side, state: 'answered', askedAt: at(now) })
    .onConflict((oc) =>
      oc.columns(['tenantId', 'sessionId', 'personId']).doUpdateSet({ state: 'answered', dueAt: null }),
    )
    .execute();
}

/**
 * Every card that asked becomes the thank-you. The one that was answered shows it already (Teams replaced it with our
 * reply); the others are updated by the outbox. A card that was never sent asks nobody any more.
 */
async function replaceCards(
  tx: TenantTransaction,
  {
    tenantId,
    salt,
    personId,
    sessionId,
    thanks,
    isShown,
    now,
  }: {
    tenantId: TenantId;
    salt: string;
    personId: PersonId;
    sessionId: string;
    thanks: CardMessage;
    isShown: boolean;
    now: Instant;
  },
): Promise<void> {
  const cards = await tx
    .selectFrom('messages')
    .select('subjectKey')
    .where('personId', '=', personId)
    .where('subjectKey', 'like', `feedback:${sessionId}%`)
    .orderBy('subjectKey', 'desc')
    .execute();
  for (const [index, { subjectKey }] of cards.entries()) {
    await dropMessage(tx, personId, subjectKey);
    await queueMessage(tx, { tenantId, salt, personId, subjectKey, data: thanks, notBefore: now, now });
    // The newest card is the one people answer; should it have been an older one, that one stays until it is opened.
    if (isShown && index === 0) {
      await tx
        .updateTable('messages')
        .set((eb) => ({ shownRevision: eb.ref('revision'), state: 'sent' }))
        .where('personId', '=', personId)
        .where('subjectKey', '=', subjectKey)
        .where('activityId', 'is not', null)
        .where('state', '=', 'planned')
        .execute();
    }
  }
}
