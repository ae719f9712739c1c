import { loadHours, type Hours } from '../../db/cohorts.ts';
import { loadTwos, type Two } from '../../db/pairs.ts';
import { loadCare, loadWriting, type SessionCare } from '../../db/session-care.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import {
  loadDeclinedSessions,
  loadSeries,
  loadSingleDates,
  loadStandingSessions,
  type SeriesRow,
  type SessionRow,
} from '../../db/sessions.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { compareSession, type SeenDate } from '../../domain/sessions/reconcile.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { OrganizerDate } from '../../ports.ts';
import type { MissingSessions } from './check-missing.ts';

/** A session as it stands in the organizer's calendar. */
export interface StandingSession {
  series: SeriesRow;
  session: SessionRow;
  pair: Two;
  seen: SeenDate;
}

export interface MatchedDates {
  /** All series that the organizer's mailbox should hold. */
  all: SeriesRow[];
  /** All sessions that it should show. */
  sessions: SessionRow[];
  standing: StandingSession[];
  /** Sessions that were declined, and that nobody declines any more. */
  accepted: StandingSession[];
  missing: MissingSessions[];
  /** Series whose dates have other ids than we know (F35). */
  renamed: SeriesRow[];
  /** The two of each session, and everybody's hours. */
  pairs: ReadonlyMap<string, Two>;
  hours: ReadonlyMap<PersonId, Hours>;
  /** What was seen and done about each session so far, and those that we are writing ourselves. */
  care: ReadonlyMap<string, SessionCare>;
  writing: ReadonlySet<string>;
}

/**
 * Which date is which session: by id, by place in its series, or by iCalUId where ids changed (F32). `seriesIds`: the only
 * series of which dates were read; null: of all.
 */
export async function matchDates(
  tx: TenantTransaction,
  organizerId: PersonId,
  dates: readonly OrganizerDate[],
  window: { from: Instant; to: Instant },
  seriesIds: ReadonlySet<string> | null,
  readAt: Instant,
): Promise<MatchedDates> {
  const byEvent = new Map(dates.map((date) => [date.eventId, date]));
  const byStart = new Map(dates.map((date) => [`${date.seriesEventId}:${date.originalStart}`, date]));
  const byICal = new Map(dates.map((date) => [date.iCalUId, date]));
  const all = await loadSeries(tx, { states: ['confirmed'], organizerId });
  const expected = await loadStandingSessions(tx, organizerId, { ...window, eventIds: [...byEvent.keys()] });
  const sessions = seriesIds ? expected.filter(({ seriesId }) => seriesIds.has(seriesId)) : expected;
  // A date that did not take place still stands in its series; where the session is held again it stands by itself.
  const again = new Set(sessions.flatMap(({ seriesId, attempt }) => (attempt > 1 ? seriesId : [])));
  const singles = again.size === 0 ? new Set<string>() : await loadSingleDates(tx, [...again]);
  const declined = await loadDeclinedSessions(tx, organizerId, readAt);
  const pairs = await loadTwos(tx, new Set([...sessions, ...declined].map(({ pairId }) => pairId)));
  const people = [...pairs.values()].flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]);
  const standing: StandingSession[] = [];
  const missing = new Map<string, MissingSessions>();
  const renamed = new Map<string, SeriesRow>();
  const seriesById = new Map(all.map((series) => [series.seriesId, series]));
  for (const session of sessions) {
    const series = seriesById.get(session.seriesId);
    const pair = pairs.get(session.pairId);
    if (!series || !pair || session.eventId === null) continue;
    const inSeries = singles.has(session.sessionId)
      ? undefined
      : byStart.get(`${series.eventId}:${session.originalStart}`);
    const known = byEvent.get(session.eventId) ?? inSeries;
    const seen = known ?? (session.icalUid === null ? undefined : byICal.get(session.icalUid));
    if (seen && !known) renamed.set(series.seriesId, series);
    if (seen) standing.push({ series, session, pair, seen });
    else if (session.startsAt >= window.from && session.endsAt < window.to) {
      const entry = missing.get(series.seriesId) ?? { series, sessions: [] };
      entry.sessions.push(session);
      missing.set(series.seriesId, entry);
    }
  }
  const writing = await loadWriting(tx, readAt);
  const accepted: StandingSession[] = [];
  for (const session of declined) {
    const series = seriesById.get(session.seriesId);
    const pair = pairs.get(session.pairId);
    const seen = byEvent.get(session.eventId!);
    if (!series || !pair || !seen || writing.has(session.sessionId)) continue;
    const { kind } = compareSession({ ...session, state: 'booked' }, seen, pair.addresses);
    if (kind === 'unchanged' || kind === 'moved') accepted.push({ series, session, pair, seen });
  }
  return {
    all,
    sessions,
    standing,
    accepted,
    missing: [...missing.values()],
    renamed: [...renamed.values()],
    pairs,
    hours: await loadHours(tx, new Set(people)),
    care: await loadCare(
      tx,
      standing.map(({ session }) => session.sessionId),
    ),
    writing,
  };
}
