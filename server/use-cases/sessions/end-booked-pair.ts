import { queueMessage } from '../../db/messages.ts';
import { movePair, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import { findSeries } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadCareContext } from './care-context.ts';
import { endSeries } from './end-series.ts';
import { withdrawOffer } from './offer-new-time.ts';

interface Ending {
  tenant: TenantRow;
  pair: PairRow;
  now: Instant;
}

/**
 * Ends a pair whose series stands or stood: the dates to come leave the calendars once, and who stays is matched anew in
 * the next round of the cohort. Tells nobody. False: nothing of it stands any more.
 */
export async function endBookedPair(tx: TenantTransaction, { tenant, pair, now }: Ending): Promise<boolean> {
  const { pairId, generation } = pair;
  const current = await tx
    .selectFrom('series')
    .select('seriesId')
    .where('pairId', '=', pairId)
    .where('generation', '=', generation)
    .executeTakeFirst();
  const series = current && (await findSeries(tx, current.seriesId));
  const context = series && (await loadCareContext(tx, tenant, series));
  await movePair(tx, pairId, 'close', { now });
  if (!context) return false;
  for (const { sessionId } of context.sessions) await withdrawOffer(tx, context, sessionId, now);
  await endSeries(tx, context, now);
  await tx
    .updateTable('cohorts')
    .set({ dueAt: at(now) })
    .where('cohortId', '=', pair.cohortId)
    .execute();
  return true;
}

/**
 * The same where one of the two, or the program team, wants it so. Both, but for `silent`, read the same words: that the
 * pair has ended, never by whom or why (product.md F4). The administrator's log says no more.
 */
export async function endPairQuietly(
  tx: TenantTransaction,
  { tenant, pair, silent = null, now }: Ending & { silent?: PersonId | null },
): Promise<void> {
  const { pairId, mentorId, menteeId, cohortId } = pair;
  await endBookedPair(tx, { tenant, pair, now });
  const people = await loadPeopleById(tx, [mentorId, menteeId]);
  for (const personId of [mentorId, menteeId]) {
    if (personId === silent) continue;
    const partnerName = people.get(personId === mentorId ? menteeId : mentorId)?.displayName ?? '';
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId,
      subjectKey: `pairEnded:${pairId}`,
      data: { kind: 'pairEnded', pairId, partnerName },
      notBefore: now,
      now,
    });
  }
  await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'pairEnded', cohortId, subjectId: pairId });
}
