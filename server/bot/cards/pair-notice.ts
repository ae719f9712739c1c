import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** The partner cannot take part any more: what happens now. */
export function partnerLeftCard(
  { partnerName }: Extract<CardMessage, { kind: 'partnerLeft' }>,
  { t }: ReaderTexts,
): OutgoingCard {
  return finishCard(`${t('partnerLeft.heading', { name: cleanText(partnerName, 80) })}. ${t('partnerLeft.text')}`, [
    heading(t('partnerLeft.heading', { name: escapeText(partnerName, 80) })),
    paragraph(t('partnerLeft.text')),
  ]);
}

/** The pair has ended: never by whom or why. */
export function pairEndedCard(
  { partnerName }: Extract<CardMessage, { kind: 'pairEnded' }>,
  { t }: ReaderTexts,
): OutgoingCard {
  return finishCard(`${t('ended:heading', { name: cleanText(partnerName, 80) })}. ${t('ended:text')}`, [
    heading(t('ended:heading', { name: escapeText(partnerName, 80) })),
    paragraph(t('ended:text')),
  ]);
}

/** The sessions lie outside the reader's working hours from a date on. */
export function outsideHoursCard(
  { partnerName, start }: Extract<CardMessage, { kind: 'outsideHours' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  const text = t('outsideHours.text', { from: reader.dateTime(start) });
  return finishCard(`${t('outsideHours.heading', { name: cleanText(partnerName, 80) })}. ${text}`, [
    heading(t('outsideHours.heading', { name: escapeText(partnerName, 80) })),
    paragraph(text),
    smallPrint(t('zone', { zone: escapeText(reader.zoneName(start)) })),
  ]);
}
