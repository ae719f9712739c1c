import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../components/announce.ts';
import { Fault } from './Fault.tsx';
import type { SandboxPerson } from './replies.ts';
import { useSandboxAction } from './use-sandbox-action.ts';
import { addDays, type Wall } from './week.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalM },
});

export interface AddDialogProps {
  person: SandboxPerson;
  now: Wall;
  onClose: () => void;
}

/** An appointment of the person's own, over whatever is there. */
export function AddDialog({ person, now, onClose }: AddDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation('sandbox');
  const announce = useAnnounce();
  const [subject, setSubject] = useState(() => t('item.subjectDefault'));
  const [start, setStart] = useState(`${addDays(now.day, 1)}T10:00`);
  const [minutes, setMinutes] = useState('60');
  const action = useSandboxAction(() => {
    announce(t('item.done'));
    onClose();
  });
  const save = (): void =>
    action.mutate({
      name: 'calendar/add',
      body: { person: person.id, subject, start, minutes: Number(minutes), showAs: 'busy' },
    });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('calendar.add')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field label={t('item.subject')}>
              <Input value={subject} onChange={(_event, { value }) => setSubject(value)} />
            </Field>
            <Field label={t('item.start')}>
              <Input type="datetime-local" value={start} onChange={(_event, { value }) => setStart(value)} />
            </Field>
            <Field label={t('item.minutes')}>
              <Input type="number" min={5} value={minutes} onChange={(_event, { value }) => setMinutes(value)} />
            </Field>
            {action.error && <Fault error={action.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('item.close')}</Button>
            <Button appearance="primary" onClick={save}>
              {t('item.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
