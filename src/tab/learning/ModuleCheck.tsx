import { makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckReply, ModuleReply } from '../../../server/contract/training.ts';
import { answerCheck } from '../../api/answer-check.ts';
import { Actions } from '../../components/Actions.tsx';
import { Done } from '../../components/Done.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useServices } from '../../components/services.ts';

const useStyles = makeStyles({
  question: { display: 'grid', rowGap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  result: {
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
  },
  word: { fontWeight: tokens.fontWeightSemibold },
  right: { color: tokens.colorStatusSuccessForeground1 },
});

/** Three questions with an answer to each at once, in any order and as often as one likes. */
export function ModuleCheck({ module }: { module: ModuleReply }) {
  const { t } = useTranslation('learning');
  const { client } = useServices();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<(number | null)[]>(module.check.map(() => null));
  const [results, setResults] = useState<CheckReply['results']>(module.check.map(() => null));
  const [end, setEnd] = useState<CheckReply | null>(null);
  const check = useMutation({
    mutationFn: (index: number) =>
      // What was answered before stays answered: the three together finish the module.
      answerCheck(
        client,
        module.moduleId,
        chosen.map((answer, i) => (i === index || results[i]?.isRight ? answer : null)),
      ),
    onSuccess(reply, index) {
      setResults((before) => before.map((result, i) => (i === index ? (reply.results[i] ?? null) : result)));
      if (!reply.isFinished) return;
      setEnd(reply);
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => ['training', 'home'].includes(String(queryKey[0])),
      });
    },
  });
  const choose = (index: number, answer: number): void => {
    setChosen((before) => before.map((old, i) => (i === index ? answer : old)));
    setResults((before) => before.map((old, i) => (i === index ? null : old)));
  };
  return (
    <>
      <Panel
        title={t('module.check')}
        lead={t(module.finishedAt === null ? 'module.checkLead' : 'module.finishedBefore')}
      >
        {module.check.map(({ question, answers }, index) => (
          <Question
            key={question}
            number={index + 1}
            question={question}
            answers={answers}
            chosen={chosen[index] ?? null}
            result={results[index] ?? null}
            isBusy={check.isPending && check.variables === index}
            error={check.variables === index ? check.error : null}
            onChoose={(answer) => choose(index, answer)}
            onCheck={() => check.mutate(index)}
          />
        ))}
      </Panel>
      {end && <Finished module={module} isReady={end.isReady} />}
    </>
  );
}

interface QuestionProps {
  number: number;
  question: string;
  answers: readonly string[];
  chosen: number | null;
  result: CheckReply['results'][number];
  isBusy: boolean;
  error: unknown;
  onChoose: (answer: number) => void;
  onCheck: () => void;
}

function Question({ number, question, answers, chosen, result, isBusy, error, onChoose, onCheck }: QuestionProps) {
  const styles = useStyles();
  const { t } = useTranslation('learning');
  const id = useId();
  return (
    <div className={styles.question}>
      <h3 id={id} className={styles.title}>
        {t('module.question', { number, question })}
      </h3>
      <RadioGroup
        aria-labelledby={id}
        value={chosen === null ? '' : String(chosen)}
        onChange={(_, { value }) => onChoose(Number(value))}
      >
        {answers.map((answer, index) => (
          <Radio key={answer} value={String(index)} label={answer} />
        ))}
      </RadioGroup>
      <div aria-live="polite">
        {result && (
          <div className={styles.result}>
            <span className={result.isRight ? `${styles.word} ${styles.right}` : styles.word}>
              {t(result.isRight ? 'module.right' : 'module.notQuite')}
            </span>{' '}
            {result.why}
          </div>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {chosen !== null && !result?.isRight && (
        <div>
          <SubmitButton appearance="secondary" isBusy={isBusy} onClick={onCheck}>
            {t('module.look', { number })}
          </SubmitButton>
        </div>
      )}
    </div>
  );
}

/** The way on from a finished module. */
function Finished({ module, isReady }: { module: ModuleReply; isReady: boolean }) {
  const { t } = useTranslation('learning');
  return (
    <>
      <Done text={t(isReady ? 'module.ready' : 'module.finished')} />
      <Actions>
        {module.next && (
          <LinkButton appearance={isReady ? 'secondary' : 'primary'} to={`/training/${module.next.moduleId}`}>
            {t('module.next', { title: module.next.title })}
          </LinkButton>
        )}
        <LinkButton appearance={isReady ? 'primary' : 'secondary'} to="/home">
          {t('module.home')}
        </LinkButton>
      </Actions>
    </>
  );
}
