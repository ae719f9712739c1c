import {
  claimWrites,
  keepWrite,
  nextWriteDue,
  settleWrite,
  takeMailboxBudget,
  type CalendarWriteRow,
} from '../../db/calendar-writes.ts';
import { findSeries, loadSessions, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant, type LocalDate } from '../../domain/time/instant.ts';
import { bookingStillFits } from './booking-still-fits.ts';
import { recordDateMoved, recordSeriesEnded } from './record-date-written.ts';
import { recordSeriesCreated, recordSlotTaken } from './record-series.ts';
import { seriesInvitation } from './series-invitation.ts';
import {
  notFoundYet,
  refuse,
  settle,
  settleRead,
  settleSent,
  type WriteCalendarPorts,
  type WriteWork,
} from './settle-write.ts';

/** Writes handled by one run; more are due at once again. */
const AT_ONCE = 20;
/** After so many attempts at one write a person has to look (F53). */
const MOST_ATTEMPTS = 8;

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
  const work = await inTenant(db, tenantId, async (tx): Promise<WriteWork | 'taken' | null> => {
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
async function resolve(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
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
async function send(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
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

async function slotTaken(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'refused', code: 'slotTaken', now }))) return;
    await recordSlotTaken(tx, { ...work, now });
  });
  ports.jobs.wake('offerSlots');
}

async function confirmCreated(
  ports: WriteCalendarPorts,
  work: WriteWork,
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
  work: WriteWork,
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

async function confirmEnded(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'confirmed', now }))) return;
    await recordSeriesEnded(tx, { series: work.series, sessions: work.sessions, now });
  });
}
