import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { formatsOf } from '../locales/formats.ts';
import { isWholeDays, touchesDay } from './lay-out-day.ts';
import type { WeekGridProps } from './WeekGrid.tsx';
import { ItemButton } from './WeekGrid.tsx';

const useStyles = makeStyles({
  root: { display: 'grid', rowGap: tokens.spacingVerticalL },
  title: { margin: 0, marginBottom: tokens.spacingVerticalXS, fontSize: tokens.fontSizeBase300 },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalXS },
  item: {
    display: 'grid',
    gridTemplateColumns: '8.5rem minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'start',
  },
  time: { fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The same week for narrow windows: one day below the other. */
export function DayList({ calendar, days, programMail, onOpen }: WeekGridProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('sandbox');
  const formats = formatsOf(i18n.language, calendar.zone);
  const dayNames = formatsOf(i18n.language, 'UTC');
  return (
    <div className={styles.root}>
      {days.map((day) => {
        const items = calendar.items
          .filter((item) => touchesDay(item, day, calendar.zone))
          .sort((a, b) => Number(isWholeDays(b)) - Number(isWholeDays(a)) || a.start.localeCompare(b.start));
        return (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h3 id={`day-${day}`} className={styles.title}>
              {dayNames.day(`${day}T00:00:00Z`)}
            </h3>
            {items.length === 0 && <span className={styles.quiet}>{t('calendar.free')}</span>}
            <ul className={styles.list}>
              {items.map((item) => (
                <li key={item.eventId} className={styles.item}>
                  <span className={styles.time}>
                    {isWholeDays(item) ? t('calendar.allDay') : formats.span(item.start, item.end)}
                  </span>
                  <ItemButton
                    item={item}
                    formats={isWholeDays(item) ? null : formats}
                    programMail={programMail}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
