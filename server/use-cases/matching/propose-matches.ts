import { findCohort } from '../../db/cohorts.ts';
import { keepWishes } from '../../db/match-wishes.ts';
import { readMatchingBasis } from '../../db/read-matching-basis.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { MatchingResult } from '../../domain/matching/types.ts';
import type { WishChange } from '../../domain/matching/wishes.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Matcher } from '../../ports.ts';
import { changeWishes, loadMatching, withWishes } from './load-matching.ts';
import { matchWithWishes, type RefusedPin } from './match-with-wishes.ts';
import { storeMatches } from './store-matches.ts';

/** How often a matching is begun: who still changes things after the third time is better asked to come again. */
const MOST_ATTEMPTS = 3;

/** What a matching is doing just now. */
export type MatchingPhase = 'reading' | 'matching' | 'storing';

export interface ProposedMatches {
  result: MatchingResult;
  /** Pairs that are new in this run. */
  fresh: number;
}

export interface ProposeMatchesInput {
  tenantId: TenantId;
  cohortId: string;
  /** Wishes of the administrator that are set, or taken back, with this matching. */
  changes?: readonly WishChange[];
  onPhase?: (phase: MatchingPhase) => void;
}

/**
 * Matches everybody of a cohort who still wants somebody: live pairs stay, refused ones are not proposed again, open
 * proposals of an earlier run are replaced, and the administrator's pins and bans hold. Nothing is sent. No transaction is
 * open while it is computed; when participants, pairs or wishes change meanwhile, it is computed again. `rejected`: one of
 * the pins that were asked for cannot be kept, and nothing was changed. Throws `notFound`, `conflict` with `nobodyJoined`
 * while nobody has joined, and `conflict` without a reason when things do not stop changing.
 */
export async function proposeMatches(
  ports: { db: Database; clock: Clock; matcher: Matcher },
  input: ProposeMatchesInput & { changes: readonly WishChange[] },
): Promise<ProposedMatches | { rejected: RefusedPin }>;
export async function proposeMatches(
  ports: { db: Database; clock: Clock; matcher: Matcher },
  input: Omit<ProposeMatchesInput, 'changes'>,
): Promise<ProposedMatches>;
export async function proposeMatches(
  { db, clock, matcher }: { db: Database; clock: Clock; matcher: Matcher },
  { tenantId, cohortId, changes = [], onPhase }: ProposeMatchesInput,
): Promise<ProposedMatches | { rejected: RefusedPin }> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    onPhase?.('reading');
    const { basis, input, wishes } = await inTenant(db, tenantId, (tx) => loadMatching(tx, cohortId));
    onPhase?.('matching');
    const matched = await matchWithWishes(matcher, withWishes(input, changeWishes(wishes, changes)), changes);
    if ('rejected' in matched) return matched;
    onPhase?.('storing');
    const fresh = await inTenant(db, tenantId, async (tx) => {
      // Two that match the same cohort at a time store one after the other.
      await tx.selectFrom('cohorts').select('cohortId').where('cohortId', '=', cohortId).forUpdate().execute();
      if ((await readMatchingBasis(tx, cohortId)) !== basis) return null;
      const cohort = await findCohort(tx, cohortId);
      if (!cohort) throw new AppError('notFound');
      const now = clock.now();
      await keepWishes(tx, { tenantId, cohortId, changes, now });
      const newBasis = changes.length === 0 ? basis : await readMatchingBasis(tx, cohortId);
      return storeMatches(tx, { tenantId, cohort, basis: newBasis, matched, now });
    });
    if (fresh !== null) return { result: matched.result, fresh };
  }
  throw new AppError('conflict');
}
