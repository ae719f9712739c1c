import type { PairState } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { loadWishes, type WishRow } from '../../db/match-wishes.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeople } from '../../db/people.ts';
import { readMatchingBasis } from '../../db/read-matching-basis.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { CohortMatching, PastPair } from '../../domain/matching/match-cohort.ts';
import { MODES } from '../../domain/matching/settings.ts';
import type { WishChange } from '../../domain/matching/wishes.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { ZoneId } from '../../domain/time/instant.ts';
import { localDate } from '../../domain/time/wall-time.ts';
import { AppError } from '../../errors.ts';

/** Pairs that hold a place on both sides. */
export const LIVE_STATES: readonly PairState[] = [
  'mentorAsked',
  'mentorAgreed',
  'noSlot',
  'menteeAsked',
  'agreed',
  'booked',
  'waiting',
];
/** Pairs that a person has ended: the same two are not proposed again. */
const ENDED_STATES: readonly PairState[] = ['mentorDeclined', 'menteeDeclined', 'suspended', 'closed'];

/** Everything a matching is computed from. */
export interface LoadedMatching {
  /** A digest by which it is known again. */
  basis: string;
  /** Without the administrator's wishes. */
  input: CohortMatching;
  /** Those that are not fulfilled yet: a pin is once the two were asked. */
  wishes: WishRow[];
}

/**
 * What is to be matched. The digest comes first: a later change shows in it. Throws `notFound`, and `conflict` with
 * `nobodyJoined` while nobody has joined on one of the sides.
 */
export async function loadMatching(tx: TenantTransaction, cohortId: string): Promise<LoadedMatching> {
  const basis = await readMatchingBasis(tx, cohortId);
  const cohort = await findCohort(tx, cohortId);
  if (!cohort) throw new AppError('notFound');
  const joined = await loadParticipants(tx, { cohortId, states: ['joined'] });
  const people = await loadPeople(tx);
  const pairs = await loadPairs(tx, { cohortId, states: [...LIVE_STATES, ...ENDED_STATES] });
  if (joined.every((row) => row.side === 'mentor') || joined.every((row) => row.side === 'mentee')) {
    throw new AppError('conflict', { reason: 'nobodyJoined' });
  }
  const live = new Set(
    pairs.filter(({ state }) => LIVE_STATES.includes(state)).map(({ menteeId, mentorId }) => menteeId + mentorId),
  );
  const wishes = await loadWishes(tx, cohortId);
  return {
    basis,
    input: { ...matchingInput(cohort, joined, people, pairs), past: await loadPast(tx, cohortId) },
    wishes: wishes.filter(({ wish, menteeId, mentorId }) => wish === 'forbidden' || !live.has(menteeId + mentorId)),
  };
}

/** A cohort with wishes. */
export function withWishes(
  input: CohortMatching,
  wishes: readonly Pick<WishRow, 'menteeId' | 'mentorId' | 'wish'>[],
): CohortMatching {
  const pairsOf = (wish: WishRow['wish']) =>
    wishes.filter((row) => row.wish === wish).map(({ menteeId, mentorId }) => [menteeId, mentorId] as const);
  return { ...input, pinned: pairsOf('pinned'), forbidden: [...(input.forbidden ?? []), ...pairsOf('forbidden')] };
}

/** The wishes once some were changed. */
export function changeWishes(wishes: readonly WishRow[], changes: readonly WishChange[]): WishRow[] {
  const isChanged = (row: WishRow): boolean =>
    changes.some(({ menteeId, mentorId }) => menteeId === row.menteeId && mentorId === row.mentorId);
  return [
    ...wishes.filter((row) => !isChanged(row)),
    ...changes.flatMap(({ wish, ...pair }) => (wish === null ? [] : [{ ...pair, wish, refusedBy: null }])),
  ];
}

function matchingInput(
  cohort: CohortRow,
  joined: readonly ParticipantRow[],
  people: ReadonlyMap<PersonId, Person>,
  pairs: readonly PairRow[],
): CohortMatching {
  const live = pairs.filter((pair) => LIVE_STATES.includes(pair.state));
  const isActive = (row: ParticipantRow): boolean => people.get(row.personId)?.accountEnabled === true;
  const seated = new Map<string, number>();
  for (const { menteeId, mentorId } of live)
    for (const key of [`mentee ${menteeId}`, `mentor ${mentorId}`]) seated.set(key, (seated.get(key) ?? 0) + 1);
  const taken = (row: ParticipantRow): number => seated.get(`${row.side} ${row.personId}`) ?? 0;
  const free = (side: 'mentor' | 'mentee') =>
    joined
      .filter((row) => row.side === side && isActive(row))
      .map((row) => ({ ...row, seats: row.seats - taken(row) }))
      .filter((row) => row.seats > 0);
  return {
    mentees: free('mentee'),
    mentors: free('mentor'),
    people,
    startsOn: cohort.startsOn,
    weeks: cohort.sessions * cohort.everyWeeks,
    pinned: [],
    forbidden: pairs.map((pair) => [pair.menteeId, pair.mentorId]),
    mode: MODES.find((mode) => mode === cohort.mode) ?? 'reverse',
    seed: cohort.seed,
  };
}

/** Pairs that were agreed in other cohorts, with the day on which they were over. */
async function loadPast(tx: TenantTransaction, cohortId: string): Promise<PastPair[]> {
  const rows = await tx
    .selectFrom('pairs')
    .select(['menteeId', 'mentorId', 'state', 'stateSince'])
    .where('cohortId', '!=', cohortId)
    .where('agreedAt', 'is not', null)
    .orderBy('pairId')
    .execute();
  return rows.map(({ menteeId, mentorId, state, stateSince }) => ({
    menteeId,
    mentorId,
    endedOn: ENDED_STATES.includes(state) ? localDate(stateSince, 'UTC' as ZoneId) : null,
  }));
}
