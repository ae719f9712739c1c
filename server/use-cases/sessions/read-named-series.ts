import { anyOf, type Database } from '../../db/schema.ts';
import { loadSeries, loadStandingSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Calendar, Later, OrganizerDate, Refused } from '../../ports.ts';

/** Series that a call of many questions holds; for more of them the whole calendar takes fewer. */
const SERIES_PER_CALL = 20;

/** The dates of some of an organizer's series. */
export interface NamedSeries {
  outcome: 'done';
  value: OrganizerDate[];
  seriesIds: ReadonlySet<string>;
}

/**
 * What became of the series that the events belong to, by their ids alone: one call in place of a whole calendar. Null:
 * they are so many that the whole calendar is to be read.
 */
export async function readNamedSeries(
  { db, calendar }: { db: Database; calendar: Calendar },
  tenantId: TenantId,
  organizerId: PersonId,
  { events, ...window }: { events: readonly string[]; from: Instant; to: Instant },
): Promise<NamedSeries | Later | Refused | null> {
  const { series, sessions } = await inTenant(db, tenantId, async (tx) => {
    const own = await tx.selectFrom('sessions').select('seriesId').where('eventId', '=', anyOf(events)).execute();
    const named = new Set(own.map(({ seriesId }) => seriesId));
    const all = await loadSeries(tx, { states: ['confirmed'], organizerId });
    return {
      series: all.filter(({ seriesId, eventId }) => named.has(seriesId) || (eventId && events.includes(eventId))),
      sessions: await loadStandingSessions(tx, organizerId, { ...window, eventIds: events }),
    };
  });
  if (series.length > SERIES_PER_CALL) return null;
  const seriesIds = new Set(series.map(({ seriesId }) => seriesId));
  const ids = series.flatMap(({ eventId }) => eventId ?? []);
  const answers =
    ids.length === 0 ? [] : await calendar.readDatesOfSeries(tenantId, organizerId, ids, window.from, window.to);
  const dates: OrganizerDate[] = [];
  for (const answer of answers) {
    if (answer.outcome === 'done') dates.push(...answer.value);
    else if (answer.outcome === 'later' || answer.reason !== 'notFound') return answer;
  }
  // What a series does not show stands by itself, or is gone.
  const seen = new Set(dates.map(({ eventId }) => eventId));
  for (const { seriesId, eventId } of sessions) {
    if (!seriesIds.has(seriesId) || eventId === null || seen.has(eventId)) continue;
    const date = await calendar.readDate(tenantId, organizerId, eventId);
    if (date.outcome === 'done') dates.push(date.value);
    else if (date.outcome === 'later' || date.reason !== 'notFound') return date;
  }
  return { outcome: 'done', value: dates, seriesIds };
}
