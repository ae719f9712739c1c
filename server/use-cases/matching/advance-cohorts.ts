import { loadOpenCohorts, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Directory, Jobs, Matcher } from '../../ports.ts';
import { askMentors } from './ask-mentors.ts';
import { LIVE_STATES } from './load-matching.ts';
import { proposeMatches } from './propose-matches.ts';

/** A cohort that runs by itself looks for new matches for people who lost theirs so often. */
const REMATCH_EVERY = 2 * DAY;

/**
 * Takes cohorts that were set to run by themselves to their next step: matches once everybody has answered or the time
 * to answer is over, asks the mentors, and later matches those again whose match came to nothing.
 */
export async function advanceCohorts(
  ports: { db: Database; directory: Directory; clock: Clock; jobs: Jobs; matcher: Matcher },
  { tenantId }: { tenantId: TenantId },
): Promise<void> {
  const { db, clock } = ports;
  const now = clock.now();
  const cohorts = await inTenant(db, tenantId, async (tx) => {
    const found = [];
    for (const cohort of await loadOpenCohorts(tx)) {
      if (!cohort.automatic || cohort.state === 'draft') continue;
      if (cohort.dueAt !== null && cohort.dueAt > now) continue;
      found.push({
        cohort,
        people: await loadParticipants(tx, { cohortId: cohort.cohortId, ...waitedFor(cohort) }),
        pairs: await loadPairs(tx, { cohortId: cohort.cohortId, states: LIVE_STATES }),
      });
    }
    return found;
  });
  for (const { cohort, people, pairs } of cohorts) {
    if (!isMatchDue(cohort, people, pairs, now)) continue;
    try {
      await proposeMatches(ports, { tenantId, cohortId: cohort.cohortId });
      await askMentors(ports, { tenantId, cohortId: cohort.cohortId });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      // Answers came in all the while: stays due, and is looked at again the next time.
      if (error.details.reason === undefined) continue;
      // Nobody to match, or no match possible: looked at again when something changed.
    }
    await inTenant(db, tenantId, (tx) =>
      tx
        .updateTable('cohorts')
        .set({ dueAt: at(plus(now, REMATCH_EVERY)) })
        .where('cohortId', '=', cohort.cohortId)
        .execute(),
    );
  }
}

/** Whom the next step depends on: before the first match everybody who was asked, later the mentees. */
const waitedFor = (cohort: CohortRow) =>
  cohort.state === 'inviting'
    ? { states: ['invited' as const] }
    : { side: 'mentee' as const, states: ['joined' as const] };

function isMatchDue(
  cohort: CohortRow,
  people: readonly ParticipantRow[],
  pairs: readonly PairRow[],
  now: Instant,
): boolean {
  if (cohort.state === 'inviting') {
    return people.every((row) => row.dueAt !== null && row.dueAt <= now);
  }
  const matched = new Map<string, number>();
  for (const pair of pairs) matched.set(pair.menteeId, (matched.get(pair.menteeId) ?? 0) + 1);
  return people.some((row) => (matched.get(row.personId) ?? 0) < row.seats);
}
