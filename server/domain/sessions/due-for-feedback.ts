import type { HeldState, SessionState, Side } from '../../contract/vocabulary.ts';
import type { WorkingHours } from '../people/person.ts';
import type { BusyInterval } from '../slots/busy.ts';
import { isStillFree } from '../slots/is-still-free.ts';
import { MINUTE, plus, type Instant, type ZoneId } from '../time/instant.ts';
import { localDate } from '../time/wall-time.ts';
import { addWorkingDays, hoursOrAssumed, nextWorkingMorning, workingPeriods } from '../time/working-days.ts';

/** The mentor is asked while the session is fresh, the executive never in or on the way to the next meeting (product.md F1). */
export const MENTOR_AFTER_MINUTES = 5;
/** An executive whose calendar cannot be read right now is asked so long after the end. */
export const MENTEE_AFTER_MINUTES = 30;
/** So long an executive has to be free to be asked. */
export const GAP_MINUTES = 10;
/** Starts of gaps are looked for in such steps. */
const STEP = 5 * MINUTE;
/** A question about a session that is longer ago reaches nobody who remembers it (reliability.md F18). */
export const TOO_OLD_WORKING_DAYS = 3;
/** An answer may be given and edited for a week after the session. */
export const FEEDBACK_OPEN_DAYS = 7;
/** Reminders at most, on working mornings only. */
export const FEEDBACK_REMINDERS: Readonly<Record<Side, number>> = { mentor: 2, mentee: 1 };

export type FeedbackDue =
  /** `dueAt` may lie in the future: ask then, and judge again right before. */
  { ask: true; dueAt: Instant } | { ask: false; because: 'notBooked' | 'notHeld' | 'tooOld' };

/**
 * Whether and when one side is asked about a session. Never about one that was cancelled, declined, deleted or never
 * booked, nor after one side said that it did not take place, nor about one older than three working days of the person.
 * `endsAt` is the real end: of the date as it stands in the calendar. `busy`: what stands in the executive's calendar that
 * day, empty when nothing is to be waited for any more, null when it is not known.
 */
export function dueForFeedback(
  session: { state: SessionState; held: HeldState; endsAt: Instant },
  side: Side,
  person: { timeZone: ZoneId; workingHours: WorkingHours | null },
  now: Instant,
  busy: readonly BusyInterval[] | null,
): FeedbackDue {
  if (session.state !== 'booked') return { ask: false, because: 'notBooked' };
  if (session.held === 'notHeld') return { ask: false, because: 'notHeld' };
  const { timeZone, workingHours } = person;
  if (isTooOldToAsk(session.endsAt, now, timeZone, workingHours)) return { ask: false, because: 'tooOld' };
  const mentorAt = plus(session.endsAt, MENTOR_AFTER_MINUTES * MINUTE);
  return { ask: true, dueAt: side === 'mentor' ? mentorAt : menteeAskAt(session.endsAt, now, person, busy) };
}

/**
 * When the executive is asked: in the first ten free minutes of what is left of the working day, five minutes after the end
 * or from now on; without a readable calendar half an hour after the end. When the day has no such gap, on the next working
 * morning.
 */
export function menteeAskAt(
  endsAt: Instant,
  now: Instant,
  { timeZone, workingHours }: { timeZone: ZoneId; workingHours: WorkingHours | null },
  busy: readonly BusyInterval[] | null,
): Instant {
  const after = busy === null ? MENTEE_AFTER_MINUTES : MENTOR_AFTER_MINUTES;
  const first = Math.max(now, plus(endsAt, after * MINUTE)) as Instant;
  const periods = workingPeriods(localDate(first, timeZone), timeZone, hoursOrAssumed(workingHours));
  const begin = periods[0]?.start;
  const end = periods.at(-1)?.end;
  if (begin === undefined || end === undefined || first < begin)
    return nextWorkingMorning(first, timeZone, workingHours);
  for (let at = first; at < end; at = plus(at, STEP)) {
    const gap = { start: at, end: plus(at, GAP_MINUTES * MINUTE) };
    if (isStillFree([gap], busy ?? [], { tentativeIsFree: false })) return at;
  }
  return nextWorkingMorning(end, timeZone, workingHours);
}

/** Whether the session is more than three working days of the person ago. */
export const isTooOldToAsk = (
  endsAt: Instant,
  now: Instant,
  timeZone: ZoneId,
  workingHours?: WorkingHours | null,
): boolean => now > addWorkingDays(endsAt, TOO_OLD_WORKING_DAYS, timeZone, workingHours);
