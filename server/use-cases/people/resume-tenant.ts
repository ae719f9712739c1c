import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, ReadResult } from '../../ports.ts';
import { keepAppRemoval } from './app-removal.ts';
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
  tenant: TenantRow,
): Promise<Instant | null> {
  const { tenantId } = tenant;
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
  const answer = await askAtDoor({ db, calendar }, tenant);
  if (answer?.outcome === 'later') return again;
  if (answer?.outcome === 'refused' && answer.reason === 'signedOut') {
    await inTenant(db, tenantId, async (tx) => keepAppRemoval(tx, await loadTenant(tx), answer, now));
    return again;
  }
  await inTenant(db, tenantId, async (tx) => {
    await tx
      .updateTable('tenants')
      .set({ status: 'active', parkedReason: null, appRemovedAt: null })
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

/**
 * One question to Graph that tells whether we are let in: about the program mailbox, or where there is none about any
 * mailbox that holds a series. Null: there is nobody to ask about.
 */
export async function askAtDoor(
  { db, calendar }: { db: Database; calendar: Calendar },
  { tenantId, programMailboxId }: Pick<TenantRow, 'tenantId' | 'programMailboxId'>,
): Promise<ReadResult<unknown> | null> {
  const mailboxId = programMailboxId ?? (await inTenant(db, tenantId, findOrganizer));
  return mailboxId === null ? null : calendar.listTagged(tenantId, mailboxId);
}

async function findOrganizer(tx: TenantTransaction): Promise<PersonId | null> {
  const series = await tx
    .selectFrom('series')
    .select('organizerId')
    .where('state', '=', 'confirmed')
    .orderBy('seriesId')
    .limit(1)
    .executeTakeFirst();
  return series?.organizerId ?? null;
}
