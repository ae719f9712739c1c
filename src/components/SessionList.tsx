import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../server/contract/http.ts';
import { sessionStatus } from './session-status.ts';
import { useFormats } from './use-formats.ts';
import { TextLink } from './TextLink.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  when: { flexGrow: 1, minHeight: '24px' },
  name: { display: 'block' },
  status: { color: tokens.colorNeutralForeground2 },
});

export interface SessionListProps {
  sessions: readonly SessionView[];
  label: string;
  /** Address of a session's page. */
  hrefOf?: (sessionId: string) => string;
  /** In place of an address: opens the session where it is. */
  onOpen?: (sessionId: string) => void;
  /** Partner's name by session, where a list mixes pairs. */
  nameOf?: (sessionId: string) => string;
}

/** Sessions one below the other, each with date, state and the way to its page. */
export function SessionList({ sessions, label, hrefOf, onOpen, nameOf }: SessionListProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ol aria-label={label} className={styles.list}>
      {sessions.map((session) => {
        const text = `${formats.shortDay(session.start)}, ${formats.span(session.start, session.end)}`;
        return (
          <li key={session.sessionId} className={styles.item}>
            <span className={styles.when}>
              {onOpen ? (
                <TextLink onClick={() => onOpen(session.sessionId)}>{text}</TextLink>
              ) : (
                <TextLink href={hrefOf?.(session.sessionId)}>{text}</TextLink>
              )}
              {nameOf && (
                <span className={styles.name}>{t('session.withName', { name: nameOf(session.sessionId) })}</span>
              )}
            </span>
            <span className={styles.status}>
              {session.feedback === 'open' ? t('session.feedbackOpen') : sessionStatus(t, session)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
