import { planWrite } from '../../db/calendar-writes.ts';
import { at, type TenantTransaction } from '../../db/schema.ts';
import { loadSingleDates } from '../../db/sessions.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { CareContext } from './care-context.ts';

/**
 * What no end of a series reaches: dates that took the place of lost ones are events of their own. Those to come are
 * cancelled one by one, and dates that were still to be put or moved somewhere are not any more. A write that may be under
 * way is left to its end: what it puts into the calendars is cancelled then (`recordDateStands`). Returns the sessions.
 */
export async function endSingleDates(
  tx: TenantTransaction,
  { tenant, series, sessions }: Pick<CareContext, 'tenant' | 'series' | 'sessions'>,
  now: Instant,
): Promise<ReadonlySet<string>> {
  const { seriesId, organizerId } = series;
  await tx
    .updateTable('calendarWrites')
    .set({ state: 'refused', code: 'seriesEnded', doneAt: at(now) })
    .where('seriesId', '=', seriesId)
    .where('kind', 'in', ['createDate', 'moveDate'])
    .where('state', '=', 'planned')
    .execute();
  const singles = await loadSingleDates(tx, [seriesId]);
  for (const { sessionId, startsAt, state, eventId } of sessions) {
    if (!singles.has(sessionId) || startsAt <= now || state === 'cancelled' || eventId === null) continue;
    const { tenantId, salt } = tenant;
    // With its id: the lost date that it stands for may have been cancelled before.
    const data = { eventId };
    await planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId, kind: 'cancelDate', data, now });
  }
  return singles;
}
