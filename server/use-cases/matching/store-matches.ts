import type { CohortRow } from '../../db/cohorts.ts';
import { deriveId } from '../../db/derive-id.ts';
import { noteRefusals } from '../../db/match-wishes.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type TenantTransaction } from '../../db/schema.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { MatchedWithWishes } from './match-with-wishes.ts';

/** Pairs per insert: writing down the statement keeps the event loop for some milliseconds. */
const CHUNK = 200;

/** Replaces what an earlier run proposed; what was asked already is not touched. Returns the number of new pairs. */
export async function storeMatches(
  tx: TenantTransaction,
  {
    tenantId,
    cohort,
    basis,
    matched: { result, refused },
    now,
  }: { tenantId: TenantId; cohort: CohortRow; basis: string; matched: MatchedWithWishes; now: Instant },
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
  const outcome = {
    seats: result.seats,
    worst: result.worst,
    total: result.total,
    blockingPairs: result.blockingPairs,
    unmatched: json(result.unmatched),
    blocking: json(result.blocking),
    basis,
  };
  // A second matching at the same instant, as where time is virtual, is the one that counts.
  await tx
    .insertInto('matchRuns')
    .values({ tenantId, runId: deriveId(salt, 'match-run', cohortId, now), cohortId, at: at(now), ...outcome })
    .onConflict((oc) => oc.columns(['tenantId', 'runId']).doUpdateSet(outcome))
    .execute();
  await noteRefusals(tx, cohortId, refused);
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
