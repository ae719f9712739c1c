import { pauseMailbox, planWrite, settleWrite, type CalendarWriteRow } from '../../db/calendar-writes.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, ReadResult, WriteResult } from '../../ports.ts';
import { loadCareContext } from '../sessions/care-context.ts';
import { tellOfChange } from '../sessions/tell-of-change.ts';
import { parkTenant } from '../people/park-tenant.ts';
import { endWithoutEvent } from './end-without-event.ts';
import { recordSeriesRefused, recordSlotTaken } from './record-series.ts';
import type { InvitationTexts } from './series-invitation.ts';

export interface WriteCalendarPorts {
  db: Database;
  calendar: Calendar;
  clock: Clock;
  jobs: Jobs;
  texts: InvitationTexts;
}

/** Two empty look-ups at least so far apart, before a create of unknown outcome is sent again (reliability.md F12). */
const EMPTY_READS_APART = 90_000;
/** A refusal by rights is looked at again so often, not more (F14). */
const PROBE_EVERY = 15 * MINUTE;
/** The code of a write that waits for a right. */
export const WITHOUT_RIGHT = 'withoutRight';

/** What is known about a claimed write. */
export interface WriteWork {
  tenant: TenantRow;
  write: CalendarWriteRow;
  series: SeriesRow;
  /** All of the series, by start. */
  sessions: SessionRow[];
  /** The one that the write is about. */
  session: SessionRow | undefined;
}
type Settlement = {
  state: 'planned' | 'unknown' | 'confirmed' | 'refused';
  notBefore?: Instant;
  code?: string;
  attempts?: number;
  emptyReads?: number;
  emptyReadAt?: Instant | null;
};

/** How a request that was sent, but did not succeed, goes on. */
export async function settleSent(
  ports: WriteCalendarPorts,
  work: WriteWork,
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
      await parkTenant(ports, work.tenant.tenantId, result, now);
      return settle(ports, work, { state: 'planned', notBefore: plus(now, PROBE_EVERY), code: result.code });
    case 'forbidden':
      // A person waits for it, and is told what to click instead.
      if (work.write.kind === 'removeCopies') return refuse(ports, work, WITHOUT_RIGHT);
      await keepPause(ports, work, plus(now, PROBE_EVERY));
      return settle(ports, work, { state: 'planned', notBefore: plus(now, PROBE_EVERY), code: WITHOUT_RIGHT });
    case 'notFound':
      if (work.write.kind === 'cancelSeries' || work.write.kind === 'endSeries')
        return endWithoutEvent(ports, work, result.code);
      return refuse(ports, work, result.code);
    case 'invalid':
    case 'crossing':
      return refuse(ports, work, result.code);
  }
}

export async function settleRead(
  ports: WriteCalendarPorts,
  work: WriteWork,
  result: Exclude<ReadResult<unknown>, { outcome: 'done' }>,
): Promise<void> {
  const now = ports.clock.now();
  if (result.outcome === 'later')
    return settle(ports, work, { state: 'unknown', notBefore: result.notBefore, code: result.code });
  if (result.reason === 'notFound') return refuse(ports, work, result.code);
  if (result.reason === 'signedOut') await parkTenant(ports, work.tenant.tenantId, result, now);
  return settle(ports, work, { state: 'unknown', notBefore: plus(now, PROBE_EVERY), code: result.code });
}

/** Nothing carries the tag: only after two empty look-ups, far enough apart, the same create may be sent again. */
export async function notFoundYet(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
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

async function keepPause(ports: WriteCalendarPorts, work: WriteWork, notBefore: Instant): Promise<void> {
  const { tenantId } = work.tenant;
  await inTenant(ports.db, tenantId, (tx) => pauseMailbox(tx, tenantId, work.write.organizerId, notBefore));
}

export async function settle(ports: WriteCalendarPorts, work: WriteWork, settlement: Settlement): Promise<void> {
  await inTenant(ports.db, work.tenant.tenantId, (tx) =>
    settleWrite(tx, work.write, { ...settlement, now: ports.clock.now() }),
  );
}

export async function refuse(ports: WriteCalendarPorts, work: WriteWork, code: string): Promise<void> {
  const now = ports.clock.now();
  await inTenant(ports.db, work.tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, work.write, { state: 'refused', code, now }))) return;
    if (work.write.kind === 'create') await recordSeriesRefused(tx, { ...work, code, now });
    if (work.write.kind === 'moveDate') await dropDate(tx, work, now);
  });
  if (work.write.sessionId !== null) ports.jobs.wake('reconcileSeries');
}

/** The time was taken meanwhile: nothing is silently moved (F17). Who watches the series, or searches, is woken. */
export async function slotTaken(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const now = ports.clock.now();
  const { tenant, write, session } = work;
  await inTenant(ports.db, tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, write, { state: 'refused', code: 'slotTaken', now }))) return;
    if (write.kind === 'create') return recordSlotTaken(tx, { ...work, now });
    if (write.kind === 'moveDate') await dropDate(tx, work, now);
    const subjectId = session?.sessionId ?? null;
    await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'slotTaken', subjectId });
  });
  ports.jobs.wake(write.kind === 'create' ? 'offerSlots' : 'reconcileSeries');
}

/** A date that cannot be moved away from a taken time is cancelled rather than left over somebody's meeting (I7). */
async function dropDate(tx: TenantTransaction, { tenant, series, session }: WriteWork, now: Instant): Promise<void> {
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
  // The executive is offered other times (offerAgain).
  const context = await loadCareContext(tx, tenant, series);
  if (context) await tellOfChange(tx, context, session, { newStart: null }, ['mentor'], now);
}
