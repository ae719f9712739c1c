import { eraseTenant } from '../../db/erase-tenant.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Calendar, Clock } from '../../ports.ts';
import { erasureDue, keepAppRemoval } from './app-removal.ts';
import { askAtDoor } from './resume-tenant.ts';

/**
 * Erases all rows of a tenant from which the application was removed long enough ago (reliability.md F39), after asking
 * once more whether it still is: whoever came back meanwhile, or is refused for another reason by now, loses nothing. True:
 * nothing of the tenant is left.
 */
export async function eraseRemovedTenant(
  { db, calendar, clock }: { db: Database; calendar: Calendar; clock: Clock },
  { tenantId }: { tenantId: TenantId },
): Promise<boolean> {
  const tenant = await inTenant(db, tenantId, loadTenant);
  const due = erasureDue(tenant);
  if (tenant.status !== 'parked' || due === null || due > clock.now()) return false;
  const answer = await askAtDoor({ db, calendar }, tenant);
  if (answer?.outcome !== 'refused' || answer.reason !== 'signedOut') return false;
  return inTenant(db, tenantId, async (tx) => {
    await keepAppRemoval(tx, await loadTenant(tx), answer, clock.now());
    if (!answer.isAppGone) return false;
    await eraseTenant(tx);
    return true;
  });
}
