import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';

/** A page about one thing that is read from the server: its shape, what went wrong, or the thing. */
export function ReadPage<Data>({
  query,
  titleOf,
  leadOf,
  back,
  children,
}: {
  query: UseQueryResult<Data>;
  titleOf: (data: Data) => string;
  leadOf?: (data: Data) => ReactNode;
  back: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { t } = useTranslation();
  if (query.isPending) return <Loading />;
  if (query.data === undefined)
    return (
      <Page title={t('errors.title')} back={back}>
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return (
    <Page title={titleOf(query.data)} lead={leadOf?.(query.data)} back={back}>
      {children(query.data)}
    </Page>
  );
}
