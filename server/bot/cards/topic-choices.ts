import type { Topic } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { Choice } from './elements.ts';

/** Topics as choices, by name in the reader's language. */
export const topicChoices = (topics: readonly Topic[], reader: ReaderTexts): Choice[] =>
  topics
    .map((topic) => ({ title: reader.topic(topic), value: topic }))
    .sort((a, b) => a.title.localeCompare(b.title, reader.locale));

const LEVELS = ['1', '2', '3', '4', '5'] as const;

/** The five levels of knowledge, from knowing the words to teaching. */
export const levelChoices = ({ t }: ReaderTexts): Choice[] =>
  LEVELS.map((level) => ({ title: t(`levels.${level}`), value: level }));

/** The five degrees of usefulness, most useful first. */
export const usefulnessChoices = ({ t }: ReaderTexts): { title: string; value: (typeof LEVELS)[number] }[] =>
  LEVELS.toReversed().map((level) => ({ title: t(`feedback.scale.${level}`), value: level }));
