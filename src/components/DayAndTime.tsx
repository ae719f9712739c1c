import { makeStyles } from '@fluentui/react-components';
import { useFormats } from './use-formats.ts';

const useStyles = makeStyles({
  // Several languages write weekdays small; at the beginning of a heading they are large.
  day: { display: 'inline-block', ':first-letter': { textTransform: 'uppercase' } },
  hours: { whiteSpace: 'nowrap' },
});

/** `Monday, November 9, 1:30 – 2:00 PM` as a heading; the line never breaks between the hours. */
export function DayAndTime({ start, end }: { start: string; end: string }) {
  const styles = useStyles();
  const formats = useFormats();
  return (
    <>
      <span className={styles.day}>{formats.day(start)},</span>{' '}
      <span className={styles.hours}>{formats.span(start, end)}</span>
    </>
  );
}
