import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Checkmark16Filled } from '@fluentui/react-icons/svg/checkmark';
import { useTranslation } from 'react-i18next';
import { cohortSteps } from '../../../server/contract/administrator.ts';

export type CohortStep = (typeof cohortSteps)[number];

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 9rem), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  step: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalS,
    borderTop: `${tokens.strokeWidthThickest} solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
  },
  done: { borderTopColor: tokens.colorBrandStroke1, color: tokens.colorNeutralForeground1 },
  now: {
    borderTopColor: tokens.colorBrandStroke1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
  state: {
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  icon: { color: tokens.colorBrandForeground1 },
});

/** The stages of a cohort and which comes next, in words as well as in color. */
export function Stages({ next }: { next: CohortStep }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const at = cohortSteps.indexOf(next);
  return (
    <ol aria-label={t('program:steps')} className={styles.list}>
      {cohortSteps.map((step, index) => {
        const isRunning = step === 'running' && next === 'running';
        const state = index < at ? 'done' : index === at ? 'now' : 'later';
        return (
          <li
            key={step}
            aria-current={state === 'now' ? 'step' : undefined}
            className={mergeClasses(styles.step, state === 'done' && styles.done, state === 'now' && styles.now)}
          >
            {state === 'done' && <Checkmark16Filled className={styles.icon} aria-hidden />}
            <span>{t(`program:step.${step}`)}</span>
            {!isRunning && <span className={styles.state}>{t(`program:stepState.${state}`)}</span>}
          </li>
        );
      })}
    </ol>
  );
}
