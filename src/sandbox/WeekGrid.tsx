import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PeopleTeam16Filled } from '@fluentui/react-icons/svg/people-team';
import { useTranslation } from 'react-i18next';
import { formatsOf, type Formats } from '../locales/formats.ts';
import { isOurs, itemWords, useItemStyles } from './item-look.ts';
import { isWholeDays, layOutDay, touchesDay, type PlacedItem } from './lay-out-day.ts';
import type { CalendarReply, SandboxItem } from './replies.ts';
import { minutesOf, weekdayOf } from './week.ts';

/** Height of an hour. */
const HOUR_REM = 3;
/** Items below this are as high as one line. */
const LINES_FROM_MINUTES = 45;
/** Shown even when nothing is there. */
const FIRST_HOUR = 7;
const LAST_HOUR = 20;

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '3rem repeat(7, minmax(0, 1fr))',
    gridTemplateRows: 'auto auto auto',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
  },
  head: {
    margin: 0,
    padding: tokens.spacingVerticalS,
    textAlign: 'center',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  today: { color: tokens.colorBrandForeground1 },
  day: {
    display: 'grid',
    gridRow: 'span 3',
    gridTemplateRows: 'subgrid',
    borderLeft: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  whole: {
    minHeight: '1.5rem',
    display: 'grid',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalXXS,
    padding: '1px',
  },
  hours: { position: 'relative' },
  hour: {
    position: 'absolute',
    insetInline: 0,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  label: {
    position: 'absolute',
    right: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground2,
  },
  off: { position: 'absolute', insetInline: 0, backgroundColor: tokens.colorNeutralBackground3 },
  now: {
    position: 'absolute',
    insetInline: 0,
    borderTop: `${tokens.strokeWidthThick} solid ${tokens.colorStatusDangerBorder2}`,
    pointerEvents: 'none',
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  placed: { position: 'absolute' },
  full: { width: '100%' },
  subject: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXXS, minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  lines: { overflowWrap: 'anywhere', minWidth: 0 },
  icon: { flexShrink: 0, width: '12px', height: '12px' },
  words: { fontWeight: tokens.fontWeightRegular },
  weekday: { display: 'block', fontWeight: tokens.fontWeightRegular },
});

export interface WeekGridProps {
  calendar: CalendarReply;
  days: readonly string[];
  /** Wall time of now in the calendar's zone. */
  now: { day: string; minute: number };
  programMail: string | null;
  onOpen: (item: SandboxItem) => void;
}

/** A week as columns of hours in the person's zone; time outside working hours is shaded. */
export function WeekGrid({ calendar, days, now, programMail, onOpen }: WeekGridProps) {
  const styles = useStyles();
  const { i18n } = useTranslation('sandbox');
  const formats = formatsOf(i18n.language, 'UTC');
  const placedByDay = days.map((day) => layOutDay(calendar.items, day, calendar.zone));
  const all = placedByDay.flat();
  const first = Math.min(FIRST_HOUR, ...all.map(({ from }) => Math.floor(from / 60)));
  const last = Math.max(LAST_HOUR, ...all.map(({ to }) => Math.min(24, Math.ceil(to / 60))));
  const hours = Array.from({ length: last - first }, (_none, index) => first + index);
  const height = `${hours.length * HOUR_REM}rem`;
  return (
    <div className={styles.root}>
      <div className={styles.day} aria-hidden>
        <div className={styles.head}>&nbsp;</div>
        <div className={styles.whole} />
        <div className={styles.hours} style={{ height }}>
          {hours.map((hour) => (
            <span key={hour} className={styles.label} style={{ top: `${(hour - first) * HOUR_REM}rem` }}>
              {String(hour).padStart(2, '0')}
            </span>
          ))}
        </div>
      </div>
      {days.map((day, index) => (
        <section key={day} className={styles.day} aria-labelledby={`day-${day}`}>
          <h3 id={`day-${day}`} className={mergeClasses(styles.head, day === now.day && styles.today)}>
            <span className={styles.weekday}>{formats.weekday(`${day}T00:00:00Z`)}</span>{' '}
            {formats.dayOfMonth(`${day}T00:00:00Z`)}
          </h3>
          <ul className={mergeClasses(styles.list, styles.whole)}>
            {calendar.items
              .filter((item) => isWholeDays(item) && touchesDay(item, day, calendar.zone))
              .map((item) => (
                <li key={item.eventId}>
                  <ItemButton item={item} formats={null} programMail={programMail} onOpen={onOpen} />
                </li>
              ))}
          </ul>
          <div className={styles.hours} style={{ height }}>
            {offHours(calendar, day, first * 60, last * 60).map(([from, to]) => (
              <div
                key={from}
                className={styles.off}
                style={{ top: `${(from / 60 - first) * HOUR_REM}rem`, height: `${((to - from) / 60) * HOUR_REM}rem` }}
              />
            ))}
            {hours.map((hour) => (
              <div key={hour} className={styles.hour} style={{ top: `${(hour - first) * HOUR_REM}rem` }} />
            ))}
            <ul className={styles.list}>
              {placedByDay[index]!.map((placed) => (
                <li
                  key={placed.item.eventId}
                  className={styles.placed}
                  style={{
                    top: `${(placed.from / 60 - first) * HOUR_REM}rem`,
                    height: `${((placed.to - placed.from) / 60) * HOUR_REM}rem`,
                    left: `${(placed.lane / placed.lanes) * 100}%`,
                    width: `${100 / placed.lanes}%`,
                  }}
                >
                  <ItemButton
                    item={placed.item}
                    placed={placed}
                    formats={formatsOf(i18n.language, calendar.zone)}
                    programMail={programMail}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ul>
            {day === now.day && now.minute >= first * 60 && now.minute < last * 60 && (
              <div className={styles.now} style={{ top: `${(now.minute / 60 - first) * HOUR_REM}rem` }} />
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

/** Stretches of a day outside working hours, in minutes; none where they are unknown. */
function offHours({ workingHours }: CalendarReply, day: string, first: number, last: number): [number, number][] {
  if (!workingHours) return [];
  if (!workingHours.daysOfWeek.includes(weekdayOf(day))) return [[first, last]];
  const [start, end] = [minutesOf(workingHours.start), minutesOf(workingHours.end)];
  const stretches: [number, number][] = [
    [first, Math.max(first, start)],
    [Math.min(last, end), last],
  ];
  return stretches.filter(([from, to]) => to > from);
}

interface ItemButtonProps {
  item: SandboxItem;
  placed?: PlacedItem;
  /** Null: the item covers whole days and shows no time. */
  formats: Formats | null;
  programMail: string | null;
  onOpen: (item: SandboxItem) => void;
}

/** An item to open, with its status in words for those who do not see its color. */
export function ItemButton({ item, placed, formats, programMail, onOpen }: ItemButtonProps) {
  const styles = useStyles();
  const look = useItemStyles();
  const { t } = useTranslation('sandbox');
  const words = itemWords(t, item, programMail);
  const isProgram = isOurs(item, programMail);
  const isOneLine = placed !== undefined && placed.to - placed.from < LINES_FROM_MINUTES;
  // That somebody is simply busy goes without saying in a calendar.
  const saysMore = words !== t('showAs.busy') && (!placed || placed.to - placed.from >= 60);
  return (
    <button
      type="button"
      title={`${item.subject}, ${words}`}
      aria-label={[formats?.span(item.start, item.end), item.subject, words].filter(Boolean).join(', ')}
      className={mergeClasses(
        look.item,
        look[item.showAs],
        isProgram && look.ours,
        item.isCancelled && look.cancelled,
        styles.full,
      )}
      style={placed && { height: '100%' }}
      onClick={() => onOpen(item)}
    >
      <span className={styles.subject}>
        {isProgram && <PeopleTeam16Filled className={styles.icon} aria-hidden />}
        <span className={isOneLine ? styles.line : styles.lines}>{item.subject}</span>
      </span>
      {saysMore && <span className={mergeClasses(styles.line, styles.words)}>{words}</span>}
    </button>
  );
}
