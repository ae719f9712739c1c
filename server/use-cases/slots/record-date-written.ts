import { planWrite } from '../../db/calendar-writes.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import {
  findSeries,
  isSeriesEnding,
  loadSingleDates,
  updateSession,
  type SeriesRow,
  type SessionRow,
} from '../../db/sessions.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { beginAttempt } from '../sessions/begin-attempt.ts';
import { feedbackDue } from './plan-series.ts';

/**
 * A date stands at `start`: where the proposal put it, away from its pattern, or where it was moved, or put in the place
 * of a lost one, later. Only the later ones count as moved. One in the place of a date that did not take place is asked
 * about anew. One that was still under way when its series ended does not
 * take place: where it stands outside the series it is cancelled by itself.
 */
export async function recordDateStands(
  tx: TenantTransaction,
  input: {
    session: SessionRow;
    event: { eventId: string; iCalUId: string };
    start: Instant;
    end: Instant;
    now: Instant;
  },
): Promise<void> {
  const { session, event, start, end, now } = input;
  if (await isSeriesEnding(tx, session.seriesId)) return recordTooLate(tx, session, event, now);
  const again = session.held === 'notHeld' ? await beginAttempt(tx, session, now) : {};
  await updateSession(tx, session.sessionId, {
    ...again,
    state: 'booked',
    eventId: event.eventId,
    icalUid: event.iCalUId,
    startsAt: start,
    endsAt: end,
    ...(session.state === 'planned' ? {} : { wasMoved: true }),
    ...(session.held === 'open' || session.held === 'notHeld' ? { feedbackDueAt: feedbackDue(end) } : {}),
    now,
  });
}

async function recordTooLate(
  tx: TenantTransaction,
  { sessionId, seriesId }: SessionRow,
  { eventId, iCalUId: icalUid }: { eventId: string; iCalUId: string },
  now: Instant,
): Promise<void> {
  const ended = { state: 'cancelled', cause: 'seriesEnded', feedbackDueAt: null } as const;
  await updateSession(tx, sessionId, { ...ended, eventId, icalUid, now });
  const series = await findSeries(tx, seriesId);
  if (!series || !(await loadSingleDates(tx, [seriesId])).has(sessionId)) return;
  const { tenantId, salt } = await loadTenant(tx);
  const { organizerId } = series;
  const data = { eventId };
  await planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId, kind: 'cancelDate', data, now });
}

/** All that was still to come is cancelled; what was held stays. */
export async function recordSeriesEnded(
  tx: TenantTransaction,
  { series, sessions, now }: { series: SeriesRow; sessions: readonly SessionRow[]; now: Instant },
): Promise<void> {
  await tx.updateTable('series').set({ state: 'cancelled' }).where('seriesId', '=', series.seriesId).execute();
  for (const session of sessions) {
    if (session.startsAt <= now || (session.state !== 'booked' && session.state !== 'planned')) continue;
    await updateSession(tx, session.sessionId, { state: 'cancelled', cause: 'seriesEnded', feedbackDueAt: null, now });
  }
}
