import { findPair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { loadToldWishes } from '../evaluation/load-told-wishes.ts';
import { endPairQuietly } from '../sessions/end-booked-pair.ts';
import { endMatch } from './end-match.ts';

/** Pairs that wait for the administrator: somebody stayed silent, or no time was found. */
export const RELEASABLE: readonly PairState[] = ['waiting', 'noSlot'];

/**
 * Ends a match that waits for the administrator, or a pair that would like another match, so that both people can be matched
 * again (product.md C4: one click). Both cards say that it has ended, never by whom or why. Throws `notFound`, or `conflict`
 * for any other pair: also for one whose wish the administrator is not told of yet.
 */
export async function releasePair(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, pairId }: { tenantId: TenantId; pairId: string },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair) throw new AppError('notFound');
    const tenant = await loadTenant(tx);
    if (RELEASABLE.includes(pair.state)) return endMatch(tx, { tenant, pair, now });
    if (!(await loadToldWishes(tx, [pairId], now)).has(pairId))
      throw new AppError('conflict', { reason: 'answeredElsewhere' });
    await endPairQuietly(tx, { tenant, pair, now });
  });
  jobs.wake('writeCalendar');
  jobs.wake('advanceCohorts');
  jobs.wake('sendMessages');
}
