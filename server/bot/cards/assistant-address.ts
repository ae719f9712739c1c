import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import type { OutgoingCard } from '../../ports.ts';
import { execute, finishCard, heading, labelOf, paragraph, textInput } from './elements.ts';

/** No address is longer. */
const LONGEST_ADDRESS = 254;

/** Asks an executive who has named no assistant for the address of one, or leads back to the proposal. */
export function assistantAddressCard(
  { pairId }: Extract<CardMessage, { kind: 'assistantAddress' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  return finishCard(t('assistantAddress.heading'), [
    heading(t('assistantAddress.heading')),
    paragraph(t('assistantAddress.text')),
    {
      ...textInput('address', labelOf(t('assistantAddress.address'), t('assistantAddress.seen')), LONGEST_ADDRESS),
      isMultiline: false,
      style: 'Email',
      isRequired: true,
      errorMessage: t('assistantAddress.missing'),
    },
    {
      type: 'ActionSet',
      actions: [
        execute(t('assistantAddress.ask'), { verb: 'assistant.name', pairId }, { isPrimary: true }),
        execute(t('assistantAddress.back'), { verb: 'proposal.show', pairId }, { alone: true }),
      ],
    },
  ]);
}
