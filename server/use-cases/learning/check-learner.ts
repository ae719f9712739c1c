import { loadParticipants } from '../../db/cohorts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { Side } from '../../contract/vocabulary.ts';
import { AppError } from '../../errors.ts';
import { mayAdminister, type Identity } from '../people/load-caller.ts';

/**
 * Lets those pass who take part in a program on one of the sides, and administrators, who answer for what is taught.
 * Assistants see no guides (product.md), and strangers nothing. Throws `forbidden`.
 */
export async function checkLearner(
  db: Database,
  caller: Identity,
  sides: readonly Side[] = ['mentor', 'mentee'],
): Promise<void> {
  const rows = await inTenant(db, caller.tenantId, (tx) => loadParticipants(tx, { personId: caller.personId }));
  const takesPart = rows.some(
    ({ side, state }) => sides.includes(side) && (state === 'invited' || state === 'joined' || state === 'paused'),
  );
  if (!takesPart && !(await mayAdminister(db, caller))) throw new AppError('forbidden');
}
