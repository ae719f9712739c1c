import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel.tsx';
import { AddDialog } from './AddDialog.tsx';
import { ask } from './control.ts';
import { DayList } from './DayList.tsx';
import { Fault } from './Fault.tsx';
import { ItemDialog } from './ItemDialog.tsx';
import { calendarReply, clockReply, peopleReply, type SandboxItem, type SandboxPerson } from './replies.ts';
import { useIsNarrow } from './use-is-narrow.ts';
import { addDays, daysOfWeek, mondayOf, wallOf } from './week.ts';
import { WeekGrid } from './WeekGrid.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** A person's week as that person sees it. */
export function CalendarView({ person }: { person: SandboxPerson }) {
  const styles = useStyles();
  const { t } = useTranslation('sandbox');
  const isNarrow = useIsNarrow();
  const [weeks, setWeeks] = useState(0);
  const [opened, setOpened] = useState<SandboxItem | null>(null);
  const [isAdding, setAdding] = useState(false);
  const clock = useQuery({ queryKey: ['clock'], queryFn: ({ signal }) => ask('clock', {}, clockReply, signal) });
  const program = useQuery({
    queryKey: ['programMailbox'],
    queryFn: ({ signal }) => ask('people', { role: 'programMailbox' }, peopleReply, signal),
    staleTime: Infinity,
  });
  const now = clock.data && wallOf(clock.data.now, person.zone);
  const monday = now && addDays(mondayOf(now.day), weeks * 7);
  const calendar = useQuery({
    queryKey: ['calendar', person.id, monday],
    enabled: monday !== undefined,
    // A day more on each side: the week is one of the person's zone.
    queryFn: ({ signal }) =>
      ask(
        'calendar',
        {
          person: person.id,
          from: `${addDays(monday ?? '', -1)}T00:00:00Z`,
          to: `${addDays(monday ?? '', 8)}T00:00:00Z`,
        },
        calendarReply,
        signal,
      ),
  });
  const View = isNarrow ? DayList : WeekGrid;
  return (
    <Panel title={t('calendar.title', { name: person.name })} lead={t('calendar.zone', { zone: person.zone })}>
      <div className={styles.bar}>
        <Button onClick={() => setWeeks(weeks - 1)}>{t('calendar.previous')}</Button>
        <Button onClick={() => setWeeks(0)}>{t('calendar.today')}</Button>
        <Button onClick={() => setWeeks(weeks + 1)}>{t('calendar.next')}</Button>
        <Button onClick={() => setAdding(true)}>{t('calendar.add')}</Button>
      </div>
      {calendar.error && <Fault error={calendar.error} onRetry={() => void calendar.refetch()} />}
      {calendar.isPending && <Spinner label={t('loading')} />}
      {calendar.data && !calendar.data.enabled && <div>{t('calendar.noMailbox')}</div>}
      {calendar.data?.enabled && now && monday && (
        <View
          calendar={calendar.data}
          days={daysOfWeek(monday)}
          now={now}
          programMail={program.data?.people[0]?.mail ?? null}
          onOpen={setOpened}
        />
      )}
      {opened && <ItemDialog person={person} item={opened} onClose={() => setOpened(null)} />}
      {isAdding && now && <AddDialog person={person} now={now} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
