import type { AskView, AssistedPairView, OfferView } from '../../contract/http.ts';
import { executivesOf } from '../../db/assistants.ts';
import { findCohort } from '../../db/cohorts.ts';
import { loadPairs, loadProposals, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadSeries, loadSessions } from '../../db/sessions.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { SlotOffer } from '../../domain/slots/types.ts';
import { toIso } from '../../domain/time/instant.ts';

/** Pairs to which the executive has said yes. */
const AGREED: readonly PairRow['state'][] = ['agreed', 'booked'];

export interface Assisting {
  asks: Extract<AskView, { kind: 'assistantProposal' }>[];
  assisting: AssistedPairView[];
}

/**
 * What somebody sees of the executives who have named them: times, the partner's name, the purpose and the executive's
 * yes, never goals, reasons, guides, notes, links or feedback (product.md, Assistant). `shapeOf` writes the sentence of a
 * series.
 */
export async function describeAssisting(
  tx: TenantTransaction,
  assistantId: PersonId,
  shapeOf: (shape: { sessions: number; minutes: number; everyWeeks: number }) => string,
): Promise<Assisting> {
  const executives = await executivesOf(tx, assistantId);
  if (executives.length === 0) return { asks: [], assisting: [] };
  const all = await loadPairs(tx, { personIds: executives, states: ['menteeAsked', ...AGREED] });
  const pairs = all.filter((pair) => executives.includes(pair.menteeId));
  const pairIds = pairs.map((pair) => pair.pairId);
  const people = await loadPeopleById(
    tx,
    pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]),
  );
  const proposals = await loadProposals(tx, pairIds);
  const asks: Assisting['asks'] = [];
  const assisting: AssistedPairView[] = [];
  for (const pair of pairs) {
    const cohort = await findCohort(tx, pair.cohortId);
    if (!cohort) continue;
    const names = { ...namesOf(pair, people), programName: cohort.programName };
    const proposal = proposals.get(pair.pairId);
    if (AGREED.includes(pair.state))
      assisting.push({ pairId: pair.pairId, ...names, sessions: await sessionTimes(tx, pair.pairId) });
    else if (pair.answer === 'askAssistant' && proposal?.state === 'open')
      asks.push({
        kind: 'assistantProposal',
        pairId: pair.pairId,
        ...names,
        shape: shapeOf(cohort),
        offers: proposal.offers.map(timesOf),
        answerBy: toIso(proposal.answerBy),
        round: proposal.generation,
      });
  }
  return { asks, assisting };
}

const namesOf = (
  { menteeId, mentorId }: PairRow,
  people: ReadonlyMap<PersonId, Person>,
): Pick<AssistedPairView, 'executiveName' | 'partnerName'> => ({
  executiveName: people.get(menteeId)?.displayName ?? '',
  partnerName: people.get(mentorId)?.displayName ?? '',
});

/** Reasons speak of what else is in the executive's calendar. */
const timesOf = ({ weekday, time, timeZone, kind, dates }: SlotOffer): OfferView => ({
  weekday,
  time,
  timeZone,
  kind,
  dates: dates.map((date) => ({ start: toIso(date.start), end: toIso(date.end), moved: date.isMoved })),
  reasons: [],
});

async function sessionTimes(tx: TenantTransaction, pairId: string): Promise<AssistedPairView['sessions']> {
  const series = await loadSeries(tx, { pairIds: [pairId] });
  const sessions = await loadSessions(tx, { pairIds: [pairId] });
  return sessions.flatMap((session) => {
    const own = series.find((candidate) => candidate.seriesId === session.seriesId);
    if (!own) return [];
    const { sessionId, number, state } = session;
    const times = { start: toIso(session.startsAt), end: toIso(session.endsAt), timeZone: own.timeZone };
    return [{ sessionId, number, of: own.count, ...times, state }];
  });
}
