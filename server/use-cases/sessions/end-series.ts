import { planWrite } from '../../db/calendar-writes.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import type { Instant, LocalDate } from '../../domain/time/instant.ts';
import { localDate } from '../../domain/time/wall-time.ts';
import type { CareContext } from './care-context.ts';
import { endSingleDates } from './end-single-dates.ts';

/**
 * Plans to take everything that is still to come out of the calendars. Before the first session the whole series is
 * cancelled; afterwards it ends with its last past date, and what was held stays (reliability.md R7). Single dates in the
 * place of lost ones are cancelled with it. Does nothing for a series that stands in no calendar any more.
 */
export async function endSeries(
  tx: TenantTransaction,
  { tenant, series, sessions }: Pick<CareContext, 'tenant' | 'series' | 'sessions'>,
  now: Instant,
): Promise<void> {
  const current = await tx
    .selectFrom('series')
    .select(['state', 'eventId'])
    .where('seriesId', '=', series.seriesId)
    .executeTakeFirst();
  if (current?.state !== 'confirmed' || current.eventId === null) return;
  const singles = await endSingleDates(tx, { tenant, series, sessions }, now);
  const about = {
    tenantId: tenant.tenantId,
    salt: tenant.salt,
    organizerId: series.organizerId,
    seriesId: series.seriesId,
    now,
  };
  // Where a session is held again its first date is over, and still in the series.
  const past = sessions.filter(({ startsAt, attempt }) => startsAt <= now || attempt > 1);
  if (past.length === 0) {
    await planWrite(tx, { ...about, sessionId: null, kind: 'cancelSeries' });
    return;
  }
  const lastStart = Math.max(...past.map(({ originalStart }) => originalStart)) as Instant;
  const lastDate: LocalDate = localDate(lastStart, series.timeZone);
  await planWrite(tx, { ...about, sessionId: null, kind: 'endSeries', data: { lastDate } });
  // Dates that the pattern puts before the end, but that were moved behind it, do not end with the series.
  for (const { sessionId, startsAt, originalStart, state } of sessions)
    if (startsAt > now && originalStart <= lastStart && state !== 'cancelled' && !singles.has(sessionId))
      await planWrite(tx, { ...about, sessionId, kind: 'cancelDate' });
}
