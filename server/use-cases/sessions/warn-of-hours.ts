import { loadParticipants } from '../../db/cohorts.ts';
import { queueMessage } from '../../db/messages.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { json, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantRow } from '../../db/tenants.ts';
import { currentHours } from '../../domain/people/current-hours.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { isWithinHours } from '../../domain/slots/is-within-hours.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Availability } from '../../ports.ts';
import { hoursKnown } from '../slots/hours-known.ts';
import type { StandingSession } from './match-dates.ts';

/**
 * Tells a person once when their sessions lie outside their working hours by now: the clock of the other zone changed
 * (reliability.md F41), they moved to another zone themselves (F43), or a government changed its clock (F47). The series
 * stays; times of the new zone are offered from then on, since the zone is kept.
 */
export async function warnOfHours(
  { db }: { db: Database },
  tenant: TenantRow,
  standing: readonly StandingSession[],
  availability: ReadonlyMap<PersonId, Availability>,
  now: Instant,
): Promise<void> {
  const ids = [...availability.keys()];
  if (ids.length === 0) return;
  await inTenant(db, tenant.tenantId, async (tx) => {
    const pairs = new Map(
      (await loadPairs(tx, { pairIds: [...new Set(standing.map(({ session }) => session.pairId))] })).map((pair) => [
        pair.pairId,
        pair,
      ]),
    );
    const people = await loadPeopleById(tx, ids);
    for (const row of await loadParticipants(tx, { personIds: ids })) {
      const seen = availability.get(row.personId);
      if (!seen?.readable) continue;
      const { timeZone, workingHours } = currentHours(hoursKnown(row), seen, now);
      if (timeZone === null) continue;
      if (timeZone !== row.timeZone)
        await tx
          .updateTable('participants')
          .set({ timeZone, timeZoneNote: null, workingHours: json(workingHours) })
          .where('personId', '=', row.personId)
          .execute();
      const outside = standing.find(({ session }) => {
        const pair = pairs.get(session.pairId);
        const isTheirs =
          pair?.cohortId === row.cohortId && (row.side === 'mentor' ? pair.mentorId : pair.menteeId) === row.personId;
        // A time that a person chose is their choice, whenever it lies.
        if (!isTheirs || session.locked || session.startsAt <= now) return false;
        return !isWithinHours([{ start: session.startsAt, end: session.endsAt }], timeZone, workingHours);
      });
      const pair = outside && pairs.get(outside.session.pairId);
      if (!outside || !pair) continue;
      const subjectKey = `hours:${outside.series.seriesId}:${timeZone}`;
      const told = await tx
        .selectFrom('messages')
        .select('messageId')
        .where('personId', '=', row.personId)
        .where('subjectKey', '=', subjectKey)
        .executeTakeFirst();
      if (told) continue;
      const partner = pair.mentorId === row.personId ? pair.menteeId : pair.mentorId;
      await queueMessage(tx, {
        tenantId: tenant.tenantId,
        salt: tenant.salt,
        personId: row.personId,
        subjectKey,
        data: {
          kind: 'outsideHours',
          pairId: pair.pairId,
          partnerName: (people.get(partner) ?? (await loadPeopleById(tx, [partner])).get(partner))?.displayName ?? '',
          start: outside.session.startsAt,
        },
        notBefore: now,
        now,
      });
    }
  });
}
