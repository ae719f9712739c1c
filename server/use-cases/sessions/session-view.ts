import type { SessionView } from '../../contract/http.ts';
import type { SeriesRow, SessionRow } from '../../db/sessions.ts';
import { judgeFeedback, type FeedbackVerdict } from '../../domain/sessions/feedback.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';

const FORM: Record<FeedbackVerdict, SessionView['feedback']> = {
  tooEarly: 'notYet',
  open: 'open',
  closed: 'closed',
  sessionNotHeld: 'none',
};

/** A session as its own people see it. `isAnswered`: the reader has said something about it. */
export function sessionView(
  session: SessionRow,
  series: Pick<SeriesRow, 'count' | 'timeZone' | 'joinUrl'>,
  options: { isAnswered: boolean; now: Instant },
): SessionView {
  const verdict = judgeFeedback(session, options.now);
  return {
    sessionId: session.sessionId,
    number: session.number,
    of: series.count,
    start: toIso(session.startsAt),
    end: toIso(session.endsAt),
    timeZone: series.timeZone,
    state: session.state,
    held: session.held,
    topic: session.topic,
    joinUrl: series.joinUrl,
    feedback: options.isAnswered && verdict !== 'sessionNotHeld' ? 'answered' : FORM[verdict],
  };
}
