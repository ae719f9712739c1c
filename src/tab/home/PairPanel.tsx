import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useHref } from '../../components/router.tsx';
import type { PairView, SessionView } from '../../../server/contract/http.ts';
import { Actions } from '../../components/Actions.tsx';
import { JoinButton } from '../../components/JoinButton.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PartnerIntro } from '../../components/PartnerIntro.tsx';
import { ReasonList } from '../../components/ReasonList.tsx';
import { SessionList } from '../../components/SessionList.tsx';
import { OpenActions } from '../../components/session-work/lazy-parts.ts';
import { StateTag } from '../../components/StateTag.tsx';
import { SessionWhen } from '../../components/SessionWhen.tsx';
import { AgreementDetails } from '../learning/AgreementDetails.tsx';

const LeaveButton = lazy(async () => ({ default: (await import('../../components/LeaveButton.tsx')).LeaveButton }));

const useStyles = makeStyles({
  next: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
  },
  nextTitle: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  more: { display: 'grid', rowGap: tokens.spacingVerticalM, paddingTop: tokens.spacingVerticalM },
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
});

/** A pair as one of the two sees it: the partner, the next session, and the rest on demand. */
export function PairPanel({
  pair,
  now,
  onLeft,
}: {
  pair: PairView;
  now: string;
  /** Takes the sentence that says so when the reader has stopped the pair. */
  onLeft: (text: string) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation();
  const sessionsHref = useHref('/sessions');
  const name = pair.partner.displayName;
  const next = pair.sessions.find((session) => session.sessionId === pair.nextSessionId);
  return (
    <Panel
      level={3}
      title={t(pair.side === 'mentor' ? 'pair.mentorOf' : 'pair.menteeOf', { name })}
      lead={<StateTag isGood={pair.state === 'booked'}>{t(`pairStates.${pair.state}`)}</StateTag>}
    >
      <PartnerIntro partner={pair.partner} />
      {next ? <NextSession session={next} partnerName={name} now={now} /> : <div>{t('pair.none')}</div>}
      {next && (
        <Suspense>
          <OpenActions sessionId={next.sessionId} partnerName={name} />
        </Suspense>
      )}
      {pair.sessions.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('pair.sessions')}</summary>
          <div className={styles.more}>
            <SessionList
              label={t('pair.sessions')}
              sessions={pair.sessions}
              hrefOf={(sessionId) => `${sessionsHref}/${sessionId}`}
            />
          </div>
        </details>
      )}
      {pair.reasons.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('pair.why')}</summary>
          <div className={styles.more}>
            <ReasonList title={t('pair.why')} isTitled={false} reasons={pair.reasons} />
          </div>
        </details>
      )}
      <AgreementDetails pairId={pair.pairId} summary={t('pair.agreed')} />
      {(pair.state === 'booked' || pair.state === 'suspended') && (
        <details>
          <summary className={styles.summary}>{t('ways.leave')}</summary>
          <div className={styles.more}>
            <Suspense>
              <LeaveButton pairId={pair.pairId} onDone={onLeft} />
            </Suspense>
          </div>
        </details>
      )}
    </Panel>
  );
}

function NextSession({ session, partnerName, now }: { session: SessionView; partnerName: string; now: string }) {
  const styles = useStyles();
  const { t } = useTranslation();
  return (
    <div className={styles.next}>
      <h4 className={styles.nextTitle}>{t('pair.next')}</h4>
      <SessionWhen session={session} now={now} />
      {session.topic && <div>{t('session.topic', { topic: t(`topics.${session.topic}`) })}</div>}
      {!session.joinUrl && <div>{t('session.noLink', { name: partnerName })}</div>}
      <Actions>
        {session.joinUrl && <JoinButton joinUrl={session.joinUrl} />}
        <LinkButton to={`/sessions/${session.sessionId}`}>{t('pair.open')}</LinkButton>
      </Actions>
    </div>
  );
}
