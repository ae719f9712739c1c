import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../components/use-formats.ts';
import { placeInWeeks, type Weeks } from './weeks.ts';

const useStyles = makeStyles({
  track: {
    position: 'relative',
    minWidth: '8rem',
    height: '20px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    forcedColorAdjust: 'none',
  },
  dot: {
    position: 'absolute',
    top: '4px',
    width: '12px',
    height: '12px',
    marginLeft: '-6px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorCompoundBrandBackground,
  },
  past: { backgroundColor: tokens.colorNeutralForeground3 },
  now: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: tokens.strokeWidthThick,
    backgroundColor: tokens.colorNeutralStroke1,
  },
});

/** A series over the weeks of the cohort: a dot a date, past ones in gray; the dates stand in words for who cannot see it. */
export function WeekDots({ dates, weeks, now }: { dates: readonly string[]; weeks: Weeks; now: string }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const formats = useFormats();
  const days = dates.map((date) => formats.shortDay(date)).join('; ');
  const today = placeInWeeks(now, weeks);
  return (
    <div
      role="img"
      aria-label={t('calendar.dates', { count: dates.length, days })}
      title={days}
      className={styles.track}
    >
      {today >= 0 && today <= 1 && <span className={styles.now} style={{ left: `${4 + 92 * today}%` }} />}
      {dates.map((date) => (
        <span
          key={date}
          className={mergeClasses(styles.dot, date < now && styles.past)}
          style={{ left: `${4 + 92 * placeInWeeks(date, weeks)}%` }}
        />
      ))}
    </div>
  );
}
