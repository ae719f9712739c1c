import { randomUUID } from 'node:crypto';
import { erasePerson } from '../../db/erase-person.ts';
import { closeErasure, loadOpenErasures } from '../../db/erasures.ts';
import { loadPairs } from '../../db/pairs.ts';
import { anyOf, at, type TenantTransaction } from '../../db/schema.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { LIVE_STATES } from '../../domain/matching/pair.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Erases everybody who asked for it and about whom nothing is under way any more: no pair that goes on, no write to a
 * calendar, no card (reliability.md F40). Whoever is not free yet is looked at again with the next round; returns how many
 * wait.
 */
export async function finishErasures(tx: TenantTransaction, tenant: TenantRow, now: Instant): Promise<number> {
  let waiting = 0;
  for (const personId of await loadOpenErasures(tx)) {
    if (await isUnderWay(tx, personId)) {
      waiting++;
      continue;
    }
    await erasePerson(tx, personId, randomUUID());
    await closeErasure(tx, tenant, personId, now);
  }
  return waiting;
}

async function isUnderWay(tx: TenantTransaction, personId: PersonId): Promise<boolean> {
  const pairs = await loadPairs(tx, { personId });
  if (pairs.some(({ state }) => LIVE_STATES.includes(state) || state === 'suspended')) return true;
  const write = await tx
    .selectFrom('calendarWrites')
    .innerJoin('series', 'series.seriesId', 'calendarWrites.seriesId')
    .select('calendarWrites.writeId')
    .where('series.pairId', '=', anyOf(pairs.map(({ pairId }) => pairId)))
    .where('calendarWrites.state', 'in', ['planned', 'sending', 'unknown'])
    .limit(1)
    .executeTakeFirst();
  if (write) return true;
  const card = await tx
    .selectFrom('messages')
    .select('messageId')
    .where('personId', '=', personId)
    .where('state', 'in', ['sending', 'unknown'])
    .limit(1)
    .executeTakeFirst();
  return card !== undefined;
}

/** Lets the round that ends pairs and finishes erasures be due now. */
export async function finishSoon(tx: TenantTransaction, tenantId: TenantId, now: Instant): Promise<void> {
  await tx
    .insertInto('syncStates')
    .values({ tenantId, kind: 'lookAfterPairs', deltaLink: null, dueAt: at(now) })
    .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet({ dueAt: at(now) }))
    .execute();
}
