import type { DoneText } from '../../contract/card-messages.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { closeQuestion } from '../../db/messages.ts';
import { findPair, movePair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

/** Which version of the agreement a yes is given to from now on. */
export interface AgreementVersion {
  agreementVersion: number;
}

/** States in which the mentor's yes stands: said again, it is the same yes. */
const AGREED: readonly PairState[] = ['mentorAgreed', 'noSlot', 'menteeAsked', 'agreed', 'booked'];

/**
 * The mentor's yes or no to a match. After a yes the search for a time begins; a no is never shown to the executive.
 * The same answer twice is one answer. Where the training is not finished, the search waits for it. Returns what the mentor
 * is told. Throws `notFound` for somebody else's match, `closed` when it is past answering.
 */
export async function answerMentor(
  { db, clock, jobs, texts }: { db: Database; clock: Clock; jobs: Jobs; texts: AgreementVersion },
  {
    tenantId,
    personId,
    pairId,
    answer,
  }: { tenantId: TenantId; personId: PersonId; pairId: string; answer: 'agree' | 'decline' },
): Promise<DoneText> {
  const now = clock.now();
  const text = await inTenant(db, tenantId, async (tx): Promise<DoneText> => {
    const pair = await findPair(tx, pairId, true);
    if (!pair || pair.mentorId !== personId || pair.state === 'proposed') throw new AppError('notFound');
    const { mentor } = await loadBoth(tx, pair);
    const yes = mentor?.isTrained ? 'mentorAgreed' : 'mentorAgreedUntrained';
    const text = answer === 'agree' ? yes : 'mentorDeclined';
    if (answer === 'agree' ? AGREED.includes(pair.state) : pair.state === 'mentorDeclined') return text;
    const isMoved = await movePair(tx, pairId, answer === 'agree' ? 'mentorAgrees' : 'mentorDeclines', {
      now,
      dueAt: answer === 'agree' ? now : null,
      ...(answer === 'agree' ? { mentorAgreement: texts.agreementVersion } : {}),
    });
    if (!isMoved) throw new AppError('closed', { reason: 'answeredElsewhere' });
    const { salt } = await loadTenant(tx);
    await closeQuestion(tx, {
      tenantId,
      salt,
      personId,
      subjectKey: `match:${pairId}`,
      data: { kind: 'done', text },
      now,
    });
    return text;
  });
  jobs.wake(answer === 'agree' ? 'offerSlots' : 'advanceCohorts');
  jobs.wake('sendMessages');
  return text;
}
