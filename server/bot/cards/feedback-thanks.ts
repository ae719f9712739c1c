import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { dateOf, execute, finishCard, heading, paragraph } from './elements.ts';

/** Takes the form's place once the answer is stored; while it may be changed, one button opens the form again. */
export function feedbackThanksCard(
  message: Extract<CardMessage, { kind: 'feedbackThanks' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  const text = t(message.tookPlace ? 'thanks.held' : 'thanks.notHeld');
  return finishCard(`${t('thanks.heading')}. ${text}`, [
    heading(t('thanks.heading')),
    paragraph(text),
    ...(message.canEdit
      ? [
          {
            type: 'ActionSet' as const,
            actions: [
              execute(t(message.isPulse ? 'pulse:edit' : 'thanks.edit'), { verb: 'feedback.edit', ...dateOf(message) }),
            ],
          },
        ]
      : []),
  ]);
}
