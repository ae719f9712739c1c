import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import { loadPeopleById } from '../../db/people.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { DAY, HOUR, plus, type Instant } from '../../domain/time/instant.ts';
import { columnsOfMailbox, type PreparePorts } from './prepare-participants.ts';

/** Rights in Exchange take up to two hours to arrive (reliability.md F14); a new mailbox may take longer. */
const ASKED_AGAIN_FOR = 2 * DAY;
const ASKED_AGAIN_EVERY = HOUR;

/**
 * Reads once more the mailboxes that could not be read when their owners were asked: until then they are written to in the
 * directory's language and reminded by UTC. Nobody is asked anything again. Returns when to look again; null: never.
 */
export async function learnLateMailboxes(
  { db, calendar, clock }: Pick<PreparePorts, 'db' | 'calendar' | 'clock'>,
  { tenantId }: { tenantId: TenantId },
): Promise<Instant | null> {
  const now = clock.now();
  const waiting = await inTenant(db, tenantId, async (tx) => {
    const rows = await loadParticipants(tx, { states: ['invited', 'joined'], isUnread: true });
    return rows.filter(({ preparedAt }) => preparedAt !== null && now < plus(preparedAt, ASKED_AGAIN_FOR));
  });
  if (waiting.length === 0) return null;
  const settings = await calendar.readSettings(tenantId, [...new Set(waiting.map(({ personId }) => personId))]);
  if (settings.outcome === 'later') return settings.notBefore;
  const found = settings.outcome === 'done' ? settings.value : new Map<never, never>();
  const learned = waiting.filter(({ personId }) => found.has(personId));
  await inTenant(db, tenantId, async (tx) => {
    const people = await loadPeopleById(
      tx,
      learned.map(({ personId }) => personId),
    );
    for (const { cohortId, personId, side } of learned) {
      const cohort = await findCohort(tx, cohortId);
      const person = people.get(personId);
      if (!cohort || !person) continue;
      await tx
        .updateTable('participants')
        .set(columnsOfMailbox({ cohort, person, settings: found.get(personId) }))
        .where('cohortId', '=', cohortId)
        .where('personId', '=', personId)
        .where('side', '=', side)
        .execute();
    }
  });
  return learned.length < waiting.length ? plus(now, ASKED_AGAIN_EVERY) : null;
}
