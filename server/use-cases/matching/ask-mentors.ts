import type { TenantId } from '../../domain/people/person.ts';
import { answerDeadlines } from '../../domain/matching/deadlines.ts';
import { reasonsForSide } from '../../domain/matching/explain-pair.ts';
import { loadParticipants, findCohort } from '../../db/cohorts.ts';
import { queueMessage } from '../../db/messages.ts';
import { loadPairs, movePair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { addToRunLog } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { partnerOf } from '../people/partner-of.ts';

/**
 * Publishes the proposed matches: each mentor is asked first, and the executive hears nothing until they said yes.
 * Throws `notFound`, or `conflict` when no match is proposed.
 */
export async function askMentors(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  { tenantId, cohortId }: { tenantId: TenantId; cohortId: string },
): Promise<number> {
  const now = clock.now();
  const asked = await inTenant(db, tenantId, async (tx) => {
    const cohort = await findCohort(tx, cohortId);
    if (!cohort) throw new AppError('notFound');
    const pairs = await loadPairs(tx, { cohortId, states: ['proposed'] });
    if (pairs.length === 0) throw new AppError('conflict', { reason: 'nothingToPublish' });
    const { salt } = await loadTenant(tx);
    const rows = await loadParticipants(tx, { cohortId });
    const byKey = new Map(rows.map((row) => [`${row.side}:${row.personId}`, row]));
    const people = await loadPeopleById(
      tx,
      pairs.flatMap((pair) => [pair.menteeId, pair.mentorId]),
    );
    for (const pair of pairs) {
      const mentor = byKey.get(`mentor:${pair.mentorId}`);
      const mentee = people.get(pair.menteeId);
      if (!mentor || !mentee) continue;
      await movePair(tx, pair.pairId, 'askMentor', {
        now,
        dueAt: answerDeadlines(now, mentor.timeZone, mentor.workingHours).remindAt,
      });
      await queueMessage(tx, {
        tenantId,
        salt,
        personId: pair.mentorId,
        subjectKey: `match:${pair.pairId}`,
        data: {
          kind: 'mentorQuestion',
          pairId: pair.pairId,
          partner: partnerOf(mentee, byKey.get(`mentee:${pair.menteeId}`), { mayGoalsBeSeen: false }),
          reasons: reasonsForSide(pair.reasons, 'mentor'),
          isReminder: false,
        },
        notBefore: now,
        now,
      });
    }
    await tx.updateTable('cohorts').set({ state: 'running' }).where('cohortId', '=', cohortId).execute();
    await addToRunLog(tx, tenantId, {
      at: now,
      kind: 'mentorsAsked',
      cohortId,
      subjectId: cohortId,
      detail: { pairs: pairs.length },
    });
    return pairs.length;
  });
  jobs.wake('sendMessages');
  return asked;
}
