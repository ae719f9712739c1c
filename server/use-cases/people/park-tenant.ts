import { addToRunLog, type RunLogKind } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { HOUR, plus } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';

/** The administrator is told of one cause once in this time, not at every attempt. */
const TELL_AGAIN_AFTER = 4 * HOUR;

/** Tells the administrator that Microsoft 365 refuses us as a whole (consent withdrawn, credential expired). */
export async function parkTenant(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: TenantId,
  kind: Extract<RunLogKind, 'signInRefused' | 'calendarUnreachable'>,
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
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
