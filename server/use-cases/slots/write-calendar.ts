import { claimWrites, nextWriteDue, type CalendarWriteRow } from '../../db/calendar-writes.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { loadWork } from './load-work.ts';
import { resolveWrite } from './resolve-write.ts';
import { sendWrites } from './send-writes.ts';
import type { WriteCalendarPorts } from './settle-write.ts';

/**
 * Writes claimed by one round; more are due at once again. Five calls of four, after one look at 40 calendars: two
 * getSchedule of 20.
 */
const AT_ONCE = 20;

/**
 * Sends the calendar writes that are due: planned -> sending -> confirmed or unknown, and unknown is left only by reading
 * (reliability.md R2). Stays below each mailbox's message budget and obeys every wait in full. Returns when it should run
 * next, or null.
 */
export async function writeCalendar(
  ports: WriteCalendarPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db } = ports;
  for (;;) {
    const claimed = await claim(ports, tenantId);
    if (claimed.length === 0) break;
    // What was sent before is found out first: it may be what a planned write waits for.
    for (const write of claimed) {
      if (write.was !== 'unknown') continue;
      const work = await loadWork(ports, tenantId, write);
      if (work) await resolveWrite(ports, work);
    }
    await sendWrites(
      ports,
      tenantId,
      claimed.filter((write) => write.was === 'planned'),
    );
  }
  return inTenant(db, tenantId, (tx) => nextWriteDue(tx));
}

const claim = ({ db, clock }: WriteCalendarPorts, tenantId: TenantId): Promise<CalendarWriteRow[]> =>
  inTenant(db, tenantId, async (tx) => {
    const tenant = await loadTenant(tx);
    return tenant.writesStopped || tenant.status !== 'active' ? [] : claimWrites(tx, clock.now(), AT_ONCE);
  });
