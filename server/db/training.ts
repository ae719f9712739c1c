import type { TrainingModule } from '../contract/content.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { missingModules } from '../domain/people/missing-modules.ts';
import type { Instant } from '../domain/time/instant.ts';
import { at, type TenantTransaction } from './schema.ts';

/** What somebody has finished of the training, and when. */
export async function loadFinishedModules(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<Map<TrainingModule, Instant>> {
  const rows = await tx
    .selectFrom('finishedModules')
    .select(['module', 'finishedAt'])
    .where('personId', '=', personId)
    .orderBy('finishedAt')
    .orderBy('module')
    .execute();
  return new Map(rows.map(({ module, finishedAt }) => [module, finishedAt]));
}

/** Keeps that a module is finished; the first time counts. */
export async function keepFinishedModule(
  tx: TenantTransaction,
  { tenantId, personId, module }: { tenantId: TenantId; personId: PersonId; module: TrainingModule },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('finishedModules')
    .values({ tenantId, personId, module, finishedAt: at(now) })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** What the cohorts in which somebody is a mentor require, each with what is missing of it; closed cohorts ask nothing. */
export async function loadRequiredTraining(
  tx: TenantTransaction,
  personId: PersonId,
): Promise<{ cohortId: string; required: TrainingModule[]; missing: TrainingModule[]; isTrained: boolean }[]> {
  const finished = await loadFinishedModules(tx, personId);
  const rows = await tx
    .selectFrom('participants')
    .innerJoin('cohorts', 'cohorts.cohortId', 'participants.cohortId')
    .select(['cohorts.cohortId', 'cohorts.requiredTraining', 'participants.trainedAt'])
    .where('participants.personId', '=', personId)
    .where('participants.side', '=', 'mentor')
    .where('participants.state', 'in', ['joined', 'paused'])
    .where('cohorts.state', '!=', 'closed')
    .orderBy('cohorts.createdAt')
    .orderBy('cohorts.cohortId')
    .execute();
  return rows.map(({ cohortId, requiredTraining, trainedAt }) => ({
    cohortId,
    required: requiredTraining,
    missing: missingModules(requiredTraining, finished),
    isTrained: trainedAt !== null,
  }));
}

/**
 * Marks a mentor as trained in a cohort from which nothing is missing any more, and lets the pairs that waited for it go
 * on at once. Returns how many did.
 */
export async function markTrained(
  tx: TenantTransaction,
  { cohortId, personId }: { cohortId: string; personId: PersonId },
  now: Instant,
): Promise<number> {
  await tx
    .updateTable('participants')
    .set({ trainedAt: at(now) })
    .where('cohortId', '=', cohortId)
    .where('personId', '=', personId)
    .where('side', '=', 'mentor')
    .where('trainedAt', 'is', null)
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable('pairs')
    .set({ dueAt: at(now) })
    .where('cohortId', '=', cohortId)
    .where('mentorId', '=', personId)
    .where('state', '=', 'mentorAgreed')
    .where('dueAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Pairs whose mentor has not finished the training wait without being due, until `markTrained`. */
export async function holdForTraining(tx: TenantTransaction, pairIds: readonly string[]): Promise<void> {
  for (const pairId of pairIds)
    await tx
      .updateTable('pairs')
      .set({ dueAt: null })
      .where('pairId', '=', pairId)
      .where('state', '=', 'mentorAgreed')
      .execute();
}
