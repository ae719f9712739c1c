import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalAnswer } from '../../../server/contract/vocabulary.ts';
import { answerProposal } from '../../api/answer-proposal.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PartnerIntro } from '../../components/PartnerIntro.tsx';
import { ReasonList } from '../../components/ReasonList.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormats } from '../../components/use-formats.ts';
import type { AskProps } from './ask.ts';
import { OfferChoice } from './OfferChoice.tsx';

const OTHERS = ['anotherTime', 'anotherMentor', 'askAssistant'] as const;

/** The one proposal to the executive: mentor, reasons, agreement and times, settled by one answer. */
export function ProposalAsk({ ask, onDone }: AskProps<'proposal'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const formats = useFormats();
  const [offer, setOffer] = useState(0);
  const answer = useAnswer(
    (choice: ProposalAnswer) =>
      answerProposal(client, ask.pairId, choice === 'agree' ? { answer: choice, offer } : { answer: choice }),
    (choice) => onDone(t(`proposal.done.${choice}`)),
  );
  const name = ask.partner.displayName;
  const hasOffers = ask.offers.length > 0;
  return (
    <Panel isAccent level={3} title={t('proposal.title', { name })} lead={t('proposal.lead')}>
      <PartnerIntro partner={ask.partner} />
      <ReasonList title={t('proposal.why', { name })} reasons={ask.reasons} />
      <ReasonList title={t('proposal.agreement')} reasons={ask.agreement} />
      {hasOffers ? (
        <OfferChoice offers={ask.offers} chosen={offer} onChoose={setOffer} />
      ) : (
        <div>{t('proposal.noTimes')}</div>
      )}
      <div>{t('proposal.answerBy', { date: formats.day(ask.answerBy) })}</div>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        {hasOffers && (
          <SubmitButton
            isBusy={answer.isBusy && answer.sent === 'agree'}
            isBlocked={answer.isBusy}
            onClick={() => answer.send('agree')}
          >
            {t('proposal.agree')}
          </SubmitButton>
        )}
        {OTHERS.map((choice) => (
          <SubmitButton
            key={choice}
            appearance="secondary"
            isBusy={answer.isBusy && answer.sent === choice}
            isBlocked={answer.isBusy}
            onClick={() => answer.send(choice)}
          >
            {t(`proposal.${choice}`)}
          </SubmitButton>
        ))}
      </Actions>
    </Panel>
  );
}
