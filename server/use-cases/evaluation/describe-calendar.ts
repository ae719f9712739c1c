import type { CalendarReply } from '../../contract/running.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, loadProposals } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import { loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { LIVE_STATES } from '../../domain/matching/pair.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { toIso } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';

type Stage = CalendarReply['pairs'][number]['stage'];

/** How far a pair has come on its way into the calendars; null: it is over. */
const STAGES: Readonly<Record<PairState, Stage | null>> = {
  proposed: 'early',
  mentorAsked: 'early',
  mentorAgreed: 'searching',
  noSlot: 'noSlot',
  menteeAsked: 'proposed',
  waiting: 'waiting',
  agreed: 'booking',
  booked: 'booked',
  suspended: null,
  mentorDeclined: null,
  menteeDeclined: null,
  closed: null,
};

/**
 * Where each pair of a cohort stands with its calendar: whether times were found, how many dates of the pattern stand at
 * another time, and the dates that are booked. Never what stands in anybody's calendar, nor who moved or cancelled. Throws
 * `notFound`.
 */
export async function describeCalendar(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<CalendarReply> {
  return inTenant(db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const pairs = await loadPairs(tx, { cohortId, states: LIVE_STATES });
    const ids = pairs.map(({ pairId }) => pairId);
    const proposals = await loadProposals(tx, ids);
    const sessions = new Map<string, SessionRow[]>(ids.map((id) => [id, []]));
    for (const session of await loadSessions(tx, { pairIds: ids })) sessions.get(session.pairId)?.push(session);
    const participants = await loadParticipants(tx, { cohortId, states: ['invited', 'joined'] });
    const unread = new Set(participants.filter(({ calendar }) => calendar === 'none').map(({ personId }) => personId));
    const people = await loadPeopleById(tx, [
      ...pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]),
      ...unread,
    ]);
    return {
      now: toIso(clock.now()),
      pairs: pairs.flatMap((pair) => {
        const stage = STAGES[pair.state];
        if (stage === null) return [];
        const proposal = proposals.get(pair.pairId);
        const offer = proposal?.offers[proposal.chosen ?? 0];
        const isOffered = stage === 'proposed' || stage === 'booking' || stage === 'booked';
        const standing = (sessions.get(pair.pairId) ?? []).filter(({ state }) => state === 'booked');
        return [
          {
            pairId: pair.pairId,
            mentorName: people.get(pair.mentorId)?.displayName ?? '',
            menteeName: people.get(pair.menteeId)?.displayName ?? '',
            stage,
            state: pair.state,
            searches: stage === 'searching' || stage === 'noSlot' ? pair.slotSearches : 0,
            broken:
              offer && isOffered
                ? { dates: offer.dates.filter(({ isMoved }) => isMoved).length, of: offer.dates.length }
                : null,
            moved: standing.filter(({ wasMoved }) => wasMoved).length,
            dates: standing.map(({ startsAt }) => toIso(startsAt)).sort(),
          },
        ];
      }),
      unreadable: [...unread].map((id) => people.get(id)?.displayName ?? '').sort(),
    };
  });
}
