import type { ActionChange } from '../../contract/session-work.ts';
import type { Database } from '../../db/schema.ts';
import { findOwnAction, markAction, removeAction } from '../../db/session-work.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';

/** Ticks an action of the caller's own, opens it again, or takes it away. Throws `notFound` for anybody else's. */
export async function changeAction(
  { db, clock }: { db: Database; clock: Clock },
  {
    tenantId,
    personId,
    actionId,
    change,
  }: { tenantId: TenantId; personId: PersonId; actionId: string; change: ActionChange },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const action = await findOwnAction(tx, { actionId, personId });
    if (!action) throw new AppError('notFound');
    if (change === 'remove') return removeAction(tx, actionId);
    // When it was done first stays.
    if ((change === 'done') !== (action.doneAt !== null))
      await markAction(tx, actionId, change === 'done' ? now : null);
  });
}
