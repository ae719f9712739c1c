import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import { lockAnsweredSession, saveFeedback, type AnsweredSession } from '../../db/feedback.ts';
import { loadSafeContacts } from '../../db/safe-contacts.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { heldFromAnswers, judgeFeedback, readAnswer } from '../../domain/sessions/feedback.ts';
import { isLow, isPulse } from '../../domain/sessions/pulse.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

/**
 * Stores one person's answer about one session, whether it came by card, tab or pane: one row per person and session,
 * an edit replaces it while the form is open. Who feels hardly safe to speak is shown three ways on, and nobody else anything:
 * nothing is queued but in the writer's own chat (product.md F6). Resolves only after the commit, so "thanks" can be said then (R9).
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
    const session = await lockAnsweredSession(tx, sessionId, personId);
    if (!session || (session.mentorId !== personId && session.menteeId !== personId)) throw new AppError('notFound');
    const { version, others, mentorId, cohortId } = session;
    const verdict = judgeFeedback(session, now);
    if (verdict !== 'open') throw new AppError('closed', { reason: verdict });
    const given = readAnswer(body, { isPulse: isPulse(session.number) });
    if (given.outcome === 'blankNote') throw badInput('note', 'holds no visible text');
    const thanks: CardMessage = isLow(given.answer.safeToSpeak)
      ? await showWays(tx, sessionId, session)
      : {
          kind: 'feedbackThanks',
          sessionId,
          canEdit: true,
          tookPlace: body.tookPlace,
          ...(isPulse(session.number) && { isPulse: true }),
        };
    await saveFeedback(tx, {
      tenantId,
      sessionId,
      personId,
      side: mentorId === personId ? 'mentor' : 'mentee',
      answer: given.answer,
      version: (version ?? 0) + 1,
      cohortId,
      held: heldFromAnswers([body.tookPlace, ...others]),
      thanks,
      isShown: input.via === 'card',
      now,
    });
    return { isEdit: version !== null, thanks };
  });
  jobs.wake('sendMessages');
  return done;
}

async function showWays(
  tx: TenantTransaction,
  sessionId: string,
  { pairId, cohortId }: AnsweredSession,
): Promise<CardMessage> {
  const [contact] = await loadSafeContacts(tx, [cohortId]);
  const shown = contact ? { contactId: contact.personId, name: contact.displayName } : null;
  return { kind: 'pulseWays', sessionId, pairId, cohortId, contact: shown };
}
