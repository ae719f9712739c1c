import type { CardMessage } from '../../contract/card-messages.ts';
import { TOPICS } from '../../contract/vocabulary.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { choiceSet, execute, finishCard, heading, labelOf, paragraph, smallPrint, textInput } from './elements.ts';
import { levelChoices, topicChoices } from './topic-choices.ts';

/** Asks a nominated mentor to take part: topics, one level for them, one line of motivation; or a no. */
export function joinCard(message: Extract<CardMessage, { kind: 'join' }>, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const { cohortId, suggested } = message;
  return finishCard(t('join.heading', { program: cleanText(message.programName) }), [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('join.heading', { program: escapeText(message.programName) })),
    paragraph(t('join.intro')),
    choiceSet(
      {
        id: 'topics',
        label: labelOf(t('join.topics'), t('join.topicsSeen')),
        choices: topicChoices(TOPICS, reader),
        isMultiSelect: true,
        style: 'expanded',
        ...(suggested.length === 0 ? {} : { value: suggested.join(',') }),
      },
      t('chooseAtLeastOne'),
    ),
    choiceSet(
      {
        id: 'level',
        label: labelOf(t('join.level'), t('join.levelSeen')),
        choices: levelChoices(reader),
        style: 'compact',
        value: '4',
      },
      t('choose'),
    ),
    textInput('motivation', labelOf(t('join.motivation'), t('join.motivationSeen')), 200),
    {
      type: 'ActionSet',
      actions: [
        execute(t('join.yes'), { verb: 'join.answer', cohortId, answer: 'join' }, { isPrimary: true }),
        execute(t('join.no'), { verb: 'join.answer', cohortId, answer: 'decline' }, { alone: true }),
      ],
    },
    smallPrint(t('join.noSeen')),
  ]);
}
