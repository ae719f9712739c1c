import type { AssistedPairView } from '../../contract/assistants.ts';
import type { AskView, OfferView } from '../../contract/http.ts';
import { executivesOf } from '../../db/assistants.ts';
import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, loadProposals, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SessionRow } from '../../db/sessions.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { SlotOffer } from '../../domain/slots/types.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';

/** Pairs to which the executive has said yes. */
const AGREED: readonly PairRow['state'][] = ['agreed', 'booked'];

/** What the sentence of a series is made of. */
export interface SeriesShape {
  sessions: number;
  minutes: number;
  everyWeeks: number;
  everyMonths: number | null;
}

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
  { now, shapeOf }: { now: Instant; shapeOf: (shape: SeriesShape) => string },
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
  const sessions = await loadSessions(tx, { pairIds });
  const zones = new Map(
    (await loadParticipants(tx, { personIds: executives, side: 'mentee' })).map((row) => [row.personId, row.timeZone]),
  );
  const asks: Assisting['asks'] = [];
  const assisting: AssistedPairView[] = [];
  for (const pair of pairs) {
    const cohort = await findCohort(tx, pair.cohortId);
    if (!cohort) continue;
    const timeZone = zones.get(pair.menteeId) ?? 'UTC';
    const names = { ...namesOf(pair, people), programName: cohort.programName, timeZone };
    const proposal = proposals.get(pair.pairId);
    if (AGREED.includes(pair.state))
      assisting.push({ pairId: pair.pairId, ...names, sessions: sessionTimes(sessions, pair.pairId, now) });
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

/** What is over, or does not take place, is no time any more. */
const sessionTimes = (sessions: readonly SessionRow[], pairId: string, now: Instant): AssistedPairView['sessions'] =>
  sessions
    .filter((session) => session.pairId === pairId && session.endsAt > now)
    .filter(({ state }) => state === 'planned' || state === 'booked')
    .map(({ sessionId, startsAt, endsAt }) => ({ sessionId, start: toIso(startsAt), end: toIso(endsAt) }));
