import { HOUR, type Instant, type ZoneId } from '../domain/time/instant.ts';
import { localDate } from '../domain/time/wall-time.ts';
import { workingPeriods } from '../domain/time/working-days.ts';
import { wasAnswerLost } from './answer-lost.ts';
import type { Violation } from './audit.ts';
import { groupBy } from './group-by.ts';
import { hoursAsSeen, isAtWork } from './hours-as-seen.ts';
import type { Records } from './records.ts';
import { remindersShown, type ShownReminder } from './reminders-shown.ts';
import type { BotRequest } from './seen.ts';
import type { Truth } from './truth.ts';

export interface ReminderCounts {
  shown: number;
  /** People who were reminded at all, and the most reminders that one person got. */
  people: number;
  mostForOne: number;
  /** Within working hours, but not in the morning, because the chat refused it then. */
  late: number;
  /** Out of the reader's working hours. */
  atNight: number;
}

/** A reminder in the first hours of the working day is one of the morning. */
const MORNING = 3 * HOUR;

/**
 * F1: reminders come on working mornings of the reader, by zone and hours as the mailbox has them at that moment; and no
 * more of them than promised: two to a mentor about a session, one about everything else.
 */
export function auditReminders(truth: Truth, records: Records): { violations: Violation[]; counts: ReminderCounts } {
  const shown = remindersShown(truth, records);
  const chats = groupBy(truth.seen.requests, ({ thread }) => thread);
  const judged = shown.map((reminder) => ({ reminder, how: judgeMoment(reminder, chats.get(reminder.thread) ?? []) }));
  const violations = judged.flatMap(({ reminder, how }): Violation[] => {
    if (how === 'morning' || how === 'late') return [];
    const when = `${new Date(reminder.at).toISOString()} (${reminder.zone}): ${how}`;
    return [{ invariant: 'reminderAtNight', detail: `${reminder.subjectKey} to ${reminder.personId} at ${when}` }];
  });
  for (const own of groupBy(shown, ({ personId, subject }) => `${personId} ${subject}`).values()) {
    const lost = own.filter((one) => wasAnswerLost(chats.get(one.thread) ?? [], one)).length;
    const { personId, subject } = own[0]!;
    const most = mostOf(personId, subject, records);
    if (own.length - lost > most)
      violations.push({
        invariant: 'remindedTooOften',
        detail: `${personId} of ${subject}: ${own.length - lost} times, at most ${most}`,
      });
  }
  const byPerson = [...groupBy(shown, ({ personId }) => personId).values()].map(({ length }) => length);
  const count = (wanted: string): number => judged.filter(({ how }) => how === wanted).length;
  return {
    violations,
    counts: {
      shown: shown.length,
      people: byPerson.length,
      mostForOne: Math.max(0, ...byPerson),
      late: count('late'),
      atNight: count('at night'),
    },
  };
}

function judgeMoment(
  reminder: ShownReminder,
  requests: readonly BotRequest[],
): 'morning' | 'late' | 'at night' | 'not in the morning' {
  if (!isAtWork(reminder)) return 'at night';
  const { at, zone, workingHours } = reminder;
  const date = localDate(at as Instant, zone as ZoneId);
  const begin = workingPeriods(date, zone as ZoneId, hoursAsSeen({ workingHours }))[0]!.start;
  if (at - begin <= MORNING) return 'morning';
  const isRefused = requests.some((request) => request.fault !== null && request.at >= begin && request.at < at);
  return isRefused ? 'late' : 'not in the morning';
}

function mostOf(personId: string, subject: string, { sessions, pairs }: Records): number {
  if (!subject.startsWith('feedback:')) return 1;
  const session = sessions.find(({ sessionId }) => subject.includes(sessionId));
  return pairs.find(({ pairId }) => pairId === session?.pairId)?.mentorId === personId ? 2 : 1;
}
