import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
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
  title: { width: '50%' },
  block: { height: '6rem', borderRadius: tokens.borderRadiusXLarge },
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
    <Skeleton aria-label={t('app.loading')} className={mergeClasses(styles.root, size === 'wide' && styles.wide)}>
      <SkeletonItem size={32} className={styles.title} />
      <SkeletonItem className={styles.block} />
      <SkeletonItem className={styles.block} />
    </Skeleton>
  );
}
