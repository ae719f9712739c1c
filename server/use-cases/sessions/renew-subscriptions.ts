import { randomBytes } from 'node:crypto';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs } from '../../ports.ts';
import { markMailbox } from './mark-mailbox.ts';

/** Event subscriptions live 10,080 minutes at most; renewed at half their life, so that several tries fit (F23). */
const LIFE = 6 * DAY;
const RENEW_AFTER = LIFE / 2;
/** Where subscriptions are refused the mailbox is polled, and the right is looked for again daily. */
const TRY_AGAIN = DAY;

interface RenewPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
  newSecret?: () => string;
}

/**
 * Keeps the mailboxes watched that hold our series, and with full rights those of their people: subscribes, renews at half
 * the life, makes anew what Graph has lost, 20 in a call. A refusal means polling only. After each new subscription the
 * mailbox is read once, since something may have been missed.
 */
export async function renewSubscriptions(
  ports: RenewPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const due = await inTenant(db, tenantId, async (tx) => {
    const wanted = await loadWatched(tx);
    if (wanted.length === 0) return [];
    // Whoever is not watched any more is forgotten: Graph lets the subscription run out, and its notices are nobody's.
    await tx.deleteFrom('subscriptions').where('mailboxId', 'not in', wanted).execute();
    await tx
      .insertInto('subscriptions')
      .values(
        wanted.map((mailboxId) => ({
          tenantId,
          mailboxId,
          clientState: secret(ports),
          state: 'planned' as const,
          dueAt: at(now),
        })),
      )
      .onConflict((oc) => oc.doNothing())
      .execute();
    return tx
      .selectFrom('subscriptions')
      .select(['mailboxId', 'subscriptionId', 'state'])
      .where('dueAt', '<=', at(now))
      .orderBy('mailboxId')
      .execute();
  });
  const lost = await renewDue(ports, tenantId, due, now);
  await subscribeAnew(ports, tenantId, lost, now);
  return inTenant(db, tenantId, async (tx) => {
    const row = await tx
      .selectFrom('subscriptions')
      .select((eb) => eb.fn.min('dueAt').as('due'))
      .executeTakeFirst();
    return (row?.due as Instant | null | undefined) ?? null;
  });
}

/** The program mailbox, every other mailbox that holds a series, and with full rights both people of each series. */
async function loadWatched(tx: TenantTransaction): Promise<PersonId[]> {
  const tenant = await tx
    .selectFrom('tenants')
    .select(['programMailboxId', 'calendarRights'])
    .executeTakeFirstOrThrow();
  const series = await tx
    .selectFrom('series')
    .innerJoin('pairs', 'pairs.pairId', 'series.pairId')
    .select(['series.organizerId', 'pairs.mentorId', 'pairs.menteeId'])
    .where('series.state', '=', 'confirmed')
    .where('pairs.state', 'in', ['agreed', 'booked'])
    .execute();
  const people = series.flatMap(({ organizerId, mentorId, menteeId }) =>
    tenant.calendarRights === 'full' ? [organizerId, mentorId, menteeId] : [organizerId],
  );
  return [...new Set([...(tenant.programMailboxId === null ? [] : [tenant.programMailboxId]), ...people])].sort();
}

/** Whether somebody is to be watched for whom no subscription is planned yet. */
export async function isSomebodyUnwatched(tx: TenantTransaction): Promise<boolean> {
  const known = tx.selectFrom('subscriptions').select('subscriptions.mailboxId');
  const unwatched = await tx
    .selectFrom('tenants')
    .leftJoin('series', (join) => join.on('series.state', '=', 'confirmed'))
    .leftJoin('pairs', (join) =>
      join.onRef('pairs.pairId', '=', 'series.pairId').on('pairs.state', 'in', ['agreed', 'booked']),
    )
    .select('tenants.tenantId')
    .where((eb) =>
      eb.or([
        eb('tenants.programMailboxId', 'not in', known),
        eb.and([eb('pairs.pairId', 'is not', null), eb('series.organizerId', 'not in', known)]),
        eb.and([
          eb('tenants.calendarRights', '=', 'full'),
          eb.or([eb('pairs.mentorId', 'not in', known), eb('pairs.menteeId', 'not in', known)]),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return unwatched !== undefined;
}

const secret = (ports: { newSecret?: () => string }): string =>
  ports.newSecret?.() ?? randomBytes(32).toString('base64url');

interface DueSubscription {
  mailboxId: PersonId;
  subscriptionId: string | null;
  state: string;
}

/** Renews what lives; returns what has to be made anew. */
async function renewDue(
  { db, calendar }: RenewPorts,
  tenantId: TenantId,
  due: readonly DueSubscription[],
  now: Instant,
): Promise<DueSubscription[]> {
  const alive = due.flatMap((row) =>
    row.state === 'active' && row.subscriptionId !== null ? [{ ...row, subscriptionId: row.subscriptionId }] : [],
  );
  const expiresAt = plus(now, LIFE);
  const renewed =
    alive.length === 0
      ? []
      : await calendar.renewSubscriptions(
          tenantId,
          alive.map(({ subscriptionId }) => ({ subscriptionId, expiresAt })),
        );
  const lost = due.filter((row) => !alive.some(({ mailboxId }) => mailboxId === row.mailboxId));
  for (const [index, row] of alive.entries()) {
    const result = renewed[index]!;
    if (result.outcome === 'done')
      await save(db, tenantId, row.mailboxId, {
        state: 'active',
        subscriptionId: row.subscriptionId,
        expiresAt: result.value.expiresAt,
        dueAt: plus(now, RENEW_AFTER),
      });
    else if (result.outcome === 'refused') lost.push(row);
    else await save(db, tenantId, row.mailboxId, { dueAt: Math.max(result.notBefore, now + MINUTE) as Instant });
  }
  return lost;
}

async function subscribeAnew(
  ports: RenewPorts,
  tenantId: TenantId,
  lost: readonly DueSubscription[],
  now: Instant,
): Promise<void> {
  const { db, calendar } = ports;
  if (lost.length === 0) return;
  // A new secret for each new subscription: an old one proves nothing any more.
  const wanted = lost.map(({ mailboxId }) => ({
    mailbox: mailboxId,
    clientState: secret(ports),
    expiresAt: plus(now, LIFE),
  }));
  await inTenant(db, tenantId, async (tx) => {
    for (const { mailbox, clientState } of wanted)
      await tx.updateTable('subscriptions').set({ clientState }).where('mailboxId', '=', mailbox).execute();
  });
  const made = await calendar.subscribeAll(tenantId, wanted);
  for (const [index, { mailbox }] of wanted.entries()) {
    const result = made[index]!;
    if (result.outcome === 'done') {
      await save(db, tenantId, mailbox, {
        state: 'active',
        subscriptionId: result.value.subscriptionId,
        expiresAt: result.value.expiresAt,
        dueAt: plus(now, RENEW_AFTER),
      });
      await inTenant(db, tenantId, (tx) => markMailbox(tx, tenantId, mailbox, now));
    } else if (result.outcome === 'refused') {
      await save(db, tenantId, mailbox, { state: 'pollingOnly', code: result.code, dueAt: plus(now, TRY_AGAIN) });
      await inTenant(db, tenantId, (tx) => addToRunLog(tx, tenantId, { at: now, kind: 'pollingOnly' }));
    } else await save(db, tenantId, mailbox, { dueAt: Math.max(result.notBefore, now + MINUTE) as Instant });
  }
  if (made.some(({ outcome }) => outcome === 'done')) ports.jobs.wake('reconcileSeries');
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
