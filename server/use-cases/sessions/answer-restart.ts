import type { RestartAnswer } from '../../contract/vocabulary.ts';
import { closeQuestion } from '../../db/messages.ts';
import { findPair, movePair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { restartKey } from './pause-pair.ts';

/**
 * The answer of one of a pair whose dates are all gone. New times are looked for as soon as one of the two wants them, and
 * the executive gets a proposal, without whose yes nothing is booked; to leave it closes one's own question alone, and the
 * other never learns of it. Throws `notFound` for a stranger, `closed` when the pair does not rest any more.
 */
export async function answerRestart(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  {
    tenantId,
    personId,
    pairId,
    answer,
  }: { tenantId: TenantId; personId: PersonId; pairId: string; answer: RestartAnswer },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair || (pair.mentorId !== personId && pair.menteeId !== personId)) throw new AppError('notFound');
    if (pair.state !== 'suspended') throw new AppError('closed', { reason: 'answeredElsewhere' });
    const { salt } = await loadTenant(tx);
    const close = (reader: PersonId, text: 'timesSearched' | 'restLeft'): Promise<void> =>
      closeQuestion(tx, {
        tenantId,
        salt,
        personId: reader,
        subjectKey: restartKey(pair),
        data: { kind: 'done', text },
        now,
      });
    if (answer === 'leave') return close(personId, 'restLeft');
    await movePair(tx, pairId, 'resume', { now, dueAt: now, generation: pair.generation + 1 });
    for (const reader of [pair.menteeId, pair.mentorId]) await close(reader, 'timesSearched');
  });
  jobs.wake('offerSlots');
  jobs.wake('sendMessages');
}
