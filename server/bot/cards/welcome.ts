import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** The first thing the bot says after it was installed. */
export function welcomeCard(reader: ReaderTexts): OutgoingCard {
  const { t } = reader;
  return finishCard(`${t('welcome.heading')}. ${t('welcome.text')}`, [
    heading(t('welcome.heading')),
    paragraph(t('welcome.text')),
    smallPrint(t('welcome.hint')),
  ]);
}
