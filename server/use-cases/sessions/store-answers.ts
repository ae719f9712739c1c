import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import type { HeldState } from '../../contract/vocabulary.ts';
import { lockAnsweredSessions, saveAnswers, type AnsweredSession, type AnswerRow } from '../../db/feedback.ts';
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
import { withdrawOffer } from './offer-new-time.ts';

/** One person's answer about one session, as it came. */
export interface GivenAnswer {
  personId: PersonId;
  sessionId: string;
  body: FeedbackBody;
  via: 'card' | 'page';
  now: Instant;
}

/** What became of it. */
export interface StoredAnswer {
  isEdit: boolean;
  thanks: CardMessage;
  held: HeldState;
}

/**
 * Stores answers of one tenant in one transaction, at most one about each session. Each is judged by itself: what is refused
 * is an outcome that hurts no other. Who feels hardly safe to speak is shown three ways on, and nobody else anything:
 * nothing is queued but in the writer's own chat (product.md F6). Rejects when the transaction fails; then none is stored.
 */
export function storeAnswers(
  db: Database,
  tenantId: TenantId,
  answers: readonly GivenAnswer[],
): Promise<PromiseSettledResult<StoredAnswer>[]> {
  return inTenant(db, tenantId, async (tx) => {
    const sessions = await lockAnsweredSessions(tx, answers);
    const judged = answers.map((answer, index) => judge(answer, sessions[index]));
    const good = judged.filter((one): one is Taken => one.verdict === 'taken');
    const thanks = new Map<Taken, CardMessage>();
    for (const one of good) thanks.set(one, await thankFor(tx, one));
    await saveAnswers(
      tx,
      tenantId,
      good.map((one) => rowOf(one, thanks.get(one)!)),
    );
    for (const one of good) if (one.session.said === false && one.answer.tookPlace) await takeOfferBack(tx, one);
    return judged.map((one) =>
      one.verdict === 'refused'
        ? { status: 'rejected', reason: one.error }
        : {
            status: 'fulfilled',
            value: { isEdit: one.session.version !== null, thanks: thanks.get(one)!, held: one.held },
          },
    );
  });
}

/** An answer that is taken, and what it changes. */
interface Taken {
  verdict: 'taken';
  given: GivenAnswer;
  session: AnsweredSession;
  answer: AnswerRow['answer'];
  held: HeldState;
}

function judge(
  given: GivenAnswer,
  session: AnsweredSession | undefined,
): Taken | { verdict: 'refused'; error: AppError } {
  const refused = (error: AppError) => ({ verdict: 'refused' as const, error });
  const { personId, body, now } = given;
  if (!session || (session.mentorId !== personId && session.menteeId !== personId))
    return refused(new AppError('notFound'));
  const isOfBefore = (body.attempt ?? session.attempt) !== session.attempt;
  const verdict = isOfBefore ? 'closed' : judgeFeedback(session, now);
  if (verdict !== 'open') return refused(new AppError('closed', { reason: verdict }));
  const read = readAnswer(body, { isPulse: isPulse(session.number) });
  if (read.outcome === 'blankNote') return refused(badInput('note', 'holds no visible text'));
  const held = heldFromAnswers([body.tookPlace, ...session.others]);
  return { verdict: 'taken', given, session, answer: read.answer, held };
}

const rowOf = ({ given, session, answer, held }: Taken, thanks: CardMessage): AnswerRow => ({
  sessionId: given.sessionId,
  personId: given.personId,
  attempt: session.attempt,
  side: session.mentorId === given.personId ? 'mentor' : 'mentee',
  answer,
  version: (session.version ?? 0) + 1,
  cohortId: session.cohortId,
  held,
  thanks,
  isShown: given.via === 'card',
  now: given.now,
});

async function thankFor(tx: TenantTransaction, { given, session, answer }: Taken): Promise<CardMessage> {
  const { sessionId } = given;
  const { attempt, pairId, cohortId } = session;
  if (isLow(answer.safeToSpeak)) {
    const [contact] = await loadSafeContacts(tx, [cohortId]);
    const shown = contact ? { contactId: contact.personId, name: contact.displayName } : null;
    return { kind: 'pulseWays', sessionId, attempt, pairId, cohortId, contact: shown };
  }
  return {
    kind: 'feedbackThanks',
    sessionId,
    canEdit: true,
    tookPlace: answer.tookPlace,
    attempt,
    ...(isPulse(session.number) && { isPulse: true }),
  };
}

/**
 * Somebody says now that it took place: times that were offered to them, or to anybody when nobody says otherwise any more,
 * are taken back. What was chosen before is not: since then the session does not stand, and no answer is changed.
 */
async function takeOfferBack(
  tx: TenantTransaction,
  { given: { sessionId, personId, now }, held }: Taken,
): Promise<void> {
  const offer = await findOffer(tx, sessionId);
  if (!offer || (held === 'notHeld' && offer.askedOf !== personId)) return;
  await withdrawOffer(tx, { tenant: await loadTenant(tx) }, sessionId, now, 'noLongerNeeded');
}
