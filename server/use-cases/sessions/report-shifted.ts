import type { Database } from '../../db/schema.ts';
import { loadSeries, loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { findShifted } from '../../domain/sessions/find-shifted.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { tellOfClock } from './tell-of-clock.ts';

/**
 * Tells the administrator of series whose dates to come stand at another hour than was agreed, since the rules of the zone
 * have changed (reliability.md F47). Nothing is moved: the calendars' own rules may change on another day than ours, and
 * whom it does not suit is asked by `warnOfHours`.
 */
export async function reportShifted(
  { db }: { db: Database },
  { tenantId }: TenantRow,
  organizerId: PersonId,
  now: Instant,
): Promise<void> {
  await inTenant(db, tenantId, async (tx) => {
    const all = await loadSeries(tx, { states: ['confirmed'], organizerId });
    const sessions = await loadSessions(tx, { pairIds: [...new Set(all.map(({ pairId }) => pairId))], endsAfter: now });
    for (const series of all) {
      const standing = sessions.filter(({ seriesId, state }) => seriesId === series.seriesId && state === 'booked');
      const shifted = findShifted(series, standing, now);
      if (shifted.length > 0) await tellOfClock(tx, tenantId, series, shifted.length, now);
    }
  });
}
