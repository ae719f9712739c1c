import type { Violation } from './audit.ts';
import { fateOf, isUnseen, type BookedDate } from './booked-dates.ts';
import { groupBy } from './group-by.ts';
import type { Records } from './records.ts';
import type { Truth } from './truth.ts';

export interface AnswerCounts {
  /** People and sessions for which the bot said thanks at least once. */
  thanked: number;
  stored: number;
  lost: number;
  doubled: number;
}

/**
 * I3: whoever was thanked has their answer stored, once, and as they gave it last; and nothing is stored that nobody said.
 * A session with several dates has at most one answer for each of them.
 */
export function auditAnswers(
  truth: Truth,
  records: Records,
  dates: readonly BookedDate[],
): { violations: Violation[]; counts: AnswerCounts } {
  const { thanks, seen } = truth;
  const over = groupBy(
    dates.filter((date) => {
      const fate = fateOf(date, truth.now);
      return fate === 'held' || isUnseen(fate);
    }),
    ({ sessionId }) => String(sessionId),
  );
  const keyOf = ({ personId, sessionId }: { personId: string; sessionId: string | null }): string =>
    `${personId} ${sessionId}`;
  const thanked = groupBy(
    thanks.filter(({ sessionId }) => sessionId !== null),
    keyOf,
  );
  const tried = groupBy(seen.answers, keyOf);
  const stored = groupBy(records.feedback, keyOf);
  const violations: Violation[] = [];
  for (const [key, given] of thanked) {
    const rows = stored.get(key) ?? [];
    const last = given.at(-1)!;
    if (rows.length === 0) violations.push({ invariant: 'lostFeedback', detail: `thanked, not stored: ${key}` });
    // What was given later may be stored though its thanks was lost on the way.
    else if (!rows.some((row) => [last, ...(tried.get(key) ?? [])].some((one) => one.at >= last.at && says(one, row))))
      violations.push({ invariant: 'lostFeedback', detail: `stored otherwise than thanked for: ${key}` });
  }
  for (const [key, rows] of stored) {
    if (rows.length > Math.max(1, over.get(rows[0]!.sessionId)?.length ?? 0))
      violations.push({ invariant: 'doubledFeedback', detail: `${rows.length} rows: ${key}` });
    // Who was erased has another id there than when they answered.
    if (!tried.has(key) && !thanked.has(key) && truth.people.has(rows[0]!.personId))
      violations.push({ invariant: 'doubledFeedback', detail: `stored, but nobody gave it: ${key}` });
  }
  const count = (invariant: Violation['invariant']): number =>
    violations.filter((one) => one.invariant === invariant).length;
  return {
    violations,
    counts: {
      thanked: thanked.size,
      stored: records.feedback.length,
      lost: count('lostFeedback'),
      doubled: count('doubledFeedback'),
    },
  };
}

/** Whether a stored answer is this one. */
const says = (
  { data }: { data: Record<string, unknown> },
  { tookPlace, usefulness }: Records['feedback'][number],
): boolean =>
  (data['tookPlace'] === 'yes') === tookPlace &&
  (!tookPlace || usefulness === null || String(data['usefulness']) === String(usefulness));
