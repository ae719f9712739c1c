import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { execute, finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** All dates to come are gone: asks whether to look for new times. */
export function restartCard(
  { pairId, partnerName }: Extract<CardMessage, { kind: 'restart' }>,
  { t }: ReaderTexts,
): OutgoingCard {
  return finishCard(`${t('restart.heading', { name: cleanText(partnerName, 80) })}. ${t('restart.text')}`, [
    heading(t('restart.heading', { name: escapeText(partnerName, 80) })),
    paragraph(t('restart.text')),
    {
      type: 'ActionSet',
      actions: [
        execute(
          t('restart.find'),
          { verb: 'pair.restart', pairId, answer: 'findTimes' },
          { isPrimary: true, alone: true },
        ),
        execute(t('restart.leave'), { verb: 'pair.restart', pairId, answer: 'leave' }, { alone: true }),
      ],
    },
    smallPrint(t('restart.seen')),
  ]);
}
