import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Skeleton,
  SkeletonItem,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishPreviewReply } from '../../../server/contract/matching-review.ts';
import { previewPublishing } from '../../api/preview-publishing.ts';
import { runCohortStep } from '../../api/run-cohort-step.ts';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalM },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    maxHeight: '40vh',
    overflowY: 'auto',
  },
  item: { display: 'grid', overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** Publishing, behind a dry run that names everybody who would be asked, in which language and about whom. */
export function PublishPanel({ cohortId, proposed }: { cohortId: string; proposed: number }) {
  const { t } = useTranslation('matching');
  const [isOpen, setOpen] = useState(false);
  const restoreFocus = useRestoreFocusTarget();
  if (proposed === 0) return null;
  return (
    <Panel isAccent title={t('publish.title')} lead={t('publish.lead', { count: proposed })}>
      <div>
        <Button {...restoreFocus} appearance="primary" onClick={() => setOpen(true)}>
          {t('publish.open')}
        </Button>
      </div>
      <DryRun cohortId={cohortId} isOpen={isOpen} onOpenChange={setOpen} />
    </Panel>
  );
}

function DryRun(props: { cohortId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { cohortId, isOpen, onOpenChange } = props;
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const preview = useQuery({
    queryKey: ['publishPreview', cohortId],
    queryFn: ({ signal }) => previewPublishing(client, cohortId, signal),
    enabled: isOpen,
    // What is about to be sent is read anew each time.
    gcTime: 0,
  });
  const publish = useMutation({
    mutationFn: () => runCohortStep(client, cohortId, 'publish'),
    onSuccess() {
      onOpenChange(false);
      announce(t('publish.done'));
    },
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' }),
  });
  return (
    <Dialog modalType="alert" open={isOpen} onOpenChange={(_event, { open }) => onOpenChange(open)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('publish.question')}</DialogTitle>
          <DialogContent className={styles.content}>
            {preview.isPending && (
              <Skeleton aria-label={t('publish.reading')}>
                <SkeletonItem />
              </Skeleton>
            )}
            {preview.data && <Asked preview={preview.data} />}
            {preview.error && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
            {publish.error && <ErrorNotice error={publish.error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button disabledFocusable={publish.isPending}>{t('wish.cancel')}</Button>
            </DialogTrigger>
            <SubmitButton
              isBusy={publish.isPending}
              isBlocked={!preview.data || preview.data.mentors.length === 0}
              onClick={() => preview.data && preview.data.mentors.length > 0 && !publish.isPending && publish.mutate()}
            >
              {t('publish.confirm', { count: preview.data?.mentors.length ?? 0 })}
            </SubmitButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Asked({ preview: { mentors } }: { preview: PublishPreviewReply }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const formats = useFormats();
  return (
    <>
      <div>{t('publish.asked', { count: mentors.length })}</div>
      <div className={styles.hint}>{t('publish.executives')}</div>
      <ul tabIndex={0} aria-label={t('publish.list')} className={styles.list}>
        {mentors.map(({ displayName, locale, mentees, isReachable }) => (
          <li key={`${displayName} ${mentees.join()}`} className={styles.item}>
            <span className={styles.name}>{displayName}</span>
            <span>{t('publish.about', { names: mentees.join(', '), language: formats.languageName(locale) })}</span>
            {!isReachable && <span className={styles.hint}>{t('publish.notYet')}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
