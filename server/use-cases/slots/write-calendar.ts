import {
  claimWrites,
  keepWrite,
  nextWriteDue,
  pauseMailbox,
  planWrite,
  settleWrite,
  takeMailboxBudget,
  type CalendarWriteRow,
} from '../../db/calendar-writes.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { findSeries, loadSessions, updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant, type LocalDate } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, ReadResult, WriteResult } from '../../ports.ts';
import { bookingStillFits } from './booking-still-fits.ts';
import { parkTenant } from '../people/park-tenant.ts';
import { recordSeriesCreated, recordSeriesRefused, recordSlotTaken } from './record-series.ts';
import { recordDateMoved, recordSeriesEnded } from './record-date-written.ts';
import { seriesInvitation, type InvitationTexts } from './series-invitation.ts';

export interface WriteCalendarPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
  texts: InvitationTexts;
}

/** Writes handled by one run; more are due at once again. */
const AT_ONCE = 20;
/** Two empty look-ups at least so far apart, before a create of unknown outcome is sent again (reliability.md F12). */
const EMPTY_READS_APART = 90_000;
/** A refusal by rights is looked at again so often, not more (F14). */
const PROBE_EVERY = 15 * MINUTE;
/** After so many attempts at one write a person has to look (F53). */
const MOST_ATTEMPTS = 8;

/** What is known about a claimed write. */
interface Work {
  tenant: TenantRow;
  write: CalendarWriteRow;
  series: SeriesRow;
  sessions: SessionRow[];
}
type Settlement = {
  state: 'planned' | 'unknown' | 'confirmed' | 'refused';
  notBefore?: Instant;
  code?: string;
  attempts?: number;
  emptyReads?: number;
  emptyReadAt?: Instant | null;
};

/**
 * Sends the calendar writes that are due, one after another: planned -> sending -> confirmed or unknown, and unknown is
 * left only by reading (reliability.md R2). Stays below the mailbox's message budget and obeys every wait in full.
 * Returns when it should run next, or null.
 */
export async function writeCalendar(
  ports: WriteCalendarPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  for (;;) {
    const claimed = await inTenant(db, tenantId, async (tx) => {
      const tenant = await loadTenant(tx);
      return tenant.writesStopped || tenant.status !== 'active' ? [] : claimWrites(tx, clock.now(), AT_ONCE);
    });
    if (claimed.length === 0) break;
    for (const write of claimed) await handleWrite(ports, tenantId, write);
  }
  return inTenant(db, tenantId, (tx) => nextWriteDue(tx));
}

async function handleWrite(ports: WriteCalendarPorts, tenantId: TenantId, write: CalendarWriteRow): Promise<void> {
  const { db, clock } = ports;
  const work = await inTenant(db, tenantId, async (tx): Promise<Work | 'taken' | null> => {
    if (!(await keepWrite(tx, write))) return 'taken';
    const series = await findSeries(tx, write.seriesId);
    if (!series) return null;
    return {
      tenant: await loadTenant(tx),
      write,
      series,
      sessions: await loadSessions(tx, { seriesId: series.seriesId }),
    };
  });
  if (work === 'taken') return;
  if (!work) {
    await inTenant(db, tenantId, (tx) =>
      settleWrite(tx, write, { state: 'refused', code: 'seriesGone', now: clock.now() }),
    );
    return;
  }
  if (write.was === 'unknown') await resolve(ports, work);
  else await send(ports, work);
}

/** A write of unknown outcome: only reading tells. */
async function resolve(ports: WriteCalendarPorts, work: Work): Promise<void> {
  const { calendar } = ports;
  const { tenant, write, series, sessions } = work;
  const session = sessions.find((candidate) => candidate.sessionId === write.sessionId);
  switch (write.kind) {
    case 'create': {
      const found = await calendar.findSeriesByTag(tenant.tenantId, series.organizerId, series.key);
      if (found.outcome !== 'done') return settleRead(ports, work, found);
      const first = found.value[0];
      if (first) return confirmCreated(ports, work, first, found.value.length);
      return notFoundYet(ports, work);
    }
    case 'moveDate':
    case 'cancelDate': {
      if (!session?.eventId) return settle(ports, work, { state: 'refused', code: 'noEvent' });
      const found = await calendar.readDate(tenant.tenantId, series.organizerId, session.eventId);
      if (found.outcome !== 'done') return settleRead(ports, work, found);
      if (write.kind === 'cancelDate')
        return settle(ports, work, { state: found.value.isCancelled ? 'confirmed' : 'planned' });
      if (found.value.start === write.data.start)
        return confirmMoved(ports, work, session, found.value.eventId, found.value.iCalUId);
      if (found.value.start !== session.originalStart)
        return settle(ports, work, { state: 'refused', code: 'movedByAPerson' });
      return settle(ports, work, { state: 'planned' });
    }
    case 'cancelSeries':
    case 'endSeries': {
      if (!series.eventId) return settle(ports, work, { state: 'refused', code: 'noEvent' });
      const found = await calendar.readSeriesDates(
        tenant.tenantId,
        series.organizerId,
        series.eventId,
        ports.clock.now(),
        plus(ports.clock.now(), 400 * 24 * 60 * MINUTE),
      );
      if (found.outcome === 'refused' && found.reason === 'notFound') return confirmEnded(ports, work);
      if (found.outcome !== 'done') return settleRead(ports, work, found);
      return found.value.every((date) => date.isCancelled)
        ? confirmEnded(ports, work)
        : settle(ports, work, { state: 'planned' });
    }
  }
}

/** A planned write: budget, one more look at both calendars, then the one request. */
async function send(ports: WriteCalendarPorts, work: Work): Promise<void> {
  const { db, calendar, clock } = ports;
  const { tenant, write, series, sessions } = work;
  const { tenantId } = tenant;
  const attempt = write.attempts + 1;
  if (attempt > MOST_ATTEMPTS) return refuse(ports, work, 'tooManyAttempts');
  const budget = await inTenant(db, tenantId, (tx) =>
    takeMailboxBudget(tx, {
      tenantId,
      mailboxId: series.organizerId,
      writeId: write.writeId,
      attempt,
      messages: write.messages,
      now: clock.now(),
    }),
  );
  if (!budget.ok) return settle(ports, work, { state: 'planned', notBefore: budget.notBefore });

  if (write.kind === 'create') {
    const fits = await bookingStillFits(ports, tenantId, series, sessions);
    if (fits.outcome === 'later') return settle(ports, work, { state: 'planned', notBefore: fits.notBefore });
    if (fits.outcome === 'taken') return slotTaken(ports, work);
    const request = await seriesInvitation(ports, tenantId, series, sessions);
    const created = await calendar.createSeries(tenantId, request);
    if (created.outcome === 'done') return confirmCreated(ports, work, created.value, 1);
    return settleSent(ports, work, created, attempt);
  }
  const session = sessions.find((candidate) => candidate.sessionId === write.sessionId);
  if (write.kind === 'moveDate') {
    if (!session?.eventId || write.data.start === undefined || write.data.end === undefined)
      return refuse(ports, work, 'noEvent');
    const { start, end } = write.data as { start: Instant; end: Instant };
    const moved = await calendar.moveDate(tenantId, series.organizerId, session.eventId, start, end, series.timeZone);
    if (moved.outcome === 'done') return confirmMoved(ports, work, session, moved.value.eventId, moved.value.iCalUId);
    return settleSent(ports, work, moved, attempt);
  }
  const eventId = write.kind === 'cancelDate' ? session?.eventId : series.eventId;
  if (!eventId) return refuse(ports, work, 'noEvent');
  const ended =
    write.kind === 'endSeries'
      ? await calendar.endSeries(tenantId, series.organizerId, eventId, write.data.lastDate as LocalDate)
      : await calendar.cancelEvent(tenantId, series.organizerId, eventId, write.data.comment ?? '');
  if (ended.outcome !== 'done') return settleSent(ports, work, ended, attempt);
  return write.kind === 'cancelDate' ? settle(ports, work, { state: 'confirmed' }) : confirmEnded(ports, work);
}

/** How a request that was sent, but did not succeed, goes on. */
async function settleSent(
  ports: WriteCalendarPorts,
  work: Work,
  result: Exclude<WriteResult<unknown>, { outcome: 'done' }>,
  attempt: number,
): Promise<void> {
  const now = ports.clock.now();
  if (result.outcome === 'unknown') {
    await keepPause(ports, work, result.notBefore);
    return settle(ports, work, {
      state: 'unknown',
      notBefore: result.notBefore,
      code: result.code,
      attempts: attempt,
      emptyReads: 0,
      emptyReadAt: null,
    });
  }
  if (result.outcome === 'later') {
    await keepPause(ports, work, result.notBefore);
    return settle(ports, work, { state: 'planned', notBefore: result.notBefore, code: result.code });
  }
  switch (result.reason) {
    case 'duplicateKey':
      return settle(ports, work, { state: 'unknown', notBefore: now, code: result.code, attempts: attempt });
    case 'changed':
      return settle(ports, work, {
        state: 'unknown',
        notBefore: plus(now, MINUTE),
        code: result.code,
        attempts: attempt,
      });
    case 'signedOut':
      await parkTenant(ports, work.tenant.tenantId, 'signInRefused');
      return settle(ports, work, { state: 'planned', notBefore: plus(now, PROBE_EVERY), code: result.code });
    case 'forbidden':
      await keepPause(ports, work, plus(now, PROBE_EVERY));
      return settle(ports, work, { state: 'planned', notBefore: plus(now, PROBE_EVERY), code: result.code });
    case 'notFound':
    case 'invalid':
    case 'crossing':
      return refuse(ports, work, result.code);
  }
}

async function settleRead(
  ports: WriteCalendarPorts,
  work: Work,
  result: Exclude<ReadResult<unknown>, { outcome: 'done' }>,
): Promise<void> {
  const now = ports.clock.now();
  if (result.outcome === 'later')
    return settle(ports, work, { state: 'unknown', notBefore: result.notBefore, code: result.code });
  if (result.reason === 'notFound') return refuse(ports, work, result.code);
  if (result.reason === 'signedOut') await parkTenant(ports, work.tenant.tenantId, 'signInRefused');
  return settle(ports, work, { state: 'unknown', notBefore: plus(now, PROBE_EVERY), code: result.code });
}

/** Nothing carries the tag: only after two empty look-ups, far enough apart, the same create may be sent again. */
async function notFoundYet(ports: WriteCalendarPorts, work: Work): Promise<void> {
  const now = ports.clock.now();
  const { emptyReads, emptyReadAt } = work.write;
  if (emptyReads === 0 || emptyReadAt === null || now - emptyReadAt < EMPTY_READS_APART) {
    const firstAt = emptyReadAt ?? now;
    return settle(ports, work, {
      state: 'unknown',
      notBefore: plus(firstAt, EMPTY_READS_APART),
      emptyReads: 1,
      emptyReadAt: firstAt,
    });
  }
  return settle(ports, work, { state: 'planned', notBefore: now, emptyReads: 0, emptyReadAt: null });
}

async function keepPause(ports: WriteCalendarPorts, work: Work, notBefore: Instant): Promise<void> {
  const { tenantId } = work.tenant;
  await inTenant(ports.db, tenantId, (tx) => pauseMailbox(tx, tenantId, work.series.organizerId, notBefore));
}

async function settle(ports: WriteCalendarPorts, work: Work, settlement: Settlement): Promise<void> {
  await inTenant(ports.db, work.tenant.tenantId, (tx) =>
    settleWrite(tx, work.write, { ...settlement, now: ports.clock.now() }),
  );
}

async function refuse(ports: WriteCalendarPorts, work: Work, code: string): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'refused', code, now }))) return;
    if (work.write.kind === 'create') await recordSeriesRefused(tx, { ...work, code, now });
    if (work.write.kind === 'moveDate') await dropDate(tx, work, now);
  });
}

/** A date that cannot be moved away from a taken time is cancelled rather than left over somebody's meeting (I7). */
async function dropDate(tx: TenantTransaction, { tenant, write, series, sessions }: Work, now: Instant): Promise<void> {
  const session = sessions.find((candidate) => candidate.sessionId === write.sessionId);
  if (!session || session.state !== 'planned') return;
  await updateSession(tx, session.sessionId, { state: 'cancelled', cause: 'notMovable', feedbackDueAt: null, now });
  await planWrite(tx, {
    ...tenant,
    organizerId: series.organizerId,
    seriesId: series.seriesId,
    sessionId: session.sessionId,
    kind: 'cancelDate',
    now,
  });
}

async function slotTaken(ports: WriteCalendarPorts, work: Work): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'refused', code: 'slotTaken', now }))) return;
    await recordSlotTaken(tx, { ...work, now });
  });
  ports.jobs.wake('offerSlots');
}

async function confirmCreated(
  ports: WriteCalendarPorts,
  work: Work,
  created: { eventId: string; iCalUId: string; joinUrl: string | null },
  copies: number,
): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordSeriesCreated(tx, { ...work, created, copies, now });
  });
  ports.jobs.wake('bookSeries');
  ports.jobs.wake('sendMessages');
}

async function confirmMoved(
  ports: WriteCalendarPorts,
  work: Work,
  session: SessionRow,
  eventId: string,
  iCalUId: string,
): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordDateMoved(tx, { session, eventId, iCalUId, now });
  });
}

async function confirmEnded(ports: WriteCalendarPorts, work: Work): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordSeriesEnded(tx, { series: work.series, sessions: work.sessions, now });
  });
}
