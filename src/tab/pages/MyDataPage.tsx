import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readOwnData } from '../../api/read-own-data.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useServices } from '../../components/services.ts';
import { CopyPanel } from '../data/CopyPanel.tsx';
import { ErasurePanel } from '../data/ErasurePanel.tsx';

/** What is kept about the reader: to look at, to take along, and to have erased. */
export function MyDataPage() {
  const { t } = useTranslation(['app', 'myData']);
  const { client } = useServices();
  const own = useQuery({ queryKey: ['own-data'], queryFn: ({ signal }) => readOwnData(client, signal) });
  if (own.isPending) return <Loading />;
  const back = (
    <LinkButton appearance="subtle" size="small" icon={<ArrowLeft20Regular />} to="/home">
      {t('app.back')}
    </LinkButton>
  );
  return (
    <Page title={t('myData:title')} lead={t('myData:lead')} back={back}>
      {own.error && <ErrorNotice error={own.error} onRetry={() => void own.refetch()} />}
      {own.data && (
        <>
          <CopyPanel data={own.data} />
          <ErasurePanel data={own.data} />
        </>
      )}
    </Page>
  );
}
