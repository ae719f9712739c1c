import type { Locale } from '../../contract/vocabulary.ts';
import { zoneForAssistant } from '../../db/assistants.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { at, type Database } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant, ZoneId } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';

/** The caller's next session that stands, for the bot's "next session"; null when none is planned. */
export async function findNextSession(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<{ partnerName: string; start: Instant } | null> {
  return inTenant(db, tenantId, async (tx) => {
    const pairs = await loadPairs(tx, { personId, states: ['booked'] });
    const sessions = await loadSessions(tx, { pairIds: pairs.map((pair) => pair.pairId) });
    const next = sessions.find((session) => session.state === 'booked' && session.endsAt > clock.now());
    const pair = pairs.find((candidate) => candidate.pairId === next?.pairId);
    if (!next || !pair) return null;
    const partnerId = pair.mentorId === personId ? pair.menteeId : pair.mentorId;
    const partner = (await loadPeopleById(tx, [partnerId])).get(partnerId);
    return { partnerName: partner?.displayName ?? '', start: next.startsAt };
  });
}

/** Language and zone of a person as the program knows them. */
export async function findReader(
  { db }: { db: Database },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<{ locale: Locale | null; timeZone: ZoneId | null }> {
  return inTenant(db, tenantId, async (tx) => {
    const [row] = await loadParticipants(tx, { personId });
    if (!row) return { locale: null, timeZone: await zoneForAssistant(tx, personId) };
    return { locale: row.preparedAt ? row.locale : null, timeZone: row.preparedAt ? row.timeZone : null };
  });
}

/** "stop" and "start": whether the bot may write to this person. Questions stay in the tab. */
export async function setStopped(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, personId, isStopped }: { tenantId: TenantId; personId: PersonId; isStopped: boolean },
): Promise<void> {
  const stoppedAt = isStopped ? at(clock.now()) : null;
  await inTenant(db, tenantId, (tx) =>
    tx.updateTable('conversations').set({ stoppedAt }).where('personId', '=', personId).execute(),
  );
}
