import { loadParticipants } from '../../db/cohorts.ts';
import type { PairRow } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { holdForTraining } from '../../db/training.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * A pair starts when its mentor has finished the required training (product.md A5): the others are no longer due, until
 * the last module is finished. Returns the pairs that go on.
 */
export async function holdUntrained(
  tx: TenantTransaction,
  tenantId: TenantId,
  pairs: PairRow[],
  now: Instant,
): Promise<PairRow[]> {
  if (pairs.length === 0) return pairs;
  const mentors = await loadParticipants(tx, { personIds: pairs.map(({ mentorId }) => mentorId), side: 'mentor' });
  const untrained = new Set(
    mentors.filter(({ isTrained }) => !isTrained).map(({ cohortId, personId }) => `${cohortId} ${personId}`),
  );
  const held = pairs.filter(({ cohortId, mentorId }) => untrained.has(`${cohortId} ${mentorId}`));
  await holdForTraining(
    tx,
    held.map(({ pairId }) => pairId),
  );
  for (const { cohortId, pairId } of held)
    await addToRunLog(tx, tenantId, { at: now, kind: 'waitsForTraining', cohortId, subjectId: pairId });
  return pairs.filter((pair) => !held.includes(pair));
}
