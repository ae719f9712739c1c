import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MatchingReply } from '../../../server/contract/matching-review.ts';
import { Panel } from '../../components/Panel.tsx';
import type { Plan } from './wish-changes.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalM },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
  text: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  problem: { color: tokens.colorNeutralForeground2 },
});

/** What was pinned and forbidden, each to be taken back with its price. */
export function WishesPanel({ review, onPlan }: { review: MatchingReply; onPlan: (plan: Plan) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  if (review.wishes.length === 0) return null;
  return (
    <Panel title={t('wishes.title')} lead={t('wishes.lead')}>
      <ul className={styles.list}>
        {review.wishes.map(({ menteeId, mentorId, menteeName, mentorName, wish, problem }) => (
          <li key={`${menteeId} ${mentorId}`} className={styles.item}>
            <span className={styles.text}>
              <span>{t('wishes.pair', { mentee: menteeName, mentor: mentorName })}</span>
              <Badge appearance="tint" color={problem === null ? 'informative' : 'warning'}>
                {t(`wishes.${problem === null ? wish : 'notKept'}`)}
              </Badge>
              {problem !== null && <span className={styles.problem}>{problem}</span>}
            </span>
            <Button
              size="small"
              aria-label={t('wishes.clearOf', { mentee: menteeName, mentor: mentorName })}
              onClick={() => onPlan({ kind: 'clear', menteeId, mentorId, menteeName, mentorName })}
            >
              {t('wishes.clear')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
