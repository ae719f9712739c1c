import { closeQuestion } from '../../db/messages.ts';
import { findPair, movePair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

/** States in which the mentor's yes stands: said again, it is the same yes. */
const AGREED: readonly PairState[] = ['mentorAgreed', 'noSlot', 'menteeAsked', 'agreed', 'booked'];

/**
 * The mentor's yes or no to a match. After a yes the search for a time begins; a no is never shown to the executive.
 * The same answer twice is one answer. Throws `notFound` for somebody else's match, `closed` when it is past answering.
 */
export async function answerMentor(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  {
    tenantId,
    personId,
    pairId,
    answer,
  }: { tenantId: TenantId; personId: PersonId; pairId: string; answer: 'agree' | 'decline' },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair || pair.mentorId !== personId || pair.state === 'proposed') throw new AppError('notFound');
    if (answer === 'agree' ? AGREED.includes(pair.state) : pair.state === 'mentorDeclined') return;
    const isMoved = await movePair(tx, pairId, answer === 'agree' ? 'mentorAgrees' : 'mentorDeclines', {
      now,
      dueAt: answer === 'agree' ? now : null,
    });
    if (!isMoved) throw new AppError('closed', { reason: 'answeredElsewhere' });
    const { salt } = await loadTenant(tx);
    await closeQuestion(tx, {
      tenantId,
      salt,
      personId,
      subjectKey: `match:${pairId}`,
      data: { kind: 'done', text: answer === 'agree' ? 'mentorAgreed' : 'mentorDeclined' },
      now,
    });
  });
  jobs.wake(answer === 'agree' ? 'offerSlots' : 'advanceCohorts');
  jobs.wake('sendMessages');
}
