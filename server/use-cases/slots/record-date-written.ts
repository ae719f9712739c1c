import type { TenantTransaction } from '../../db/schema.ts';
import { updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { feedbackDue } from './plan-series.ts';

/**
 * A date stands at `start`: where the proposal put it, away from its pattern, or where it was moved, or put in the place
 * of a lost one, later. Only the later ones count as moved.
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
  await updateSession(tx, session.sessionId, {
    state: 'booked',
    eventId: event.eventId,
    icalUid: event.iCalUId,
    startsAt: start,
    endsAt: end,
    ...(session.state === 'planned' ? {} : { wasMoved: true }),
    ...(session.held === 'open' ? { feedbackDueAt: feedbackDue(end) } : {}),
    now,
  });
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
