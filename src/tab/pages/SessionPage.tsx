import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { readSession } from '../../api/read-session.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { SessionBrief } from '../../components/SessionBrief.tsx';
import { useServices } from '../../components/services.ts';

/** One session of the caller. */
export function SessionPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const { sessionId = '' } = useParams();
  const session = useQuery({
    queryKey: ['session', sessionId],
    queryFn: ({ signal }) => readSession(client, sessionId, signal),
  });
  if (session.isPending) return <Loading />;
  const back = (
    <div>
      <LinkButton to="/home">{t('app.back')}</LinkButton>
    </div>
  );
  if (!session.data) {
    return (
      <Page title={t('errors.title')}>
        <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
        {back}
      </Page>
    );
  }
  const { number, of } = session.data.session;
  const name = session.data.partner.displayName;
  return (
    <Page title={t('session.title', { number, of, name })}>
      <SessionBrief reply={session.data} />
      {back}
    </Page>
  );
}
