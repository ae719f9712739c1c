import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { fitWord } from './select-pairs.ts';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  track: {
    flexShrink: 0,
    width: '4.5rem',
    height: '6px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground5,
    overflow: 'hidden',
    forcedColorAdjust: 'none',
  },
  bar: { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
});

/** How well two people fit, in a word and a bar beside it. */
export function FitMeter({ fit }: { fit: number }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  return (
    <span className={styles.root}>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ display: 'block', width: `${fit}%` }} />
      </span>
      {t(`fit.${fitWord(fit)}`)}
    </span>
  );
}
