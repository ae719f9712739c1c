import { closeQuestion, dropMessage } from '../../db/messages.ts';
import { loadProposals, movePair, type PairRow } from '../../db/pairs.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { assistantKey, closeAssistantCards } from './ask-assistants.ts';
import { proposalKey } from './make-proposal.ts';

/**
 * Ends a match before anything of it stands in a calendar: its open proposal is over, and who was asked reads in place of
 * the question that it has ended, never by whom or why. Who was asked nothing yet learns nothing; `silent` are told nothing
 * at all. Both can be matched anew in the next round of the cohort.
 */
export async function endMatch(
  tx: TenantTransaction,
  {
    tenant,
    pair,
    silent = new Set(),
    now,
  }: {
    tenant: Pick<TenantRow, 'tenantId' | 'salt'>;
    pair: Pick<PairRow, 'pairId' | 'cohortId' | 'mentorId' | 'menteeId'>;
    silent?: ReadonlySet<PersonId>;
    now: Instant;
  },
): Promise<void> {
  const { tenantId, salt } = tenant;
  const { pairId, cohortId, mentorId, menteeId } = pair;
  await movePair(tx, pairId, 'close', { now });
  await tx
    .updateTable('proposals')
    .set({ state: 'expired' })
    .where('pairId', '=', pairId)
    .where('state', '=', 'open')
    .execute();
  await tx
    .updateTable('cohorts')
    .set({ dueAt: at(now) })
    .where('cohortId', '=', cohortId)
    .execute();
  const close = async (personId: PersonId, subjectKey: string): Promise<void> => {
    if (silent.has(personId) || !(await wasAsked(tx, personId, subjectKey))) return;
    await dropMessage(tx, personId, subjectKey);
    const data = { kind: 'done', text: 'pairEnded' } as const;
    await closeQuestion(tx, { tenantId, salt, personId, subjectKey, data, now });
  };
  await close(mentorId, `match:${pairId}`);
  const proposal = (await loadProposals(tx, [pairId])).get(pairId);
  if (!proposal) return;
  await close(menteeId, proposalKey(pairId, proposal.generation));
  const subjectKey = assistantKey(pairId, proposal.generation);
  await closeAssistantCards(tx, { tenant, subjectKey, text: 'noLongerNeeded', now });
}

const wasAsked = async (tx: TenantTransaction, personId: PersonId, subjectKey: string): Promise<boolean> =>
  (await tx
    .selectFrom('messages')
    .select('messageId')
    .where('personId', '=', personId)
    .where('subjectKey', '=', subjectKey)
    .executeTakeFirst()) !== undefined;
