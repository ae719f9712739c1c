import { Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod/mini';
import type { joinBody } from '../../../server/contract/http.ts';
import { TOPICS, type Skill } from '../../../server/contract/vocabulary.ts';
import { answerJoin } from '../../api/answer-join.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { TopicLevels } from '../../components/TopicLevels.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import type { AskProps } from './ask.ts';

/** The contract's limit of the one line. */
const MOST_CHARACTERS = 200;

/** Whether a colleague becomes a mentor, and what they could teach. */
export function JoinAsk({ ask, onDone }: AskProps<'join'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [skills, setSkills] = useState<Skill[]>(ask.suggested);
  const [motivation, setMotivation] = useState('');
  const [isIncomplete, setIncomplete] = useState(false);
  const answer = useAnswer(
    (body: z.input<typeof joinBody>) => answerJoin(client, body),
    (body) => onDone(t(body.answer === 'join' ? 'join.thanks' : 'join.declined')),
  );
  const { cohortId } = ask;
  const join = (): void => {
    if (skills.length === 0) return setIncomplete(true);
    const line = motivation.trim();
    answer.send({ cohortId, answer: 'join', skills, ...(line && { motivation: line }) });
  };
  const isJoining = answer.sent?.answer !== 'decline';
  return (
    <Panel isAccent level={3} title={t('join.title')} lead={t('join.lead')}>
      <TopicLevels
        legend={t('join.topics')}
        topics={TOPICS}
        chosen={skills}
        onChange={(chosen) => {
          setIncomplete(false);
          setSkills(chosen);
        }}
        levelLabel={(topic) => t('join.levelOf', { topic })}
        most={TOPICS.length}
      />
      <Field
        label={`${t('join.motivation')} (${t('app.optional')})`}
        hint={`${t('join.motivationHint')} ${t('join.left', { count: MOST_CHARACTERS - motivation.length })}`}
      >
        <Textarea
          value={motivation}
          maxLength={MOST_CHARACTERS}
          resize="vertical"
          onChange={(_event, { value }) => setMotivation(value)}
        />
      </Field>
      {isIncomplete && <Problem text={t('join.needOne')} />}
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        <SubmitButton isBusy={answer.isBusy && isJoining} isBlocked={answer.isBusy} onClick={join}>
          {t('join.yes')}
        </SubmitButton>
        <SubmitButton
          appearance="secondary"
          isBusy={answer.isBusy && !isJoining}
          isBlocked={answer.isBusy}
          onClick={() => answer.send({ cohortId, answer: 'decline' })}
        >
          {t('join.no')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
