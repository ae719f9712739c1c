import type { Instant } from '../../domain/time/instant.ts';
import type { EventWrite } from '../../ports.ts';
import { dateKey } from './plan-date.ts';
import { dateInvitation, seriesInvitation } from './series-invitation.ts';
import type { WriteCalendarPorts, WriteWork } from './settle-write.ts';

/**
 * The one request that a write stands for; `end` for a series that ends and `copies` for copies that are removed, about
 * which Graph has to be asked first.
 * `noEvent`: what it should change is not there. `notBefore`: the organizer's calendar cannot be asked right now.
 */
export async function eventWriteOf(
  ports: WriteCalendarPorts,
  { tenant, write, series, sessions, session }: WriteWork,
): Promise<EventWrite | 'end' | 'copies' | 'noEvent' | { notBefore: Instant }> {
  const { tenantId } = tenant;
  const { organizerId, timeZone } = series;
  const { start, end, comment = '', round = 1 } = write.data as typeof write.data & { start?: Instant; end?: Instant };
  const eventId = write.data.eventId ?? session?.eventId ?? null;
  switch (write.kind) {
    case 'create':
    case 'createDate': {
      const online = await ports.calendar.allowsOnlineMeetings(tenantId, organizerId);
      if (online.outcome === 'later') return { notBefore: online.notBefore };
      // A calendar that may not be asked may still be written: then the write tells.
      const isOnline = online.outcome === 'refused' || online.value;
      if (write.kind === 'create') {
        const request = await seriesInvitation(ports, tenantId, series, sessions);
        return { kind: 'createSeries', request: { ...request, isOnline } };
      }
      if (!session || start === undefined || end === undefined) return 'noEvent';
      const key = dateKey(tenant, session.sessionId, round);
      const request = await dateInvitation(ports, tenantId, series, { key, start, end });
      return { kind: 'createDate', request: { ...request, isOnline } };
    }
    case 'moveDate':
      if (eventId === null || start === undefined || end === undefined) return 'noEvent';
      return { kind: 'moveDate', organizerId, eventId, start, end, timeZone };
    case 'cancelDate':
      return eventId === null ? 'noEvent' : { kind: 'cancelEvent', organizerId, eventId, comment };
    case 'cancelSeries':
      return series.eventId === null
        ? 'noEvent'
        : { kind: 'cancelEvent', organizerId, eventId: series.eventId, comment };
    case 'tag':
      return series.eventId === null
        ? 'noEvent'
        : { kind: 'tagEvent', organizerId, eventId: series.eventId, key: series.key };
    case 'endSeries':
      return series.eventId === null ? 'noEvent' : 'end';
    case 'removeCopies':
      return 'copies';
  }
}
