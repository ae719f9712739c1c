import type { TrainingModule } from '../../contract/content.ts';
import type { CheckReply } from '../../contract/training.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { keepFinishedModule, loadRequiredTraining, markTrained } from '../../db/training.ts';
import { judgeCheck } from '../../domain/people/judge-check.ts';
import { AppError } from '../../errors.ts';
import type { Clock, Jobs } from '../../ports.ts';
import type { Identity } from '../people/load-caller.ts';
import type { LearningTexts } from './learning-texts.ts';

/**
 * Judges a mentor's answers to the check of a module, and says why; nothing is told about what was not answered. With all
 * of them right the module is finished; with the last required one the mentor is trained, and pairs that waited for it go
 * on at once. Wrong answers are kept nowhere. Throws `forbidden` for who is no mentor.
 */
export async function answerCheck(
  { db, clock, jobs, texts }: { db: Database; clock: Clock; jobs: Jobs; texts: LearningTexts },
  input: Identity & { locale: Locale; moduleId: TrainingModule; answers: readonly (number | null)[] },
): Promise<CheckReply> {
  const { tenantId, personId, moduleId } = input;
  const now = clock.now();
  const { judgments, isPassed } = judgeCheck(texts.module(moduleId, input.locale).check, input.answers);
  const { isReady, going } = await inTenant(db, tenantId, async (tx) => {
    const rows = await loadParticipants(tx, { personId, side: 'mentor' });
    if (!rows.some(({ state }) => state === 'invited' || state === 'joined' || state === 'paused'))
      throw new AppError('forbidden');
    if (isPassed) await keepFinishedModule(tx, { tenantId, personId, module: moduleId }, now);
    const cohorts = await loadRequiredTraining(tx, personId);
    let going = 0;
    for (const { cohortId, missing, isTrained } of cohorts)
      if (missing.length === 0 && !isTrained) going += await markTrained(tx, { cohortId, personId }, now);
    return { isReady: cohorts.every(({ missing }) => missing.length === 0), going };
  });
  if (going > 0) jobs.wake('offerSlots');
  return { results: judgments, isFinished: isPassed, isReady };
}
