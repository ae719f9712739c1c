import { loadAddresses } from '../../db/pairs.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import {
  loadSeries,
  loadSessions,
  loadStandingSessions,
  updateSession,
  type SeriesRow,
  type SessionRow,
} from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { compareSession, type Addresses } from '../../domain/sessions/reconcile.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, OrganizerDate } from '../../ports.ts';
import { pausePair, recordSessionChange } from './record-session-change.ts';

export interface ReconcilePorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
}

/**
 * reliability.md R6: the next 14 days every quarter of an hour, the whole horizon daily. A mailbox that Graph notifies
 * us about is read at each notification, and otherwise every three hours.
 */
const NEAR = 14 * DAY;
const FAR = 400 * DAY;
const NEAR_EVERY = 15 * MINUTE;
const NEAR_EVERY_WHEN_WATCHED = 3 * HOUR;
const FAR_EVERY = DAY;
/** A change of the last two days still counts: a session may be cancelled after it should have taken place. */
const BACK = 2 * DAY;

/**
 * Reads the program mailboxes that a notification marked or whose time has come, and records what people did to our
 * sessions: moved, cancelled, declined. A person's act is recorded and never undone (reliability.md R7). Returns when
 * to run next, or null.
 */
export async function reconcileSeries(
  ports: ReconcilePorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const { tenant, mailboxes, due } = await inTenant(db, tenantId, async (tx) => {
    const organizers = await tx
      .selectFrom('series')
      .select('organizerId')
      .distinct()
      .where('state', '=', 'confirmed')
      .orderBy('organizerId')
      .execute();
    for (const { organizerId } of organizers) {
      await tx
        .insertInto('mailboxMarks')
        .values({ tenantId, mailboxId: organizerId, dueAt: at(now) })
        .onConflict((oc) => oc.doNothing())
        .execute();
    }
    return {
      tenant: await loadTenant(tx),
      due: await nextReadDue(tx),
      mailboxes: await tx
        .selectFrom('mailboxMarks')
        .select(['mailboxId', 'markedAt', 'readAt'])
        .where((eb) => eb.or([eb('dueAt', '<=', at(now)), eb('markedAt', 'is not', null)]))
        .orderBy('mailboxId')
        .execute(),
    };
  });
  for (const mailbox of mailboxes) {
    const isFar = mailbox.readAt === null || mailbox.markedAt !== null || now - mailbox.readAt >= FAR_EVERY;
    await reconcileMailbox(ports, tenant, mailbox, isFar, now);
  }
  return mailboxes.length === 0 ? due : inTenant(db, tenantId, nextReadDue);
}

async function nextReadDue(tx: TenantTransaction): Promise<Instant | null> {
  const row = await tx
    .selectFrom('mailboxMarks')
    .select((eb) => eb.fn.min('dueAt').as('due'))
    .executeTakeFirst();
  return (row?.due as Instant | null | undefined) ?? null;
}

/** A mailbox whose turn it is; `markedAt`: when a notification last told of it. */
interface ReadMailbox {
  mailboxId: PersonId;
  markedAt: Instant | null;
}

async function reconcileMailbox(
  ports: ReconcilePorts,
  tenant: TenantRow,
  mailbox: ReadMailbox,
  isFar: boolean,
  now: Instant,
): Promise<void> {
  const { db, calendar } = ports;
  const { tenantId } = tenant;
  const { mailboxId } = mailbox;
  const from = plus(now, -BACK);
  const to = plus(now, isFar ? FAR : NEAR);
  const window = await calendar.readOrganizerWindow(tenantId, mailboxId, from, to);
  if (window.outcome !== 'done') {
    const dueAt = window.outcome === 'later' ? window.notBefore : plus(now, NEAR_EVERY);
    await inTenant(db, tenantId, async (tx) => {
      await tx
        .updateTable('mailboxMarks')
        .set({ dueAt: at(dueAt) })
        .where('mailboxId', '=', mailboxId)
        .execute();
      if (window.outcome === 'refused') await addToRunLog(tx, tenantId, { at: now, kind: 'calendarUnreachable' });
    });
    return;
  }
  const { missing, changes } = await inTenant(db, tenantId, async (tx) => {
    const applied = await applyWindow(tx, tenant, mailboxId, window.value, { from, to }, now);
    if (applied.missing.length === 0) await keepRead(tx, mailbox, isFar, now);
    return applied;
  });
  for (const { series, sessions } of missing) await checkMissing(ports, tenant, series, sessions, now);
  if (missing.length > 0) await inTenant(db, tenantId, (tx) => keepRead(tx, mailbox, isFar, now));
  if (changes > 0 || missing.length > 0) ports.jobs.wake('sendMessages');
}

/** The mailbox was read: keeps when it is read next. */
async function keepRead(
  tx: TenantTransaction,
  { mailboxId, markedAt }: ReadMailbox,
  isFar: boolean,
  now: Instant,
): Promise<void> {
  const watched = await tx
    .selectFrom('subscriptions')
    .select('state')
    .where('mailboxId', '=', mailboxId)
    .executeTakeFirst();
  const every = watched?.state === 'active' ? NEAR_EVERY_WHEN_WATCHED : NEAR_EVERY;
  await tx
    .updateTable('mailboxMarks')
    .set({ dueAt: at(plus(now, every)), ...(isFar ? { readAt: at(now) } : {}) })
    .where('mailboxId', '=', mailboxId)
    .execute();
  // A mark that came while the mailbox was read stays: what it tells of may have come too late to be read.
  if (markedAt !== null)
    await tx
      .updateTable('mailboxMarks')
      .set({ markedAt: null })
      .where('mailboxId', '=', mailboxId)
      .where('markedAt', '=', at(markedAt))
      .execute();
}

/** Records what is different; returns how much, and the sessions that the window should have held, but did not. */
async function applyWindow(
  tx: TenantTransaction,
  tenant: TenantRow,
  organizerId: PersonId,
  dates: readonly OrganizerDate[],
  window: { from: Instant; to: Instant },
  now: Instant,
): Promise<{ missing: { series: SeriesRow; sessions: SessionRow[] }[]; changes: number }> {
  const byEvent = new Map(dates.map((date) => [date.eventId, date]));
  const byStart = new Map(dates.map((date) => [`${date.seriesEventId}:${date.originalStart}`, date]));
  const all = await loadSeries(tx, { states: ['confirmed'], organizerId });
  const sessions = await loadStandingSessions(tx, organizerId, { ...window, eventIds: [...byEvent.keys()] });
  const context = await loadContext(tx, all);
  const missing: { series: SeriesRow; sessions: SessionRow[] }[] = [];
  let changes = 0;
  for (const series of all) {
    const gone: SessionRow[] = [];
    for (const session of sessions) {
      if (session.seriesId !== series.seriesId || session.eventId === null) continue;
      const seen = byEvent.get(session.eventId) ?? byStart.get(`${series.eventId}:${session.originalStart}`);
      if (seen) changes += (await applyDate(tx, tenant, context, series, session, seen, now)) ? 1 : 0;
      else if (session.startsAt >= window.from && session.endsAt < window.to) gone.push(session);
    }
    if (gone.length > 0) missing.push({ series, sessions: gone });
  }
  return { missing, changes };
}

/** What every date is judged with: where invitations went, and which dates we are writing ourselves. */
interface Context {
  addresses: Map<string, Addresses>;
  writing: Set<string>;
}

async function loadContext(tx: TenantTransaction, series: readonly SeriesRow[]): Promise<Context> {
  const open = await tx
    .selectFrom('calendarWrites')
    .select('sessionId')
    .where('sessionId', 'is not', null)
    .where('state', 'in', ['planned', 'sending', 'unknown'])
    .execute();
  return {
    addresses: await loadAddresses(
      tx,
      series.map((row) => row.pairId),
    ),
    writing: new Set(open.map((row) => row.sessionId ?? '')),
  };
}

async function applyDate(
  tx: TenantTransaction,
  tenant: TenantRow,
  { addresses, writing }: Context,
  series: SeriesRow,
  session: SessionRow,
  seen: OrganizerDate,
  now: Instant,
): Promise<boolean> {
  const { startsAt, endsAt, state } = session;
  const known = { startsAt, endsAt, state, isWriting: writing.has(session.sessionId) };
  const change = compareSession(known, seen, addresses.get(session.pairId) ?? { mentor: null, mentee: null });
  return recordSessionChange(tx, tenant, series, session, change, now);
}

/** Missing from the window: only the event itself, or the series, tells that it is gone (R6). */
async function checkMissing(
  ports: ReconcilePorts,
  tenant: TenantRow,
  series: SeriesRow,
  sessions: readonly SessionRow[],
  now: Instant,
): Promise<void> {
  const { db, calendar } = ports;
  const { tenantId } = tenant;
  for (const session of sessions) {
    if (session.eventId === null) continue;
    const found = await calendar.readDate(tenantId, series.organizerId, session.eventId);
    if (found.outcome === 'done' && !found.value.isCancelled) {
      await inTenant(db, tenantId, async (tx) =>
        applyDate(tx, tenant, await loadContext(tx, [series]), series, session, found.value, now),
      );
      continue;
    }
    const isGone = found.outcome === 'done' || (found.outcome === 'refused' && found.reason === 'notFound');
    if (!isGone) continue;
    await inTenant(db, tenantId, (tx) => recordSessionChange(tx, tenant, series, session, { kind: 'cancelled' }, now));
  }
  if (series.eventId === null) return;
  const master = await calendar.readDate(tenantId, series.organizerId, series.eventId);
  const isSeriesGone =
    (master.outcome === 'refused' && master.reason === 'notFound') ||
    (master.outcome === 'done' && master.value.isCancelled);
  if (!isSeriesGone) return;
  await inTenant(db, tenantId, async (tx) => {
    await tx
      .updateTable('series')
      .set({ state: 'cancelled', cause: 'person' })
      .where('seriesId', '=', series.seriesId)
      .execute();
    for (const session of await loadSessions(tx, { seriesId: series.seriesId })) {
      if (session.state === 'booked' && session.startsAt > now) {
        await updateSession(tx, session.sessionId, { state: 'cancelled', cause: 'person', feedbackDueAt: null, now });
      }
    }
    await pausePair(tx, tenant, series, now);
  });
}
