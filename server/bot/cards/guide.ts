import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { capitalize, finishCard, heading, lines, paragraph, smallPrint } from './elements.ts';

/** A line of a guide may be as long. */
const LONGEST = 300;

/** The guide of the next session, for the mentor who prepares it. */
export function guideCard(message: Extract<CardMessage, { kind: 'guide' }>, reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  const { guide } = message;
  // Guides can be edited by people, so they are escaped like any other text.
  const escaped = (texts: readonly string[]): string[] => texts.map((text) => escapeText(text, LONGEST));
  const agenda = guide.agenda.map(
    ({ minutes, text }) => `${t('guide.minutes', { count: minutes })}: ${escapeText(text, LONGEST)}`,
  );
  return finishCard(t('guide.heading', { name: cleanText(message.partnerName, 80) }), [
    heading(t('guide.heading', { name: escapeText(message.partnerName, 80) })),
    smallPrint(capitalize(reader.dateTime(message.start), reader)),
    paragraph(escapeText(guide.title), { weight: 'Bolder' }),
    ...lines(t('guide.prepare'), escaped(guide.preparation.mentor)),
    ...lines(t('guide.agenda'), agenda),
    ...lines(t('guide.prompts'), escaped(guide.prompts)),
    ...lines(t('guide.belief'), escaped([guide.belief])),
    ...lines(t('guide.takeaway'), escaped([guide.takeaway])),
    ...lines(t('guide.action'), escaped([guide.action])),
  ]);
}
