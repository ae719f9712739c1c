import { settleWrite } from '../../db/calendar-writes.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { recordSeriesEnded } from './record-date-written.ts';
import type { WriteCalendarPorts, WriteWork } from './settle-write.ts';

/** The mailbox is there, the event is not: a person took it out before. */
const EVENT_IS_GONE = 'ErrorItemNotFound';
/** As far ahead as any series reaches; Exchange takes up to 1,825. */
const DAYS_AHEAD = 400;

/**
 * A series was to end, and is not there any more. Where the whole mailbox is gone with its owner nobody was told by
 * Exchange: the dates may still stand in the calendars of those who were invited, and the administrator gets the line that
 * takes them out (reliability.md F38).
 */
export async function endWithoutEvent(ports: WriteCalendarPorts, work: WriteWork, code: string): Promise<void> {
  const now = ports.clock.now();
  const { tenant, series, sessions, write } = work;
  const { organizerId, seriesId } = series;
  await inTenant(ports.db, tenant.tenantId, async (tx) => {
    if (!(await settleWrite(tx, write, { state: 'refused', code, now }))) return;
    await recordSeriesEnded(tx, { series, sessions, now });
    if (code === EVENT_IS_GONE) return;
    // Those who were invited may have the dates taken out of their own calendar.
    await tx
      .updateTable('series')
      .set({ copiesLeftAt: at(now) })
      .where('seriesId', '=', seriesId)
      .execute();
    const owner = (await loadPeopleById(tx, [organizerId])).get(organizerId);
    await addToRunLog(tx, tenant.tenantId, {
      at: now,
      kind: 'copiesLeft',
      subjectId: seriesId,
      // The id, and not the address, goes into the line: nothing that somebody could have chosen is pasted into a shell.
      detail: { owner: owner?.mail ?? '', identity: organizerId, days: DAYS_AHEAD },
    });
  });
}
