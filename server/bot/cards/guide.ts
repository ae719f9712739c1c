import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { capitalize, finishCard, heading, lines, paragraph, smallPrint } from './elements.ts';

/** The guide of the next session, for the mentor who prepares it. */
export function guideCard(message: Extract<CardMessage, { kind: 'guide' }>, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const { guide } = message;
  // Guides can be edited by people, so they are escaped like any other text.
  const agenda = guide.agenda.map(
    ({ minutes, text }) => `${t('guide.minutes', { count: minutes })}: ${escapeText(text, 300)}`,
  );
  return finishCard(t('guide.heading', { name: cleanText(message.partnerName, 80) }), [
    heading(t('guide.heading', { name: escapeText(message.partnerName, 80) })),
    smallPrint(capitalize(reader.dateTime(message.start), reader)),
    paragraph(escapeText(guide.title), { weight: 'Bolder' }),
    ...lines(t('guide.agenda'), agenda),
    ...lines(
      t('guide.prompts'),
      guide.prompts.map((prompt) => escapeText(prompt, 300)),
    ),
    ...lines(t('guide.takeaway'), [escapeText(guide.takeaway, 300)]),
  ]);
}
