import { planWrite } from '../../db/calendar-writes.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { keepCare, loadCare } from '../../db/session-care.ts';
import { at, type Database, type TenantTransaction } from '../../db/schema.ts';
import { loadSessions, loadUnlinkedSeries, updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { findShift } from '../../domain/sessions/find-shift.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Clock, Jobs, OrganizerDate, ReadResult } from '../../ports.ts';
import { checkMissing } from '../sessions/check-missing.ts';
import { lookAfterSessions } from '../sessions/look-after-sessions.ts';
import { markMailbox } from '../sessions/mark-mailbox.ts';
import { tellOfClock } from '../sessions/tell-of-clock.ts';
import { readBookedDates, type UnlinkedSeries } from './read-booked-dates.ts';
import { recordDateStands } from './record-date-written.ts';
import { tellBooked } from './tell-booked.ts';

/** A join link may come later than the event; after this it is taken as missing (platform.md correction 6). */
const LINK_WITHIN = MINUTE;
/** How soon to look again for a link, or a date, that is not there yet. */
const LOOK_AGAIN_AFTER = LINK_WITHIN / 2;
const ASK_AGAIN = 15 * MINUTE;
/** By then a date that was made with its series is shown. One that is not is read for more rarely, and wherever it may be. */
const GONE_AFTER = 10 * MINUTE;
const READS_APART = 5 * MINUTE;
const ANYWHERE = 60 * DAY;
/** What stands against a date that was not found at a first reading, with the instant of it. */
const NOT_FOUND = 'notFound:';

/**
 * Learns the event id of every date of the series that were just booked, and plans the moves of the dates that the
 * proposal put elsewhere. Looks for a missing join link again, within a minute. What people did to a date before it was
 * learned stands: one that they moved is not moved back, one that two readings lack is lost. Returns when to look again,
 * or null.
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
    const again = await learn(ports, tenantId, unlinked, answer);
    if (again !== null) next.push(again);
  }
  if (due.length > 0) {
    ports.jobs.wake('writeCalendar');
    ports.jobs.wake('sendMessages');
  }
  return next.length > 0 ? (Math.min(...next) as Instant) : null;
}

/** A series of which only the link is awaited is not looked at again at every wake. */
function whenToLook({ series, sessions }: UnlinkedSeries, now: Instant): Instant {
  const isLinked = !sessions.some(isAwaited);
  return isLinked && series.joinUrl === null && series.confirmedAt !== null
    ? plus(series.confirmedAt, LOOK_AGAIN_AFTER)
    : now;
}

type LinkPorts = Parameters<typeof linkSeriesDates>[0];

/** Stores what was learned of one series, and settles what two readings lack. Returns when to look again, or null. */
async function learn(
  ports: LinkPorts,
  tenantId: TenantId,
  unlinked: UnlinkedSeries,
  answer: ReadResult<OrganizerDate[]>,
): Promise<Instant | null> {
  const { calendar, clock } = ports;
  const now = clock.now();
  const { series, sessions } = unlinked;
  const goneAt = plus(series.confirmedAt ?? now, GONE_AFTER);
  let dates = answer;
  const isWhole = now >= goneAt && (answer.outcome !== 'done' || !holdsAll(answer.value, sessions));
  if (isWhole) {
    const starts = sessions.flatMap(({ originalStart, startsAt }) => [originalStart, startsAt]);
    const [from, to] = [Math.min(...starts) - ANYWHERE, Math.max(...starts) + ANYWHERE] as [Instant, Instant];
    dates = await calendar.readSeriesDates(tenantId, series.organizerId, series.eventId, from, to);
  }
  if (dates.outcome === 'later') return dates.notBefore;
  if (dates.outcome === 'refused') {
    if (isWhole && dates.reason === 'notFound') await checkWhole(ports, tenantId, series);
    return plus(now, ASK_AGAIN);
  }
  const { isOver, gone } = await link(ports, tenantId, unlinked, dates.value, isWhole);
  if (gone.length > 0) {
    const tenant = await inTenant(ports.db, tenantId, loadTenant);
    const lost = gone.map((session) => ({ session, disturbance: { kind: 'cancelled' } as const }));
    const later = await lookAfterSessions(ports, tenant, series, lost, now);
    return later ?? (isOver ? null : plus(now, READS_APART));
  }
  return isOver ? null : plus(now, now < plus(series.confirmedAt ?? now, LINK_WITHIN) ? LOOK_AGAIN_AFTER : READS_APART);
}

/** Its date was not seen yet. */
const isAwaited = ({ eventId, state }: SessionRow): boolean => eventId === null && state === 'planned';

const holdsAll = (dates: readonly OrganizerDate[], sessions: readonly SessionRow[]): boolean =>
  sessions.filter(isAwaited).every((session) => dates.some((date) => date.originalStart === session.originalStart));

/** The whole series may have been taken out, or moved with its mailbox, before its dates were learned. */
async function checkWhole(ports: LinkPorts, tenantId: TenantId, series: SeriesRow): Promise<void> {
  const now = ports.clock.now();
  const tenant = await inTenant(ports.db, tenantId, loadTenant);
  await checkMissing(ports, tenant, series.organizerId, [{ series, sessions: [] }], Infinity, now);
}

/**
 * Stores what was learned. `isOver`: nothing is awaited any more, neither the join link nor a date. `gone`: dates that a
 * second reading of all dates (`isWhole`) lacks.
 */
async function link(
  { db, clock, jobs }: LinkPorts,
  tenantId: TenantId,
  { series, sessions }: UnlinkedSeries,
  dates: readonly OrganizerDate[],
  isWhole: boolean,
): Promise<{ isOver: boolean; gone: SessionRow[] }> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    const open = sessions.filter(isAwaited);
    const found = new Map<SessionRow, OrganizerDate>();
    for (const session of open) {
      const date = dates.find((candidate) => candidate.originalStart === session.originalStart);
      if (date) found.set(session, date);
    }
    const shifted = isWhole ? findShiftedDates(open, sessions, dates, found) : null;
    for (const [session, date] of [...found, ...(shifted?.dates ?? [])]) {
      const isPersons = shifted?.isOfAll === true;
      if (await linkDate(tx, tenant, series, session, date, isPersons, now)) jobs.wake('reconcileSeries');
    }
    if (shifted && !shifted.isOfAll) await tellOfClock(tx, tenantId, series, shifted.dates.size, now);
    const missing = open.filter((session) => !found.has(session) && !shifted?.dates.has(session));
    const gone = isWhole ? await noteMissing(tx, missing, now) : [];
    const joinUrl = series.joinUrl ?? dates.find((date) => date.joinUrl !== null)?.joinUrl ?? null;
    const isLinkOver =
      (joinUrl !== null && missing.length === 0) || now >= plus(series.confirmedAt ?? now, LINK_WITHIN);
    if (!isLinkOver) return { isOver: false, gone };
    const { numUpdatedRows } = await tx
      .updateTable('series')
      .set({ joinUrl, linkCheckedAt: at(now) })
      .where('seriesId', '=', series.seriesId)
      .where('linkCheckedAt', 'is', null)
      .executeTakeFirst();
    if (series.joinUrl === null && numUpdatedRows > 0n) await tellOfLink(tx, tenant, series, joinUrl, now);
    return { isOver: missing.length === gone.length, gone };
  });
}

/**
 * Dates that stand apart from where our rules of the zone put them, all by one shift: of a part of the series, since the
 * calendars have other rules (reliability.md F47); of all of it, since a person moved the series as a whole.
 */
function findShiftedDates(
  open: readonly SessionRow[],
  sessions: readonly SessionRow[],
  dates: readonly OrganizerDate[],
  found: ReadonlyMap<SessionRow, OrganizerDate>,
): { dates: Map<SessionRow, OrganizerDate>; isOfAll: boolean } | null {
  const missing = open.filter((session) => !found.has(session)).sort((a, b) => a.originalStart - b.originalStart);
  const ours = new Set(sessions.map(({ originalStart }) => originalStart));
  const left = dates
    .filter(({ originalStart }) => !ours.has(originalStart))
    .sort((a, b) => a.originalStart - b.originalStart);
  const startsOf = (list: readonly { originalStart: Instant }[]) => list.map(({ originalStart }) => originalStart);
  if (findShift(startsOf(missing), startsOf(left)) === null) return null;
  const isOfAll = missing.length === sessions.length;
  return { dates: new Map(missing.map((session, index) => [session, left[index]!])), isOfAll };
}

/** Notes which dates a reading lacks; those that one before lacked, too, are gone. */
async function noteMissing(tx: TenantTransaction, missing: readonly SessionRow[], now: Instant): Promise<SessionRow[]> {
  const care = await loadCare(
    tx,
    missing.map(({ sessionId }) => sessionId),
  );
  const gone: SessionRow[] = [];
  for (const session of missing) {
    const { disturbedBy } = care.get(session.sessionId) ?? { disturbedBy: null };
    const missedAt = disturbedBy?.startsWith(NOT_FOUND) ? Number(disturbedBy.slice(NOT_FOUND.length)) : null;
    if (missedAt === null) await keepCare(tx, session.sessionId, { disturbedBy: `${NOT_FOUND}${now}` });
    else if (now - missedAt >= READS_APART) gone.push(session);
  }
  return gone;
}

/**
 * A date stands in the organizer's calendar: in its place, to be moved to where the proposal put it, or where a person has
 * put it meanwhile (true), which the next look at the mailbox records and tells like any of their moves.
 */
async function linkDate(
  tx: TenantTransaction,
  { tenantId, salt }: TenantRow,
  { seriesId, organizerId }: SeriesRow,
  session: SessionRow,
  date: OrganizerDate,
  isPersons: boolean,
  now: Instant,
): Promise<boolean> {
  const { sessionId, startsAt, endsAt, originalStart, plannedStart } = session;
  const minutes = endsAt - startsAt;
  const stand = (start: Instant, end: Instant) => recordDateStands(tx, { session, event: date, start, end, now });
  if (date.start === plannedStart) await stand(startsAt, endsAt);
  else if (isPersons || date.start !== date.originalStart) {
    await stand(originalStart, plus(originalStart, minutes));
    await markMailbox(tx, tenantId, organizerId, now);
    return true;
  } else if (plannedStart === originalStart) await stand(date.start, date.end);
  else {
    await updateSession(tx, sessionId, { eventId: date.eventId, icalUid: date.iCalUId, now });
    const data = { start: plannedStart, end: plus(plannedStart, minutes) };
    await planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId, kind: 'moveDate', data, now });
  }
  return false;
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
