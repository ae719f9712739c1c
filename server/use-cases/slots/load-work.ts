import { keepWrite, settleWrite, type CalendarWriteRow } from '../../db/calendar-writes.ts';
import { findSeries, isSeriesEnding, loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { WriteCalendarPorts, WriteWork } from './settle-write.ts';

/**
 * What is known about a claimed write; null when somebody else has it by now, its series is gone, or nothing more is put
 * into the calendars for a series that ends.
 */
export async function loadWork(
  { db, clock }: WriteCalendarPorts,
  tenantId: TenantId,
  write: CalendarWriteRow,
): Promise<WriteWork | null> {
  return inTenant(db, tenantId, async (tx) => {
    if (!(await keepWrite(tx, write))) return null;
    const series = await findSeries(tx, write.seriesId);
    if (!series) {
      await settleWrite(tx, write, { state: 'refused', code: 'seriesGone', now: clock.now() });
      return null;
    }
    const isNewDate = write.kind === 'createDate' || write.kind === 'moveDate';
    if (isNewDate && write.was === 'planned' && (await isSeriesEnding(tx, series.seriesId))) {
      await settleWrite(tx, write, { state: 'refused', code: 'seriesEnded', now: clock.now() });
      return null;
    }
    const sessions = await loadSessions(tx, { seriesId: series.seriesId });
    const session = sessions.find((candidate) => candidate.sessionId === write.sessionId);
    return { tenant: await loadTenant(tx), write, series, sessions, session };
  });
}
