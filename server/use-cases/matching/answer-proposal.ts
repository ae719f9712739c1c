import type { ProposalAnswer } from '../../contract/vocabulary.ts';
import { findCohort, loadBoth } from '../../db/cohorts.ts';
import { closeQuestion, queueMessage } from '../../db/messages.ts';
import { findPair, loadProposals, movePair, type PairRow, type ProposalRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { DoneText } from '../../contract/card-messages.ts';
import { pairTopics } from '../../domain/matching/pair-topics.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { proposalKey } from './make-proposal.ts';
import { planSeries } from '../slots/plan-series.ts';

/** How often an executive may ask for other times before a person helps. */
const MOST_SEARCHES = 6;

/**
 * The executive's answer to the one proposal. A yes with a time stores the series and the intent to book it in the same
 * transaction; "another time" starts one more search; "another mentor" ends the match without a reason; "my assistant"
 * leaves the proposal open. The same answer twice is one answer. Throws `notFound` for somebody else's proposal,
 * `closed` when it is past answering, `badInput` for a time that was not offered.
 */
export async function answerProposal(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  {
    tenantId,
    personId,
    pairId,
    answer,
    offer,
  }: { tenantId: TenantId; personId: PersonId; pairId: string; answer: ProposalAnswer; offer?: number },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const pair = await findPair(tx, pairId, true);
    if (!pair || pair.menteeId !== personId) throw new AppError('notFound');
    const proposal = (await loadProposals(tx, [pairId])).get(pairId);
    if (!proposal) throw new AppError('notFound');
    if (pair.state !== 'menteeAsked' || proposal.state !== 'open') {
      if (isSameAgain(pair, proposal, answer, offer ?? 0)) return;
      throw new AppError('closed', { reason: 'answeredElsewhere' });
    }
    const tenant = await loadTenant(tx);
    if (answer === 'agree') {
      const chosen = offer ?? 0;
      if (!proposal.offers[chosen]) throw badInput('offer', 'this time was not offered');
      await agree(tx, tenant, pair, chosen, now);
    } else if (answer === 'anotherTime') {
      await closeProposal(tx, pairId, 'superseded');
      const isLast = pair.slotSearches >= MOST_SEARCHES;
      await movePair(tx, pairId, isLast ? 'expire' : 'menteeWantsAnotherTime', {
        now,
        dueAt: isLast ? null : now,
        answer,
      });
    } else if (answer === 'anotherMentor') {
      await closeProposal(tx, pairId, 'answered');
      await movePair(tx, pairId, 'menteeWantsAnotherMentor', { now, answer });
      await tellMentorGently(tx, tenant, pair, now);
    }
    const told = { tenantId, salt: tenant.salt, personId, data: { kind: 'done' as const, text: DONE[answer] }, now };
    // Asking the assistant leaves the question open.
    if (answer === 'askAssistant')
      await queueMessage(tx, { ...told, subjectKey: `assistant:${pairId}`, notBefore: now });
    else await closeQuestion(tx, { ...told, subjectKey: proposalKey(pairId, proposal.generation) });
    await addToRunLog(tx, tenantId, { at: now, kind: 'proposalAnswered', cohortId: pair.cohortId, subjectId: pairId });
  });
  jobs.wake('writeCalendar');
  jobs.wake('offerSlots');
  jobs.wake('advanceCohorts');
  jobs.wake('sendMessages');
}

/** The answer that was given before, once more: a second click or a repeated delivery. */
function isSameAgain(pair: PairRow, proposal: ProposalRow, answer: ProposalAnswer, offer: number): boolean {
  if (answer === 'agree') return (pair.state === 'agreed' || pair.state === 'booked') && proposal.chosen === offer;
  if (answer === 'anotherMentor') return pair.state === 'menteeDeclined';
  return answer === 'anotherTime' && proposal.state === 'superseded';
}

const DONE: Record<ProposalAnswer, DoneText> = {
  agree: 'proposalAgreed',
  anotherTime: 'anotherTime',
  anotherMentor: 'anotherMentor',
  askAssistant: 'askAssistant',
};

async function agree(
  tx: TenantTransaction,
  tenant: TenantRow,
  pair: PairRow,
  chosen: number,
  now: Instant,
): Promise<void> {
  const cohort = await findCohort(tx, pair.cohortId);
  const proposal = (await loadProposals(tx, [pair.pairId])).get(pair.pairId);
  const offer = proposal?.offers[chosen];
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
  await movePair(tx, pair.pairId, 'menteeAgrees', { now, answer: 'agree', agreedAt: now });
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

async function closeProposal(tx: TenantTransaction, pairId: string, state: 'answered' | 'superseded'): Promise<void> {
  await tx.updateTable('proposals').set({ state }).where('pairId', '=', pairId).where('state', '=', 'open').execute();
}

/** The mentor hears that this match has ended, never by whom or why. */
async function tellMentorGently(tx: TenantTransaction, tenant: TenantRow, pair: PairRow, now: Instant): Promise<void> {
  await closeQuestion(tx, {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    personId: pair.mentorId,
    subjectKey: `match:${pair.pairId}`,
    data: { kind: 'done', text: 'pairEnded' },
    now,
  });
}
