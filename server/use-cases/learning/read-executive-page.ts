import type { ExecutivePageReply } from '../../contract/training.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { Database } from '../../db/schema.ts';
import type { Identity } from '../people/load-caller.ts';
import { checkLearner } from './check-learner.ts';
import type { LearningTexts } from './learning-texts.ts';

/** The executives' two minutes; mentors may know what their mentees read. Throws `forbidden` for who takes no part. */
export async function readExecutivePage(
  { db, texts }: { db: Database; texts: LearningTexts },
  caller: Identity & { locale: Locale },
): Promise<ExecutivePageReply> {
  await checkLearner(db, caller);
  return texts.executivePage(caller.locale);
}
