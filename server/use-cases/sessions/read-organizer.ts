import type { Hours } from '../../db/cohorts.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { SeriesRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Jobs } from '../../ports.ts';
import { noteReach } from '../people/note-reach.ts';
import { parkTenant } from '../people/park-tenant.ts';
import { checkMissing } from './check-missing.ts';
import { findDisturbed } from './find-disturbed.ts';
import type { Round } from './load-round.ts';
import { lookAfterSessions, type CarePorts, type DisturbedSession } from './look-after-sessions.ts';
import { matchDates, type MatchedDates } from './match-dates.ts';
import { readNamedSeries } from './read-named-series.ts';
import { relearnSeries } from './relearn-series.ts';
import { restoreSessions } from './restore-sessions.ts';
import { warnOfHours } from './warn-of-hours.ts';
import { NO_CLASHES, readClashes, type Clashes, type Whose } from './read-clashes.ts';

/** reliability.md R6: the next 14 days every quarter of an hour, the whole horizon daily and at each notification. */
const NEAR = 14 * DAY;
const FAR = 400 * DAY;
/** A change of the last two days still counts: a session may be cancelled after it should have taken place. */
const BACK = 2 * DAY;

export interface OrganizerLook {
  organizerId: PersonId;
  /** The whole horizon, not the next 14 days alone. */
  isFar: boolean;
  /** Look at the calendars of the two as well: of those at work now, of everybody, or of these. */
  calendars: 'none' | Whose;
  /** Only the series that these events belong to; absent: all. */
  events?: readonly string[];
}

export interface OrganizerSeen {
  isRead: boolean;
  /** When to look again; null: everything was seen, or nothing can be said. */
  again: Instant | null;
  /** The hours of those whose session is near. */
  near: Hours[];
}

/**
 * Reads one organizer's dates, and where asked the calendars of their people, and looks after every session that something
 * stands against.
 */
export async function readOrganizer(
  ports: CarePorts & { jobs: Jobs },
  tenant: Round['tenant'],
  look: OrganizerLook,
  now: Instant,
): Promise<OrganizerSeen> {
  const { db, calendar, jobs } = ports;
  const { tenantId } = tenant;
  const { organizerId, isFar } = look;
  const window = { from: plus(now, -BACK), to: plus(now, isFar ? FAR : NEAR) };
  const { events, ...whole } = look;
  const named = events && (await readNamedSeries(ports, tenantId, organizerId, { ...window, events }));
  if (named === null) return readOrganizer(ports, tenant, whole, now);
  const dates = named ?? (await calendar.readOrganizerWindow(tenantId, organizerId, window.from, window.to));
  await noteReach(ports, tenant, dates.outcome !== 'later', now);
  if (dates.outcome === 'later') return { ...NOT_READ, again: dates.notBefore };
  if (dates.outcome === 'refused') {
    if (dates.reason === 'signedOut') await parkTenant(ports, tenantId, dates, now);
    await inTenant(db, tenantId, (tx) => addToRunLog(tx, tenantId, { at: now, kind: 'calendarUnreachable' }));
    return NOT_READ;
  }
  const seriesIds = named?.outcome === 'done' ? named.seriesIds : null;
  const matched = await inTenant(db, tenantId, (tx) =>
    matchDates(tx, organizerId, dates.value, window, seriesIds, now),
  );
  // What is not where it was, or has another id, may be one of many: only the whole calendar tells (F34, F35).
  const isPart = named !== undefined || !isFar;
  if ((named && matched.missing.length > 0) || (isPart && matched.renamed.length > 0))
    return readOrganizer(ports, tenant, { ...whole, isFar: true }, now);
  const { all, standing, missing, pairs, hours } = matched;
  for (const series of matched.renamed) {
    const learned = await relearnSeries(ports, tenant, series, now);
    if (typeof learned !== 'boolean') return { ...NOT_READ, again: learned.notBefore };
  }
  const checked = missing.length === 0 ? [] : await checkMissing(ports, tenant, organizerId, missing, all.length, now);
  if (!Array.isArray(checked)) return { ...NOT_READ, again: checked.notBefore };
  const disturbed = new Map<string, { series: SeriesRow; sessions: DisturbedSession[] }>();
  const add = (series: SeriesRow, one: DisturbedSession): void => {
    const entry = disturbed.get(series.seriesId) ?? { series, sessions: [] };
    entry.sessions.push(one);
    disturbed.set(series.seriesId, entry);
  };
  const complete = [...standing];
  for (const { series, session, date } of checked) {
    if (date && !date.isCancelled) complete.push({ series, session, seen: date, pair: pairs.get(session.pairId)! });
    else add(series, { session, disturbance: { kind: 'cancelled' } });
  }
  if (matched.accepted.length > 0) {
    await restoreSessions(ports, tenant, matched.accepted, now);
    jobs.wake('sendMessages');
  }
  const clashes = await clashesOf(ports, tenant, look, { standing: complete, hours }, now);
  if ('notBefore' in clashes) return { ...NOT_READ, again: clashes.notBefore };
  if (look.calendars === 'everybody') await warnOfHours(ports, tenant, complete, clashes.availability, now);
  for (const [series, one] of await findDisturbed(ports, tenant, { ...matched, standing: complete }, clashes, now))
    add(series, one);
  // A decline may be one of many: whether the whole series was declined only the whole horizon tells (F29).
  const isLoss = [...disturbed.values()].some(({ sessions }) =>
    sessions.some(({ disturbance }) => disturbance.kind === 'declined' || disturbance.kind === 'cancelled'),
  );
  if (isLoss && !isFar) return readOrganizer(ports, tenant, { ...look, isFar: true }, now);
  let again: Instant | null = null;
  for (const { series, sessions } of disturbed.values()) {
    const later = await lookAfterSessions(ports, tenant, series, sessions, now);
    if (later !== null && (again === null || later < again)) again = later;
  }
  if (disturbed.size > 0 || missing.length > 0)
    for (const job of ['sendMessages', 'writeCalendar'] as const) jobs.wake(job);
  return { isRead: again === null, again, near: hoursOfNear(matched, now) };
}

const NOT_READ: OrganizerSeen = { isRead: false, again: null, near: [] };

/** The hours of those whose session is near. */
function hoursOfNear({ sessions, pairs, hours }: MatchedDates, now: Instant): Hours[] {
  const near = sessions.filter(({ startsAt }) => startsAt > now && startsAt < plus(now, NEAR));
  const people = near.flatMap(({ pairId }) => {
    const pair = pairs.get(pairId);
    return pair ? [pair.mentorId, pair.menteeId] : [];
  });
  return [...new Set(people)].flatMap((id) => hours.get(id) ?? []);
}

async function clashesOf(
  { calendar }: { calendar: Calendar },
  { tenantId, calendarRights: rights }: Round['tenant'],
  { organizerId, calendars: whose }: OrganizerLook,
  { standing, hours }: Pick<MatchedDates, 'standing' | 'hours'>,
  now: Instant,
): Promise<Clashes | { notBefore: Instant }> {
  if (whose === 'none') return NO_CLASHES;
  // Between the daily looks only what is near is worth a look at so many calendars.
  const wanted = whose === 'atWork' ? standing.filter(({ session }) => session.startsAt < plus(now, NEAR)) : standing;
  return readClashes(calendar, tenantId, organizerId, wanted, { whose, rights, hours, now });
}
