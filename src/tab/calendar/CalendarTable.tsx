import { Badge, Button, makeStyles, mergeClasses, tokens, type BadgeProps } from '@fluentui/react-components';
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CALENDAR_STAGES, type CalendarReply } from '../../../server/contract/running.ts';
import { Panel } from '../../components/Panel.tsx';
import { WeekDots } from './WeekDots.tsx';
import { weeksOf, type Weeks } from './weeks.ts';

const NARROW = '@media (max-width: 44rem)';
/** Pairs that are shown at once, and with each press more. */
const SHOWN = 25;

type Pair = CalendarReply['pairs'][number];

const COLORS: Readonly<Record<Pair['stage'], BadgeProps['color']>> = {
  early: 'informative',
  searching: 'informative',
  proposed: 'informative',
  booking: 'informative',
  noSlot: 'warning',
  waiting: 'warning',
  booked: 'success',
};
/** What needs somebody comes first. */
const ORDER: readonly Pair['stage'][] = ['noSlot', 'waiting', 'searching', 'proposed', 'booking', 'booked', 'early'];

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', [NARROW]: { display: 'block' } },
  head: { [NARROW]: { display: 'none' } },
  body: { [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalM } },
  row: {
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalM },
  },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: tokens.spacingVerticalS,
    paddingLeft: 0,
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere',
    [NARROW]: { padding: 0 },
  },
  title: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  weeks: { width: '40%', [NARROW]: { width: 'auto' } },
  names: { display: 'grid', minWidth: 0 },
  mentee: { fontWeight: tokens.fontWeightSemibold },
  state: { height: 'auto', minHeight: '20px', textAlign: 'left' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The pairs with their place in the calendars, those that need somebody first. */
export function CalendarTable({ calendar }: { calendar: CalendarReply }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const [most, setMost] = useState(SHOWN);
  const weeks = useMemo(() => weeksOf(calendar.pairs), [calendar.pairs]);
  const pairs = useMemo(
    () => calendar.pairs.toSorted((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage)),
    [calendar.pairs],
  );
  const title = t('calendar.pairs');
  if (pairs.length === 0) return <Panel title={title} lead={t('calendar.none')} />;
  const counts = CALENDAR_STAGES.map((stage) => ({ stage, n: pairs.filter((pair) => pair.stage === stage).length }));
  return (
    <Panel
      title={title}
      lead={counts
        .filter(({ n }) => n > 0)
        .map(({ stage, n }) => `${t(`calendar.stages.${stage}`)}: ${n}`)
        .join(' · ')}
    >
      <table role="table" aria-label={title} className={styles.table}>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            {(['pair', 'stage', 'weeks'] as const).map((column) => (
              <th key={column} role="columnheader" scope="col" className={mergeClasses(styles.cell, styles.title)}>
                {t(`calendar.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.body}>
          {pairs.slice(0, most).map((pair) => (
            <Row key={pair.pairId} pair={pair} weeks={weeks} now={calendar.now} />
          ))}
        </tbody>
      </table>
      {pairs.length > most && (
        <div>
          <Button onClick={() => setMost(most + SHOWN)}>{t('calendar.more')}</Button>
        </div>
      )}
    </Panel>
  );
}

const Row = memo(function Row({ pair, weeks, now }: { pair: Pair; weeks: Weeks | null; now: string }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const { broken, moved, searches } = pair;
  return (
    <tr role="row" className={styles.row}>
      <th role="rowheader" scope="row" className={styles.cell}>
        <div className={styles.names}>
          <span className={styles.mentee}>{pair.menteeName}</span>
          <span>{pair.mentorName}</span>
        </div>
      </th>
      <td role="cell" className={styles.cell}>
        <Badge appearance="tint" color={COLORS[pair.stage]} className={styles.state}>
          {t(`calendar.stages.${pair.stage}`)}
        </Badge>
        {searches > 0 && <div className={styles.hint}>{t('calendar.searches', { count: searches })}</div>}
        {broken && broken.dates > 0 && (
          <div className={styles.hint}>{t('calendar.broken', { count: broken.dates, of: broken.of })}</div>
        )}
        {moved > 0 && <div className={styles.hint}>{t('calendar.moved', { count: moved })}</div>}
      </td>
      <td role="cell" className={mergeClasses(styles.cell, styles.weeks)}>
        {weeks && pair.dates.length > 0 && <WeekDots dates={pair.dates} weeks={weeks} now={now} />}
      </td>
    </tr>
  );
});
