import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leavePair } from '../api/leave-pair.ts';
import { Actions } from './Actions.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { useServices } from './services.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useAnswer } from './use-answer.ts';

const useStyles = makeStyles({
  root: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXS },
  seen: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Stops a pair of the caller's: no reason is asked, and it takes two presses, since it cannot be taken back. */
export function LeaveButton({
  pairId,
  isBlocked = false,
  onDone,
}: {
  pairId: string;
  isBlocked?: boolean;
  /** Takes the sentence that says what has happened. */
  onDone: (text: string) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { client } = useServices();
  const [isSure, setSure] = useState(false);
  const done = (): void => onDone(t('ways.done.leave'));
  const leave = useAnswer(() => leavePair(client, pairId), done, done);
  return (
    <div className={styles.root}>
      {isSure ? (
        <Actions>
          <SubmitButton isBusy={leave.isBusy} isBlocked={isBlocked} onClick={() => leave.send(undefined)}>
            {t('ways.leaveNow')}
          </SubmitButton>
          <Button autoFocus onClick={() => setSure(false)}>
            {t('ways.cancel')}
          </Button>
        </Actions>
      ) : (
        <Button onClick={() => setSure(true)}>{t('ways.leave')}</Button>
      )}
      <span className={styles.seen}>{t('ways.leaveSeen')}</span>
      {leave.error !== null && <ErrorNotice error={leave.error} />}
    </div>
  );
}
