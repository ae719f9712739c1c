import { loadBoth, type ParticipantRow } from '../../db/cohorts.ts';
import { findPair, loadPairs, loadProposals, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { anyOf, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { TimeSpan } from '../../domain/slots/is-still-free.ts';
import type { Blackout } from '../../domain/slots/types.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** Everything about a pair that decisions on its sessions need. */
export interface CareContext {
  tenant: TenantRow;
  pair: PairRow;
  series: SeriesRow;
  /** All sessions of the series, by start. */
  sessions: SessionRow[];
  mentor: ParticipantRow;
  mentee: ParticipantRow;
  people: ReadonlyMap<PersonId, Person>;
  /** The agreement lets a session move by itself within its week. */
  movesAllowed: boolean;
  tentativeIsFree: boolean;
  /** Days without sessions of the cohort. */
  blackouts: readonly Blackout[];
}

/** Loads it; undefined when the pair, or one of the two, is not in the cohort any more. */
export async function loadCareContext(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
): Promise<CareContext | undefined> {
  const pair = await findPair(tx, series.pairId);
  if (!pair) return undefined;
  const { mentor, mentee } = await loadBoth(tx, pair);
  const cohort = await tx
    .selectFrom('cohorts')
    .select(['movesAllowed', 'tentativeIsFree', 'blackouts'])
    .where('cohortId', '=', pair.cohortId)
    .executeTakeFirst();
  if (!mentor || !mentee || !cohort) return undefined;
  return {
    tenant,
    pair,
    series,
    sessions: await loadSessions(tx, { seriesId: series.seriesId }),
    mentor,
    mentee,
    people: await loadPeopleById(tx, [pair.mentorId, pair.menteeId]),
    ...cohort,
  };
}

/** The name of the other one of the pair. */
export const partnerName = ({ pair, people }: CareContext, reader: PersonId): string =>
  people.get(reader === pair.mentorId ? pair.menteeId : pair.mentorId)?.displayName ?? '';

/**
 * Times that our own plans hold for one of the two, though a calendar may not show them yet: their other sessions, where
 * those are being moved to, and what open proposals offer.
 */
export async function loadHeldTimes(
  tx: TenantTransaction,
  { pair }: Pick<CareContext, 'pair'>,
  session: Pick<SessionRow, 'sessionId'>,
  now: Instant,
): Promise<TimeSpan[]> {
  const pairs = await loadPairs(tx, {
    personIds: [pair.mentorId, pair.menteeId],
    states: ['menteeAsked', 'agreed', 'booked'],
  });
  const ids = pairs.map(({ pairId }) => pairId);
  const sessions = (await loadSessions(tx, { pairIds: ids, endsAfter: now })).filter(
    (other) => other.sessionId !== session.sessionId && (other.state === 'booked' || other.state === 'planned'),
  );
  const moving = await tx
    .selectFrom('calendarWrites')
    .innerJoin('sessions', 'sessions.sessionId', 'calendarWrites.sessionId')
    .select('calendarWrites.data')
    .where('calendarWrites.state', 'in', ['planned', 'sending', 'unknown'])
    .where('sessions.sessionId', '!=', session.sessionId)
    .where('sessions.pairId', '=', anyOf(ids))
    .execute();
  const asked = pairs.filter(({ state }) => state === 'menteeAsked').map(({ pairId }) => pairId);
  const proposals = [...(await loadProposals(tx, asked)).values()].filter(({ state }) => state === 'open');
  return [
    ...sessions.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })),
    ...moving.flatMap(({ data }) =>
      data.start === undefined || data.end === undefined
        ? []
        : [{ start: data.start as Instant, end: data.end as Instant }],
    ),
    ...proposals.flatMap(({ offers }) =>
      offers.flatMap(({ dates }) => dates.map(({ start, end }) => ({ start, end }))),
    ),
  ];
}
