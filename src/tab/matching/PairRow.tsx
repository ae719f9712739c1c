import { Badge, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { FitMeter } from './FitMeter.tsx';
import type { NamedPair } from './select-pairs.ts';
import type { Plan } from './wish-changes.ts';

export const NARROW = '@media (max-width: 44rem)';

const useStyles = makeStyles({
  row: {
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalM },
  },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: tokens.spacingVerticalS,
    paddingLeft: 0,
    overflowWrap: 'anywhere',
    [NARROW]: { padding: 0 },
  },
  names: { display: 'grid', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  mentee: { fontWeight: tokens.fontWeightSemibold },
  fit: { width: '12rem', [NARROW]: { width: 'auto' } },
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  reasons: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  state: { height: 'auto', minHeight: '20px', textAlign: 'left' },
});

/** One pair with its reasons and what can be wished of it. Memoized: the list stays as it is while one row changes. */
export const PairRow = memo(function PairRow({ pair, onPlan }: { pair: NamedPair; onPlan: (plan: Plan) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const { t: common } = useTranslation();
  const { menteeId, mentorId, menteeName, mentorName } = pair;
  const both = { mentee: menteeName, mentor: mentorName };
  const two = { menteeId, mentorId, menteeName, mentorName };
  const isOpen = pair.state === 'proposed';
  return (
    <tr role="row" className={styles.row}>
      <th role="rowheader" scope="row" className={styles.cell}>
        <div className={styles.names}>
          <span className={styles.mentee}>{menteeName}</span>
          <span>{t('pairs.with', { name: mentorName })}</span>
        </div>
      </th>
      <td role="cell" className={mergeClasses(styles.cell, styles.fit)}>
        <FitMeter fit={pair.fit} />
        {pair.reasons.length > 0 && (
          <details>
            <summary className={styles.summary}>{t('pairs.why')}</summary>
            <ul className={styles.reasons}>
              {pair.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td role="cell" className={styles.cell}>
        {isOpen ? (
          <div className={styles.actions}>
            <Button
              size="small"
              aria-pressed={pair.isPinned}
              aria-label={t('pairs.pinOf', both)}
              appearance={pair.isPinned ? 'primary' : 'secondary'}
              onClick={() => onPlan({ kind: pair.isPinned ? 'clear' : 'pin', ...two })}
            >
              {t(pair.isPinned ? 'pairs.pinned' : 'pairs.pin')}
            </Button>
            <Button
              size="small"
              aria-label={t('pairs.forbidOf', both)}
              onClick={() => onPlan({ kind: 'forbid', ...two })}
            >
              {t('pairs.forbid')}
            </Button>
            <Button
              size="small"
              aria-label={t('pairs.otherOf', both)}
              onClick={() => onPlan({ kind: 'other', menteeId, menteeName, current: pair })}
            >
              {t('pairs.other')}
            </Button>
          </div>
        ) : (
          <Badge appearance="tint" color="informative" className={styles.state}>
            {common(`pairStates.${pair.state}`)}
          </Badge>
        )}
      </td>
    </tr>
  );
});
