import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';
import { useTranslation } from 'react-i18next';
import type { ActionChange, ActionView } from '../../../server/contract/session-work.ts';
import { changeAction } from '../../api/change-action.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { useServices } from '../services.ts';
import { useAnswer } from '../use-answer.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalXS },
  item: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '32px' },
  text: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  whose: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Actions of two people. Both see all of them, and each ticks or takes away their own. */
export function ActionList({
  actions,
  canWrite,
  partnerName,
}: {
  actions: readonly ActionView[];
  canWrite: boolean;
  partnerName: string;
}) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const { client } = useServices();
  const change = useAnswer(
    ({ actionId, to }: { actionId: string; to: ActionChange }) => changeAction(client, actionId, to),
    () => undefined,
  );
  const tick = (actionId: string, to: ActionChange): void => change.send({ actionId, to });
  return (
    <>
      <ul className={styles.list}>
        {actions.map((action) => {
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
                    disabled={!canWrite}
                    label={action.text}
                    onChange={() => tick(action.actionId, isDone ? 'open' : 'done')}
                  />
                  {canWrite && (
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
      {change.error !== null && <ErrorNotice error={change.error} />}
    </>
  );
}
