import type { CardMessage } from '../../contract/card-messages.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';
import { writeShape } from '../../locales/write-agreement.ts';
import type { OutgoingCard } from '../../ports.ts';
import { cleanText, escapeText } from '../escape-text.ts';
import { capitalize, execute, finishCard, heading, paragraph, smallPrint } from './elements.ts';
import { offerChoice } from './proposal.ts';

/**
 * Asks an executive's assistant for one of the times: who asks, with whom, what for, when. Never goals, reasons or
 * anything of a guide (product.md, Who sees what). `reader` has the executive's time zone.
 */
export function assistantProposalCard(
  message: Extract<CardMessage, { kind: 'assistantProposal' }>,
  reader: ReaderTexts,
): OutgoingCard {
  const { t } = reader;
  const { pairId, round } = message;
  const executive = escapeText(message.executiveName, 80);
  const partner = escapeText(message.partnerName, 80);
  const plain = cleanText(message.executiveName, 80);
  return finishCard(t('assistantProposal.heading', { executive: plain }), [
    ...(message.isReminder ? [smallPrint(t('reminder'))] : []),
    heading(t('assistantProposal.heading', { executive })),
    paragraph(t('assistantProposal.with', { executive, partner })),
    paragraph(t('assistantProposal.purpose', { program: escapeText(message.programName, 80) })),
    paragraph(capitalize(writeShape(message, reader), reader), { weight: 'Bolder' }),
    ...offerChoice(
      message.offers.map((offer) => ({ ...offer, reasons: [] })),
      reader,
      t('assistantProposal.zone', { executive, zone: escapeText(reader.zoneName(message.answerBy)) }),
      'assistantProposal',
    ),
    {
      type: 'ActionSet',
      actions: [
        execute(
          t('assistantProposal.accept'),
          { verb: 'proposal.answer', pairId, answer: 'agree', round },
          { isPrimary: true },
        ),
        execute(
          t('proposal.anotherTime'),
          { verb: 'proposal.answer', pairId, answer: 'anotherTime', round },
          { alone: true },
        ),
      ],
    },
    smallPrint(
      `${t('proposal.answerBy', { date: reader.date(message.answerBy) })} ${t('assistantProposal.seen', { executive, partner })}`,
    ),
  ]);
}
