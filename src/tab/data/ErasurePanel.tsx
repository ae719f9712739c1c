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
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnDataReply } from '../../../server/contract/own-data.ts';
import { askErasure } from '../../api/ask-erasure.ts';
import { Done } from '../../components/Done.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useMe, useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { isAnythingKept } from './is-anything-kept.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalM },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, display: 'grid', rowGap: tokens.spacingVerticalS },
});

/** What happens, each in a sentence of its own. */
const EFFECTS = ['sessions', 'partner', 'deleted', 'stays', 'forGood'] as const;

/** Leaving for good, behind a question that says exactly what happens. */
export function ErasurePanel({ data }: { data: OwnDataReply }) {
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  const [isAsked, setAsked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const restoreFocus = useRestoreFocusTarget();
  const { erasure } = data;
  // The dialog stays until it has closed by itself: taken out before, it would leave the page hidden from screen readers.
  const ask = (
    <Question
      isOpen={isOpen}
      onOpenChange={setOpen}
      onDone={() => {
        setOpen(false);
        setAsked(true);
      }}
    />
  );
  if (isAsked)
    return (
      <>
        <Done text={t('myData:erasure.done')} />
        {ask}
      </>
    );
  if (erasure?.doneAt === null)
    return (
      <Panel
        title={t('myData:erasure.title')}
        lead={t('myData:erasure.asked', { date: formats.date(erasure.askedAt) })}
      />
    );
  if (!isAnythingKept(data))
    return erasure?.doneAt ? (
      <Panel
        title={t('myData:erasure.title')}
        lead={t('myData:erasure.erased', { date: formats.date(erasure.doneAt) })}
      />
    ) : null;
  return (
    <>
      <Panel title={t('myData:erasure.title')} lead={t('myData:erasure.lead')}>
        <div>
          <Button {...restoreFocus} onClick={() => setOpen(true)}>
            {t('myData:erasure.open')}
          </Button>
        </div>
      </Panel>
      {ask}
    </>
  );
}

/** Asks once more; nothing is sent before its second button. */
function Question(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onDone: () => void }) {
  const { isOpen, onOpenChange, onDone } = props;
  const styles = useStyles();
  const { t } = useTranslation(['app', 'myData']);
  const { client } = useServices();
  const { roles } = useMe();
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: () => askErasure(client),
    onSuccess() {
      onDone();
      // Who they are is asked again with the next visit: their language would be forgotten while they read.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    },
  });
  return (
    <Dialog modalType="alert" open={isOpen} onOpenChange={(_, { open }) => onOpenChange(open)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('myData:erasure.question')}</DialogTitle>
          <DialogContent className={styles.content}>
            <ul className={styles.list}>
              {EFFECTS.map((effect) => (
                <li key={effect}>{t(`myData:erasure.effects.${effect}`)}</li>
              ))}
              {roles.includes('administrator') && <li>{t('myData:erasure.effects.administrator')}</li>}
            </ul>
            {erase.error && <ErrorNotice error={erase.error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button disabledFocusable={erase.isPending}>{t('myData:erasure.keep')}</Button>
            </DialogTrigger>
            <SubmitButton isBusy={erase.isPending} onClick={() => !erase.isPending && erase.mutate()}>
              {t('myData:erasure.confirm')}
            </SubmitButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
