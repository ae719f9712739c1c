import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { deriveId } from '../../db/derive-id.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeople } from '../../db/people.ts';
import { readMatchingBasis } from '../../db/read-matching-basis.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PairState } from '../../contract/vocabulary.ts';
import type { CohortMatching, PastPair } from '../../domain/matching/match-cohort.ts';
import { MODES } from '../../domain/matching/settings.ts';
import type { MatchingResult } from '../../domain/matching/types.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant, ZoneId } from '../../domain/time/instant.ts';
import { localDate } from '../../domain/time/wall-time.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Matcher } from '../../ports.ts';

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

/** How often a matching is begun: who still changes things after the third time is better asked to come again. */
const MOST_ATTEMPTS = 3;
/** Pairs per insert: writing down the statement keeps the event loop for some milliseconds. */
const CHUNK = 200;

export interface ProposedMatches {
  result: MatchingResult;
  /** Pairs that are new in this run. */
  fresh: number;
}

/**
 * Matches everybody of a cohort who still wants somebody: live pairs stay, refused ones are not proposed again, open
 * proposals of an earlier run are replaced. Nothing is sent. No transaction is open while it is computed; when participants
 * or pairs change meanwhile, it is computed again. Throws `notFound`, `conflict` with `nobodyJoined` while nobody has joined,
 * and `conflict` without a reason when things do not stop changing.
 */
export async function proposeMatches(
  { db, clock, matcher }: { db: Database; clock: Clock; matcher: Matcher },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<ProposedMatches> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const { basis, input } = await inTenant(db, tenantId, (tx) => loadMatching(tx, cohortId));
    const result = await matcher.match(input);
    const fresh = await inTenant(db, tenantId, async (tx) => {
      // Two that match the same cohort at a time store one after the other.
      await tx.selectFrom('cohorts').select('cohortId').where('cohortId', '=', cohortId).forUpdate().execute();
      if ((await readMatchingBasis(tx, cohortId)) !== basis) return null;
      const cohort = await findCohort(tx, cohortId);
      if (!cohort) throw new AppError('notFound');
      return storeMatches(tx, { tenantId, cohort, result, now: clock.now() });
    });
    if (fresh !== null) return { result, fresh };
  }
  throw new AppError('conflict');
}

/** What is to be matched, and a digest by which it is known again. The digest comes first: a later change shows in it. */
async function loadMatching(
  tx: TenantTransaction,
  cohortId: string,
): Promise<{ basis: string; input: CohortMatching }> {
  const basis = await readMatchingBasis(tx, cohortId);
  const cohort = await findCohort(tx, cohortId);
  if (!cohort) throw new AppError('notFound');
  const joined = await loadParticipants(tx, { cohortId, states: ['joined'] });
  const people = await loadPeople(tx);
  const pairs = await loadPairs(tx, { cohortId, states: [...LIVE_STATES, ...ENDED_STATES] });
  if (joined.every((row) => row.side === 'mentor') || joined.every((row) => row.side === 'mentee')) {
    throw new AppError('conflict', { reason: 'nobodyJoined' });
  }
  return { basis, input: { ...matchingInput(cohort, joined, people, pairs), past: await loadPast(tx, cohortId) } };
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

/** Replaces what an earlier run proposed; what was asked already is not touched. Returns the number of new pairs. */
async function storeMatches(
  tx: TenantTransaction,
  { tenantId, cohort, result, now }: { tenantId: TenantId; cohort: CohortRow; result: MatchingResult; now: Instant },
): Promise<number> {
  const { salt } = await loadTenant(tx);
  const { cohortId } = cohort;
  await tx.deleteFrom('pairs').where('cohortId', '=', cohortId).where('state', '=', 'proposed').execute();
  for (let i = 0; i < result.pairs.length; i += CHUNK) {
    const rows = result.pairs.slice(i, i + CHUNK).map((pair) => ({
      tenantId,
      pairId: deriveId(salt, 'pair', cohortId, pair.menteeId, pair.mentorId),
      cohortId,
      mentorId: pair.mentorId,
      menteeId: pair.menteeId,
      generation: 1,
      state: 'proposed' as const,
      score: pair.score,
      parts: json(pair.parts),
      reasons: json(pair.reasons),
      stateSince: at(now),
    }));
    await tx.insertInto('pairs').values(rows).execute();
  }
  await tx
    .insertInto('matchRuns')
    .values({
      tenantId,
      runId: deriveId(salt, 'match-run', cohortId, now),
      cohortId,
      at: at(now),
      seats: result.seats,
      worst: result.worst,
      total: result.total,
      blockingPairs: result.blockingPairs,
      unmatched: json(result.unmatched),
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
  if (cohort.state === 'inviting')
    await tx.updateTable('cohorts').set({ state: 'matched' }).where('cohortId', '=', cohortId).execute();
  // Looking again and finding nobody new is no news.
  if (result.pairs.length === 0 && cohort.state === 'running') return 0;
  await addToRunLog(tx, tenantId, {
    at: now,
    kind: 'matched',
    cohortId,
    subjectId: cohortId,
    detail: { pairs: result.pairs.length, unmatched: result.unmatched.length },
  });
  return result.pairs.length;
}
