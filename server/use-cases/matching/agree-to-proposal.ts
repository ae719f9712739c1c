import { findCohort, loadBoth } from '../../db/cohorts.ts';
import { movePair, type PairRow, type ProposalRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { pairTopics } from '../../domain/matching/pair-topics.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import { planSeries } from '../slots/plan-series.ts';

/**
 * Records the yes to one of the offered times, and the series and the intent to book it with it. `answer`: what the
 * executive said last. Throws `unavailable` without a program mailbox, `notFound` when somebody is gone.
 */
export async function agreeToProposal(
  tx: TenantTransaction,
  {
    tenant,
    pair,
    proposal,
    chosen,
    answer,
    agreementVersion,
    now,
  }: {
    tenant: TenantRow;
    pair: PairRow;
    proposal: ProposalRow;
    chosen: number;
    answer: string;
    agreementVersion: number;
    now: Instant;
  },
): Promise<void> {
  const cohort = await findCohort(tx, pair.cohortId);
  const offer = proposal.offers[chosen];
  if (!cohort || !offer) throw new AppError('notFound');
  if (tenant.programMailboxId === null) throw new AppError('unavailable', { reason: 'programMailbox' });
  const { mentor, mentee } = await loadBoth(tx, pair);
  if (!mentee || !mentor) throw new AppError('notFound');
  const people = await loadPeopleById(tx, [pair.mentorId, pair.menteeId]);
  await tx
    .updateTable('proposals')
    .set({ state: 'answered', chosen })
    .where('pairId', '=', pair.pairId)
    .where('generation', '=', proposal.generation)
    .execute();
  await movePair(tx, pair.pairId, 'menteeAgrees', {
    now,
    answer,
    agreedAt: now,
    // An assistant's choice of a time leaves the yes to the agreement as the executive gave it.
    menteeAgreement: pair.menteeAgreement ?? agreementVersion,
  });
  await planSeries(tx, {
    tenant,
    cohort,
    pair,
    organizerId: cohort.organizer === 'mentor' ? pair.mentorId : tenant.programMailboxId,
    subject: `${people.get(pair.mentorId)?.displayName ?? ''} / ${people.get(pair.menteeId)?.displayName ?? ''}`,
    offer,
    topics: pairTopics(mentee, mentor),
    now,
  });
}
