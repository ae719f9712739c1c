import { addToRunLog } from '../../db/run-log.ts';
import { inTenant } from '../../db/tenancy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../domain/time/instant.ts';
import { refuse, settle, slotTaken, type WriteCalendarPorts, type WriteWork } from './settle-write.ts';

/** Rights for a new mailbox take so long to reach all of Exchange; until then it is asked again, without alarm (F14). */
const PENDING_FOR = 3 * HOUR;
const ASK_AGAIN = 15 * MINUTE;

/**
 * Somebody's calendar cannot be read: nothing is booked over what is not seen. After three hours it is no pending right
 * any more: the administrator is asked, once, and a series is not tried again without them (reliability.md F15). A single
 * date of a standing series is looked at once a day.
 */
export async function waitForCalendar(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const { db, clock } = ports;
  const { tenant, write, series } = work;
  const now = clock.now();
  const isPending = now - write.createdAt < PENDING_FOR;
  if (!isPending && write.kind === 'create') {
    await inTenant(db, tenant.tenantId, (tx) =>
      addToRunLog(tx, tenant.tenantId, { at: now, kind: 'calendarNotReadable', subjectId: series.pairId }),
    );
    return refuse(ports, work, 'noCalendar');
  }
  // A date that was to be moved away from its pattern stands over whatever is there meanwhile.
  if (!isPending && work.session?.state === 'planned') return slotTaken(ports, work);
  await settle(ports, work, { state: 'planned', notBefore: plus(now, isPending ? ASK_AGAIN : DAY) });
}
