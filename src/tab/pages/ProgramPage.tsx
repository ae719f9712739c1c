import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readOverview } from '../../api/read-overview.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useServices } from '../../components/services.ts';
import { AppRemoved } from '../program/AppRemoved.tsx';
import { CalendarsDown } from '../program/CalendarsDown.tsx';
import { CreateCohort } from '../program/CreateCohort.tsx';
import { FeedbackPanel } from '../program/FeedbackPanel.tsx';
import { NextStep } from '../program/NextStep.tsx';
import { Numbers } from '../program/Numbers.tsx';
import { needsAdministrator } from '../program/order-pairs.ts';
import { ProgramPlaces } from '../program/ProgramPlaces.tsx';
import { PairsTable } from '../program/PairsTable.tsx';
import { RunLog } from '../program/RunLog.tsx';

/** While a program is being set up and run, the page follows it. */
const REFRESH_MS = 30_000;

/** The administrator's overview. */
export function ProgramPage() {
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => readOverview(client, signal),
    refetchInterval: REFRESH_MS,
  });
  if (overview.isPending) return <Loading size="wide" />;
  const { data } = overview;
  return (
    <Page size="wide" title={t('program:title')} lead={data?.cohort?.programName}>
      {overview.error && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {data?.erasedAt && <AppRemoved erasedAt={data.erasedAt} />}
      {data?.calendarsDownSince && <CalendarsDown since={data.calendarsDownSince} />}
      {data && !data.cohort && <CreateCohort />}
      {data?.cohort && (
        <>
          <NextStep cohort={data.cohort} waiting={data.pairs.filter(needsAdministrator).length} />
          <ProgramPlaces overview={data} />
          <Numbers overview={data} />
          <PairsTable pairs={data.pairs} />
          <FeedbackPanel feedback={data.feedback} />
        </>
      )}
      {data && <RunLog entries={data.runLog} />}
      <Actions>
        <LinkButton to="/check">{t('program:check')}</LinkButton>
      </Actions>
    </Page>
  );
}
