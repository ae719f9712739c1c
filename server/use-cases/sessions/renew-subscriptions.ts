import { randomBytes } from 'node:crypto';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { markMailbox } from './mark-mailbox.ts';

/** Event subscriptions live 10,080 minutes at most; renewed at half their life, so that several tries fit (F23). */
const LIFE = 6 * DAY;
const RENEW_AFTER = LIFE / 2;
/** Where subscriptions are refused the mailbox is polled, and the right is looked for again daily. */
const TRY_AGAIN = DAY;

/**
 * Keeps the program mailbox watched: subscribes, renews at half the life, makes anew what Graph has lost. A refusal
 * means polling only. After each new subscription the mailbox is read once, since something may have been missed.
 */
export async function renewSubscriptions(
  ports: { db: Database; calendar: Calendar; clock: Clock; jobs: Jobs; newSecret?: () => string },
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const due = await inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    if (tenant.programMailboxId === null) return [];
    await tx
      .insertInto('subscriptions')
      .values({
        tenantId,
        mailboxId: tenant.programMailboxId,
        clientState: secret(ports),
        state: 'planned',
        dueAt: at(now),
      })
      .onConflict((oc) => oc.doNothing())
      .execute();
    return tx
      .selectFrom('subscriptions')
      .select(['mailboxId', 'subscriptionId', 'state'])
      .where('dueAt', '<=', at(now))
      .orderBy('mailboxId')
      .execute();
  });
  for (const row of due) await keepWatch(ports, tenantId, row, now);
  return inTenant(db, tenantId, async (tx) => {
    const row = await tx
      .selectFrom('subscriptions')
      .select((eb) => eb.fn.min('dueAt').as('due'))
      .executeTakeFirst();
    return (row?.due as Instant | null | undefined) ?? null;
  });
}

const secret = (ports: { newSecret?: () => string }): string =>
  ports.newSecret?.() ?? randomBytes(32).toString('base64url');

async function keepWatch(
  ports: { db: Database; calendar: Calendar; clock: Clock; jobs: Jobs; newSecret?: () => string },
  tenantId: TenantId,
  row: { mailboxId: PersonId; subscriptionId: string | null; state: string },
  now: Instant,
): Promise<void> {
  const { db, calendar } = ports;
  const expiresAt = plus(now, LIFE);
  if (row.state === 'active' && row.subscriptionId !== null) {
    const renewed = await calendar.renewSubscription(tenantId, row.subscriptionId, expiresAt);
    if (renewed.outcome === 'done') {
      return save(db, tenantId, row.mailboxId, {
        state: 'active',
        subscriptionId: row.subscriptionId,
        expiresAt: renewed.value.expiresAt,
        dueAt: plus(now, RENEW_AFTER),
      });
    }
    if (renewed.outcome !== 'refused') return save(db, tenantId, row.mailboxId, { dueAt: renewed.notBefore });
  }
  // A new secret for each new subscription: an old one proves nothing any more.
  const clientState = secret(ports);
  await inTenant(db, tenantId, (tx) =>
    tx.updateTable('subscriptions').set({ clientState }).where('mailboxId', '=', row.mailboxId).execute(),
  );
  const made = await calendar.subscribe(tenantId, row.mailboxId, clientState, expiresAt);
  if (made.outcome === 'done') {
    await save(db, tenantId, row.mailboxId, {
      state: 'active',
      subscriptionId: made.value.subscriptionId,
      expiresAt: made.value.expiresAt,
      dueAt: plus(now, RENEW_AFTER),
    });
    await inTenant(db, tenantId, (tx) => markMailbox(tx, tenantId, row.mailboxId, now));
    ports.jobs.wake('reconcileSeries');
    return;
  }
  if (made.outcome === 'refused') {
    await save(db, tenantId, row.mailboxId, { state: 'pollingOnly', code: made.code, dueAt: plus(now, TRY_AGAIN) });
    await inTenant(db, tenantId, (tx) => addToRunLog(tx, tenantId, { at: now, kind: 'pollingOnly' }));
    return;
  }
  await save(db, tenantId, row.mailboxId, { dueAt: Math.max(made.notBefore, now + MINUTE) as Instant });
}

async function save(
  db: Database,
  tenantId: TenantId,
  mailboxId: PersonId,
  change: {
    state?: 'active' | 'pollingOnly' | 'removed';
    subscriptionId?: string;
    expiresAt?: Instant;
    dueAt: Instant;
    code?: string;
  },
): Promise<void> {
  const { dueAt, expiresAt, ...rest } = change;
  await inTenant(db, tenantId, (tx) =>
    tx
      .updateTable('subscriptions')
      .set({ ...rest, dueAt: at(dueAt), ...(expiresAt === undefined ? {} : { expiresAt: at(expiresAt) }) })
      .where('mailboxId', '=', mailboxId)
      .execute(),
  );
}

/** At most one act upon lifecycle events of a subscription in this time, however many come (hostile input 41). */
const LIFECYCLE_COOLDOWN = 5 * MINUTE;

/**
 * When a subscription that is due at `dueAt` is looked after because of a lifecycle event: now, once the cooldown since
 * the last subscribing or renewing is over, or at its own time where that is as soon.
 */
export function lifecycleDue(dueAt: Instant, now: Instant): Instant {
  if (dueAt <= plus(now, LIFECYCLE_COOLDOWN)) return dueAt;
  return Math.max(now, plus(dueAt, LIFECYCLE_COOLDOWN - RENEW_AFTER)) as Instant;
}
