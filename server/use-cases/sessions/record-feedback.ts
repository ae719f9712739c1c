import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import { lockAnsweredSession, saveFeedback } from '../../db/feedback.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { heldFromAnswers, judgeFeedback, readAnswer } from '../../domain/sessions/feedback.ts';
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
    const session = await lockAnsweredSession(tx, sessionId, personId);
    if (!session || (session.mentorId !== personId && session.menteeId !== personId)) throw new AppError('notFound');
    const { version, others, mentorId, cohortId } = session;
    const verdict = judgeFeedback(session, now);
    if (verdict !== 'open') throw new AppError('closed', { reason: verdict });
    const given = readAnswer(body);
    if (given.outcome === 'blankNote') throw badInput('note', 'holds no visible text');
    const thanks: CardMessage = { kind: 'feedbackThanks', sessionId, canEdit: true, tookPlace: body.tookPlace };
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
