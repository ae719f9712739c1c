import type { CardMessage } from '../../contract/card-messages.ts';
import { findPair, loadProposals } from '../../db/pairs.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { can } from '../../domain/access.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import { loadProposalCard } from './describe-proposal.ts';

/**
 * The executive's open proposal once more, for the way back to it. Throws `notFound` for somebody else's, `closed` when
 * it was answered meanwhile.
 */
export async function showProposal(
  { db }: { db: Database },
  { tenantId, personId, pairId }: { tenantId: TenantId; personId: PersonId; pairId: string },
): Promise<CardMessage> {
  return inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId);
    const people = pair ? [{ personId: pair.menteeId, side: 'mentee' as const }] : [];
    const proposal = (await loadProposals(tx, [pairId])).get(pairId);
    const isTheirs = can({ tenantId, personId, roles: [] }, 'wishAnotherMentor', { tenantId, people });
    if (!pair || !proposal || !isTheirs) throw new AppError('notFound');
    const isOpen = pair.state === 'menteeAsked' && proposal.state === 'open';
    const card = isOpen ? await loadProposalCard(tx, pair, proposal) : null;
    if (!card) throw new AppError('closed', { reason: 'answeredElsewhere' });
    return card;
  });
}
