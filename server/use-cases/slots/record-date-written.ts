import type { TenantTransaction } from '../../db/schema.ts';
import { updateSession, type SeriesRow, type SessionRow } from '../../db/sessions.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';
import { feedbackDue } from './plan-series.ts';

/** A date stands where the proposal put it, away from its pattern. */
export async function recordDateMoved(
  tx: TenantTransaction,
  { session, eventId, iCalUId, now }: { session: SessionRow; eventId: string; iCalUId: string; now: Instant },
): Promise<void> {
  const endsAt = plus(session.plannedStart, session.endsAt - session.startsAt);
  await updateSession(tx, session.sessionId, {
    state: 'booked',
    eventId,
    icalUid: iCalUId,
    startsAt: session.plannedStart,
    endsAt,
    feedbackDueAt: feedbackDue(endsAt),
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
