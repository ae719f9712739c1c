import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lookUpSession } from '../api/look-up-session.ts';
import { readSession } from '../api/read-session.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { Loading } from '../components/Loading.tsx';
import { Page } from '../components/Page.tsx';
import { Root } from '../components/Root.tsx';
import { SessionBrief } from '../components/SessionBrief.tsx';
import { SignInGate } from '../components/SignInGate.tsx';
import { useServices } from '../components/services.ts';
import type { Host } from '../host/host.ts';

// The meeting beside the pane comes first; what else waits for the caller follows.
const PaneAsks = lazy(async () => ({ default: (await import('./PaneAsks.tsx')).PaneAsks }));
const NextSessions = lazy(async () => ({ default: (await import('./NextSessions.tsx')).NextSessions }));

/** The pane beside a meeting or an invitation in Outlook; in a plain browser the caller's next sessions. */
export function TaskPane({ host }: { host: Host }) {
  return (
    <Root host={host}>
      <SignInGate size="pane">
        <PaneContent />
      </SignInGate>
    </Root>
  );
}

function PaneContent() {
  const { host, client } = useServices();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<string | null>(null);
  const lookup = useQuery({
    queryKey: ['lookup'],
    async queryFn({ signal }) {
      const item = (await host.item?.()) ?? null;
      const reply = await lookUpSession(
        client,
        { organizer: item?.organizer ?? null, start: item?.start ?? null },
        signal,
      );
      return { reply, hasItem: item !== null };
    },
  });
  useEffect(
    () =>
      host.onItem?.(() => {
        setOpened(null);
        void queries.resetQueries({ queryKey: ['lookup'] });
      }),
    [host, queries],
  );
  if (lookup.isPending) return <Loading size="pane" />;
  if (!lookup.data) return <Failed error={lookup.error} onRetry={() => void lookup.refetch()} />;
  const { reply, hasItem } = lookup.data;
  const sessionId = opened ?? reply.sessionId;
  if (sessionId) {
    return <Session key={sessionId} sessionId={sessionId} onBack={opened ? () => setOpened(null) : undefined} />;
  }
  return (
    <Suspense fallback={<Loading size="pane" />}>
      <NextSessions reply={reply} hasItem={hasItem} onOpen={setOpened} />
    </Suspense>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Page size="pane" title={t('errors.title')}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </Page>
  );
}

function Session({ sessionId, onBack }: { sessionId: string; onBack: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const session = useQuery({
    queryKey: ['session', sessionId],
    queryFn: ({ signal }) => readSession(client, sessionId, signal),
  });
  if (session.isPending) return <Loading size="pane" />;
  if (!session.data) return <Failed error={session.error} onRetry={() => void session.refetch()} />;
  const back = onBack && (
    <Button appearance="subtle" size="small" icon={<ArrowLeft20Regular />} onClick={onBack}>
      {t('app.back')}
    </Button>
  );
  return (
    <Page
      size="pane"
      title={t('pane.brief')}
      lead={t('session.withName', { name: session.data.partner.displayName })}
      back={back}
    >
      <Suspense>
        <PaneAsks />
      </Suspense>
      <SessionBrief reply={session.data} isPane />
    </Page>
  );
}
