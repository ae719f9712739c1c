import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { readSession } from '../../api/read-session.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { SessionBrief } from '../../components/SessionBrief.tsx';
import { useServices } from '../../components/services.ts';
import { SessionAsks } from '../home/SessionAsks.tsx';

/** One session of the caller. */
export function SessionPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const { sessionId = '' } = useParams<{ sessionId: string }>();
  const session = useQuery({
    queryKey: ['session', sessionId],
    queryFn: ({ signal }) => readSession(client, sessionId, signal),
  });
  if (session.isPending) return <Loading />;
  const back = (
    <LinkButton appearance="subtle" size="small" icon={<ArrowLeft20Regular />} to="/home">
      {t('app.back')}
    </LinkButton>
  );
  if (!session.data) {
    return (
      <Page title={t('errors.title')} back={back}>
        <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  }
  const { number, of } = session.data.session;
  const name = session.data.partner.displayName;
  return (
    <Page title={t('session.title', { number, of, name })} back={back}>
      <SessionAsks sessionId={sessionId} />
      <SessionBrief reply={session.data} />
    </Page>
  );
}
