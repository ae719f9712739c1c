import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { PARKED } from './park-tenant.ts';

/** One question in this time, however much waits (reliability.md F14). */
const PROBE_EVERY = 15 * MINUTE;
const LONG_AGO = 0 as Instant;

/**
 * Asks whether a parked tenant lets us in again (consent given anew, app installed again, credential renewed). Then all
 * mailboxes are watched and read again, and what waited goes on under its old keys: nothing is booked a second time
 * (reliability.md F39). Returns when to ask again; null: it goes on.
 */
export async function resumeTenant(
  { db, calendar, clock, jobs }: { db: Database; calendar: Calendar; clock: Clock; jobs: Jobs },
  { tenantId, programMailboxId }: TenantRow,
): Promise<Instant | null> {
  const now = clock.now();
  const state = await inTenant(db, tenantId, (tx) =>
    tx.selectFrom('syncStates').select('dueAt').where('kind', '=', PARKED).executeTakeFirst(),
  );
  if (state && state.dueAt > now) return state.dueAt;
  // Kept when the door is open, too: one that closes again at once is not knocked at again at once.
  const again = plus(now, PROBE_EVERY);
  await inTenant(db, tenantId, (tx) =>
    tx
      .insertInto('syncStates')
      .values({ tenantId, kind: PARKED, deltaLink: null, dueAt: at(again) })
      .onConflict((oc) => oc.columns(['tenantId', 'kind']).doUpdateSet({ dueAt: at(again) }))
      .execute(),
  );
  if (programMailboxId !== null) {
    const answer = await calendar.listTagged(tenantId, programMailboxId);
    if (answer.outcome === 'later' || (answer.outcome === 'refused' && answer.reason === 'signedOut')) return again;
  }
  await inTenant(db, tenantId, async (tx) => {
    await tx
      .updateTable('tenants')
      .set({ status: 'active', parkedReason: null })
      .where('status', '=', 'parked')
      .execute();
    // What Graph still has is renewed; what it dropped is made anew.
    await tx
      .updateTable('subscriptions')
      .set({ state: 'active', dueAt: at(now) })
      .where('subscriptionId', 'is not', null)
      .execute();
    // As if they were read long ago: nothing is written to them before they are read.
    await tx
      .updateTable('mailboxMarks')
      .set({ dueAt: at(now), readAt: at(LONG_AGO) })
      .execute();
  });
  for (const job of ['renewSubscriptions', 'reconcileSeries', 'writeCalendar', 'sendMessages'] as const) jobs.wake(job);
  return null;
}
