import type { TrainingModule } from '../../contract/content.ts';
import type { ModuleReply } from '../../contract/training.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { Database } from '../../db/schema.ts';
import type { Identity } from '../people/load-caller.ts';
import type { LearningTexts } from './learning-texts.ts';
import { listTraining } from './list-training.ts';

/** One module without the right answers of its check, and what comes next. Throws `forbidden` as the list does. */
export async function readModule(
  ports: { db: Database; texts: LearningTexts },
  { moduleId, ...caller }: Identity & { locale: Locale; moduleId: TrainingModule },
): Promise<ModuleReply> {
  const { modules } = await listTraining(ports, caller);
  const { title, lead, minutes, sections, check } = ports.texts.module(moduleId, caller.locale);
  const left = modules.filter((module) => module.moduleId !== moduleId && module.finishedAt === null);
  const next = left.find(({ isRequired }) => isRequired) ?? left[0];
  return {
    moduleId,
    title,
    lead,
    minutes,
    sections,
    check: check.map(({ question, answers }) => ({ question, answers })),
    finishedAt: modules.find((module) => module.moduleId === moduleId)?.finishedAt ?? null,
    next: next ? { moduleId: next.moduleId, title: next.title } : null,
  };
}
