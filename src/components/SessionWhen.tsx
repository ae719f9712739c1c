import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../server/contract/http.ts';
import { DayAndTime } from './DayAndTime.tsx';
import { useFormats } from './use-formats.ts';

const useStyles = makeStyles({
  root: { display: 'grid', rowGap: tokens.spacingVerticalXXS },
  day: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** When a session is, in the reader's own zone, which is named. */
export function SessionWhen({ session, now }: { session: SessionView; now: string }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <time dateTime={session.start} className={styles.day}>
        <DayAndTime start={session.start} end={session.end} />
      </time>
      <SessionDistance session={session} now={now} />
    </div>
  );
}

/** How far off a session is, and in whose time its hours are given. */
export function SessionDistance({ session, now }: { session: SessionView; now: string }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <span className={styles.quiet}>
      {formats.distance(session.start, now)} · {t('when.yourTime', { zone: formats.zoneName(session.start) })}
    </span>
  );
}
