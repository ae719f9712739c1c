import type { SessionRow } from '../../db/sessions.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { OrganizerDate } from '../../ports.ts';
import { confirmCreated, confirmDate, confirmEnded, leaveToPerson } from './confirm-write.ts';
import { dateKey } from './plan-date.ts';
import { resolveRemoval } from './remove-copies.ts';
import { notFoundYet, refuse, settle, settleRead, type WriteCalendarPorts, type WriteWork } from './settle-write.ts';

/** Further ahead than any series reaches. */
const WHOLE_HORIZON = 400 * 24 * 60 * MINUTE;

/** A write of unknown outcome: only reading tells (reliability.md R2). */
export async function resolveWrite(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  switch (work.write.kind) {
    case 'create':
    case 'createDate':
      if (!(await foundByTag(ports, work))) await notFoundYet(ports, work);
      return;
    case 'moveDate':
    case 'cancelDate':
      return resolveDate(ports, work);
    case 'tag':
      return resolveTag(ports, work);
    case 'cancelSeries':
    case 'endSeries':
      return resolveEnd(ports, work);
    case 'removeCopies':
      return resolveRemoval(ports, work);
  }
}

/** Looks for what a create may have made. True: the write is settled; false: nothing carries the tag. */
export async function foundByTag(ports: WriteCalendarPorts, work: WriteWork): Promise<boolean> {
  const { calendar } = ports;
  const { tenant, write, series, session } = work;
  const { tenantId } = tenant;
  if (write.kind === 'create') {
    const found = await calendar.findSeriesByTag(tenantId, series.organizerId, series.key);
    if (found.outcome !== 'done') await settleRead(ports, work, found);
    else if (found.value[0]) await confirmCreated(ports, work, found.value[0], found.value.length);
    else return false;
    return true;
  }
  if (!session) {
    await settle(ports, work, { state: 'refused', code: 'noSession' });
    return true;
  }
  const key = dateKey(tenant, session.sessionId, write.data.round ?? 1);
  const found = await calendar.findDatesByTag(tenantId, series.organizerId, key);
  if (found.outcome !== 'done') await settleRead(ports, work, found);
  // A person may have moved it meanwhile: it counts where it stands.
  else if (found.value[0]) await confirmDate(ports, work, session, found.value[0], found.value[0]);
  else return false;
  return true;
}

async function resolveDate(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const { tenant, write, series, session } = work;
  const eventId = write.data.eventId ?? session?.eventId;
  if (!session || !eventId) return settle(ports, work, { state: 'refused', code: 'noEvent' });
  const found = await ports.calendar.readDate(tenant.tenantId, series.organizerId, eventId);
  if (found.outcome === 'refused' && found.reason === 'notFound' && write.kind === 'cancelDate')
    return settle(ports, work, { state: 'confirmed' });
  if (found.outcome !== 'done') return settleRead(ports, work, found);
  if (write.kind === 'cancelDate')
    return settle(ports, work, { state: found.value.isCancelled ? 'confirmed' : 'planned' });
  if (!(await settleStanding(ports, work, session, found.value))) await settle(ports, work, { state: 'planned' });
}

/**
 * Reads a date right before it is moved: it may stand there already, or a person may have moved it since the decision
 * (reliability.md F16). Its state, for a request that holds for this state alone; null: the write is settled.
 */
export async function readBeforeMove(ports: WriteCalendarPorts, work: WriteWork): Promise<{ etag?: string } | null> {
  const { tenant, write, series, session } = work;
  const eventId = write.data.eventId ?? session?.eventId;
  if (!session || !eventId) return {};
  const found = await ports.calendar.readDate(tenant.tenantId, series.organizerId, eventId);
  if (found.outcome !== 'done') {
    await settleRead(ports, work, found);
    return null;
  }
  if (await settleStanding(ports, work, session, found.value)) return null;
  const { etag } = found.value;
  return etag === undefined ? {} : { etag };
}

/** Settles a move by where the date stands; false: where it stood when the move was decided. */
async function settleStanding(
  ports: WriteCalendarPorts,
  work: WriteWork,
  session: SessionRow,
  date: OrganizerDate,
): Promise<boolean> {
  const { start, end } = work.write.data as { start: Instant; end: Instant };
  const before = session.state === 'planned' ? session.originalStart : session.startsAt;
  if (date.isCancelled) await refuse(ports, work, 'noEvent');
  else if (date.start === start) await confirmDate(ports, work, session, date, { start, end });
  else if (date.start !== before) await leaveToPerson(ports, work, session, date);
  else return false;
  return true;
}

async function resolveTag(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const { tenant, series } = work;
  if (!series.eventId) return settle(ports, work, { state: 'refused', code: 'noEvent' });
  const found = await ports.calendar.readTag(tenant.tenantId, series.organizerId, series.eventId);
  if (found.outcome !== 'done') return settleRead(ports, work, found);
  return settle(ports, work, { state: found.value.tag === null ? 'planned' : 'confirmed' });
}

async function resolveEnd(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const { tenant, series } = work;
  const now = ports.clock.now();
  if (!series.eventId) return settle(ports, work, { state: 'refused', code: 'noEvent' });
  const { calendar } = ports;
  const { tenantId } = tenant;
  const to = plus(now, WHOLE_HORIZON);
  const found = await calendar.readSeriesDates(tenantId, series.organizerId, series.eventId, now, to);
  if (found.outcome === 'refused' && found.reason === 'notFound') return confirmEnded(ports, work);
  if (found.outcome !== 'done') return settleRead(ports, work, found);
  return found.value.every((date) => date.isCancelled)
    ? confirmEnded(ports, work)
    : settle(ports, work, { state: 'planned' });
}
