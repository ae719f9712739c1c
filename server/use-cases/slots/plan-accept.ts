import { at, type TenantTransaction } from '../../db/schema.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';

/** An invitation needs some moments to arrive. */
const FIRST_LOOK_AFTER = MINUTE;
/** After a refusal by rights nobody's copy is tried for so long (reliability.md F14). */
const REST_AFTER_REFUSAL = DAY;

/**
 * Plans to accept a series on the executive's behalf (platform.md correction 5): only where the tenant gave full rights,
 * and no mailbox refused within a day. False: the executive accepts once in Outlook, and nobody is reminded.
 */
export async function planAccept(tx: TenantTransaction, seriesId: string, now: Instant): Promise<boolean> {
  const { calendarRights, acceptRefusedAt } = await tx
    .selectFrom('tenants')
    .select(['calendarRights', 'acceptRefusedAt'])
    .executeTakeFirstOrThrow();
  if (calendarRights !== 'full') return false;
  if (acceptRefusedAt !== null && now - acceptRefusedAt < REST_AFTER_REFUSAL) return false;
  await tx
    .updateTable('series')
    .set({ acceptDueAt: at(plus(now, FIRST_LOOK_AFTER)), acceptTries: 0 })
    .where('seriesId', '=', seriesId)
    .execute();
  return true;
}
