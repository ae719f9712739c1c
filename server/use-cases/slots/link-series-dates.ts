import { planWrite } from '../../db/calendar-writes.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, loadUnlinkedSeries, updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, OrganizerDate } from '../../ports.ts';
import { feedbackDue } from './plan-series.ts';
import { readBookedDates, type UnlinkedSeries } from './read-booked-dates.ts';
import { tellBooked } from './tell-booked.ts';

/** A join link may come later than the event; after this it is taken as missing (platform.md correction 6). */
const LINK_WITHIN = MINUTE;
/** How soon to look again for a link, or a date, that is not there yet. */
const LOOK_AGAIN_AFTER = LINK_WITHIN / 2;
const ASK_AGAIN = 15 * MINUTE;

/**
 * Learns the event id of every date of the series that were just booked, and plans the moves of the dates that the
 * proposal put elsewhere. Looks for a missing join link again, within a minute. Returns when to look again, or null.
 */
export async function linkSeriesDates(
  ports: { db: Database; calendar: Calendar; clock: Clock; jobs: Jobs },
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  const now = clock.now();
  const open = await inTenant(db, tenantId, async (tx) => {
    const found: UnlinkedSeries[] = [];
    for (const { eventId, ...series } of await loadUnlinkedSeries(tx)) {
      const sessions = await loadSessions(tx, { seriesId: series.seriesId });
      if (eventId !== null && sessions.length > 0) found.push({ series: { ...series, eventId }, sessions });
    }
    return found;
  });
  const next: Instant[] = [];
  const due = open.filter((one) => {
    const dueAt = whenToLook(one, now);
    if (dueAt > now) next.push(dueAt);
    return dueAt <= now;
  });
  for (const { unlinked, answer } of await readBookedDates(ports, tenantId, due)) {
    if (answer.outcome === 'done') {
      if (!(await link(ports, tenantId, unlinked, answer.value))) next.push(plus(now, LOOK_AGAIN_AFTER));
    } else next.push(answer.outcome === 'later' ? answer.notBefore : plus(now, ASK_AGAIN));
  }
  if (due.length > 0) {
    ports.jobs.wake('writeCalendar');
    ports.jobs.wake('sendMessages');
  }
  return next.length > 0 ? (Math.min(...next) as Instant) : null;
}

/** A series of which only the link is awaited is not looked at again at every wake. */
function whenToLook({ series, sessions }: UnlinkedSeries, now: Instant): Instant {
  const isLinked = sessions.every(({ eventId }) => eventId !== null);
  return isLinked && series.joinUrl === null && series.confirmedAt !== null
    ? plus(series.confirmedAt, LOOK_AGAIN_AFTER)
    : now;
}

/** Stores what was learned; false while the join link, or a date, is still awaited. */
async function link(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: TenantId,
  { series, sessions }: UnlinkedSeries,
  dates: readonly OrganizerDate[],
): Promise<boolean> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    let isComplete = true;
    for (const session of sessions) {
      if (session.eventId !== null) continue;
      const date = dates.find((candidate) => candidate.originalStart === session.originalStart);
      if (date) await linkDate(tx, tenant, series, session, date, now);
      else isComplete = false;
    }
    const joinUrl = series.joinUrl ?? dates.find((date) => date.joinUrl !== null)?.joinUrl ?? null;
    const isOver = (joinUrl !== null && isComplete) || now >= plus(series.confirmedAt ?? now, LINK_WITHIN);
    if (!isOver) return false;
    const { numUpdatedRows } = await tx
      .updateTable('series')
      .set({ joinUrl, linkCheckedAt: at(now) })
      .where('seriesId', '=', series.seriesId)
      .where('linkCheckedAt', 'is', null)
      .executeTakeFirst();
    if (series.joinUrl === null && numUpdatedRows > 0n) await tellOfLink(tx, tenant, series, joinUrl, now);
    return isComplete;
  });
}

/** A date stands in the organizer's calendar: in its place, or to be moved to where the proposal put it. */
async function linkDate(
  tx: TenantTransaction,
  { tenantId, salt }: TenantRow,
  { seriesId, organizerId }: SeriesRow,
  session: SessionRow,
  date: OrganizerDate,
  now: Instant,
): Promise<void> {
  const { sessionId, startsAt, endsAt, plannedStart: start } = session;
  const isInPlace = date.start === start;
  await updateSession(tx, sessionId, {
    eventId: date.eventId,
    icalUid: date.iCalUId,
    ...(isInPlace ? { state: 'booked' as const, feedbackDueAt: feedbackDue(endsAt) } : {}),
    now,
  });
  if (isInPlace) return;
  const data = { start, end: plus(start, endsAt - startsAt) };
  await planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId, kind: 'moveDate', data, now });
}

/** The cards waited for the link: now they say it, or that there is none, which the run log says once, too. */
async function tellOfLink(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
  joinUrl: string | null,
  now: Instant,
): Promise<void> {
  const { acceptDueAt } = await tx
    .selectFrom('series')
    .select('acceptDueAt')
    .where('seriesId', '=', series.seriesId)
    .executeTakeFirstOrThrow();
  const readers = acceptDueAt === null ? 'both' : 'mentor';
  await tellBooked(tx, { tenant, series, joinUrl, isAccepted: false, readers, notBefore: now, now });
  if (joinUrl === null)
    await addToRunLog(tx, tenant.tenantId, { at: now, kind: 'bookedWithoutLink', subjectId: series.seriesId });
}
