import { useTranslation } from 'react-i18next';
import { answerNewTime } from '../../api/answer-new-time.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormats } from '../../components/use-formats.ts';
import type { AskProps } from './ask.ts';

/** `keep`, `skip`, or the start that is taken. */
type Choice = string;

/** Other times for one session, one tap each; or the session as it is, or none. */
export function NewTimeAsk({ ask, onDone }: AskProps<'newTime'>) {
  const { t } = useTranslation();
  const { client } = useServices();
  const formats = useFormats();
  const { sessionId, round, forName, partnerName } = ask;
  const answer = useAnswer(
    (choice: Choice) =>
      answerNewTime(
        client,
        sessionId,
        choice === 'keep' || choice === 'skip' ? { round, answer: choice } : { round, answer: 'take', start: choice },
      ),
    (choice) => onDone(t(`newTime.done.${choice === 'keep' || choice === 'skip' ? choice : 'take'}`)),
    () => onDone(t('proposal.done.elsewhere')),
  );
  const title =
    forName === null
      ? t('newTime.title', { name: partnerName })
      : t('newTime.titleFor', { executive: forName, name: partnerName });
  const button = (choice: Choice, text: string, isTime: boolean) => (
    <SubmitButton
      key={choice}
      appearance={isTime ? 'primary' : 'secondary'}
      isBusy={answer.isBusy && answer.sent === choice}
      isBlocked={answer.isBusy}
      onClick={() => answer.send(choice)}
    >
      {text}
    </SubmitButton>
  );
  return (
    <Panel
      isAccent
      level={3}
      title={title}
      lead={t(`newTime.because.${ask.because}`, { from: formats.moment(ask.start) })}
    >
      <div>{t(ask.starts.length === 0 ? 'newTime.none' : 'newTime.choose')}</div>
      {answer.error !== null && <ErrorNotice error={answer.error} />}
      <Actions>
        {ask.starts.map((start) => button(start, formats.moment(start), true))}
        {ask.canKeep && button('keep', t('newTime.keep'), false)}
        {button('skip', t('newTime.skip'), false)}
      </Actions>
      {(ask.starts.length > 0 || ask.canKeep) && <div>{t('newTime.next', { date: formats.day(ask.answerBy) })}</div>}
    </Panel>
  );
}
