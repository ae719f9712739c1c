import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_ACTION_LETTERS, type ActionChange, type WorkReply } from '../../../server/contract/session-work.ts';
import { addAction } from '../../api/add-action.ts';
import { changeAction } from '../../api/change-action.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { Panel } from '../Panel.tsx';
import { useServices } from '../services.ts';
import { SubmitButton } from '../SubmitButton.tsx';
import { useAnswer } from '../use-answer.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalXS },
  item: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '32px' },
  text: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  whose: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalM },
  field: { flexGrow: 1, flexBasis: '14rem', minWidth: 0 },
});

/** What each of the two will try until they meet again. Both see all of it, and each ticks their own. */
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
  const change = useAnswer(
    ({ actionId, to }: { actionId: string; to: ActionChange }) => changeAction(client, actionId, to),
    () => undefined,
  );
  const error = add.error ?? change.error;
  const tick = (actionId: string, to: ActionChange): void => change.send({ actionId, to });
  return (
    <Panel title={t('actions.title')} lead={t('actions.lead')}>
      {work.actions.length === 0 ? (
        <div>{t('actions.none')}</div>
      ) : (
        <ul className={styles.list}>
          {work.actions.map((action) => {
            // Shown at once; what the server says follows.
            const sent = change.isBusy && change.sent?.actionId === action.actionId ? change.sent.to : null;
            const isDone = sent === null ? action.doneAt !== null : sent === 'done';
            return (
              <li key={action.actionId} className={styles.item}>
                {action.isOwn ? (
                  <>
                    <Checkbox
                      className={styles.text}
                      checked={isDone}
                      disabled={!work.canWrite}
                      label={action.text}
                      onChange={() => tick(action.actionId, isDone ? 'open' : 'done')}
                    />
                    {work.canWrite && (
                      <Button
                        appearance="subtle"
                        size="small"
                        icon={<Dismiss16Regular />}
                        aria-label={t('actions.remove', { text: action.text })}
                        onClick={() => tick(action.actionId, 'remove')}
                      />
                    )}
                  </>
                ) : (
                  <span className={styles.text}>
                    {action.text}{' '}
                    <span className={styles.whose}>
                      {t(isDone ? 'actions.theirsDone' : 'actions.theirs', { name: partnerName })}
                    </span>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {error !== null && <ErrorNotice error={error} />}
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
