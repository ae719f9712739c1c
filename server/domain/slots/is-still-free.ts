import type { BusyInterval } from './busy.ts';
import type { Instant } from '../time/instant.ts';

export interface TimeSpan {
  start: Instant;
  end: Instant;
}

/** Whether a time shown like this keeps a session away. `free` and `workingElsewhere` never do. */
export const isBlocking = (status: BusyInterval['status'], tentativeIsFree: boolean): boolean =>
  status === 'busy' || status === 'oof' || (status === 'tentative' && !tentativeIsFree);

/**
 * Whether all dates are still free, right before they are written (reliability.md F17, I7). `ours`: times that our own
 * sessions are known to take; busy lists carry no ids, so they are taken out of the lists before the look (platform.md,
 * correction 11).
 */
export function isStillFree(
  dates: readonly TimeSpan[],
  busy: readonly BusyInterval[],
  { tentativeIsFree, ours = [] }: { tentativeIsFree: boolean; ours?: readonly TimeSpan[] },
): boolean {
  const blocking = busy.filter(({ status }) => isBlocking(status, tentativeIsFree));
  return dates.every((date) => blocking.every((taken) => !overlaps(taken, date) || isCovered(cut(taken, date), ours)));
}

const overlaps = (a: TimeSpan, b: TimeSpan): boolean => a.start < b.end && b.start < a.end;

const cut = (a: TimeSpan, b: TimeSpan): TimeSpan => ({
  start: a.start > b.start ? a.start : b.start,
  end: a.end < b.end ? a.end : b.end,
});

/** Whether the spans together leave nothing of the part uncovered. */
function isCovered(part: TimeSpan, spans: readonly TimeSpan[]): boolean {
  let reached = part.start;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start > reached) break;
    if (end > reached) reached = end;
  }
  return reached >= part.end;
}
