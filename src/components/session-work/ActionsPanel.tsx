import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_ACTION_LETTERS, type WorkReply } from '../../../server/contract/session-work.ts';
import { addAction } from '../../api/add-action.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { Panel } from '../Panel.tsx';
import { useServices } from '../services.ts';
import { SubmitButton } from '../SubmitButton.tsx';
import { useAnswer } from '../use-answer.ts';
import { ActionList } from './ActionList.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalM },
  field: { flexGrow: 1, flexBasis: '14rem', minWidth: 0 },
});

/** What each of the two will try until they meet again. */
export function ActionsPanel({
  sessionId,
  work,
  partnerName,
}: {
  sessionId: string;
  work: WorkReply;
  partnerName: string;
}) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const { client } = useServices();
  const [text, setText] = useState('');
  const add = useAnswer(
    (wanted: string) => addAction(client, sessionId, wanted),
    () => setText(''),
  );
  return (
    <Panel title={t('actions.title')} lead={t('actions.lead')}>
      {work.actions.length === 0 ? (
        <div>{t('actions.none')}</div>
      ) : (
        <ActionList actions={work.actions} canWrite={work.canWrite} partnerName={partnerName} />
      )}
      {add.error !== null && <ErrorNotice error={add.error} />}
      {work.canWrite && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') add.send(text.trim());
          }}
        >
          <Field label={t('actions.add')} className={styles.field}>
            <Input value={text} maxLength={MOST_ACTION_LETTERS} onChange={(_event, { value }) => setText(value)} />
          </Field>
          <SubmitButton type="submit" appearance="secondary" isBusy={add.isBusy} isBlocked={text.trim() === ''}>
            {t('actions.addButton')}
          </SubmitButton>
        </form>
      )}
    </Panel>
  );
}
