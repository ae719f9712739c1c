import type { TrainingNeeded } from '../../contract/http.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadRequiredTraining } from '../../db/training.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { LearningTexts } from './learning-texts.ts';

/** What a mentor still has to learn before their pairs start, and whether one of them waits for it; null: nothing. */
export async function describeTraining(
  tx: TenantTransaction,
  personId: PersonId,
  { texts, locale }: { texts: Pick<LearningTexts, 'module'>; locale: Locale },
): Promise<TrainingNeeded | null> {
  const cohorts = await loadRequiredTraining(tx, personId);
  const missing = [...new Set(cohorts.flatMap((cohort) => cohort.missing))];
  if (missing.length === 0) return null;
  const waiting = await tx
    .selectFrom('pairs')
    .select('pairId')
    .where('mentorId', '=', personId)
    .where('state', '=', 'mentorAgreed')
    .where('dueAt', 'is', null)
    .executeTakeFirst();
  return {
    modules: missing.map((moduleId) => {
      const { title, minutes } = texts.module(moduleId, locale);
      return { moduleId, title, minutes };
    }),
    isPairWaiting: waiting !== undefined,
  };
}
