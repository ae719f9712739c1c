import type { PersonId } from '../people/person.ts';
import type { Instant } from '../time/instant.ts';
import { isBlocking, type TimeSpan } from './is-still-free.ts';
import { isWithinHours } from './is-within-hours.ts';
import type { SlotPerson } from './types.ts';

export const BLOCKERS = ['busy', 'oof', 'tentative', 'outsideWorkingHours'] as const;
export type Blocker = (typeof BLOCKERS)[number];

/** Why a date is not free for one person. */
export interface WhyNot {
  personId: PersonId;
  reason: Blocker;
}

/** The times that keep a person from a session, by how they are shown, each list in order and apart. */
type BlockingTimes = readonly (readonly [Blocker, readonly TimeSpan[]])[];

/**
 * A function that says who is kept from a date by what: people in their order, for each person every reason in the order
 * busy, oof, tentative, outsideWorkingHours. Empty: the date is free for all. A calendar that is not readable counts as
 * busy. The meetings are sorted once.
 */
export function explainDates(people: readonly SlotPerson[]): (start: Instant, end: Instant) => WhyNot[] {
  const all = people.map((person) => ({ person, times: blockingTimes(person) }));
  return (start, end) =>
    all.flatMap(({ person, times }) => {
      const reasons = times.filter(([, spans]) => overlapsAny(spans, start, end)).map(([reason]) => reason);
      const isAtWork = isWithinHours([{ start, end }], person.timeZone, person.workingHours);
      if (!isAtWork) reasons.push('outsideWorkingHours');
      return reasons.map((reason) => ({ personId: person.personId, reason }));
    });
}

function blockingTimes({ busy, preferences }: SlotPerson): BlockingTimes {
  if (busy === null) return [['busy', [{ start: -Infinity as Instant, end: Infinity as Instant }]]];
  return (['busy', 'oof', 'tentative'] as const).map((shown) => {
    const isKept = isBlocking(shown, preferences?.tentativeIsFree === true);
    return [shown, isKept ? merge(busy.filter(({ status, start, end }) => status === shown && start < end)) : []];
  });
}

function merge(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: TimeSpan[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = end > last.end ? end : last.end;
    else merged.push({ start, end });
  }
  return merged;
}

/** Binary search for the first span that ends after the start. */
function overlapsAny(spans: readonly TimeSpan[], start: Instant, end: Instant): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > start) high = middle;
    else low = middle + 1;
  }
  return low < spans.length && spans[low]!.start < end;
}
