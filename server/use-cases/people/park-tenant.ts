import { addToRunLog } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { HOUR, plus, type Instant } from '../../domain/time/instant.ts';
import type { Refused } from '../../ports.ts';
import { keepAppRemoval } from './app-removal.ts';

/** The administrator is told of one cause once in this time, not at every attempt. */
const TELL_AGAIN_AFTER = 4 * HOUR;
/** The state that says when a parked tenant is asked again. */
export const PARKED = 'parked';

/**
 * Microsoft 365 does not let us in as a whole: the app was removed, its consent withdrawn, or its credential expired.
 * Nothing is written from now on, and no subscription is relied upon, until `resumeTenant` finds the door open again
 * (reliability.md F13, F39). The administrator is told. Where the app itself is gone, the time begins after which the
 * tenant's data is erased.
 */
export async function parkTenant(
  { db }: { db: Database },
  tenantId: TenantId,
  refused: Pick<Refused, 'isAppGone'>,
  now: Instant,
): Promise<void> {
  const kind = 'signInRefused';
  await inTenant(db, tenantId, async (tx) => {
    const parked = await tx
      .updateTable('tenants')
      .set({ status: 'parked', parkedReason: kind })
      .where('status', '=', 'active')
      .executeTakeFirst();
    await keepAppRemoval(tx, await loadTenant(tx), refused, now);
    if (parked.numUpdatedRows > 0n) await tx.updateTable('subscriptions').set({ state: 'removed' }).execute();
    const last = await tx
      .selectFrom('runLog')
      .select('at')
      .where('kind', '=', kind)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last && last.at > plus(now, -TELL_AGAIN_AFTER)) return;
    await addToRunLog(tx, tenantId, { at: now, kind });
  });
}
