import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import type { HeldState } from '../../contract/vocabulary.ts';
import { lockAnsweredSession, saveFeedback, type AnsweredSession } from '../../db/feedback.ts';
import { loadSafeContacts } from '../../db/safe-contacts.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { findOffer } from '../../db/session-offers.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { heldFromAnswers, judgeFeedback, readAnswer } from '../../domain/sessions/feedback.ts';
import { isLow, isPulse } from '../../domain/sessions/pulse.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { withdrawOffer } from './offer-new-time.ts';

/**
 * Stores one person's answer about one session, whether it came by card, tab or pane: one row per person and date of the
 * session, an edit replaces it while the form is open. Who feels hardly safe to speak is shown three ways on, and nobody
 * else anything: nothing is queued but in the writer's own chat (product.md F6). Resolves only after the commit, so "thanks"
 * can be said then (R9). Throws `notFound` for somebody else's session, `closed` with a reason when it is too early, too
 * late, about a date in whose place there is another by now, or the session did not stand.
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
    const { version, others, mentorId, cohortId, attempt } = session;
    const isOfBefore = (body.attempt ?? attempt) !== attempt;
    const verdict = isOfBefore ? 'closed' : judgeFeedback(session, now);
    if (verdict !== 'open') throw new AppError('closed', { reason: verdict });
    const given = readAnswer(body, { isPulse: isPulse(session.number) });
    if (given.outcome === 'blankNote') throw badInput('note', 'holds no visible text');
    const held = heldFromAnswers([body.tookPlace, ...others]);
    const thanks: CardMessage = isLow(given.answer.safeToSpeak)
      ? await showWays(tx, sessionId, session)
      : {
          kind: 'feedbackThanks',
          sessionId,
          canEdit: true,
          tookPlace: body.tookPlace,
          attempt,
          ...(isPulse(session.number) && { isPulse: true }),
        };
    await saveFeedback(tx, {
      tenantId,
      sessionId,
      personId,
      attempt,
      side: mentorId === personId ? 'mentor' : 'mentee',
      answer: given.answer,
      version: (version ?? 0) + 1,
      cohortId,
      held,
      thanks,
      isShown: input.via === 'card',
      now,
    });
    if (session.said === false && body.tookPlace) await takeOfferBack(tx, sessionId, personId, held, now);
    return { isEdit: version !== null, thanks, held };
  });
  jobs.wake('sendMessages');
  // Whoever says that it did not take place is offered other times.
  if (done.held === 'notHeld') jobs.wake('reconcileSeries');
  return { isEdit: done.isEdit, thanks: done.thanks };
}

/**
 * Somebody says now that it took place: times that were offered to them, or to anybody when nobody says otherwise any more,
 * are taken back. What was chosen before is not: since then the session does not stand, and no answer is changed.
 */
async function takeOfferBack(
  tx: TenantTransaction,
  sessionId: string,
  personId: PersonId,
  held: HeldState,
  now: Instant,
): Promise<void> {
  const offer = await findOffer(tx, sessionId);
  if (!offer || (held === 'notHeld' && offer.askedOf !== personId)) return;
  await withdrawOffer(tx, { tenant: await loadTenant(tx) }, sessionId, now, 'noLongerNeeded');
}

async function showWays(
  tx: TenantTransaction,
  sessionId: string,
  { attempt, pairId, cohortId }: AnsweredSession,
): Promise<CardMessage> {
  const [contact] = await loadSafeContacts(tx, [cohortId]);
  const shown = contact ? { contactId: contact.personId, name: contact.displayName } : null;
  return { kind: 'pulseWays', sessionId, attempt, pairId, cohortId, contact: shown };
}
