import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { finishCard, heading, paragraph } from './elements.ts';

/** A short word of ours that takes a question's place. `key` names a text of the cards. */
export const noticeCard = (key: string, reader: ReaderTexts): OutgoingCard =>
  finishCard(reader.t(key), [paragraph(reader.t(key))]);

/** The form of a session that can no longer be answered. */
export const feedbackClosedCard = (reader: ReaderTexts): OutgoingCard =>
  finishCard(`${reader.t('closed.heading')}. ${reader.t('closed.text')}`, [
    heading(reader.t('closed.heading')),
    paragraph(reader.t('closed.text')),
  ]);
