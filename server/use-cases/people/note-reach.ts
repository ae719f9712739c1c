import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Keeps since when calendars do not answer, for the administrator's page (reliability.md F18): the first failure counts,
 * and any answer ends it. Costs nothing as long as nothing changes.
 */
export async function noteReach(
  { db }: { db: Database },
  { tenantId, calendarsFailingSince }: Pick<TenantRow, 'tenantId' | 'calendarsFailingSince'>,
  isReached: boolean,
  now: Instant,
): Promise<void> {
  if (isReached === (calendarsFailingSince === null)) return;
  await inTenant(db, tenantId, (tx) =>
    isReached
      ? tx.updateTable('tenants').set({ calendarsFailingSince: null }).execute()
      : tx
          .updateTable('tenants')
          .set({ calendarsFailingSince: at(now) })
          .where('calendarsFailingSince', 'is', null)
          .execute(),
  );
}
