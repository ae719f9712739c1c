import type { TenantId } from '../../domain/people/person.ts';
import type { Calendar, CreatedSeries, EventWrite, WriteResult } from '../../ports.ts';

/** Sends at most four writes: one alone by itself, more in one call; outcomes in order. */
export async function writeEvents(
  calendar: Calendar,
  tenantId: TenantId,
  writes: readonly EventWrite[],
): Promise<WriteResult<CreatedSeries | null>[]> {
  const [first] = writes;
  if (!first) return [];
  return writes.length > 1 ? calendar.writeTogether(tenantId, writes) : [await writeOne(calendar, tenantId, first)];
}

function writeOne(
  calendar: Calendar,
  tenantId: TenantId,
  write: EventWrite,
): Promise<WriteResult<CreatedSeries | null>> {
  switch (write.kind) {
    case 'createSeries':
      return calendar.createSeries(tenantId, write.request);
    case 'createDate':
      return calendar.createDate(tenantId, write.request);
    case 'moveDate':
      return calendar.moveDate(tenantId, write);
    case 'cancelEvent':
      return calendar.cancelEvent(tenantId, write.organizerId, write.eventId, write.comment);
    case 'tagEvent':
      return calendar.tagEvent(tenantId, write.organizerId, write.eventId, write.key);
    case 'acceptEvent':
      return calendar.acceptEvent(tenantId, write.mailbox, write.eventId);
    case 'removeCopy':
      return calendar.removeCopy(tenantId, write.mailbox, write.eventId);
  }
}
