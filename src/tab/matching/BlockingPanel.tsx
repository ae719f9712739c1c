import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MatchingReply } from '../../../server/contract/matching-review.ts';
import { Panel } from '../../components/Panel.tsx';
import type { Plan } from './wish-changes.ts';

/** Named at once. */
const SHOWN = 10;

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
});

/** Who would both prefer each other, and the price of it one press away. Nothing is shown where nobody does. */
export function BlockingPanel({ review, onPlan }: { review: MatchingReply; onPlan: (plan: Plan) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const { run, blocking } = review;
  if (!run || run.blockingPairs === 0) return null;
  const names = new Map([...review.mentees, ...review.mentors].map((one) => [one.personId, one.displayName]));
  const more = run.blockingPairs - Math.min(SHOWN, blocking.length);
  return (
    <Panel title={t('blocking.title')} lead={t('blocking.lead', { count: run.blockingPairs })}>
      <ul className={styles.list}>
        {blocking.slice(0, SHOWN).map(({ menteeId, mentorId }) => {
          const [menteeName, mentorName] = [names.get(menteeId) ?? '', names.get(mentorId) ?? ''];
          return (
            <li key={`${menteeId} ${mentorId}`} className={styles.item}>
              <span>{t('blocking.pair', { mentee: menteeName, mentor: mentorName })}</span>
              <Button
                size="small"
                aria-label={t('pairs.pinOf', { mentee: menteeName, mentor: mentorName })}
                onClick={() => onPlan({ kind: 'pin', menteeId, mentorId, menteeName, mentorName })}
              >
                {t('pairs.pin')}
              </Button>
            </li>
          );
        })}
      </ul>
      {more > 0 && <div>{t('blocking.more', { count: more })}</div>}
    </Panel>
  );
}
