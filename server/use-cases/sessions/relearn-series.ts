import type { Database } from '../../db/schema.ts';
import { loadSessions, loadSingleDates, updateSession, type SeriesRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { HOUR, MINUTE, plus, type Instant } from '../../domain/time/instant.ts';
import type { Calendar, Later } from '../../ports.ts';
import { tellOfCopies } from './tell-of-copies.ts';

type Ports = { db: Database; calendar: Calendar };

/**
 * Looks for a series whose ids changed (mailbox moved, archived, restored), by its tag, or by its iCalUId where the tag was
 * stripped, too (reliability.md F32, F35), and learns the new ids of all its dates. False: it is nowhere. An event with the
 * tag and another iCalUId is somebody's copy, and never taken for the series (F33).
 */
export async function relearnSeries(
  ports: Ports,
  tenant: TenantRow,
  series: SeriesRow,
  now: Instant,
): Promise<boolean | Later> {
  const { db, calendar } = ports;
  const { tenantId } = tenant;
  const { organizerId, seriesId } = series;
  const own = await findOwn(ports, tenant, series, now);
  if (own === null || 'outcome' in own) return own ?? false;
  // The look-up by tag may lag behind: what it gives is what was just found to be gone.
  if (own.eventId === series.eventId) return false;
  const sessions = await inTenant(db, tenantId, (tx) => loadSessions(tx, { seriesId }));
  if (sessions.length === 0) return false;
  const from = Math.min(...sessions.map(({ originalStart, startsAt }) => Math.min(originalStart, startsAt))) as Instant;
  const to = Math.max(...sessions.map(({ originalStart, endsAt }) => Math.max(originalStart, endsAt))) as Instant;
  const dates = await calendar.readSeriesDates(tenantId, organizerId, own.eventId, plus(from, -MINUTE), plus(to, HOUR));
  if (dates.outcome !== 'done') return dates.outcome === 'later' ? dates : false;
  const byStart = new Map(dates.value.map((date) => [date.originalStart, date]));
  await inTenant(db, tenantId, async (tx) => {
    await tx
      .updateTable('series')
      .set({ eventId: own.eventId, icalUid: own.iCalUId })
      .where('seriesId', '=', seriesId)
      .execute();
    const singles = await loadSingleDates(tx, [seriesId]);
    for (const { sessionId, originalStart } of sessions) {
      const date = byStart.get(originalStart);
      // Lost dates are not among those of the series; one that did not take place is, but the session stands elsewhere.
      if (date && !singles.has(sessionId))
        await updateSession(tx, sessionId, { eventId: date.eventId, icalUid: date.iCalUId, now });
    }
  });
  return true;
}

async function findOwn(
  { db, calendar }: Ports,
  tenant: TenantRow,
  { seriesId, organizerId, key, icalUid }: SeriesRow,
  now: Instant,
): Promise<{ eventId: string; iCalUId: string } | Later | null> {
  const { tenantId } = tenant;
  const tagged = await calendar.findSeriesByTag(tenantId, organizerId, key);
  if (tagged.outcome === 'later') return tagged;
  const found = tagged.outcome === 'done' ? tagged.value : [];
  const own = found.find(({ iCalUId }) => icalUid === null || iCalUId === icalUid);
  if (found.some((one) => one !== own)) await inTenant(db, tenantId, (tx) => tellOfCopies(tx, tenantId, seriesId, now));
  if (own || icalUid === null) return own ?? null;
  const copies = await calendar.findCopies(tenantId, organizerId, [{ iCalUId: icalUid, at: null }]);
  if (copies.outcome === 'later') return copies;
  return copies.outcome === 'done' ? (copies.value[0] ?? null) : null;
}
