import type { Instant } from '../../domain/time/instant.ts';
import type { Calendar, EventWrite, ReadResult, WantedCopy, WriteResult } from '../../ports.ts';
import { settle, settleRead, type WriteCalendarPorts, type WriteWork } from './settle-write.ts';
import { writeEvents } from './write-events.ts';

/** Event writes in one call (platform.md correction 15). */
const WRITES_AT_ONCE = 4;

/**
 * Takes a series whose organizer is gone out of the calendar of one who was invited and asked for it (reliability.md F38).
 * Before the first session the whole series goes; afterwards only what is still to come, since what was held stays (R7).
 * Copies are found by iCalUId alone, so that nothing else is ever touched (I5); what the person took out before is not
 * there, and that is as good. Each attempt begins with reading, and nobody is written to: an attendee's copy leaves in
 * silence.
 */
export async function removeCopies(calendar: Calendar, work: WriteWork, now: Instant): Promise<WriteResult<null>> {
  const { whole, dates } = wantedCopies(work, now);
  const removed = await removeFound(calendar, work, whole);
  return removed.outcome === 'done' ? removeFound(calendar, work, dates) : removed;
}

/** A removal of unknown outcome: what still stands there tells. */
export async function resolveRemoval(ports: WriteCalendarPorts, work: WriteWork): Promise<void> {
  const { whole, dates } = wantedCopies(work, ports.clock.now());
  const found = await findAll(ports.calendar, work, [...whole, ...dates]);
  if (found.outcome !== 'done') return settleRead(ports, work, found);
  return settle(ports, work, { state: found.value.length === 0 ? 'confirmed' : 'planned' });
}

function wantedCopies({ series, sessions }: WriteWork, now: Instant): { whole: WantedCopy[]; dates: WantedCopy[] } {
  const isBegun = sessions.some(({ startsAt }) => startsAt <= now);
  return {
    whole: isBegun || series.icalUid === null ? [] : [{ iCalUId: series.icalUid, at: null }],
    // Also of a series that goes as a whole: dates in the place of lost ones are events of their own.
    dates: sessions.flatMap(({ icalUid, startsAt: start, endsAt: end }) =>
      icalUid === null || start <= now ? [] : [{ iCalUId: icalUid, at: { start, end } }],
    ),
  };
}

async function findAll(
  calendar: Calendar,
  { tenant, write }: WriteWork,
  wanted: readonly WantedCopy[],
): Promise<ReadResult<string[]>> {
  if (wanted.length === 0) return { outcome: 'done', value: [] };
  const found = await calendar.findCopies(tenant.tenantId, write.organizerId, wanted);
  if (found.outcome !== 'done') return found;
  return { outcome: 'done', value: found.value.map(({ eventId }) => eventId) };
}

async function removeFound(
  calendar: Calendar,
  work: WriteWork,
  wanted: readonly WantedCopy[],
): Promise<WriteResult<null>> {
  const found = await findAll(calendar, work, wanted);
  if (found.outcome !== 'done') return found;
  const mailbox = work.write.organizerId;
  for (let i = 0; i < found.value.length; i += WRITES_AT_ONCE) {
    const writes = found.value
      .slice(i, i + WRITES_AT_ONCE)
      .map((eventId): EventWrite => ({ kind: 'removeCopy', mailbox, eventId }));
    for (const result of await writeEvents(calendar, work.tenant.tenantId, writes)) {
      if (result.outcome === 'done' || (result.outcome === 'refused' && result.reason === 'notFound')) continue;
      return result;
    }
  }
  return { outcome: 'done', value: null };
}
