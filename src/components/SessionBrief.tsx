import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionReply } from '../../server/contract/http.ts';
import { Actions } from './Actions.tsx';
import { DayAndTime } from './DayAndTime.tsx';
import { Done } from './Done.tsx';
import { Guide } from './Guide.tsx';
import { JoinButton } from './JoinButton.tsx';
import { LoadingPart } from './Loading.tsx';
import { Panel } from './Panel.tsx';
import { PartnerIntro } from './PartnerIntro.tsx';
import { StateTag } from './StateTag.tsx';
import { GuideTimer, MoveButton, WorkPanels } from './session-work/lazy-parts.ts';
import { isAhead, sessionStatus } from './session-status.ts';
import { SessionDistance } from './SessionWhen.tsx';

/** The form, and what follows it, are loaded when they are open; what stands at the foot comes after the rest. */
const FeedbackForm = lazy(async () => ({ default: (await import('./FeedbackForm.tsx')).FeedbackForm }));

const SafeContactPanel = lazy(async () => ({ default: (await import('./SafeContactPanel.tsx')).SafeContactPanel }));
const WaysPanel = lazy(async () => ({ default: (await import('./WaysPanel.tsx')).WaysPanel }));

const useStyles = makeStyles({
  lead: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalXS,
  },
});

/** Everything about one session, in the tab and beside the meeting: when, with whom, guide, feedback. */
export function SessionBrief({ reply, isPane = false }: { reply: SessionReply; isPane?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [thanks, setThanks] = useState<string | null>(null);
  const { session, partner } = reply;
  const isOpen = session.feedback === 'open' || session.feedback === 'answered';
  const feedback = thanks ? (
    <Done text={thanks} />
  ) : (
    isOpen && (
      <Suspense fallback={<LoadingPart />}>
        <FeedbackForm reply={reply} onDone={setThanks} />
      </Suspense>
    )
  );
  const isOver = session.held !== 'open' || session.end <= reply.now;
  return (
    <>
      <Panel
        title={<DayAndTime start={session.start} end={session.end} />}
        lead={
          <div className={styles.lead}>
            <StateTag isGood={isAhead(session, reply.now)}>{sessionStatus(t, session)}</StateTag>
            {isPane && <span>{t('session.numberOf', { number: session.number, of: session.of })}</span>}
            <SessionDistance session={session} now={reply.now} />
          </div>
        }
      >
        <PartnerIntro partner={partner} isBrief={isPane} />
        {isAhead(session, reply.now) && (
          <div>
            {!session.joinUrl && <div>{t('session.noLink', { name: partner.displayName })}</div>}
            <Actions>
              {session.joinUrl && <JoinButton joinUrl={session.joinUrl} />}
              <Suspense>
                <MoveButton sessionId={session.sessionId} />
              </Suspense>
            </Actions>
          </div>
        )}
        {session.feedback === 'notYet' && <div>{t('feedback.notYet')}</div>}
        {session.feedback === 'closed' && <div>{t('feedback.closed')}</div>}
      </Panel>
      {isOver && feedback}
      {isOver && reply.isHardlySafe && (
        <Suspense fallback={<LoadingPart />}>
          <WaysPanel reply={reply} />
        </Suspense>
      )}
      <Guide guide={reply.guide} side={reply.side}>
        {!isOver && reply.guide && (
          <Suspense>
            <GuideTimer sessionId={session.sessionId} agenda={reply.guide.agenda} />
          </Suspense>
        )}
      </Guide>
      <Suspense fallback={<LoadingPart />}>
        <WorkPanels sessionId={session.sessionId} partnerName={partner.displayName} />
      </Suspense>
      {!isOver && feedback}
      {isPane && reply.safeContact && (
        <Suspense>
          <SafeContactPanel contact={reply.safeContact} />
        </Suspense>
      )}
    </>
  );
}
