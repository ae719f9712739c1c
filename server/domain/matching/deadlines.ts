import type { WorkingHours } from '../people/person.ts';
import type { Instant, ZoneId } from '../time/instant.ts';
import { localDate } from '../time/wall-time.ts';
import { addWorkingDays, hoursOrAssumed, workingPeriods } from '../time/working-days.ts';

/** Mentor and executive have five working days to answer, with one reminder after three (product.md C4). */
export const ANSWER_WORKING_DAYS = 5;
export const REMIND_AFTER_WORKING_DAYS = 3;

export interface AnswerDeadlines {
  /** The morning of the third working day, in the person's own zone and hours. */
  remindAt: Instant;
  /** The same wall time five working days later: from here on silence leads to `waiting`. */
  expiresAt: Instant;
}

/** When somebody who is asked now is reminded, and when the question goes to the administrator. */
export function answerDeadlines(askedAt: Instant, zone: ZoneId, hours?: WorkingHours | null): AnswerDeadlines {
  const day = localDate(addWorkingDays(askedAt, REMIND_AFTER_WORKING_DAYS, zone, hours), zone);
  const morning = workingPeriods(day, zone, hoursOrAssumed(hours))[0];
  if (!morning) throw new RangeError(`hours: no working period on ${day}`);
  return { remindAt: morning.start, expiresAt: addWorkingDays(askedAt, ANSWER_WORKING_DAYS, zone, hours) };
}

/** What an open question needs now. A reminder is sent once; one that is late by a jump of the clock is not sent at all. */
export function judgeDeadline(
  question: { remindedAt: Instant | null } & AnswerDeadlines,
  now: Instant,
): { act: 'wait'; until: Instant } | { act: 'remind' } | { act: 'expire' } {
  if (now >= question.expiresAt) return { act: 'expire' };
  if (question.remindedAt !== null) return { act: 'wait', until: question.expiresAt };
  return now >= question.remindAt ? { act: 'remind' } : { act: 'wait', until: question.remindAt };
}
