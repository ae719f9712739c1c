import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerProposal } from '../../api/answer-proposal.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormats } from '../../components/use-formats.ts';
import type { AskProps } from './ask.ts';
import { OfferChoice } from './OfferChoice.tsx';

/** Which time suits an executive, asked of their assistant: names, times and the purpose, nothing else. */
export function AssistantAsk({ ask, onDone }: AskProps<'assistantProposal'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const formats = useFormats(ask.timeZone);
  const first = ask.offers[0]?.dates[0];
  const [offer, setOffer] = useState(0);
  const { pairId, round } = ask;
  const names = { executive: ask.executiveName, partner: ask.partnerName };
  const answer = useAnswer(
    (choice: 'agree' | 'anotherTime') =>
      answerProposal(client, pairId, { answer: choice, round, ...(choice === 'agree' && { offer }) }),
    (choice) => onDone(t(`assistantAsk.done.${choice}`)),
    () => onDone(t('proposal.done.elsewhere')),
  );
  return (
    <Panel isAccent level={3} title={t('assistantAsk.title', names)} lead={t('assistantAsk.lead', names)}>
      <div>{t('assistantAsk.purpose', { program: ask.programName })}</div>
      <div>{ask.shape}</div>
      <OfferChoice offers={ask.offers} chosen={offer} onChoose={setOffer} forOther={ask} />
      {first && <div>{t('assistantAsk.zone', { ...names, zone: formats.zoneName(first.start) })}</div>}
      <div>
        {t('proposal.answerBy', { date: formats.day(ask.answerBy) })} {t('assistantAsk.seen', names)}
      </div>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        <SubmitButton
          isBusy={answer.isBusy && answer.sent === 'agree'}
          isBlocked={answer.isBusy}
          onClick={() => answer.send('agree')}
        >
          {t('assistantAsk.accept')}
        </SubmitButton>
        <SubmitButton
          appearance="secondary"
          isBusy={answer.isBusy && answer.sent === 'anotherTime'}
          isBlocked={answer.isBusy}
          onClick={() => answer.send('anotherTime')}
        >
          {t('proposal.anotherTime')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
