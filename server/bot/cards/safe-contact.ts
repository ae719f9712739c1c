import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { execute, finishCard, heading, paragraph, smallPrint } from './elements.ts';

/** Who the safe contact is, and a button that asks them to get in touch. */
export function safeContactCard(
  { cohortId, contactId, contactName, mail }: Extract<CardMessage, { kind: 'safeContact' }>,
  { t }: ReaderTexts,
): OutgoingCard {
  const name = escapeText(contactName, 80);
  return finishCard(t('contact:heading', { name: cleanText(contactName, 80) }), [
    heading(t('contact:heading', { name })),
    paragraph(t('contact:text', { name })),
    ...(mail === null ? [] : [paragraph(t('contact:mail', { mail: escapeText(mail) }))]),
    {
      type: 'ActionSet',
      actions: [execute(t('contact:ask'), { verb: 'contact.ask', cohortId, contactId }, { alone: true })],
    },
    smallPrint(t('contact:seen')),
  ]);
}

/** Tells the safe contact who asks them to get in touch: the name, and nothing of why, where or with whom. */
export function contactRequestCard(
  { personName }: Extract<CardMessage, { kind: 'contactRequest' }>,
  { t }: ReaderTexts,
): OutgoingCard {
  return finishCard(t('contact:requestHeading', { name: cleanText(personName, 80) }), [
    heading(t('contact:requestHeading', { name: escapeText(personName, 80) })),
    paragraph(t('contact:requestText')),
  ]);
}
