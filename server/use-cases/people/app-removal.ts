import { addToRunLog } from '../../db/run-log.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { DAY, plus, toIso, type Instant } from '../../domain/time/instant.ts';
import type { Refused } from '../../ports.ts';

/**
 * So long everything is kept after the application was removed from a tenant: long enough for somebody who comes back from
 * a vacation to export it or to install the app again, and as long as Entra itself can restore what was deleted.
 */
export const KEPT_AFTER_REMOVAL = 30 * DAY;

/** When the data of a tenant from which the application was removed is erased; null: it was not removed. */
export const erasureDue = ({ appRemovedAt }: Pick<TenantRow, 'appRemovedAt'>): Instant | null =>
  appRemovedAt === null ? null : plus(appRemovedAt, KEPT_AFTER_REMOVAL);

/**
 * Keeps what a refused sign-in says of the application: the first time at which it was gone counts, and any other reason
 * (an expired credential above all) ends the count, because nothing may be erased on a guess (reliability.md F13, F39).
 */
export async function keepAppRemoval(
  tx: TenantTransaction,
  { tenantId, appRemovedAt }: Pick<TenantRow, 'tenantId' | 'appRemovedAt'>,
  { isAppGone = false }: Pick<Refused, 'isAppGone'>,
  now: Instant,
): Promise<void> {
  if (isAppGone === (appRemovedAt !== null)) return;
  await tx
    .updateTable('tenants')
    .set({ appRemovedAt: isAppGone ? at(now) : null })
    .execute();
  if (!isAppGone) return;
  const date = toIso(plus(now, KEPT_AFTER_REMOVAL)).slice(0, 10);
  await addToRunLog(tx, tenantId, { at: now, kind: 'appRemoved', detail: { date } });
}
