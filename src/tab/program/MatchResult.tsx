import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MatchReply } from '../../../server/contract/administrator.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  summary: { cursor: 'pointer', minHeight: '24px' },
});

/** What the matching found, and who has nobody and why. */
export function MatchResult({ match }: { match: MatchReply }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  return (
    <div className={styles.root}>
      <h3 className={styles.title}>{t('program:matchTitle')}</h3>
      <div>
        {t('program:matchPairs', { count: match.pairs })} {t('program:matchSeats', { count: match.seats })}
      </div>
      {match.blockingPairs > 0 && <div>{t('program:matchBlocking', { count: match.blockingPairs })}</div>}
      {match.unmatched.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('program:matchUnmatched', { count: match.unmatched.length })}</summary>
          <ul className={styles.list}>
            {match.unmatched.map((person) => (
              <li key={person.personId}>
                {person.displayName}
                {person.reasons.length > 0 && `: ${person.reasons.join(' ')}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
