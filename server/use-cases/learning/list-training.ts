import { TRAINING_MODULES } from '../../contract/content.ts';
import type { TrainingReply } from '../../contract/training.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadFinishedModules, loadRequiredTraining } from '../../db/training.ts';
import { toIsoOrNull } from '../../domain/time/instant.ts';
import type { Identity } from '../people/load-caller.ts';
import { checkLearner } from './check-learner.ts';
import type { LearningTexts } from './learning-texts.ts';

/** The modules with the caller's own progress. Throws `forbidden` for who takes no part as a mentor. */
export async function listTraining(
  { db, texts }: { db: Database; texts: LearningTexts },
  caller: Identity & { locale: Locale },
): Promise<TrainingReply> {
  await checkLearner(db, caller, ['mentor']);
  return inTenant(db, caller.tenantId, async (tx) => {
    const finished = await loadFinishedModules(tx, caller.personId);
    const required = new Set((await loadRequiredTraining(tx, caller.personId)).flatMap((cohort) => cohort.required));
    return {
      modules: TRAINING_MODULES.map((moduleId) => {
        const { title, lead, minutes } = texts.module(moduleId, caller.locale);
        const finishedAt = toIsoOrNull(finished.get(moduleId) ?? null);
        return { moduleId, title, lead, minutes, isRequired: required.has(moduleId), finishedAt };
      }),
    };
  });
}
