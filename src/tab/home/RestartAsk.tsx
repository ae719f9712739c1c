import { useTranslation } from 'react-i18next';
import { answerRestart } from '../../api/answer-restart.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import type { AskProps } from './ask.ts';

const CHOICES = ['findTimes', 'leave'] as const;

/** All dates of the pair are gone: whether to look for new times. */
export function RestartAsk({ ask, onDone }: AskProps<'restart'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const answer = useAnswer(
    (choice: (typeof CHOICES)[number]) => answerRestart(client, ask.pairId, { answer: choice }),
    (choice) => onDone(t(`restart.done.${choice}`)),
    () => onDone(t('proposal.done.elsewhere')),
  );
  return (
    <Panel isAccent level={3} title={t('restart.title', { name: ask.partnerName })} lead={t('restart.lead')}>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        {CHOICES.map((choice) => (
          <SubmitButton
            key={choice}
            appearance={choice === 'findTimes' ? 'primary' : 'secondary'}
            isBusy={answer.isBusy && answer.sent === choice}
            isBlocked={answer.isBusy}
            onClick={() => answer.send(choice)}
          >
            {t(`restart.${choice}`)}
          </SubmitButton>
        ))}
      </Actions>
      <div>{t('restart.quiet')}</div>
    </Panel>
  );
}
