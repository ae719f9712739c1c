import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeReply } from '../../../server/contract/http.ts';
import { readHome } from '../../api/read-home.ts';
import { Done } from '../../components/Done.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SafeContactPanel } from '../../components/SafeContactPanel.tsx';
import { TitledGroup } from '../../components/TitledGroup.tsx';
import { useMe, useServices } from '../../components/services.ts';
import { AskGroup } from '../home/AskGroup.tsx';
import { AssistantsPanel } from '../home/AssistantsPanel.tsx';
import { AssistingPanel } from '../home/AssistingPanel.tsx';
import { ContactRequestsPanel } from '../home/ContactRequestsPanel.tsx';
import { PairPanel } from '../home/PairPanel.tsx';
import { TrainingPanel } from '../home/TrainingPanel.tsx';
import { useAnswered } from '../home/use-answered.ts';

/** How soon the page looks again while something is at work. */
const LOOK_AGAIN_MS = 5_000;

/** What a mentor or mentee is asked, and their pairs. */
export function HomePage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const me = useMe();
  const home = useQuery({
    queryKey: ['home'],
    queryFn: ({ signal }) => readHome(client, signal),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? LOOK_AGAIN_MS : false),
  });
  if (home.isPending) return <Loading />;
  const takesPart = me.roles.includes('mentor') || me.roles.includes('mentee');
  const [firstName = me.displayName] = me.displayName.split(' ');
  return (
    <Page title={t('home.greeting', { name: firstName })} lead={me.programName}>
      {home.error && <ErrorNotice error={home.error} onRetry={() => void home.refetch()} />}
      {home.data && <HomeContent home={home.data} />}
      <div>
        {takesPart && (
          <LinkButton appearance="subtle" size="small" to="/guides">
            {t('home.guides')}
          </LinkButton>
        )}
        {me.roles.includes('mentor') && (
          <LinkButton appearance="subtle" size="small" to="/training">
            {t('training.title')}
          </LinkButton>
        )}
        <LinkButton appearance="subtle" size="small" to="/my-data">
          {t('home.myData')}
        </LinkButton>
      </div>
    </Page>
  );
}

/** Something that was asked for is being done: the page says soon how it went. */
const isAtWork = ({ asks }: HomeReply): boolean =>
  asks.some((ask) => ask.kind === 'copiesLeft' && ask.state === 'working');

function HomeContent({ home }: { home: HomeReply }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<string | null>(null);
  const answered = useAnswered(home.asks);
  const waiting = home.pairs.flatMap((pair) =>
    pair.sessions.filter(({ feedback }) => feedback === 'open').map((session) => ({ pair, session })),
  );
  const asks = answered.open.length + answered.done.length;
  return (
    <>
      {asks + home.pairs.length + home.assisting.length + home.contactRequests.length === 0 && !home.training && (
        <Nothing />
      )}
      {asks + waiting.length > 0 && (
        <AskGroup {...answered}>
          {waiting.map(({ pair, session }) => (
            <Panel
              key={session.sessionId}
              isAccent
              level={3}
              title={t('feedback.waiting', { number: session.number, name: pair.partner.displayName })}
              lead={t('feedback.waitingLead')}
            >
              <div>
                <LinkButton appearance="primary" to={`/sessions/${session.sessionId}`}>
                  {t('feedback.give')}
                </LinkButton>
              </div>
            </Panel>
          ))}
        </AskGroup>
      )}
      {home.training && <TrainingPanel training={home.training} />}
      {left !== null && <Done text={left} />}
      {home.pairs.length > 0 && (
        <TitledGroup title={t('home.pairsTitle')}>
          {home.pairs.map((pair) => (
            <PairPanel key={pair.pairId} pair={pair} now={home.now} onLeft={setLeft} />
          ))}
        </TitledGroup>
      )}
      {home.assisting.length > 0 && (
        <TitledGroup title={t('assisting.title')}>
          {home.assisting.map((pair) => (
            <AssistingPanel key={pair.pairId} pair={pair} />
          ))}
        </TitledGroup>
      )}
      {home.contactRequests.length > 0 && <ContactRequestsPanel requests={home.contactRequests} />}
      {home.assistants && <AssistantsPanel assistants={home.assistants} />}
      {home.safeContacts.map((contact) => (
        <SafeContactPanel key={contact.cohortId} contact={contact} />
      ))}
    </>
  );
}

/** The kind empty page, for people with and without a part in a program. */
function Nothing() {
  const { t } = useTranslation();
  const { roles } = useMe();
  const isStranger = roles.length === 0;
  return (
    <Panel
      title={t(isStranger ? 'home.strangerTitle' : 'home.nothingTitle')}
      lead={t(isStranger ? 'home.stranger' : 'home.nothing')}
    />
  );
}
