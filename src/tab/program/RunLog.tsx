import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { mergeRepeats } from './merge-repeats.ts';

/** Shown at once; the earlier ones on demand. */
const SHOWN = 8;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalS },
  entry: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  at: { flexBasis: '11rem', flexShrink: 0, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  text: { flexBasis: '14rem', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  times: { color: tokens.colorNeutralForeground2 },
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  more: { paddingTop: tokens.spacingVerticalM },
});

/** What happened lately, newest first. */
export function RunLog({ entries }: { entries: OverviewReply['runLog'] }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const title = t('program:log');
  if (entries.length === 0) return <Panel title={title} lead={t('program:logNone')} />;
  const merged = mergeRepeats(entries);
  const earlier = merged.slice(SHOWN);
  return (
    <Panel title={title}>
      <Entries entries={merged.slice(0, SHOWN)} />
      {earlier.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('program:logEarlier', { count: earlier.length })}</summary>
          <div className={styles.more}>
            <Entries entries={earlier} />
          </div>
        </details>
      )}
    </Panel>
  );
}

function Entries({ entries }: { entries: ReturnType<typeof mergeRepeats> }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  return (
    <ol className={styles.list}>
      {entries.map((entry, index) => (
        <li key={index} className={styles.entry}>
          <time dateTime={entry.at} className={styles.at}>
            {formats.moment(entry.at)}
          </time>
          <span className={styles.text}>
            {entry.text}
            {entry.times > 1 && <span className={styles.times}> {t('program:logTimes', { count: entry.times })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
