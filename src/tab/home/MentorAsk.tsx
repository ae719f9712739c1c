import { useTranslation } from 'react-i18next';
import { answerMentor } from '../../api/answer-mentor.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PartnerIntro } from '../../components/PartnerIntro.tsx';
import { ReasonList } from '../../components/ReasonList.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { AgreementDetails } from '../learning/AgreementDetails.tsx';
import type { AskProps } from './ask.ts';

/** Whether the mentor takes this mentee; asked first, so that the mentee never learns of a no. */
export function MentorAsk({ ask, onDone }: AskProps<'mentor'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const name = ask.partner.displayName;
  const answer = useAnswer(
    (choice: 'agree' | 'decline') => answerMentor(client, ask.pairId, { answer: choice }),
    (choice) => onDone(t(choice === 'agree' ? 'mentorAsk.agreed' : 'mentorAsk.declined', { name })),
  );
  return (
    <Panel isAccent level={3} title={t('mentorAsk.title', { name })} lead={t('mentorAsk.quiet', { name })}>
      <PartnerIntro partner={ask.partner} />
      <ReasonList title={t('mentorAsk.why')} reasons={ask.reasons} />
      <AgreementDetails pairId={ask.pairId} summary={t('proposal.agreement')} />
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        <SubmitButton
          isBusy={answer.isBusy && answer.sent === 'agree'}
          isBlocked={answer.isBusy}
          onClick={() => answer.send('agree')}
        >
          {t('mentorAsk.yes')}
        </SubmitButton>
        <SubmitButton
          appearance="secondary"
          isBusy={answer.isBusy && answer.sent === 'decline'}
          isBlocked={answer.isBusy}
          onClick={() => answer.send('decline')}
        >
          {t('mentorAsk.no')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
