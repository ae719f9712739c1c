import { findCohort, loadParticipants, moveParticipant } from '../../db/cohorts.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { DAY, plus } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { checkSafeContact, START_REFUSALS } from './check-safe-contact.ts';

/** Days in which people say whether they take part; a reminder comes half way. */
export const INVITATION_DAYS = 7;

/**
 * Invites everybody who is nominated: the app is installed for them and the question (goals, or joining as a mentor)
 * arrives in their chat as soon as their data has been read. Throws `notFound`, or `conflict` when nobody is left to
 * invite, or the cohort has no safe contact who may be one: without, none starts (product.md F6).
 */
export async function inviteParticipants(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<void> {
  const now = clock.now();
  await inTenant(db, tenantId, async (tx) => {
    const cohort = await findCohort(tx, cohortId);
    if (!cohort) throw new AppError('notFound');
    const nominated = await loadParticipants(tx, { cohortId, states: ['nominated'] });
    if (nominated.length === 0) throw new AppError('conflict', { reason: 'nobodyToInvite' });
    const { problem } = await checkSafeContact(tx, cohort);
    if (problem !== null) throw new AppError('conflict', { reason: START_REFUSALS[problem] });
    for (const person of nominated) {
      await moveParticipant(tx, { cohortId, personId: person.personId, side: person.side }, ['nominated'], {
        state: 'invited',
        invitedAt: now,
        dueAt: plus(now, INVITATION_DAYS * DAY),
      });
    }
    await tx.updateTable('cohorts').set({ state: 'inviting' }).where('cohortId', '=', cohortId).execute();
    await addToRunLog(tx, tenantId, {
      at: now,
      kind: 'invited',
      cohortId,
      subjectId: cohortId,
      detail: { people: nominated.length },
    });
  });
  jobs.wake('prepareParticipants');
}
