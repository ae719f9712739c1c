import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LookSwitch } from '../components/LookSwitch.tsx';
import { Page } from '../components/Page.tsx';
import { CalendarView } from './CalendarView.tsx';
import { ChatView } from './ChatView.tsx';
import { ClockBar } from './ClockBar.tsx';
import { ask } from './control.ts';
import { MailView } from './MailView.tsx';
import { PersonPicker } from './PersonPicker.tsx';
import { peopleReply, type SandboxPerson } from './replies.ts';

const VIEWS = ['calendar', 'chat', 'mail'] as const;
type View = (typeof VIEWS)[number];

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: '18rem minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'start',
    '@media (max-width: 56rem)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  top: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: tokens.spacingHorizontalL },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalL },
});

/** The page's address names the person and the view: `#person=<id>&view=chat`. */
function readHash(): { person: string | null; view: View } {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { person: hash.get('person'), view: VIEWS.find((view) => view === hash.get('view')) ?? 'calendar' };
}

/** The sandbox's own page: whoever one likes to be, and the clock. */
export function Sandbox() {
  const styles = useStyles();
  const { t } = useTranslation('sandbox');
  const [{ person: wantedId, view }, setPlace] = useState(readHash);
  const [chosen, setChosen] = useState<SandboxPerson | null>(null);
  const wanted = useQuery({
    queryKey: ['person', wantedId],
    enabled: wantedId !== null && chosen === null,
    queryFn: async ({ signal }) =>
      (await ask('people', {}, peopleReply, signal)).people.find(({ id }) => id === wantedId) ?? null,
  });
  const person = chosen ?? wanted.data ?? null;
  const go = (next: { person: string | null; view: View }): void => {
    setPlace(next);
    history.replaceState(null, '', `#${new URLSearchParams({ person: next.person ?? '', view: next.view })}`);
  };
  return (
    <Page size="full" title={t('title')} lead={t('lead')}>
      <div className={styles.top}>
        <ClockBar zone={person?.zone ?? 'UTC'} />
        <LookSwitch />
      </div>
      <div className={styles.columns}>
        <PersonPicker
          chosenId={person?.id ?? null}
          onChoose={(next) => {
            setChosen(next);
            go({ person: next.id, view });
          }}
        />
        <div className={styles.content}>
          <TabList
            aria-label={t('views.label')}
            selectedValue={view}
            onTabSelect={(_event, { value }) =>
              go({ person: person?.id ?? null, view: VIEWS.find((one) => one === value) ?? 'calendar' })
            }
          >
            {VIEWS.map((one) => (
              <Tab key={one} value={one} id={`tab-${one}`} aria-controls="sandbox-view">
                {t(`views.${one}`)}
              </Tab>
            ))}
          </TabList>
          <div id="sandbox-view" role="tabpanel" aria-labelledby={`tab-${view}`} className={styles.content}>
            {!person && t('people.choose')}
            {person && view === 'calendar' && <CalendarView key={person.id} person={person} />}
            {person && view === 'chat' && <ChatView key={person.id} person={person} />}
            {person && view === 'mail' && <MailView key={person.id} person={person} />}
          </div>
        </div>
      </div>
    </Page>
  );
}
