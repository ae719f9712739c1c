import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchReply, OverviewReply } from '../../../server/contract/administrator.ts';
import { matchCohort } from '../../api/match-cohort.ts';
import { runCohortStep } from '../../api/run-cohort-step.ts';
import { Actions } from '../../components/Actions.tsx';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { MatchResult } from './MatchResult.tsx';
import { SafeContactNotice } from './SafeContactNotice.tsx';
import { Stages, type CohortStep } from './Stages.tsx';

type Act = Exclude<CohortStep, 'running'>;

export interface NextStepProps {
  cohort: NonNullable<OverviewReply['cohort']>;
  /** Pairs that do not go on without the administrator. */
  waiting: number;
}

/** Where the cohort stands, and the one button for what comes next. */
export function NextStep({ cohort, waiting }: NextStepProps) {
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [match, setMatch] = useState<MatchReply | null>(null);
  const run = useMutation({
    async mutationFn(step: Act) {
      if (step === 'match') setMatch(await matchCohort(client, cohort.cohortId));
      else await runCohortStep(client, cohort.cohortId, step);
    },
    onSuccess: (_result, step) => announce(t(`program:actionDone.${step}`)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['overview'] }),
  });
  const { nextStep } = cohort;
  return (
    <Panel isAccent title={cohort.cohortName} lead={cohort.automatic ? t('program:automaticOn') : undefined}>
      <Stages next={nextStep} />
      <div>{t(`program:actionLead.${nextStep}`)}</div>
      {waiting > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('program:needsYou', { count: waiting })}</MessageBarBody>
        </MessageBar>
      )}
      <SafeContactNotice cohort={cohort} />
      {run.error && <ErrorNotice error={run.error} />}
      {nextStep !== 'running' && (
        <Actions>
          <SubmitButton isBusy={run.isPending} onClick={() => !run.isPending && run.mutate(nextStep)}>
            {t(`program:action.${nextStep}`)}
          </SubmitButton>
        </Actions>
      )}
      {match && <MatchResult match={match} />}
    </Panel>
  );
}
