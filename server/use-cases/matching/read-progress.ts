import type { ProgressLine } from '../../contract/matching-review.ts';
import { findCohort } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';

/**
 * How far offering and booking of a cohort has come, in numbers of pairs. A search that waits for another day is not under
 * way. Throws `notFound`.
 */
export async function readProgress(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<ProgressLine> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const pairs = await loadPairs(tx, { cohortId, states: ['mentorAgreed', 'agreed', 'booked'] });
    const count = (isIt: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(isIt).length;
    return {
      searching: count(({ state, dueAt }) => state === 'mentorAgreed' && dueAt !== null && dueAt <= now),
      booking: count(({ state }) => state === 'agreed'),
      booked: count(({ state }) => state === 'booked'),
    };
  });
}
