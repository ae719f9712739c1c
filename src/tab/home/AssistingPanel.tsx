import { makeStyles, tokens } from '@fluentui/react-components';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssistedPairView } from '../../../server/contract/assistants.ts';
import { Panel } from '../../components/Panel.tsx';
import { MoveButton } from '../../components/session-work/lazy-parts.ts';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
});

/** What an assistant sees of an executive's pair: the yes, with whom, what for, and when. */
export function AssistingPanel({ pair }: { pair: AssistedPairView }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats(pair.timeZone);
  const first = pair.sessions[0];
  const names = { executive: pair.executiveName, partner: pair.partnerName };
  return (
    <Panel level={3} title={t('assisting.pair', names)} lead={t('assisting.agreed', names)}>
      <div>{t('assistantAsk.purpose', { program: pair.programName })}</div>
      {pair.sessions.length > 0 && (
        <ol aria-label={t('assisting.sessions')} className={styles.list}>
          {pair.sessions.map((session) => (
            <li key={session.sessionId} className={styles.item}>
              {formats.shortDay(session.start)}, {formats.span(session.start, session.end)}
              {session === first && (
                <Suspense>
                  <MoveButton sessionId={session.sessionId} />
                </Suspense>
              )}
            </li>
          ))}
        </ol>
      )}
      {first && <div>{t('assistantAsk.zone', { ...names, zone: formats.zoneName(first.start) })}</div>}
    </Panel>
  );
}
