import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LOG_GROUPS, type LogGroup, type RunningReply } from '../../../server/contract/running.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { mergeRepeats } from '../program/merge-repeats.ts';

/** Entries that are shown at once, and with each press more. */
const SHOWN = 15;

const useStyles = makeStyles({
  field: { maxWidth: '20rem' },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalS },
  entry: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  at: { flexBasis: '11rem', flexShrink: 0, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  text: { flexBasis: '14rem', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
});

/** What happened, in plain words, all of it or of one kind. */
export function LogPanel({ log }: { log: RunningReply['log'] }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const formats = useFormats();
  const [group, setGroup] = useState<LogGroup | 'all'>('all');
  const [most, setMost] = useState(SHOWN);
  const entries = mergeRepeats(log.filter((entry) => group === 'all' || entry.group === group));
  return (
    <Panel title={t('log.title')}>
      <Field label={t('log.filter')} className={styles.field}>
        <Select
          value={group}
          onChange={(_event, { value }) => {
            setGroup(value as typeof group);
            setMost(SHOWN);
          }}
        >
          {(['all', ...LOG_GROUPS] as const).map((one) => (
            <option key={one} value={one}>
              {t(`log.groups.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {entries.length === 0 && <div role="status">{t('log.none')}</div>}
      <ul className={styles.list}>
        {entries.slice(0, most).map(({ at, text, times }) => (
          <li key={`${at} ${text}`} className={styles.entry}>
            <span className={styles.at}>{formats.moment(at)}</span>
            <span className={styles.text}>
              {text} {times > 1 && `(×${formats.number(times)})`}
            </span>
          </li>
        ))}
      </ul>
      {entries.length > most && (
        <div>
          <Button onClick={() => setMost(most + SHOWN)}>{t('log.more')}</Button>
        </div>
      )}
    </Panel>
  );
}
