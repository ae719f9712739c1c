import { queueMessage } from '../../db/messages.ts';
import { movePair } from '../../db/pairs.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import { findSeries } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadCareContext, partnerName } from './care-context.ts';
import { endSeries } from './end-series.ts';
import { withdrawOffer } from './offer-new-time.ts';

/**
 * Ends the pairs of which one has left or was disabled: the dates to come are cancelled once, while the mailbox is still
 * there, the other one is told, and the leaver takes part in nothing more (reliability.md F38). Returns how many.
 */
export async function endPairsOfLeavers(tx: TenantTransaction, tenant: TenantRow, now: Instant): Promise<number> {
  const rows = await tx
    .selectFrom('pairs')
    .innerJoin('people', (join) =>
      join.on((eb) =>
        eb.or([
          eb('people.personId', '=', eb.ref('pairs.mentorId')),
          eb('people.personId', '=', eb.ref('pairs.menteeId')),
        ]),
      ),
    )
    .innerJoin('series', (join) =>
      join.onRef('series.pairId', '=', 'pairs.pairId').onRef('series.generation', '=', 'pairs.generation'),
    )
    .select(['pairs.pairId', 'people.personId', 'series.seriesId'])
    .where('pairs.state', 'in', ['booked', 'suspended'])
    .where((eb) => eb.or([eb('people.accountEnabled', '=', false), eb('people.removedAt', 'is not', null)]))
    .orderBy('pairs.pairId')
    .execute();
  const leavers = new Map<string, { seriesId: string; people: Set<PersonId> }>();
  for (const { pairId, personId, seriesId } of rows) {
    const entry = leavers.get(pairId) ?? { seriesId, people: new Set() };
    entry.people.add(personId);
    leavers.set(pairId, entry);
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
