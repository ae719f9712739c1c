import type { DoneText } from '../../contract/card-messages.ts';
import type { ProposalAnswer } from '../../contract/vocabulary.ts';
import { assistantsOf } from '../../db/assistants.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { closeQuestion } from '../../db/messages.ts';
import { findPair, loadProposals, movePair, type PairRow, type ProposalRow } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import { can, type PersonalAct } from '../../domain/access.ts';
import { answerDeadlines } from '../../domain/matching/deadlines.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { endPairsOfLeavers } from '../sessions/end-pairs-of-leavers.ts';
import type { AgreementVersion } from './answer-mentor.ts';
import { agreeToProposal } from './agree-to-proposal.ts';
import { askAssistants, assistantKey, closeAssistantCards } from './ask-assistants.ts';
import { proposalKey } from './make-proposal.ts';

/** How often an executive may ask for other times before a person helps. */
const MOST_SEARCHES = 6;

/** `text`: what stands in the place of the question. `needsAssistant`: nobody is named whom the executive could ask. */
export type AnsweredProposal = { outcome: 'answered'; text: DoneText } | { outcome: 'needsAssistant' };

export interface ProposalAnswerInput {
  tenantId: TenantId;
  personId: PersonId;
  pairId: string;
  answer: ProposalAnswer;
  /** Which of the offered times, from 0, for `agree`; the first one unless told. */
  offer?: number;
  /** Which proposal was shown; absent: the newest. An answer to an older one changes nothing. */
  round?: number;
}

/**
 * The one gesture (product.md D5): the answer to the one proposal, from the card, the tab and the pane. A yes with a time
 * stores the series and the intent to book it in the same transaction; "another time" starts one more search; "another
 * mentor" ends the match without a reason; "my assistant" agrees to the mentor and leaves the times to the assistants,
 * who from then on may answer too. The first answer counts, the same again is the same answer, and all other cards are
 * replaced. The mentor never learns who answered. Throws `notFound` for somebody else's proposal, `closed` when it is
 * past answering or one of the two has left, `badInput` for a time that was not offered.
 */
export async function answerProposal(
  { db, clock, jobs, texts }: { db: Database; clock: Clock; jobs: Jobs; texts: AgreementVersion },
  input: ProposalAnswerInput,
): Promise<AnsweredProposal> {
  const { tenantId, personId, pairId, answer } = input;
  const now = clock.now();
  const answered = await inTenant(db, tenantId, async (tx): Promise<AnsweredProposal | { outcome: 'ended' }> => {
    const pair = await findPair(tx, pairId, true);
    const proposal = pair && (await loadProposals(tx, [pairId])).get(pairId);
    if (!pair || !proposal) throw new AppError('notFound');
    const isOpen = pair.state === 'menteeAsked' && proposal.state === 'open';
    const assistants = (await assistantsOf(tx, pair.menteeId)).map((assistant) => assistant.personId);
    const isAsked = pair.answer === 'askAssistant' && assistants.length > 0;
    // Before the executive asked them, an open proposal is none of the assistants' business.
    const people = [
      { personId: pair.menteeId, side: 'mentee' as const },
      ...(isAsked || !isOpen ? assistants : []).map((id) => ({ personId: id, side: 'assistant' as const })),
    ];
    if (!can({ tenantId, personId, roles: [] }, ACTS[answer], { tenantId, people })) throw new AppError('notFound');
    const text = (personId === pair.menteeId ? OWN : FOR_EXECUTIVE)[answer];
    if (input.round !== undefined && input.round !== proposal.generation)
      throw new AppError('closed', { reason: 'answeredElsewhere' });
    if (!isOpen) {
      if (isSameAgain(pair, proposal, answer, input.offer ?? 0)) return { outcome: 'answered', text };
      throw new AppError('closed', { reason: 'answeredElsewhere' });
    }
    if (answer === 'askAssistant' && assistants.length === 0) return { outcome: 'needsAssistant' };
    if (answer === 'askAssistant' && isAsked) return { outcome: 'answered', text };
    const tenant = await loadTenant(tx);
    // One of the two has left since: nobody says yes to a series that would be cancelled at once.
    if ((await endPairsOfLeavers(tx, tenant, now, [pairId])).length > 0) return { outcome: 'ended' };
    await act(tx, { tenant, pair, proposal, input, agreementVersion: texts.agreementVersion, now });
    await replaceCards(tx, { tenant, pair, proposal, personId, answer, now });
    await addToRunLog(tx, tenantId, { at: now, kind: 'proposalAnswered', cohortId: pair.cohortId, subjectId: pairId });
    return { outcome: 'answered', text };
  });
  if (answered.outcome === 'needsAssistant') return answered;
  for (const job of ['writeCalendar', 'offerSlots', 'advanceCohorts', 'sendMessages'] as const) jobs.wake(job);
  if (answered.outcome === 'ended') throw new AppError('closed');
  return answered;
}

const ACTS: Record<ProposalAnswer, PersonalAct> = {
  agree: 'answerProposal',
  anotherTime: 'answerProposal',
  anotherMentor: 'wishAnotherMentor',
  askAssistant: 'askAssistant',
};

/** What the executive reads after an answer of their own, what the assistant who answered, and then the executive. */
const OWN: Record<ProposalAnswer, DoneText> = {
  agree: 'proposalAgreed',
  anotherTime: 'anotherTime',
  anotherMentor: 'anotherMentor',
  askAssistant: 'askAssistant',
};
const FOR_EXECUTIVE: Record<ProposalAnswer, DoneText> = {
  ...OWN,
  agree: 'bookedForExecutive',
  anotherTime: 'otherTimesForExecutive',
};
const BY_ASSISTANT: Record<ProposalAnswer, DoneText> = {
  ...OWN,
  agree: 'assistantAgreed',
  anotherTime: 'assistantAnotherTime',
};

/** The answer that was given before, once more: a second click or a repeated delivery. */
function isSameAgain(pair: PairRow, proposal: ProposalRow, answer: ProposalAnswer, offer: number): boolean {
  if (answer === 'agree') return (pair.state === 'agreed' || pair.state === 'booked') && proposal.chosen === offer;
  if (answer === 'anotherMentor') return pair.state === 'menteeDeclined';
  return answer === 'anotherTime' && proposal.state === 'superseded';
}

interface Answering {
  tenant: TenantRow;
  pair: PairRow;
  proposal: ProposalRow;
  now: Instant;
}

async function act(
  tx: TenantTransaction,
  {
    tenant,
    pair,
    proposal,
    input,
    agreementVersion,
    now,
  }: Answering & AgreementVersion & { input: ProposalAnswerInput },
): Promise<void> {
  const { pairId } = pair;
  // What the executive said last stays: other times go to the assistants again.
  const answer = input.personId === pair.menteeId ? input.answer : (pair.answer ?? input.answer);
  switch (input.answer) {
    case 'agree': {
      const chosen = input.offer ?? 0;
      if (!proposal.offers[chosen]) throw badInput('offer', 'this time was not offered');
      return agreeToProposal(tx, { tenant, pair, proposal, chosen, answer, agreementVersion, now });
    }
    case 'anotherTime': {
      await closeProposal(tx, pairId, 'superseded');
      const isLast = pair.slotSearches >= MOST_SEARCHES;
      const dueAt = isLast ? null : now;
      await movePair(tx, pairId, isLast ? 'expire' : 'menteeWantsAnotherTime', { now, dueAt, answer });
      return;
    }
    case 'anotherMentor':
      await closeProposal(tx, pairId, 'answered');
      await movePair(tx, pairId, 'menteeWantsAnotherMentor', { now, answer });
      return tellMentorGently(tx, tenant, pair, now);
    case 'askAssistant':
      return leaveToAssistants(tx, { tenant, pair, proposal, agreementVersion, now });
  }
}

/** The assistants get as many days to answer as the executive had. */
async function leaveToAssistants(
  tx: TenantTransaction,
  { tenant, pair, proposal, agreementVersion, now }: Answering & AgreementVersion,
): Promise<void> {
  const { mentee } = await loadBoth(tx, pair);
  if (!mentee) throw new AppError('notFound');
  const { remindAt, expiresAt } = answerDeadlines(now, mentee.timeZone, mentee.workingHours);
  await movePair(tx, pair.pairId, 'menteeAsksAssistant', {
    now,
    dueAt: remindAt,
    answer: 'askAssistant',
    menteeAgreement: agreementVersion,
  });
  await tx
    .updateTable('proposals')
    .set({ answerBy: at(expiresAt) })
    .where('pairId', '=', pair.pairId)
    .where('generation', '=', proposal.generation)
    .execute();
  await askAssistants(tx, { tenant, pair, proposal: { ...proposal, answerBy: expiresAt }, now });
}

/** One answer, and every card about the proposal says so. */
async function replaceCards(
  tx: TenantTransaction,
  { tenant, pair, proposal, personId, answer, now }: Answering & { personId: PersonId; answer: ProposalAnswer },
): Promise<void> {
  const isOwn = personId === pair.menteeId;
  const { tenantId, salt } = tenant;
  const subjectKey = proposalKey(pair.pairId, proposal.generation);
  const text = (isOwn ? OWN : BY_ASSISTANT)[answer];
  const known = await tx
    .selectFrom('messages')
    .select('messageId')
    .where('personId', '=', pair.menteeId)
    .where('subjectKey', '=', subjectKey)
    .executeTakeFirst();
  // Who was never asked by a card is told nothing by one.
  if (known || isOwn)
    await closeQuestion(tx, { tenantId, salt, personId: pair.menteeId, subjectKey, data: { kind: 'done', text }, now });
  if (answer === 'askAssistant') return;
  await closeAssistantCards(tx, {
    tenant,
    subjectKey: assistantKey(pair.pairId, proposal.generation),
    text: 'answeredElsewhere',
    ...(isOwn ? {} : { except: { personId, text: FOR_EXECUTIVE[answer] } }),
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
