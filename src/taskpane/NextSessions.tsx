import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { SessionLookupReply } from '../../server/contract/http.ts';
import { LookSwitch } from '../components/LookSwitch.tsx';
import { Page } from '../components/Page.tsx';
import { Panel } from '../components/Panel.tsx';
import { SessionList } from '../components/SessionList.tsx';
import { useServices } from '../components/services.ts';
import { PaneAsks, PaneContacts } from './PaneAsks.tsx';

interface NextSessionsProps {
  reply: SessionLookupReply;
  /** An item is beside the pane, but it is none of ours. */
  hasItem: boolean;
  onOpen: (sessionId: string) => void;
}

/** What is to come, where the pane stands beside nothing of ours. */
export function NextSessions({ reply, hasItem, onOpen }: NextSessionsProps) {
  const { t } = useTranslation();
  const { host } = useServices();
  const sessions = reply.upcoming.map(({ session }) => session);
  const nameOf = (sessionId: string): string =>
    reply.upcoming.find(({ session }) => session.sessionId === sessionId)?.partnerName ?? '';
  return (
    <Page
      size="pane"
      title={hasItem ? t('pane.notOursTitle') : 'Inverso'}
      lead={hasItem && sessions.length > 0 ? t('pane.notOurs') : undefined}
    >
      <PaneAsks />
      <Panel title={t('pane.list')} lead={sessions.length === 0 ? t('pane.nothing') : undefined}>
        {sessions.length > 0 && (
          <SessionList label={t('pane.list')} sessions={sessions} onOpen={onOpen} nameOf={nameOf} />
        )}
      </Panel>
      <PaneContacts />
      <div>
        <Button onClick={() => host.openLink(`${location.origin}/tab`)}>{t('pane.openTab')}</Button>
      </div>
      <LookSwitch />
    </Page>
  );
}
