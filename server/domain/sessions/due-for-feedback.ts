import type { HeldState, SessionState, Side } from '../../contract/vocabulary.ts';
import type { WorkingHours } from '../people/person.ts';
import { MINUTE, plus, type Instant, type ZoneId } from '../time/instant.ts';
import { localDate } from '../time/wall-time.ts';
import { addWorkingDays, hoursOrAssumed, nextWorkingMorning, workingPeriods } from '../time/working-days.ts';

/** The mentor is asked while the session is fresh, the executive never on the way to the next meeting (product.md F1). */
export const MENTOR_AFTER_MINUTES = 5;
export const MENTEE_AFTER_MINUTES = 30;
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
 * `endsAt` is the real end: of the date as it stands in the calendar.
 */
export function dueForFeedback(
  session: { state: SessionState; held: HeldState; endsAt: Instant },
  side: Side,
  person: { timeZone: ZoneId; workingHours: WorkingHours | null },
  now: Instant,
): FeedbackDue {
  if (session.state !== 'booked') return { ask: false, because: 'notBooked' };
  if (session.held === 'notHeld') return { ask: false, because: 'notHeld' };
  const { timeZone, workingHours } = person;
  if (isTooOldToAsk(session.endsAt, now, timeZone, workingHours)) return { ask: false, because: 'tooOld' };
  const mentorAt = plus(session.endsAt, MENTOR_AFTER_MINUTES * MINUTE);
  return { ask: true, dueAt: side === 'mentor' ? mentorAt : menteeAskAt(session.endsAt, now, timeZone, workingHours) };
}

/**
 * When the executive is asked: half an hour after the end, or now when that is past, if it still lies inside the working
 * day; else on the next working morning.
 */
export function menteeAskAt(
  endsAt: Instant,
  now: Instant,
  timeZone: ZoneId,
  workingHours: WorkingHours | null,
): Instant {
  const first = plus(endsAt, MENTEE_AFTER_MINUTES * MINUTE);
  const dueAt = now > first ? now : first;
  const periods = workingPeriods(localDate(dueAt, timeZone), timeZone, hoursOrAssumed(workingHours));
  const begin = periods[0]?.start;
  const end = periods.at(-1)?.end;
  const isInside = begin !== undefined && end !== undefined && begin <= dueAt && dueAt < end;
  return isInside ? dueAt : nextWorkingMorning(dueAt, timeZone, workingHours);
}

/** Whether the session is more than three working days of the person ago. */
export const isTooOldToAsk = (
  endsAt: Instant,
  now: Instant,
  timeZone: ZoneId,
  workingHours?: WorkingHours | null,
): boolean => now > addWorkingDays(endsAt, TOO_OLD_WORKING_DAYS, timeZone, workingHours);
