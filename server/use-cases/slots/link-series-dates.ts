import { planWrite } from '../../db/calendar-writes.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database } from '../../db/schema.ts';
import { loadSessions, loadUnlinkedSeries, updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, OrganizerDate } from '../../ports.ts';
import { feedbackDue } from './plan-series.ts';

/** A join link may come later than the event; after this it is taken as missing (platform.md correction 6). */
const LINK_WITHIN = MINUTE;

/**
 * Learns the event id of every date of the series that were just booked, and plans the moves of the dates that the
 * proposal put elsewhere. Looks for a missing join link once more. Returns when to look again, or null.
 */
export async function linkSeriesDates(
  ports: { db: Database; calendar: Calendar; clock: Clock; jobs: Jobs },
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, calendar, clock } = ports;
  const work = await inTenant(db, tenantId, async (tx) => {
    const open = [];
    for (const series of await loadUnlinkedSeries(tx))
      open.push({ series, own: await loadSessions(tx, { seriesId: series.seriesId }) });
    return open;
  });
  let again: Instant | null = null;
  for (const { series, own } of work) {
    const first = own[0];
    const last = own.at(-1);
    if (!first || !last || series.eventId === null) continue;
    const from = plus(Math.min(first.originalStart, first.startsAt) as Instant, -MINUTE);
    const to = plus(Math.max(last.originalStart, last.endsAt) as Instant, 24 * 60 * MINUTE);
    const dates = await calendar.readSeriesDates(tenantId, series.organizerId, series.eventId, from, to);
    if (dates.outcome !== 'done') {
      const next = dates.outcome === 'later' ? dates.notBefore : plus(clock.now(), 15 * MINUTE);
      again = again === null || next < again ? next : again;
      continue;
    }
    const isLinked = await link(ports, tenantId, series, own, dates.value);
    if (!isLinked) {
      const next = plus(clock.now(), LINK_WITHIN);
      again = again === null || next < again ? next : again;
    }
  }
  if (work.length > 0) ports.jobs.wake('writeCalendar');
  return again;
}

/** Stores what was learned; false while the join link, or a date, is still awaited. */
async function link(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: TenantId,
  series: SeriesRow,
  sessions: readonly SessionRow[],
  dates: readonly OrganizerDate[],
): Promise<boolean> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const { salt } = await loadTenant(tx);
    let isComplete = true;
    for (const session of sessions) {
      if (session.eventId !== null) continue;
      const date = dates.find((candidate) => candidate.originalStart === session.originalStart);
      if (!date) {
        isComplete = false;
        continue;
      }
      const isInPlace = date.start === session.plannedStart;
      await updateSession(tx, session.sessionId, {
        eventId: date.eventId,
        icalUid: date.iCalUId,
        ...(isInPlace ? { state: 'booked' as const, feedbackDueAt: feedbackDue(session.endsAt) } : {}),
        now,
      });
      if (isInPlace) continue;
      await planWrite(tx, {
        tenantId,
        salt,
        organizerId: series.organizerId,
        seriesId: series.seriesId,
        sessionId: session.sessionId,
        kind: 'moveDate',
        data: { start: session.plannedStart, end: plus(session.plannedStart, session.endsAt - session.startsAt) },
        now,
      });
    }
    const joinUrl = series.joinUrl ?? dates.find((date) => date.joinUrl !== null)?.joinUrl ?? null;
    const row = await tx
      .selectFrom('series')
      .select(['confirmedAt', 'pairId'])
      .where('seriesId', '=', series.seriesId)
      .executeTakeFirstOrThrow();
    const isOver = (joinUrl !== null && isComplete) || now >= plus(row.confirmedAt ?? now, LINK_WITHIN);
    if (!isOver) return false;
    await tx
      .updateTable('series')
      .set({ joinUrl, linkCheckedAt: at(now) })
      .where('seriesId', '=', series.seriesId)
      .execute();
    if (joinUrl === null)
      await addToRunLog(tx, tenantId, { at: now, kind: 'bookedWithoutLink', subjectId: series.seriesId });
    return true;
  });
}
