import { makeStyles, tokens } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionReply } from '../../server/contract/http.ts';
import { wishAnotherMatch } from '../api/wish-another-match.ts';
import { ContactButton } from './ContactButton.tsx';
import { Done } from './Done.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { LeaveButton } from './LeaveButton.tsx';
import { Panel } from './Panel.tsx';
import { useServices } from './services.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useAnswer } from './use-answer.ts';

const useStyles = makeStyles({
  way: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXS },
  seen: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/**
 * Three ways on for somebody who feels hardly safe to speak, shown to them alone. Nothing is sent before a press, and each
 * says what it sends to whom; to stop takes two, since it cannot be taken back.
 */
export function WaysPanel({ reply }: { reply: SessionReply }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [done, setDone] = useState<string | null>(null);
  const wish = useAnswer(
    () => wishAnotherMatch(client, reply.session.sessionId),
    () => setDone(t('ways.done.another')),
  );
  if (done !== null) return <Done text={done} />;
  return (
    <Panel title={t('ways.heading')} lead={t('ways.text')}>
      {reply.safeContact ? (
        <Way seen={t('ways.contactSeen', { name: reply.safeContact.displayName })}>
          <ContactButton
            contact={reply.safeContact}
            text={t('ways.contact', { name: reply.safeContact.displayName })}
          />
        </Way>
      ) : (
        <div>{t('ways.noContact')}</div>
      )}
      <Way seen={t('ways.anotherSeen')}>
        <SubmitButton appearance="secondary" isBusy={wish.isBusy} onClick={() => wish.send(undefined)}>
          {t('ways.another')}
        </SubmitButton>
      </Way>
      <LeaveButton pairId={reply.pairId} isBlocked={wish.isBusy} onDone={setDone} />
      {wish.error !== null && <ErrorNotice error={wish.error} />}
    </Panel>
  );
}

function Way({ seen, children }: { seen: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.way}>
      {children}
      <span className={styles.seen}>{seen}</span>
    </div>
  );
}
