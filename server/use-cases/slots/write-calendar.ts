import { claimWrites, nextWriteDue, type CalendarWriteRow } from '../../db/calendar-writes.ts';
import { inTenant } from '../../db/tenancy.ts';
import { areWritesStopped, loadTenant, type TenantRow } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import { resumeTenant } from '../people/resume-tenant.ts';
import { loadWork } from './load-work.ts';
import { resolveWrite } from './resolve-write.ts';
import { sendWrites } from './send-writes.ts';
import type { WriteCalendarPorts } from './settle-write.ts';

/**
 * Writes claimed by one round; more are due at once again. Five calls of four, after one look at 40 calendars: two
 * getSchedule of 20.
 */
const AT_ONCE = 20;
/** While the kill switch holds, writes stay due: how often to look whether it was let go. */
const LOOK_WHEN_STOPPED = MINUTE;

/**
 * Sends the calendar writes that are due: planned -> sending -> confirmed or unknown, and unknown is left only by reading
 * (reliability.md R2). Stays below each mailbox's message budget and obeys every wait in full. Returns when it should run
 * next, or null.
 */
export async function writeCalendar(
  ports: WriteCalendarPorts,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const { db, clock } = ports;
  for (;;) {
    const { tenant, claimed } = await claim(ports, tenantId);
    if (tenant.status === 'parked') {
      const again = await resumeTenant(ports, tenant);
      if (again !== null) return again;
      break;
    }
    if (areWritesStopped(tenant)) return plus(clock.now(), LOOK_WHEN_STOPPED);
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

const claim = ({ db, clock }: WriteCalendarPorts, tenantId: TenantId) =>
  inTenant(db, tenantId, async (tx): Promise<{ tenant: TenantRow; claimed: CalendarWriteRow[] }> => {
    const tenant = await loadTenant(tx);
    return { tenant, claimed: areWritesStopped(tenant) ? [] : await claimWrites(tx, clock.now(), AT_ONCE) };
  });
