import type { ExecutiveFile, GuideFile, ModuleFile, TrainingModule } from '../../contract/content.ts';
import type { Locale, Topic } from '../../contract/vocabulary.ts';

/** What is learned, in a language; main wires it to the content files. */
export interface LearningTexts {
  module(id: TrainingModule, locale: Locale): ModuleFile;
  executivePage(locale: Locale): ExecutiveFile;
  /** The guides of all topics, in the order of the topics. */
  library(locale: Locale): (GuideFile & { topic: Topic })[];
}
