import {
  Button,
  Checkbox,
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
import { formatsOf } from '../locales/formats.ts';
import { Fault } from './Fault.tsx';
import type { SandboxItem, SandboxPerson } from './replies.ts';
import { useSandboxAction } from './use-sandbox-action.ts';
import { instantOf, wallOf } from './week.ts';

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

export interface ItemDialogProps {
  person: SandboxPerson;
  item: SandboxItem;
  onClose: () => void;
}

/** `YYYY-MM-DDTHH:MM` as the date field wants it. */
function fieldValue(iso: string, zone: string): string {
  const { day, minute } = wallOf(iso, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** An item, and everything its owner may do with it in Outlook. */
export function ItemDialog({ person, item, onClose }: ItemDialogProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('sandbox');
  const announce = useAnnounce();
  const formats = formatsOf(i18n.language, person.zone);
  const [isWhole, setWhole] = useState(item.seriesMasterId !== null);
  const [start, setStart] = useState(() => fieldValue(item.start, person.zone));
  const action = useSandboxAction(() => {
    announce(t('item.done'));
    onClose();
  });
  const eventId = isWhole && item.seriesMasterId ? item.seriesMasterId : item.eventId;
  const run = (name: string, body: Record<string, unknown> = {}): void =>
    action.mutate({ name: `calendar/${name}`, body: { person: person.id, eventId: item.eventId, ...body } });
  const answer = (answered: string): void => run('respond', { eventId, answer: answered });
  const span = (): { start: string; end: string } => {
    const from = instantOf(start, person.zone);
    const length = Date.parse(item.end) - Date.parse(item.start);
    return { start: from, end: new Date(Date.parse(from) + length).toISOString() };
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{item.subject}</DialogTitle>
          <DialogContent className={styles.content}>
            <div>
              {formats.day(item.start)}, {formats.span(item.start, item.end)}
            </div>
            <div>{t('item.organizer', { address: item.organizerAddress })}</div>
            <div>
              {t('item.status', { status: t(`showAs.${item.showAs}`) })} ·{' '}
              {t('item.response', { response: t(`responses.${item.response}`) })}
            </div>
            {item.attendees.length > 0 && (
              <ul aria-label={t('item.attendees')} className={styles.list}>
                {item.attendees.map((attendee) => (
                  <li key={attendee.address}>
                    {attendee.name}
                    {attendee.response !== 'none' && `: ${t(`responses.${attendee.response}`)}`}
                  </li>
                ))}
              </ul>
            )}
            {action.error && <Fault error={action.error} />}
            {!item.isOrganizer && (
              <>
                {item.seriesMasterId && (
                  <Checkbox
                    label={t('item.whole')}
                    checked={isWhole}
                    onChange={(_event, { checked }) => setWhole(checked === true)}
                  />
                )}
                <div className={styles.buttons}>
                  <Button appearance="primary" onClick={() => answer('accepted')}>
                    {t('item.accept')}
                  </Button>
                  <Button onClick={() => answer('tentativelyAccepted')}>{t('item.tentative')}</Button>
                  <Button onClick={() => answer('declined')}>{t('item.decline')}</Button>
                </div>
              </>
            )}
            <Field label={t('item.other')}>
              <Input type="datetime-local" value={start} onChange={(_event, { value }) => setStart(value)} />
            </Field>
            <div className={styles.buttons}>
              {!item.isOrganizer && (
                <Button
                  disabled={start === ''}
                  onClick={() => run('respond', { answer: 'declined', proposal: span() })}
                >
                  {t('item.propose')}
                </Button>
              )}
              <Button disabled={start === ''} onClick={() => run('move', span())}>
                {t('item.move')}
              </Button>
            </div>
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={() => run('remove')}>{t('item.delete')}</Button>
            {item.isOrganizer && <Button onClick={() => run('cancel', { eventId })}>{t('item.cancelMeeting')}</Button>}
            <Button onClick={onClose}>{t('item.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
