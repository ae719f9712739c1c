import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '../../../server/contract/vocabulary.ts';
import { answerGoals } from '../../api/answer-goals.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { TopicLevels } from '../../components/TopicLevels.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import type { AskProps } from './ask.ts';

/** The most goals that the contract takes. */
const MOST_GOALS = 5;

/** What the mentee would like to learn, each topic with the level wanted. */
export function GoalsAsk({ ask, onDone }: AskProps<'goals'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [goals, setGoals] = useState<Goal[]>([]);
  const [isIncomplete, setIncomplete] = useState(false);
  const answer = useAnswer(
    (chosen: Goal[]) => answerGoals(client, { cohortId: ask.cohortId, goals: chosen }),
    () => onDone(t('goals.thanks')),
  );
  const change = (chosen: Goal[]): void => {
    setIncomplete(false);
    setGoals(chosen);
  };
  const send = (): void => (goals.length === 0 ? setIncomplete(true) : answer.send(goals));
  return (
    <Panel isAccent level={3} title={t('goals.title')} lead={t('goals.lead', { count: MOST_GOALS })}>
      <TopicLevels
        legend={t('goals.topics')}
        topics={ask.topics}
        chosen={goals}
        onChange={change}
        levelLabel={(topic) => t('goals.levelOf', { topic })}
        most={MOST_GOALS}
      />
      <div>
        <div aria-live="polite">{goals.length > 0 && t('goals.chosen', { count: goals.length })}</div>
        <div>{t('goals.who')}</div>
      </div>
      {isIncomplete && <Problem text={t('goals.needOne')} />}
      {answer.error !== null && <ErrorNotice error={answer.error} onRetry={send} />}
      <Actions>
        <SubmitButton isBusy={answer.isBusy} onClick={send}>
          {t('goals.send')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
