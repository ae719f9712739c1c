import type { ReaderTexts } from './create-texts.ts';
import { endSentence } from './list-values.ts';

/** A sentence for the administrator about two people, by their names, who are not matched and would both prefer each other. */
export const writeBlockingPair = (
  { mentee, mentor }: { mentee: string; mentor: string },
  reader: ReaderTexts,
  clean: (text: string) => string,
): string => endSentence(reader.t('price:bothPrefer', { mentee: clean(mentee), mentor: clean(mentor) }));
