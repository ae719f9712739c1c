import { MessageBar, MessageBarBody, ProgressBar } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingPhaseView, MatchingReply } from '../../../server/contract/matching-review.ts';
import { streamMatching } from '../../api/stream-matching.ts';
import { Actions } from '../../components/Actions.tsx';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFormats } from '../../components/use-formats.ts';

export interface RunPanelProps {
  cohortId: string;
  review: MatchingReply;
  onDone: () => Promise<unknown>;
}

/** When it was matched last, whether that still holds, and the button that matches anew. Nothing is sent by it. */
export function RunPanel({ cohortId, review, onDone }: RunPanelProps) {
  const { t } = useTranslation('matching');
  const { client } = useServices();
  const formats = useFormats();
  const announce = useAnnounce();
  const [phase, setPhase] = useState<MatchingPhaseView | null>(null);
  const { run, mentees, mentors } = review;
  const match = useMutation({
    mutationFn: () => streamMatching(client, cohortId, run?.at, setPhase),
    onSuccess: () => announce(t('run.done')),
    // Whether or not the stream came to its end, the server may have.
    onSettled: async () => {
      setPhase(null);
      await onDone();
    },
  });
  const looking = mentees.reduce((sum, { free }) => sum + free, 0);
  const spare = mentors.reduce((sum, { free }) => sum + free, 0);
  return (
    <Panel
      title={t('run.title')}
      lead={
        run
          ? t('run.at', { at: formats.moment(run.at) })
          : t('run.never', { mentees: mentees.length, mentors: mentors.length })
      }
    >
      {run && <div>{t('run.left', { mentees: formats.number(looking), mentors: formats.number(spare) })}</div>}
      {run?.isStale && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('run.stale')}</MessageBarBody>
        </MessageBar>
      )}
      {phase && (
        <div>
          <ProgressBar aria-label={t('run.progress')} />
          <div role="status">{t(`run.phase.${phase}`)}</div>
        </div>
      )}
      {match.error && <ErrorNotice error={match.error} />}
      <Actions>
        <SubmitButton
          appearance={run && !run.isStale ? 'secondary' : 'primary'}
          isBusy={match.isPending}
          onClick={() => !match.isPending && match.mutate()}
        >
          {t(run ? 'run.again' : 'run.first')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
