import { at, type TenantTransaction } from '../../db/schema.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Takes back the booking of an agreed pair that was never sent. False: it may be on its way, and what it comes to has to be
 * waited for; then it is ended like any series, or searched for no more.
 */
export async function takeBackBooking(tx: TenantTransaction, pairId: string, now: Instant): Promise<boolean> {
  const series = tx.selectFrom('series').select('series.seriesId').where('pairId', '=', pairId);
  const taken = await tx
    .updateTable('calendarWrites')
    .set({ state: 'refused', code: 'pairEnded', doneAt: at(now) })
    .where('kind', '=', 'create')
    .where('state', '=', 'planned')
    .where('attempts', '=', 0)
    .where('seriesId', 'in', series)
    .returning('seriesId')
    .execute();
  for (const { seriesId } of taken) {
    await tx
      .updateTable('series')
      .set({ state: 'refused', fault: 'pairEnded' })
      .where('seriesId', '=', seriesId)
      .execute();
    await tx.deleteFrom('sessions').where('seriesId', '=', seriesId).execute();
  }
  const open = await tx
    .selectFrom('calendarWrites')
    .select('writeId')
    .where('kind', '=', 'create')
    .where('state', 'in', ['planned', 'sending', 'unknown'])
    .where('seriesId', 'in', series)
    .limit(1)
    .executeTakeFirst();
  return open === undefined;
}
