import { keepErasure } from '../../db/erasures.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { endPairsOfLeavers } from '../sessions/end-pairs-of-leavers.ts';
import { finishSoon } from './finish-erasures.ts';

/**
 * A person wants to be erased (reliability.md F40). At once nothing more is asked of them or sent to them, and what is
 * still to come is cancelled; a write that is under way is finished first, and then undone like the rest. The rows
 * themselves go as soon as nothing is under way (`finishErasures`).
 */
export async function askErasure(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    await keepErasure(tx, tenant, personId, now);
    await tx.updateTable('participants').set({ state: 'left' }).where('personId', '=', personId).execute();
    await tx
      .updateTable('conversations')
      .set({ stoppedAt: at(now) })
      .where('personId', '=', personId)
      .execute();
    await tx
      .updateTable('messages')
      .set({ state: 'dropped' })
      .where('personId', '=', personId)
      .where('state', '=', 'planned')
      .execute();
    // A series that may be under way is ended once it stands.
    await endPairsOfLeavers(tx, tenant, now);
    await finishSoon(tx, tenantId, now);
  });
  for (const job of ['writeCalendar', 'sendMessages', 'advanceCohorts', 'reconcileSeries'] as const) jobs.wake(job);
}
