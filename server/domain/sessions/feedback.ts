import type { FeedbackBody } from '../../contract/http.ts';
import type { HeldState, NoteReader, RightMatch, SessionState, Teacher, Topic } from '../../contract/vocabulary.ts';
import { DAY, plus, type Instant } from '../time/instant.ts';
import { FEEDBACK_OPEN_DAYS } from './due-for-feedback.ts';

/** Whether an answer about a session is taken now, and if not, why. */
export type FeedbackVerdict = 'open' | 'tooEarly' | 'closed' | 'sessionNotHeld';

/** The moment from which an answer is refused. */
export const feedbackCloses = (endsAt: Instant): Instant => plus(endsAt, FEEDBACK_OPEN_DAYS * DAY);

/**
 * Whether an answer may be given or edited now: from the end of the session on, for seven days, and only about one that
 * stands in the calendars. Whose session it is, is decided before (access.ts): a stranger learns nothing of its state.
 */
export function judgeFeedback(session: { state: SessionState; endsAt: Instant }, now: Instant): FeedbackVerdict {
  if (session.state === 'cancelled' || session.state === 'declined' || session.state === 'deleted')
    return 'sessionNotHeld';
  if (now < session.endsAt) return 'tooEarly';
  if (session.state === 'planned') return 'sessionNotHeld';
  return now < feedbackCloses(session.endsAt) ? 'open' : 'closed';
}

/** An answer as it is stored. */
export interface FeedbackAnswer {
  tookPlace: boolean;
  usefulness: number | null;
  nextTopic: Topic | null;
  note: string | null;
  noteReader: NoteReader | null;
  rightMatch: RightMatch | null;
  safeToSpeak: number | null;
  taughtBy: Teacher | null;
}

const NOT_HELD: FeedbackAnswer = {
  tookPlace: false,
  usefulness: null,
  nextTopic: null,
  note: null,
  noteReader: null,
  rightMatch: null,
  safeToSpeak: null,
  taughtBy: null,
};

/**
 * What of an answer is kept: "it did not take place" carries nothing else, and a note without a chosen reader goes where
 * least is told, to the program team in a group. What is of the pulse is kept where it was asked. `blankNote`: a note of
 * spaces and invisible characters alone.
 */
export function readAnswer(
  body: FeedbackBody,
  { isPulse }: { isPulse: boolean },
): { outcome: 'read'; answer: FeedbackAnswer } | { outcome: 'blankNote' } {
  if (!body.tookPlace) return { outcome: 'read', answer: NOT_HELD };
  if (body.note && isBlank(body.note)) return { outcome: 'blankNote' };
  const note = body.note?.trim() || null;
  const answer = {
    tookPlace: true,
    usefulness: body.usefulness ?? null,
    nextTopic: body.nextTopic ?? null,
    note,
    noteReader: note === null ? null : (body.noteReader ?? 'programTeamGrouped'),
    rightMatch: (isPulse && body.rightMatch) || null,
    safeToSpeak: (isPulse && body.safeToSpeak) || null,
    taughtBy: (isPulse && body.taughtBy) || null,
  };
  return { outcome: 'read', answer };
}

/** A stored answer as the form takes it: what was left open is left out. */
export const bodyOf = ({ tookPlace, ...rest }: FeedbackAnswer): FeedbackBody => ({
  tookPlace,
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
});

const isBlank = (text: string): boolean => text.replace(/[\s\p{Cc}\p{Cf}\p{Z}]/gu, '') === '';

/**
 * What the answers of the two sides together say (product.md F2): either side's "no" wins, a "yes" confirms. Without any
 * answer the session is presumed held; ask only about one that is over and stood in the calendars.
 */
export function heldFromAnswers(tookPlace: readonly boolean[]): HeldState {
  if (tookPlace.includes(false)) return 'notHeld';
  return tookPlace.length > 0 ? 'confirmed' : 'presumed';
}
