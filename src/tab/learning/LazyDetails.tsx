import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  more: { display: 'grid', rowGap: tokens.spacingVerticalM, paddingTop: tokens.spacingVerticalM },
  shape: { display: 'grid', rowGap: tokens.spacingVerticalS },
});

/** A part of a page that is read from the server when it is first opened. */
export function LazyDetails<Data>({
  summary,
  queryKey,
  read,
  children,
}: {
  summary: string;
  queryKey: readonly string[];
  read: (signal: AbortSignal) => Promise<Data>;
  children: (data: Data) => ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => read(signal), enabled: isOpen });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{summary}</summary>
      <div className={styles.more}>
        {isOpen && query.isPending && (
          <Skeleton aria-label={t('app.loading')} className={styles.shape}>
            <SkeletonItem />
            <SkeletonItem />
            <SkeletonItem />
          </Skeleton>
        )}
        {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {query.data !== undefined && children(query.data)}
      </div>
    </details>
  );
}
