import { planWrite } from '../../db/calendar-writes.ts';
import type { Database } from '../../db/schema.ts';
import { findSeries, loadSeries, type SeriesRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Calendar, Jobs } from '../../ports.ts';
import { tellOfCopies } from './tell-of-copies.ts';

/**
 * Holds the tags in one organizer's mailbox against the series that stand there. A series that lost its tag, since an
 * assistant's tool stripped it, gets it back, once: only what is still found by its own id and iCalUId is ours to write to
 * (reliability.md F32). What carries a tag under another iCalUId is a copy that somebody made (F33). What cannot be read is
 * looked at the next day.
 */
export async function checkTags(
  ports: { db: Database; calendar: Calendar; jobs: Jobs },
  tenant: TenantRow,
  organizerId: PersonId,
  now: Instant,
): Promise<void> {
  const { db, calendar, jobs } = ports;
  const { tenantId } = tenant;
  const tagged = await calendar.listTagged(tenantId, organizerId);
  if (tagged.outcome !== 'done') return;
  const standing = await inTenant(db, tenantId, (tx) => loadSeries(tx, { states: ['confirmed'], organizerId }));
  const stripped: SeriesRow[] = [];
  for (const series of standing) {
    const same = tagged.value.filter(({ tag }) => tag.toLowerCase() === series.key);
    const others = same.filter(({ iCalUId }) => iCalUId !== series.icalUid);
    if (others.length > 0) await inTenant(db, tenantId, (tx) => tellOfCopies(tx, tenantId, series.seriesId, now));
    if (others.length === same.length) stripped.push(series);
  }
  let isPlanned = false;
  for (const series of stripped) {
    if (series.eventId === null) continue;
    const event = await calendar.readTag(tenantId, organizerId, series.eventId);
    if (event.outcome !== 'done' || event.value.tag !== null || event.value.iCalUId !== series.icalUid) continue;
    isPlanned = (await planTag(db, tenant, series, now)) || isPlanned;
  }
  if (isPlanned) jobs.wake('writeCalendar');
}

const planTag = (db: Database, { tenantId, salt }: TenantRow, { seriesId }: SeriesRow, now: Instant) =>
  inTenant(db, tenantId, async (tx) => {
    const series = await findSeries(tx, seriesId);
    if (series?.state !== 'confirmed') return false;
    const { organizerId } = series;
    // The same intent is kept once: whoever strips the tag again has the last word.
    return planWrite(tx, { tenantId, salt, organizerId, seriesId, sessionId: null, kind: 'tag', messages: 0, now });
  });
