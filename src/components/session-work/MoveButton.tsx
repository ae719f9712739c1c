import { useTranslation } from 'react-i18next';
import { askOtherTimes } from '../../api/ask-other-times.ts';
import { useAnnounce } from '../announce.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { useServices } from '../services.ts';
import { SubmitButton } from '../SubmitButton.tsx';
import { useAnswer } from '../use-answer.ts';

/** Looks for times that suit both; they are shown as a question of the session, and nothing is changed before one is chosen. */
export function MoveButton({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('session');
  const { client } = useServices();
  const announce = useAnnounce();
  const ask = useAnswer(
    () => askOtherTimes(client, sessionId),
    () => announce(t('move.found')),
  );
  return (
    <>
      <SubmitButton appearance="secondary" isBusy={ask.isBusy} onClick={() => ask.send(undefined)}>
        {t('move.button')}
      </SubmitButton>
      {ask.error !== null && <ErrorNotice error={ask.error} />}
    </>
  );
}
