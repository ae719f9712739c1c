import { loadCare, type SessionCare } from '../../db/session-care.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { decideCare, needsTimes } from '../../domain/sessions/decide-care.ts';
import { keyOf, type Disturbance } from '../../domain/sessions/find-disturbance.ts';
import { findNeighbors } from '../../domain/sessions/find-neighbors.ts';
import { windowOfOtherStarts } from '../../domain/sessions/other-starts.ts';
import type { SlotPerson } from '../../domain/slots/types.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { hoursOrAssumed } from '../../domain/time/working-days.ts';
import type { Calendar, Clock } from '../../ports.ts';
import { loadCareContext, loadHeldTimes, type CareContext } from './care-context.ts';
import { pausePair } from './pause-pair.ts';
import { readTimes, type PairTimes } from './read-times.ts';
import { lose, recordCare } from './record-care.ts';

export interface CarePorts {
  db: Database;
  calendar: Calendar;
  clock: Pick<Clock, 'track'>;
}

/** A session that something stands against. */
export interface DisturbedSession {
  session: SessionRow;
  disturbance: Disturbance;
}

/**
 * Decides and records what happens to the disturbed sessions of one series. When nothing to come stands any more, that is
 * one act, not many: the pair rests. Returns when to look again because calendars could not be read, or null.
 */
export async function lookAfterSessions(
  ports: CarePorts,
  tenant: TenantRow,
  series: SeriesRow,
  disturbed: readonly DisturbedSession[],
  now: Instant,
): Promise<Instant | null> {
  const { db } = ports;
  if (disturbed.length === 0) return null;
  const isOver = await inTenant(db, tenant.tenantId, (tx) => recordWholeLoss(tx, tenant, series, disturbed, now));
  if (isOver) return null;
  let again: Instant | null = null;
  for (const one of disturbed) {
    const later = await lookAfterOne(ports, tenant, series, one, now);
    if (later !== null && (again === null || later < again)) again = later;
  }
  return again;
}

const isLoss = ({ kind }: Disturbance): boolean => kind === 'cancelled' || kind === 'deleted' || kind === 'declined';
const STATE = { cancelled: 'cancelled', deleted: 'deleted', declined: 'declined' } as const;

/** Asked, or left alone, before: as long as the same stands against it there is nothing to read or decide. */
export const isAsBefore = (disturbance: Disturbance, { disturbedBy }: Pick<SessionCare, 'disturbedBy'>): boolean =>
  !isLoss(disturbance) && disturbedBy === keyOf(disturbance);

/** All of at least two dates to come are gone: recorded without a word about each, and the pair rests (F29). */
async function recordWholeLoss(
  tx: TenantTransaction,
  tenant: TenantRow,
  series: SeriesRow,
  disturbed: readonly DisturbedSession[],
  now: Instant,
): Promise<boolean> {
  const lost = new Map(disturbed.filter((one) => isLoss(one.disturbance)).map((one) => [one.session.sessionId, one]));
  if (lost.size === 0) return false;
  const context = await loadCareContext(tx, tenant, series);
  if (!context) return false;
  const ahead = context.sessions.filter(({ startsAt }) => startsAt > now);
  const standing = ahead.filter(({ state }) => state === 'booked' || state === 'planned');
  if (ahead.length < 2 || standing.some(({ sessionId }) => !lost.has(sessionId))) return false;
  for (const { session, disturbance } of lost.values()) {
    const by =
      disturbance.kind === 'declined' || disturbance.kind === 'deleted'
        ? `${disturbance.kind}By:${disturbance.by}`
        : 'person';
    if (session.held === 'open') await lose(tx, session, STATE[disturbance.kind as keyof typeof STATE], by, now);
  }
  await pausePair(tx, context, now);
  return true;
}

async function lookAfterOne(
  ports: CarePorts,
  tenant: TenantRow,
  series: SeriesRow,
  { session, disturbance }: DisturbedSession,
  now: Instant,
): Promise<Instant | null> {
  const { db, calendar, clock } = ports;
  const { tenantId } = tenant;
  // What was held stays held: an act after the feedback question was asked changes nothing about the past.
  if (session.held !== 'open' && disturbance.kind !== 'moved') return null;
  const known = await inTenant(db, tenantId, async (tx) => {
    const care = (await loadCare(tx, [session.sessionId])).get(session.sessionId);
    if (care && isAsBefore(disturbance, care)) return undefined;
    const context = await loadCareContext(tx, tenant, series);
    return context && { context, held: await loadHeldTimes(tx, context, session, now) };
  });
  if (!known) return null;
  const { context, held } = known;
  const isMentorOrganizer = series.organizerId === context.pair.mentorId;
  let times = unread(context);
  if (session.endsAt > now && needsTimes(disturbance, isMentorOrganizer)) {
    const window = windowOfOtherStarts({ start: session.startsAt, end: session.endsAt }, now);
    const read = await readTimes(calendar, tenant, context, window, now, clock);
    if (read.outcome === 'later') return read.notBefore;
    times = read.value;
  }
  await inTenant(db, tenantId, async (tx) => {
    const care = (await loadCare(tx, [session.sessionId])).get(session.sessionId);
    const [current] = await loadSessions(tx, { sessionIds: [session.sessionId] });
    // A click came in between: the next look decides on what stands then.
    if (!care || !current || current.startsAt !== session.startsAt || current.state !== session.state) return;
    const decision = decideCare({
      disturbance,
      session: { start: session.startsAt, end: session.endsAt },
      ...findNeighbors(context.sessions, session),
      ...times,
      held,
      tentativeIsFree: context.tentativeIsFree,
      now,
      movesAllowed: context.movesAllowed,
      locked: current.locked,
      autoMoves: care.autoMoves,
      disturbedBy: care.disturbedBy,
      isMentorOrganizer,
    });
    await recordCare(tx, { context, session: current, care, disturbance, decision }, now);
  });
  return null;
}

/** Both as far as they are known without a look at their calendars: nothing is free. */
function unread({ mentee, mentor, blackouts }: CareContext): PairTimes {
  const person = ({ personId, timeZone, workingHours }: CareContext['mentee']): SlotPerson => ({
    personId,
    timeZone,
    workingHours: hoursOrAssumed(workingHours),
    busy: null,
  });
  return { mentee: person(mentee), mentor: person(mentor), blackouts };
}
