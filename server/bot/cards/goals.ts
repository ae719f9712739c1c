import type { CardMessage } from '../../contract/card-messages.ts';
import { TOPICS } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import {
  choiceSet,
  execute,
  finishCard,
  heading,
  paragraph,
  NO_CHOICE,
  smallPrint,
  type CardElement,
} from './elements.ts';
import { levelChoices, topicChoices } from './topic-choices.ts';

/** Asks an executive for up to three topics with the level wanted. */
export function goalsCard(message: Extract<CardMessage, { kind: 'goals' }>, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const topics = topicChoices(TOPICS, reader);
  const levels = levelChoices(reader);
  const goal = (number: 1 | 2 | 3): CardElement[] => {
    const isOptional = number > 1;
    const name = t(`goals.topic${String(number)}`);
    return [
      choiceSet(
        {
          id: `topic${String(number)}`,
          label: name,
          style: 'compact',
          choices: isOptional ? [{ title: t('noTopic'), value: NO_CHOICE }, ...topics] : topics,
          ...(isOptional ? { value: NO_CHOICE } : {}),
        },
        isOptional ? undefined : t('choose'),
      ),
      choiceSet(
        {
          id: `level${String(number)}`,
          label: `${name}: ${t('goals.level')}`,
          choices: levels,
          style: 'compact',
          value: '3',
        },
        isOptional ? undefined : t('choose'),
      ),
    ];
  };
  return finishCard(`${t('goals.heading')} ${t('goals.intro', { program: cleanText(message.programName) })}`, [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('goals.heading')),
    paragraph(t('goals.intro', { program: escapeText(message.programName) })),
    smallPrint(t('goals.seen')),
    ...goal(1),
    ...goal(2),
    ...goal(3),
    {
      type: 'ActionSet',
      actions: [execute(t('goals.send'), { verb: 'goals.answer', cohortId: message.cohortId }, { isPrimary: true })],
    },
  ]);
}
