import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** Tells that a session has another time, does not take place, or does after all; never who did it or why. */
export function sessionChangedCard(
  message: Extract<CardMessage, { kind: 'sessionChanged' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  const to = message.what === 'moved' ? message.newStart : null;
  const what = message.what === 'restored' ? 'restored' : to === null ? 'cancelled' : 'moved';
  const from = reader.dateTime(message.start);
  const text =
    what === 'restored'
      ? t('changed.restoredText', { from })
      : to === null
        ? t('changed.cancelledText', { from })
        : t('changed.movedText', { from, to: reader.dateTime(to) });
  return finishCard(`${t(`changed.${what}`, { name: cleanText(message.partnerName, 80) })}. ${text}`, [
    heading(t(`changed.${what}`, { name: escapeText(message.partnerName, 80) })),
    paragraph(text),
    ...(message.why === undefined ? [] : [paragraph(t(`changed.why.${message.why}`))]),
    smallPrint(t('zone', { zone: escapeText(reader.zoneName(message.start)) })),
  ]);
}
