import type { MatchingReply } from '../../contract/matching-review.ts';
import type { Locale, Topic } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants, type ParticipantRow } from '../../db/cohorts.ts';
import { loadWishes, type WishRow } from '../../db/match-wishes.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeople } from '../../db/people.ts';
import { readMatchingBasis } from '../../db/read-matching-basis.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { MatchReason } from '../../domain/matching/reasons.ts';
import { LIVE_STATES } from '../../domain/matching/pair.ts';
import { SCORE_MAX } from '../../domain/matching/settings.ts';
import type { Unmatched } from '../../domain/matching/types.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import { toIso } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { UnmatchedTexts } from './describe-matches.ts';
import type { WishTexts } from './price-wishes.ts';

/** Sentences of the review; main wires them to the locales. */
export interface ReviewTexts extends UnmatchedTexts, WishTexts {
  /** Why two people fit, as the administrator reads it. */
  reviewReasons(reasons: readonly MatchReason[], locale: Locale): string[];
  /** Whether a skill is a topic of the vocabulary. */
  isTopic(skill: string): skill is Topic;
}

/**
 * The last matching of a cohort as its administrator reviews it: pairs with their reasons, the worst first, who has nobody
 * and why, who would both prefer each other, and the wishes. Pairs that ended are not in it: of them nobody tells who said
 * what. Throws `notFound`.
 */
export async function reviewMatching(
  { db, texts }: { db: Database; texts: ReviewTexts },
  { tenantId, cohortId, locale }: { tenantId: TenantId; cohortId: string; locale: Locale },
): Promise<MatchingReply> {
  return inTenant(db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const run = await findLastRun(tx, cohortId);
    const people = await loadPeople(tx);
    const joined = await loadParticipants(tx, { cohortId, states: ['joined'] });
    const pairs = await loadPairs(tx, { cohortId, states: LIVE_STATES });
    const wishes = await loadWishes(tx, cohortId);
    const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
    const pinned = new Set(wishes.filter(({ wish }) => wish === 'pinned').map(keyOf));
    const unmatched = (run?.unmatched ?? []).filter(({ personId }) => people.has(personId));
    return {
      run: run && {
        at: toIso(run.at),
        isStale: run.basis !== (await readMatchingBasis(tx, cohortId)),
        blockingPairs: run.blockingPairs,
      },
      mentees: describePeople('mentee', joined, pairs, people),
      mentors: describePeople('mentor', joined, pairs, people),
      pairs: pairs
        .toSorted((a, b) => a.score - b.score)
        .map((pair) => ({
          pairId: pair.pairId,
          menteeId: pair.menteeId,
          mentorId: pair.mentorId,
          state: pair.state,
          fit: Math.max(0, Math.round((100 * pair.score) / SCORE_MAX)),
          reasons: texts.reviewReasons(pair.reasons, locale),
          isPinned: pinned.has(keyOf(pair)),
        })),
      unmatched: unmatched.map(({ personId, reasons }) => ({
        personId,
        displayName: nameOf(personId),
        reasons: texts.unmatched(reasons, locale),
      })),
      calls: countCalls(unmatched, texts),
      blocking: (run?.blocking ?? []).filter(({ menteeId, mentorId }) => people.has(menteeId) && people.has(mentorId)),
      wishes: wishes.map((row) => describeWish(row, nameOf, texts, locale)),
    };
  });
}

const keyOf = ({ menteeId, mentorId }: { menteeId: PersonId; mentorId: PersonId }): string => `${menteeId} ${mentorId}`;

const findLastRun = async (tx: TenantTransaction, cohortId: string) =>
  (await tx
    .selectFrom('matchRuns')
    .select(['at', 'blockingPairs', 'unmatched', 'blocking', 'basis'])
    .where('cohortId', '=', cohortId)
    .orderBy('at', 'desc')
    .orderBy('runId')
    .limit(1)
    .executeTakeFirst()) ?? null;

function describePeople(
  side: 'mentee' | 'mentor',
  joined: readonly ParticipantRow[],
  pairs: readonly PairRow[],
  people: ReadonlyMap<PersonId, Person>,
): MatchingReply['mentees'] {
  const taken = new Map<PersonId, number>();
  const idOf = (pair: PairRow): PersonId => (side === 'mentee' ? pair.menteeId : pair.mentorId);
  for (const pair of pairs) taken.set(idOf(pair), (taken.get(idOf(pair)) ?? 0) + 1);
  const listed = new Set<PersonId>();
  const rows = joined
    .filter((row) => row.side === side)
    .map(({ personId, seats }) => {
      listed.add(personId);
      return { personId, free: Math.max(0, seats - (taken.get(personId) ?? 0)) };
    });
  // Who paused or left while a match of theirs is under way still has a name in it.
  const others = [...taken.keys()].filter((id) => !listed.has(id)).map((personId) => ({ personId, free: 0 }));
  return [...rows, ...others]
    .map((row) => ({ ...row, displayName: people.get(row.personId)?.displayName ?? '' }))
    .sort((a, b) => (a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : 0));
}

/** Topics that are missed, those of most people first. */
function countCalls(unmatched: readonly Unmatched[], texts: ReviewTexts): MatchingReply['calls'] {
  const people = new Map<Topic, number>();
  for (const { reasons } of unmatched) {
    const skills = reasons.flatMap((reason) => (reason.code === 'nobodyOffers' ? reason.skills : []));
    for (const skill of new Set(skills)) if (texts.isTopic(skill)) people.set(skill, (people.get(skill) ?? 0) + 1);
  }
  return [...people].map(([topic, n]) => ({ topic, people: n })).sort((a, b) => b.people - a.people);
}

function describeWish(
  { menteeId, mentorId, wish, refusedBy }: WishRow,
  nameOf: (id: PersonId) => string,
  texts: ReviewTexts,
  locale: Locale,
): MatchingReply['wishes'][number] {
  const names = { mentee: nameOf(menteeId), mentor: nameOf(mentorId) };
  return {
    menteeId,
    mentorId,
    menteeName: names.mentee,
    mentorName: names.mentor,
    wish,
    problem: refusedBy && texts.refusedPin(refusedBy, names, locale),
  };
}
