import type { CohortRow, ParticipantRow } from '../../db/cohorts.ts';
import { queueMessage } from '../../db/messages.ts';
import { movePair, type PairRow } from '../../db/pairs.ts';
import { at, json, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { answerDeadlines } from '../../domain/matching/deadlines.ts';
import type { Person } from '../../domain/people/person.ts';
import type { SlotOffer } from '../../domain/slots/types.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { askAssistants } from './ask-assistants.ts';
import { describeProposal } from './describe-proposal.ts';

/** Stores the one proposal to the executive (mentor, reasons, agreement, times) and queues its card. */
export async function makeProposal(
  tx: TenantTransaction,
  input: {
    tenant: TenantRow;
    cohort: CohortRow;
    pair: PairRow;
    mentee: ParticipantRow;
    mentor: ParticipantRow;
    person: Person;
    offers: SlotOffer[];
    slotSearches: number;
    now: Instant;
  },
): Promise<void> {
  const { tenant, cohort, pair, mentee, mentor, person, offers, slotSearches, now } = input;
  const { tenantId, salt } = tenant;
  const { remindAt, expiresAt: answerBy } = answerDeadlines(now, mentee.timeZone, mentee.workingHours);
  await tx
    .insertInto('proposals')
    .values({
      tenantId,
      pairId: pair.pairId,
      generation: slotSearches,
      offers: json(offers),
      state: 'open',
      offeredAt: at(now),
      answerBy: at(answerBy),
    })
    .execute();
  await movePair(tx, pair.pairId, 'askMentee', { now, dueAt: remindAt, slotSearches });
  const proposal = { generation: slotSearches, offers, answerBy };
  // The executive has left the times to their assistants: other times are theirs to answer too.
  if (pair.answer === 'askAssistant' && (await askAssistants(tx, { tenant, pair, proposal, now })) > 0) return;
  await tx
    .updateTable('participants')
    .set({ asks: mentee.asks + 1 })
    .where('cohortId', '=', cohort.cohortId)
    .where('personId', '=', mentee.personId)
    .where('side', '=', 'mentee')
    .execute();
  await queueMessage(tx, {
    tenantId,
    salt,
    personId: pair.menteeId,
    subjectKey: proposalKey(pair.pairId, slotSearches),
    data: describeProposal({ pair, proposal, cohort, mentor, person }),
    notBefore: now,
    now,
  });
}

/**
 * Under which subject the card of a proposal is sent. Each proposal has a card of its own: one that only replaced an
 * answered card would notify nobody.
 */
export const proposalKey = (pairId: string, generation: number): string => `proposal:${pairId}:${generation}`;
