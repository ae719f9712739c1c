import type { CardMessage } from '../../contract/card-messages.ts';
import { findCohort, loadBoth, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import type { PairRow, ProposalRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { Person } from '../../domain/people/person.ts';
import { partnerOf } from '../people/partner-of.ts';

export type ProposalMessage = Extract<CardMessage, { kind: 'proposal' }>;

/** The card of a proposal as the executive sees it: mentor, reasons, agreement and times. */
export function describeProposal({
  pair,
  proposal,
  cohort,
  mentor,
  person,
}: {
  pair: PairRow;
  proposal: Pick<ProposalRow, 'generation' | 'offers' | 'answerBy'>;
  cohort: CohortRow;
  mentor: ParticipantRow;
  /** The mentor as the directory has them. */
  person: Person;
}): ProposalMessage {
  return {
    kind: 'proposal',
    pairId: pair.pairId,
    partner: partnerOf(person, mentor, { mayGoalsBeSeen: false }),
    reasons: pair.reasons,
    offers: proposal.offers.map((offer) => ({
      weekday: offer.weekday,
      time: offer.time,
      timeZone: offer.timeZone,
      kind: offer.kind,
      dates: offer.dates.map((date) => ({ start: date.start, end: date.end, moved: date.isMoved })),
      reasons: offer.reasons,
    })),
    everyWeeks: cohort.everyWeeks,
    everyMonths: cohort.everyMonths,
    sessions: cohort.sessions,
    minutes: cohort.minutes,
    movesAllowed: cohort.movesAllowed,
    answerBy: proposal.answerBy,
    isReminder: false,
    round: proposal.generation,
  };
}

/** The same, with what it needs read first; null when a person or the cohort is no longer there. */
export async function loadProposalCard(
  tx: TenantTransaction,
  pair: PairRow,
  proposal: Pick<ProposalRow, 'generation' | 'offers' | 'answerBy'>,
): Promise<ProposalMessage | null> {
  const cohort = await findCohort(tx, pair.cohortId);
  const { mentor } = await loadBoth(tx, pair);
  const person = (await loadPeopleById(tx, [pair.mentorId])).get(pair.mentorId);
  return cohort && mentor && person ? describeProposal({ pair, proposal, cohort, mentor, person }) : null;
}
