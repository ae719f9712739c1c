import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/http.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalS },
  entry: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  at: { flexBasis: '11rem', flexShrink: 0, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  text: { flexBasis: '14rem', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
});

/** What happened lately, newest first. */
export function RunLog({ entries }: { entries: OverviewReply['runLog'] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats();
  const title = t('program.log');
  if (entries.length === 0) return <Panel title={title} lead={t('program.logNone')} />;
  return (
    <Panel title={title}>
      <ol className={styles.list}>
        {entries.map((entry, index) => (
          <li key={index} className={styles.entry}>
            <time dateTime={entry.at} className={styles.at}>
              {formats.moment(entry.at)}
            </time>
            <span className={styles.text}>{entry.text}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
