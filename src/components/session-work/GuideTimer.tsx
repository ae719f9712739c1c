import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuideView } from '../../../server/contract/http.ts';
import { Actions } from '../Actions.tsx';
import { useAnnounce } from '../announce.ts';
import { agendaPoint, clockOf } from './agenda-timer.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalL,
  },
  clock: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  next: { color: tokens.colorNeutralForeground2 },
});

/** Seconds that ran until `since`, and the moment from which it runs on; null while it stands. */
interface Run {
  seconds: number;
  since: number | null;
}
const STOPPED: Run = { seconds: 0, since: null };
const secondsOf = ({ seconds, since }: Run, now: number): number =>
  seconds + (since === null ? 0 : Math.max(0, Math.floor((now - since) / 1_000)));

/**
 * A timer beside the agenda: which step goes on, how much is left of it, and what comes next. It starts by a press alone,
 * survives reloading, and says each new step once to a screen reader instead of every second.
 */
export function GuideTimer({ sessionId, agenda }: { sessionId: string; agenda: GuideView['agenda'] }) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const announce = useAnnounce();
  const [run, setRun] = useState<Run>(() => readRun(sessionId));
  const [now, setNow] = useState(() => Date.now());
  const isRunning = run.since !== null;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  const seconds = secondsOf(run, now);
  const { index, secondsLeft } = agendaPoint(agenda, seconds);
  const step = agenda[index];
  const following = agenda[index + 1];
  const said = useRef(index);
  useEffect(() => {
    if (!isRunning || said.current === index) return;
    said.current = index;
    announce(step ? t('timer.now', { text: step.text }) : t('timer.over'));
  }, [announce, index, isRunning, step, t]);
  const change = (next: Run): void => {
    setNow(Date.now());
    setRun(next);
    keepRun(sessionId, next);
  };
  const isFresh = seconds === 0 && !isRunning;
  return (
    <div className={styles.root} role="group" aria-label={t('timer.title')}>
      {!isFresh && (
        <>
          <div aria-hidden className={styles.clock}>
            {clockOf(secondsLeft)}
          </div>
          <ProgressBar
            aria-label={t('timer.title')}
            value={step ? 1 - secondsLeft / (step.minutes * 60) : 1}
            thickness="large"
          />
          <div>{step ? t('timer.now', { text: step.text }) : t('timer.over')}</div>
          {following && <div className={styles.next}>{t('timer.next', { text: following.text })}</div>}
        </>
      )}
      <Actions>
        <Button
          onClick={() =>
            change(isRunning ? { seconds: secondsOf(run, Date.now()), since: null } : { seconds, since: Date.now() })
          }
        >
          {t(isFresh ? 'timer.start' : isRunning ? 'timer.pause' : 'timer.resume')}
        </Button>
        {!isFresh && (
          <Button appearance="subtle" onClick={() => change(STOPPED)}>
            {t('timer.reset')}
          </Button>
        )}
      </Actions>
    </div>
  );
}

const keyOf = (sessionId: string): string => `inverso.timer.${sessionId}`;

function readRun(sessionId: string): Run {
  try {
    const run = JSON.parse(sessionStorage.getItem(keyOf(sessionId)) ?? 'null') as Partial<Run> | null;
    const { seconds, since = null } = run ?? {};
    return typeof seconds === 'number' && (since === null || typeof since === 'number') ? { seconds, since } : STOPPED;
  } catch {
    return STOPPED;
  }
}

function keepRun(sessionId: string, run: Run): void {
  try {
    sessionStorage.setItem(keyOf(sessionId), JSON.stringify(run));
  } catch {
    // It runs on as long as the page is open.
  }
}
