import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { removeCopies } from '../../api/remove-copies.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormats } from '../../components/use-formats.ts';
import type { AskProps } from './ask.ts';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL } });

/** Dates that nobody could cancel, to be taken out of the own calendar with one click; or what to click in Outlook. */
export function CopiesLeftAsk({ ask, onDone }: AskProps<'copiesLeft'>) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { client } = useServices();
  const formats = useFormats();
  const answer = useAnswer(
    () => removeCopies(client, ask.pairId),
    () => onDone(t('copiesLeft.done')),
  );
  const isRefused = ask.state === 'refused';
  return (
    <Panel isAccent level={3} title={t('copiesLeft.title')} lead={t('copiesLeft.lead')}>
      {isRefused && <Problem text={t('copiesLeft.refused')} />}
      <ul aria-label={t('copiesLeft.dates')} className={styles.list}>
        {ask.starts.map((start) => (
          <li key={start}>{formats.moment(start)}</li>
        ))}
      </ul>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      {ask.state === 'working' ? (
        <div role="status">{t('copiesLeft.working')}</div>
      ) : (
        <Actions>
          <SubmitButton
            appearance={isRefused ? 'secondary' : 'primary'}
            isBusy={answer.isBusy}
            onClick={() => answer.send(undefined)}
          >
            {t(isRefused ? 'app.retry' : 'copiesLeft.remove')}
          </SubmitButton>
        </Actions>
      )}
      <div>{t('copiesLeft.only')}</div>
    </Panel>
  );
}
