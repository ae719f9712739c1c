import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, type Database } from '../../db/schema.ts';
import { loadSeries, loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { findShifted } from '../../domain/sessions/find-shifted.ts';
import { DAY, plus, type Instant } from '../../domain/time/instant.ts';

/** A series is told of again only after this: the same change is seen every day. */
const QUIET = 180 * DAY;

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
      if (shifted.length === 0) continue;
      const told = await tx
        .selectFrom('runLog')
        .select('entryId')
        .where('kind', '=', 'clockChanged')
        .where('subjectId', '=', series.seriesId)
        .where('at', '>', at(plus(now, -QUIET)))
        .executeTakeFirst();
      const pair = told ? undefined : await findPair(tx, series.pairId);
      if (!pair) continue;
      const people = await loadPeopleById(tx, [pair.mentorId, pair.menteeId]);
      const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
      await addToRunLog(tx, tenantId, {
        at: now,
        kind: 'clockChanged',
        cohortId: pair.cohortId,
        subjectId: series.seriesId,
        detail: {
          zone: series.timeZone,
          sessions: shifted.length,
          mentor: nameOf(pair.mentorId),
          mentee: nameOf(pair.menteeId),
        },
      });
    }
  });
}
