import { MOST_ACTIONS } from '../../contract/session-work.ts';
import { findPair } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { addActionRow, loadActions } from '../../db/session-work.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { isPairAlive, loadOwnSession } from './load-own-session.ts';

/**
 * Adds what the caller will try until the two meet again. The same open words once more are the same action. Throws
 * `notFound` for anybody else's session, `closed` once the pair has ended, `badInput` when there are too many open ones.
 */
export async function addAction(
  { db, clock }: { db: Database; clock: Clock },
  { text, ...input }: { tenantId: TenantId; personId: PersonId; sessionId: string; text: string },
): Promise<void> {
  const { tenantId, personId, sessionId } = input;
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const { pair } = await loadOwnSession(tx, { ...input, act: 'writeNotes' });
    if (!isPairAlive(pair)) throw new AppError('closed', { reason: 'pairEnded' });
    // A second click waits for the first one.
    await findPair(tx, pair.pairId, true);
    const open = (await loadActions(tx, [pair.pairId])).filter(
      (action) => action.personId === personId && action.doneAt === null,
    );
    if (open.some((action) => action.text === text)) return;
    if (open.length >= MOST_ACTIONS)
      throw badInput('text', `${MOST_ACTIONS} actions are open already: finish or remove one first`);
    await addActionRow(tx, { tenantId, pairId: pair.pairId, sessionId, personId, text, now });
  });
}
