import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { DAY, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, OrganizerDate, ReadResult } from '../../ports.ts';

/** Dates that a page of a window holds, and series that a call of many questions holds: what either way costs. */
const DATES_PER_PAGE = 200;
const SERIES_PER_CALL = 20;

/** A series of which something is still to be learned. */
export interface UnlinkedSeries {
  series: SeriesRow & { eventId: string };
  sessions: SessionRow[];
}

interface BookedDates {
  unlinked: UnlinkedSeries;
  answer: ReadResult<OrganizerDate[]>;
}

/**
 * The dates of series that were just booked, in as few calls as can be: one series by itself, more of one organizer by the
 * window of their calendar or by 20 in a call, whichever takes fewer calls.
 */
export async function readBookedDates(
  { db, calendar }: { db: Database; calendar: Calendar },
  tenantId: TenantId,
  unlinked: readonly UnlinkedSeries[],
): Promise<BookedDates[]> {
  const found: BookedDates[] = [];
  for (const organizerId of new Set(unlinked.map(({ series }) => series.organizerId))) {
    const own = unlinked.filter(({ series }) => series.organizerId === organizerId);
    const from = Math.min(...own.map((one) => spanOf(one).from)) as Instant;
    const to = Math.max(...own.map((one) => spanOf(one).to)) as Instant;
    const pages = own.length === 1 ? Infinity : await countPages(db, tenantId, organizerId);
    if (pages <= Math.ceil(own.length / SERIES_PER_CALL)) {
      const window = await calendar.readOrganizerWindow(tenantId, organizerId, from, to);
      for (const one of own) found.push({ unlinked: one, answer: pick(window, one.series.eventId) });
      continue;
    }
    const ids = own.map(({ series }) => series.eventId);
    const answers =
      own.length === 1
        ? [await calendar.readSeriesDates(tenantId, organizerId, ids[0]!, from, to)]
        : await calendar.readDatesOfSeries(tenantId, organizerId, ids, from, to);
    for (const [index, one] of own.entries()) found.push({ unlinked: one, answer: answers[index]! });
  }
  return found;
}

async function countPages(db: Database, tenantId: TenantId, organizerId: PersonId): Promise<number> {
  const { dates } = await inTenant(db, tenantId, (tx) =>
    tx
      .selectFrom('series')
      .select((eb) => eb.fn.sum<number | string | null>('count').as('dates'))
      .where('state', '=', 'confirmed')
      .where('organizerId', '=', organizerId)
      .executeTakeFirstOrThrow(),
  );
  return Math.ceil(Number(dates ?? 0) / DATES_PER_PAGE);
}

const pick = (window: ReadResult<OrganizerDate[]>, seriesEventId: string): ReadResult<OrganizerDate[]> =>
  window.outcome === 'done'
    ? { outcome: 'done', value: window.value.filter((date) => date.seriesEventId === seriesEventId) }
    : window;

/** The time in which a series' dates can stand, on both sides of it. */
function spanOf({ sessions }: UnlinkedSeries): { from: Instant; to: Instant } {
  const first = sessions[0]!;
  const last = sessions.at(-1)!;
  return {
    from: plus(Math.min(first.originalStart, first.startsAt) as Instant, -MINUTE),
    to: plus(Math.max(last.originalStart, last.endsAt) as Instant, DAY),
  };
}
