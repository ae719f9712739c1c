import { planWrite } from '../../db/calendar-writes.ts';
import { deriveId } from '../../db/derive-id.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import type { CalendarWriteData } from '../../db/tables/calendar.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { plus, type Instant } from '../../domain/time/instant.ts';

/** UUID of the date that takes the place of a session's lost one: its transactionId and the value of its tag (R1). */
export const dateKey = ({ salt, tenantId }: Pick<TenantRow, 'salt' | 'tenantId'>, sessionId: string, round: number) =>
  deriveId(salt, 'createDate', tenantId, sessionId, round);

/**
 * Stores the intent to put one single date in the place of a session that is lost (cancelled, deleted, declined), in the
 * transaction of the decision; wake `writeCalendar` after it. A declined date still stands in the other calendar, so it is
 * cancelled with it, with `comment` as the note. When the date stands, the session is `booked` there and `wasMoved`; when
 * its time was taken meanwhile, the session stays lost, the write is `refused: slotTaken` and `reconcileSeries` is woken.
 * The same round is planned once; false when it was planned before.
 */
export async function planDate(
  tx: TenantTransaction,
  input: {
    tenant: Pick<TenantRow, 'tenantId' | 'salt'>;
    series: Pick<SeriesRow, 'seriesId' | 'organizerId' | 'minutes'>;
    session: Pick<SessionRow, 'sessionId' | 'state' | 'eventId'>;
    start: Instant;
    /** Minutes after `start`; the series' length unless said. */
    minutes?: number;
    round: number;
    comment?: string;
    /** Whom a card tells when the date stands. */
    tell: NonNullable<CalendarWriteData['tell']>;
    now: Instant;
  },
): Promise<boolean> {
  const { tenant, series, session, start, round, tell, now } = input;
  const about = {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    organizerId: series.organizerId,
    seriesId: series.seriesId,
    sessionId: session.sessionId,
    now,
  };
  const end = plus(start, (input.minutes ?? series.minutes) * 60_000);
  const isNew = await planWrite(tx, { ...about, kind: 'createDate', data: { start, end, round, tell } });
  if (isNew && session.state === 'declined' && session.eventId !== null) {
    const data = { eventId: session.eventId, ...(input.comment ? { comment: input.comment } : {}) };
    await planWrite(tx, { ...about, kind: 'cancelDate', data });
  }
  return isNew;
}
