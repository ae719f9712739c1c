import { makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { readCalendar } from '../../api/read-calendar.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingPart } from '../../components/Loading.tsx';
import { useServices } from '../../components/services.ts';
import { CalendarTable } from '../calendar/CalendarTable.tsx';
import { OfferingPanel } from '../calendar/OfferingPanel.tsx';
import { useProgress } from '../calendar/use-progress.ts';
import { CalendarsDown } from '../program/CalendarsDown.tsx';
import { CohortPage } from '../program/CohortPage.tsx';

/** Calendars change while the page is open. */
const REFRESH_MS = 30_000;

const useStyles = makeStyles({ work: { display: 'grid', rowGap: tokens.spacingVerticalXS } });

/** Where each pair stands with its calendar, and what is being searched for and booked just now. */
export function CalendarPage() {
  const { t } = useTranslation('running');
  return (
    <CohortPage title={t('calendar.title')} none={t('noCohort')}>
      {(overview, cohortId) => <Calendars overview={overview} cohortId={cohortId} />}
    </CohortPage>
  );
}

function Calendars({ overview, cohortId }: { overview: OverviewReply; cohortId: string }) {
  const { client } = useServices();
  const queries = useQueryClient();
  const calendar = useQuery({
    queryKey: ['calendar', cohortId],
    queryFn: ({ signal }) => readCalendar(client, cohortId, signal),
    refetchInterval: REFRESH_MS,
  });
  const onChange = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['calendar', cohortId] }),
    [queries, cohortId],
  );
  const { t } = useTranslation('running');
  return (
    <>
      {overview.calendarsDownSince && <CalendarsDown since={overview.calendarsDownSince} />}
      <UnderWay cohortId={cohortId} onChange={onChange} />
      {calendar.isPending && <LoadingPart size="wide" />}
      {calendar.error && <ErrorNotice error={calendar.error} onRetry={() => void calendar.refetch()} />}
      {calendar.data && calendar.data.unreadable.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t('calendar.unreadable', {
              count: calendar.data.unreadable.length,
              names: calendar.data.unreadable.join(', '),
            })}
          </MessageBarBody>
        </MessageBar>
      )}
      {calendar.data && <CalendarTable calendar={calendar.data} />}
      <OfferingPanel cohortId={cohortId} />
    </>
  );
}

/** What is under way just now; nothing where nothing is. */
function UnderWay({ cohortId, onChange }: { cohortId: string; onChange: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const { line, isLost } = useProgress(cohortId, onChange);
  if (!line || line.searching + line.booking === 0) return null;
  const all = line.searching + line.booking + line.booked;
  return (
    <div className={styles.work}>
      <ProgressBar aria-label={t('progress.title')} value={line.booked} max={all} />
      <div role="status">
        {line.searching > 0 && `${t('progress.searching', { count: line.searching })} `}
        {line.booking > 0 && t('progress.booking', { count: line.booking })}
        {isLost && ` ${t('progress.lost')}`}
      </div>
    </div>
  );
}
