import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText, safeMeetingUrl } from '../escape-text.ts';
import { capitalize, finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** Tells both sides that the series stands: its dates, the Teams link, and what is left to do in Outlook. */
export function bookedCard(message: Extract<CardMessage, { kind: 'booked' }>, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const joinUrl = safeMeetingUrl(message.joinUrl);
  return finishCard(t('booked.heading', { name: cleanText(message.partnerName, 80) }), [
    heading(t('booked.heading', { name: escapeText(message.partnerName, 80) })),
    ...message.dates.map(({ start }) =>
      paragraph(`• ${capitalize(reader.dateTime(start), reader)}`, { spacing: 'Small' }),
    ),
    smallPrint(t('zone', { zone: escapeText(reader.zoneName(message.dates[0]?.start ?? 0)) })),
    ...(message.acceptOnce ? [paragraph(t('booked.acceptOnce'), { weight: 'Bolder' })] : []),
    paragraph(t('booked.freely')),
    ...(joinUrl === null
      ? [paragraph(t('booked.withoutLink'))]
      : [
          {
            type: 'ActionSet' as const,
            actions: [{ type: 'Action.OpenUrl' as const, title: t('booked.join'), url: joinUrl }],
          },
        ]),
  ]);
}
