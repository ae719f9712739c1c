import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { PageProps } from './Page.tsx';

const useStyles = makeStyles({
  root: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '48rem',
    marginInline: 'auto',
    paddingInline: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalXXL,
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
  },
  wide: { maxWidth: '72rem' },
  item: {
    height: '6rem',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralStencil1,
    animationName: { from: { opacity: 1 }, '50%': { opacity: 0.4 }, to: { opacity: 1 } },
    animationDuration: '1.5s',
    animationIterationCount: 'infinite',
    animationTimingFunction: 'ease-in-out',
  },
  title: { width: '50%', height: '2rem', borderRadius: tokens.borderRadiusMedium },
});

/** The shape of a page while it loads. */
export function Loading({ size }: { size?: PageProps['size'] }) {
  return (
    <main>
      <LoadingPart size={size} />
    </main>
  );
}

/** The shape of a part of a page while it loads. */
export function LoadingPart({ size }: { size?: PageProps['size'] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  return (
    <div
      role="progressbar"
      aria-busy
      aria-label={t('app.loading')}
      className={mergeClasses(styles.root, size === 'wide' && styles.wide)}
    >
      <div className={mergeClasses(styles.item, styles.title)} />
      <div className={styles.item} />
      <div className={styles.item} />
    </div>
  );
}
