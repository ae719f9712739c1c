import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { readRunning } from '../../api/read-running.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingPart } from '../../components/Loading.tsx';
import { useServices } from '../../components/services.ts';
import { CalendarsDown } from '../program/CalendarsDown.tsx';
import { CohortPage } from '../program/CohortPage.tsx';
import { HealthPanel } from '../running/HealthPanel.tsx';
import { LogPanel } from '../running/LogPanel.tsx';
import { RiskPanel } from '../running/RiskPanel.tsx';
import { WhyPanel } from '../running/WhyPanel.tsx';

/** How the program runs: its health, pairs at risk first, why nothing happened, and the log. */
export function RunningPage() {
  const { t } = useTranslation('running');
  return (
    <CohortPage title={t('title')} none={t('noCohort')}>
      {(overview, cohortId) => <Running overview={overview} cohortId={cohortId} />}
    </CohortPage>
  );
}

function Running({ overview, cohortId }: { overview: OverviewReply; cohortId: string }) {
  const { client } = useServices();
  const running = useQuery({
    // Whatever changes the overview, such as another match, changes this page.
    queryKey: ['overview', 'running', cohortId],
    queryFn: ({ signal }) => readRunning(client, cohortId, signal),
  });
  return (
    <>
      {overview.calendarsDownSince && <CalendarsDown since={overview.calendarsDownSince} />}
      <HealthPanel overview={overview} />
      {running.isPending && <LoadingPart size="wide" />}
      {running.error && <ErrorNotice error={running.error} onRetry={() => void running.refetch()} />}
      {running.data && (
        <>
          <RiskPanel risks={running.data.risks} />
          <WhyPanel cohortId={cohortId} running={running.data} />
          <LogPanel log={running.data.log} />
        </>
      )}
    </>
  );
}
