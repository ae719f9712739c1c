import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeReply } from '../../../server/contract/http.ts';
import { readHome } from '../../api/read-home.ts';
import { Done } from '../../components/Done.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Loading, LoadingPart } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useMe, useServices } from '../../components/services.ts';
import { askKey } from '../home/ask.ts';
import { AssistantsPanel } from '../home/AssistantsPanel.tsx';
import { AssistingPanel } from '../home/AssistingPanel.tsx';
import { PairPanel } from '../home/PairPanel.tsx';

/** Forms are loaded when there is something to answer. */
const Ask = lazy(async () => ({ default: (await import('../home/Ask.tsx')).Ask }));

const useStyles = makeStyles({
  group: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalL },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
});

/** What a mentor or mentee is asked, and their pairs. */
export function HomePage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const me = useMe();
  const home = useQuery({ queryKey: ['home'], queryFn: ({ signal }) => readHome(client, signal) });
  if (home.isPending) return <Loading />;
  const [firstName = me.displayName] = me.displayName.split(' ');
  return (
    <Page title={t('home.greeting', { name: firstName })} lead={me.programName}>
      {home.error && <ErrorNotice error={home.error} onRetry={() => void home.refetch()} />}
      {home.data && <HomeContent home={home.data} />}
    </Page>
  );
}

function HomeContent({ home }: { home: HomeReply }) {
  const styles = useStyles();
  const { t } = useTranslation();
  // Sentences stay for this visit in the place of the questions that the server no longer asks.
  const [done, setDone] = useState<{ key: string; text: string }[]>([]);
  const asks = home.asks.filter((ask) => !done.some(({ key }) => key === askKey(ask)));
  const waiting = home.pairs.flatMap((pair) =>
    pair.sessions.filter(({ feedback }) => feedback === 'open').map((session) => ({ pair, session })),
  );
  const hasNothing = asks.length + done.length + home.pairs.length + home.assisting.length === 0;
  return (
    <>
      {hasNothing && <Nothing />}
      {(asks.length > 0 || done.length > 0 || waiting.length > 0) && (
        <div className={styles.group}>
          <h2 className={styles.title}>{t('home.asksTitle')}</h2>
          {done.map(({ key, text }) => (
            <Done key={key} text={text} />
          ))}
          {asks.map((ask) => (
            <Suspense key={askKey(ask)} fallback={<LoadingPart />}>
              <Ask ask={ask} onDone={(text) => setDone((before) => [...before, { key: askKey(ask), text }])} />
            </Suspense>
          ))}
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
        </div>
      )}
      {home.pairs.length > 0 && (
        <div className={styles.group}>
          <h2 className={styles.title}>{t('home.pairsTitle')}</h2>
          {home.pairs.map((pair) => (
            <PairPanel key={pair.pairId} pair={pair} now={home.now} />
          ))}
        </div>
      )}
      {home.assisting.length > 0 && (
        <div className={styles.group}>
          <h2 className={styles.title}>{t('assisting.title')}</h2>
          {home.assisting.map((pair) => (
            <AssistingPanel key={pair.pairId} pair={pair} />
          ))}
        </div>
      )}
      {home.assistants && <AssistantsPanel assistants={home.assistants} />}
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
