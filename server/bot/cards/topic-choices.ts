import type { IChoiceSetInput } from '@microsoft/teams.cards';
import type { FeedbackBody } from '../../contract/http.ts';
import type { Topic } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import { choiceSet, labelOf, type Choice } from './elements.ts';

/** Topics as choices, by name in the reader's language. */
export const topicChoices = (topics: readonly Topic[], reader: ReaderTexts): Choice[] =>
  topics
    .map((topic) => ({ title: reader.topic(topic), value: topic }))
    .sort((a, b) => a.title.localeCompare(b.title, reader.locale));

/** The five degrees of everything that has degrees, lowest first. */
export const LEVELS = ['1', '2', '3', '4', '5'] as const;

/** The five levels of knowledge, from knowing the words to teaching. */
export const levelChoices = ({ t }: ReaderTexts): Choice[] =>
  LEVELS.map((level) => ({ title: t(`levels.${level}`), value: level }));

/** Whether the session took place, as it was said before. */
export const tookPlaceChoice = (given: FeedbackBody | null, { t }: ReaderTexts): IChoiceSetInput =>
  choiceSet(
    {
      id: 'tookPlace',
      label: labelOf(t('feedback.tookPlace'), t('feedback.tookPlaceSeen')),
      style: 'expanded',
      choices: [
        { title: t('feedback.yes'), value: 'yes' },
        { title: t('feedback.no'), value: 'no' },
      ],
      ...(given === null ? {} : { value: given.tookPlace ? 'yes' : 'no' }),
    },
    t('choose'),
  );

/** The five degrees of usefulness, most useful first. */
export const usefulnessChoices = ({ t }: ReaderTexts): { title: string; value: (typeof LEVELS)[number] }[] =>
  LEVELS.toReversed().map((level) => ({ title: t(`feedback.scale.${level}`), value: level }));
