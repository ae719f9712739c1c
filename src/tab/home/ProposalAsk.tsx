import { Button } from '@fluentui/react-components';
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
import { AddressField } from './AddressField.tsx';
import { ExecutiveDetails } from '../learning/ExecutiveDetails.tsx';
import type { AskProps } from './ask.ts';
import { OfferChoice } from './OfferChoice.tsx';

const OTHERS = ['anotherTime', 'anotherMentor', 'askAssistant'] as const;

/** An answer, and for "my assistant" whom to name first. */
interface Said {
  choice: ProposalAnswer;
  address?: string;
}

/** The one proposal to the executive: mentor, reasons, agreement and times, settled by one answer. */
export function ProposalAsk({ ask, onDone }: AskProps<'proposal'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const formats = useFormats();
  const [offer, setOffer] = useState(0);
  const [isNaming, setNaming] = useState(false);
  const { pairId, round } = ask;
  const answer = useAnswer(
    ({ choice, address }: Said) =>
      answerProposal(client, pairId, {
        answer: choice,
        round,
        ...(choice === 'agree' && { offer }),
        ...(address !== undefined && { address }),
      }),
    ({ choice }) => onDone(t(`proposal.done.${choice}`)),
    () => onDone(t('proposal.done.elsewhere')),
  );
  const say = (choice: ProposalAnswer): void => {
    if (choice === 'askAssistant' && ask.assistants.length === 0) setNaming(true);
    else answer.send({ choice });
  };
  const others = OTHERS.filter((choice) => choice !== 'askAssistant' || !(ask.isAssistantAsked || isNaming));
  const name = ask.partner.displayName;
  const hasOffers = ask.offers.length > 0;
  return (
    <Panel isAccent level={3} title={t('proposal.title', { name })} lead={t('proposal.lead')}>
      <PartnerIntro partner={ask.partner} />
      <ReasonList title={t('proposal.why', { name })} reasons={ask.reasons} />
      <ReasonList title={t('proposal.agreement')} reasons={ask.agreement} />
      <ExecutiveDetails />
      {hasOffers ? (
        <OfferChoice offers={ask.offers} chosen={offer} onChoose={setOffer} />
      ) : (
        <div>{t('proposal.noTimes')}</div>
      )}
      <div>{t('proposal.answerBy', { date: formats.day(ask.answerBy) })}</div>
      {ask.isAssistantAsked ? (
        <div>
          {t('proposal.assistantAsked', { names: ask.assistants.map(({ displayName }) => displayName).join(', ') })}
        </div>
      ) : (
        <div>{t('proposal.assistantNote')}</div>
      )}
      {answer.error !== null && !isNaming && <ErrorNotice error={answer.error} />}
      <Actions>
        {hasOffers && (
          <SubmitButton
            isBusy={answer.isBusy && answer.sent?.choice === 'agree'}
            isBlocked={answer.isBusy}
            onClick={() => say('agree')}
          >
            {t('proposal.agree')}
          </SubmitButton>
        )}
        {others.map((choice) => (
          <SubmitButton
            key={choice}
            appearance="secondary"
            isBusy={answer.isBusy && answer.sent?.choice === choice}
            isBlocked={answer.isBusy}
            onClick={() => say(choice)}
          >
            {t(`proposal.${choice}`)}
          </SubmitButton>
        ))}
      </Actions>
      {isNaming && (
        <AddressField
          isAwaited
          action={t('assistants.ask')}
          hint={t('assistants.lead')}
          isBusy={answer.isBusy}
          error={answer.error}
          onSend={(address) => answer.send({ choice: 'askAssistant', address })}
        >
          <Button onClick={() => setNaming(false)}>{t('assistants.cancel')}</Button>
        </AddressField>
      )}
    </Panel>
  );
}
