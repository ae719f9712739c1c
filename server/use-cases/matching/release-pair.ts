import { findPair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { endMatch } from './end-match.ts';

/** Pairs that wait for the administrator: somebody stayed silent, or no time was found. */
export const RELEASABLE: readonly PairState[] = ['waiting', 'noSlot'];

/**
 * Ends a match that waits for the administrator, so that both people can be matched again (product.md C4: one click).
 * Both cards say that this match has ended, never by whom or why. Throws `notFound`, or `conflict` when it does not wait.
 */
export async function releasePair(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, pairId }: { tenantId: TenantId; pairId: string },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair) throw new AppError('notFound');
    if (!RELEASABLE.includes(pair.state)) throw new AppError('conflict', { reason: 'answeredElsewhere' });
    await endMatch(tx, { tenant: await loadTenant(tx), pair, now });
  });
  jobs.wake('advanceCohorts');
  jobs.wake('sendMessages');
}
