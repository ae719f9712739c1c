import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MatchingReply } from '../../../server/contract/matching-review.ts';
import { Panel } from '../../components/Panel.tsx';
import type { Plan } from './wish-changes.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalL },
  item: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXS, overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  calls: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** Who has nobody and why, and what helps: topics to call for, or a mentor set by hand. */
export function UnmatchedPanel({ review, onPlan }: { review: MatchingReply; onPlan: (plan: Plan) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const { t: common } = useTranslation();
  const { unmatched, calls } = review;
  if (review.run === null) return null;
  if (unmatched.length === 0) return <Panel title={t('unmatched.title')} lead={t('unmatched.none')} />;
  return (
    <Panel title={t('unmatched.title')} lead={t('unmatched.lead', { count: unmatched.length })}>
      {calls.length > 0 && (
        <section aria-label={t('unmatched.calls')}>
          <div>{t('unmatched.calls')}</div>
          <ul className={styles.calls}>
            {calls.map(({ topic, people }) => (
              <li key={topic}>
                {common(`topics.${topic}`)}{' '}
                <span className={styles.hint}>{t('unmatched.missedBy', { count: people })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul className={styles.list}>
        {unmatched.map(({ personId, displayName, reasons }) => (
          <li key={personId} className={styles.item}>
            <span className={styles.name}>{displayName}</span>
            {reasons.length > 0 && <span>{reasons.join(' ')}</span>}
            <Button
              size="small"
              aria-label={t('unmatched.chooseFor', { name: displayName })}
              onClick={() => onPlan({ kind: 'other', menteeId: personId, menteeName: displayName, current: null })}
            >
              {t('unmatched.choose')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
