import { loadOpenErasures } from '../../db/erasures.ts';
import { queueMessage } from '../../db/messages.ts';
import { movePair } from '../../db/pairs.ts';
import { anyOf, at, type TenantTransaction } from '../../db/schema.ts';
import { findSeries } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadCareContext, partnerName } from './care-context.ts';
import { endSeries } from './end-series.ts';
import { withdrawOffer } from './offer-new-time.ts';

/**
 * Ends the pairs of which one has left, was disabled, or wants to be erased (F40): the dates to come are cancelled once, while the mailbox is still
 * there, the other one is told, and the leaver takes part in nothing more (reliability.md F38). Returns how many.
 */
export async function endPairsOfLeavers(tx: TenantTransaction, tenant: TenantRow, now: Instant): Promise<number> {
  const erasing = await loadOpenErasures(tx);
  // The few pairs first, then their people: joined the other way the database would try every person with every pair.
  const pairs = await tx
    .selectFrom('pairs')
    .innerJoin('series', (join) =>
      join.onRef('series.pairId', '=', 'pairs.pairId').onRef('series.generation', '=', 'pairs.generation'),
    )
    .select(['pairs.pairId', 'pairs.mentorId', 'pairs.menteeId', 'series.seriesId'])
    .where('pairs.state', 'in', ['booked', 'suspended'])
    .orderBy('pairs.pairId')
    .execute();
  const gone = await tx
    .selectFrom('people')
    .select('personId')
    .where('personId', '=', anyOf(pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId])))
    .where((eb) =>
      eb.or([eb('accountEnabled', '=', false), eb('removedAt', 'is not', null), eb('personId', '=', anyOf(erasing))]),
    )
    .execute();
  const goneIds = new Set(gone.map(({ personId }) => personId));
  const leavers = new Map<string, { seriesId: string; people: Set<PersonId> }>();
  for (const { pairId, mentorId, menteeId, seriesId } of pairs) {
    const people = new Set([mentorId, menteeId].filter((id) => goneIds.has(id)));
    if (people.size > 0) leavers.set(pairId, { seriesId, people });
  }
  for (const [pairId, { seriesId, people }] of leavers) await endOne(tx, tenant, { pairId, seriesId, people }, now);
  return leavers.size;
}

async function endOne(
  tx: TenantTransaction,
  tenant: TenantRow,
  { pairId, seriesId, people }: { pairId: string; seriesId: string; people: ReadonlySet<PersonId> },
  now: Instant,
): Promise<void> {
  const series = await findSeries(tx, seriesId);
  const context = series && (await loadCareContext(tx, tenant, series));
  await movePair(tx, pairId, 'close', { now });
  if (!context) return;
  for (const { sessionId } of context.sessions) await withdrawOffer(tx, context, sessionId, now);
  await endSeries(tx, context, now);
  for (const row of [context.mentor, context.mentee]) {
    const isLeaver = people.has(row.personId);
    if (isLeaver) {
      await tx
        .updateTable('participants')
        .set({ state: 'left' })
        .where('personId', '=', row.personId)
        .where('state', 'in', ['joined', 'invited', 'paused'])
        .execute();
      continue;
    }
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId: row.personId,
      subjectKey: `partnerLeft:${pairId}`,
      data: { kind: 'partnerLeft', pairId, partnerName: partnerName(context, row.personId) },
      notBefore: now,
      now,
    });
  }
  // Who stays is matched anew in the next round of the cohort.
  await tx
    .updateTable('cohorts')
    .set({ dueAt: at(now) })
    .where('cohortId', '=', context.pair.cohortId)
    .execute();
}
