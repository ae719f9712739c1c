import { Field, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MOST_NOTE_LETTERS,
  NOTE_SHARES,
  type NoteShare,
  type WorkReply,
} from '../../../server/contract/session-work.ts';
import { Panel } from '../Panel.tsx';
import { useSavedNote } from './use-saved-note.ts';

const useStyles = makeStyles({
  shared: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  area: { minHeight: '9rem' },
});

interface Props {
  sessionId: string;
  work: WorkReply;
  partnerName: string;
}

/** Notes about a session. Who reads one is chosen before a letter is typed, and each choice is a note of its own. */
export function NotesPanel({ sessionId, work, partnerName }: Props) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const [share, setShare] = useState<NoteShare | null>(null);
  return (
    <Panel title={t('notes.title')} lead={t(work.canWrite ? 'notes.lead' : 'notes.closed')}>
      {work.notes.ofPartner !== null && (
        <div className={styles.shared}>
          <h3 className={styles.title}>{t('notes.of', { name: partnerName })}</h3>
          {work.notes.ofPartner}
        </div>
      )}
      <Field label={t('notes.who')}>
        <RadioGroup value={share ?? ''} onChange={(_event, { value }) => setShare(value as NoteShare)}>
          {NOTE_SHARES.map((each) => (
            <Radio key={each} value={each} label={t(`notes.${each}`, { name: partnerName })} />
          ))}
        </RadioGroup>
      </Field>
      {share !== null && (
        <NoteField key={share} share={share} sessionId={sessionId} work={work} partnerName={partnerName} />
      )}
    </Panel>
  );
}

function NoteField({ sessionId, work, partnerName, share }: Props & { share: NoteShare }) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const note = useSavedNote(sessionId, share, work.notes[share]);
  return (
    <Field
      label={t(`notes.label.${share}`, { name: partnerName })}
      hint={t(`notes.hint.${share}`, { name: partnerName })}
      validationState={note.state === 'waiting' ? 'warning' : 'none'}
      validationMessage={work.canWrite ? { role: 'status', children: t(`notes.${note.state}`) } : undefined}
    >
      <Textarea
        autoFocus
        readOnly={!work.canWrite}
        resize="vertical"
        textarea={{ className: styles.area }}
        maxLength={MOST_NOTE_LETTERS}
        value={note.text}
        onChange={(_event, { value }) => note.change(value)}
        onBlur={() => note.save()}
      />
    </Field>
  );
}
