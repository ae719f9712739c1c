import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { readOverview } from '../../api/read-overview.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';

export interface CohortPageProps {
  title: string;
  /** What stands in the page while there is no cohort. */
  none: string;
  children: (overview: OverviewReply, cohortId: string) => ReactNode;
}

/** A page about the present cohort, below the overview, with the way back to it. */
export function CohortPage({ title, none, children }: CohortPageProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const overview = useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => readOverview(client, signal) });
  if (overview.isPending) return <Loading size="wide" />;
  const { data } = overview;
  return (
    <Page
      size="wide"
      title={title}
      lead={data?.cohort?.cohortName}
      back={
        <LinkButton to="/program" appearance="subtle" size="small">
          {t('app.program')}
        </LinkButton>
      }
    >
      {overview.error && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {data && !data.cohort && <Panel title={title} lead={none} />}
      {data?.cohort && children(data, data.cohort.cohortId)}
    </Page>
  );
}
