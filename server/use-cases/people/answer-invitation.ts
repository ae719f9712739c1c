import type { Goal, Side, Skill } from '../../contract/vocabulary.ts';
import { loadParticipants, moveParticipant } from '../../db/cohorts.ts';
import { closeQuestion } from '../../db/messages.ts';
import { addToRunLog } from '../../db/run-log.ts';
import { at, json, type Database } from '../../db/schema.ts';
import { loadFinishedModules } from '../../db/training.ts';
import { missingModules } from '../../domain/people/missing-modules.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { AppError, badInput } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';

export type InvitationAnswer =
  | { kind: 'goals'; goals: readonly Goal[] }
  | { kind: 'join'; skills: readonly Skill[]; motivation: string | null }
  | { kind: 'decline' };

/**
 * Stores what an invited person says: an executive's goals with levels, a mentor's skills, or a no. May be said again
 * until the matches are made. Throws `notFound` for somebody who was not invited, `closed` when matches stand already,
 * `badInput` for the same topic twice.
 */
export async function answerInvitation(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  {
    tenantId,
    personId,
    cohortId,
    side,
    answer,
  }: { tenantId: TenantId; personId: PersonId; cohortId: string; side: Side; answer: InvitationAnswer },
): Promise<void> {
  const now = clock.now();
  const topics = answer.kind === 'goals' ? answer.goals : answer.kind === 'join' ? answer.skills : [];
  if (new Set(topics.map((item) => item.topic)).size !== topics.length) {
    throw badInput(answer.kind === 'goals' ? 'goals' : 'skills', 'each topic once');
  }
  await inTenant(db, tenantId, async (tx) => {
    const [row] = await loadParticipants(tx, { cohortId, personId, side });
    if (!row || row.state === 'nominated' || row.state === 'left') throw new AppError('notFound');
    const cohort = await tx
      .selectFrom('cohorts')
      .select(['state', 'requiredTraining'])
      .where('cohortId', '=', cohortId)
      .executeTakeFirstOrThrow();
    if (cohort.state === 'closed') throw new AppError('closed', { reason: 'cohortClosed' });
    const isFirst = row.state === 'invited';
    if (!isFirst && cohort.state === 'running') throw new AppError('closed', { reason: 'matchesMade' });
    await moveParticipant(tx, { cohortId, personId, side }, ['invited', 'joined', 'declined'], {
      state: answer.kind === 'decline' ? 'declined' : 'joined',
      joinedAt: now,
      dueAt: null,
    });
    if (answer.kind !== 'decline') {
      const finished = await loadFinishedModules(tx, personId);
      const isTrained = missingModules(cohort.requiredTraining, finished).length === 0;
      const trainedAt = isTrained ? at(now) : null;
      await tx
        .updateTable('participants')
        .set(
          answer.kind === 'goals'
            ? { goals: json(answer.goals) }
            : { skills: json(answer.skills), motivation: answer.motivation, trainedAt },
        )
        .where('cohortId', '=', cohortId)
        .where('personId', '=', personId)
        .where('side', '=', side)
        .execute();
    }
    const { salt } = await loadTenant(tx);
    await closeQuestion(tx, {
      tenantId,
      salt,
      personId,
      subjectKey: `ask:${cohortId}:${side}`,
      data: {
        kind: 'done',
        text: answer.kind === 'decline' ? 'declined' : answer.kind === 'goals' ? 'goalsStored' : 'joined',
      },
      now,
    });
    if (isFirst && answer.kind !== 'decline') await addToRunLog(tx, tenantId, { at: now, kind: 'joined', cohortId });
  });
  jobs.wake('advanceCohorts');
  jobs.wake('sendMessages');
}
