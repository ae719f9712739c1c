import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import { writeReasons } from '../../locales/write-reasons.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { execute, finishCard, heading, lines, paragraph, smallPrint } from './elements.ts';
import { partnerFacts } from './partner-facts.ts';

/** Asks a mentor about one executive. A no stays between the mentor and the program. */
export function mentorQuestionCard(
  message: Extract<CardMessage, { kind: 'mentorQuestion' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  const { pairId, partner } = message;
  const name = escapeText(partner.displayName, 80);
  return finishCard(t('mentorQuestion.heading', { name: cleanText(partner.displayName, 80) }), [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('mentorQuestion.heading', { name })),
    ...partnerFacts(partner, { withTopics: false }, reader),
    ...lines(t('reasons'), writeReasons(message.reasons, 'mentor', reader, escapeText)),
    paragraph(t('mentorQuestion.next')),
    {
      type: 'ActionSet',
      actions: [
        execute(t('mentorQuestion.yes'), { verb: 'mentor.answer', pairId, answer: 'agree' }, { isPrimary: true }),
        execute(t('mentorQuestion.no'), { verb: 'mentor.answer', pairId, answer: 'decline' }),
      ],
    },
    smallPrint(t('mentorQuestion.seen', { name })),
  ]);
}
