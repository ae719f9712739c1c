import { flagsAt, type Availability } from './build-availability.ts';
import { slotAt, type Patterns } from './build-patterns.ts';
import { DAY_OFF, FRAGMENT, LAST_RESORT, LUNCH, NO_ROUTINE, NOT_PREFERRED, TIGHT } from './score.ts';
import type { FoundSeries } from './search-series.ts';
import { isGoodStart } from './nearest-start.ts';
import type { SlotReason } from './types.ts';

/** A first date within a week counts as an early start. */
const EARLY_DAYS = 7;

/**
 * What speaks for a pattern, and what against it, over its free dates. Each reason holds for the calendars of all, so that
 * it tells nobody what is only in another person's (product.md, Who sees what). `prefers`: the anchor, who reads it, named preferred hours.
 */
export function slotReasons(
  patterns: Patterns,
  people: readonly Availability[],
  { pattern, cell, datesFree }: FoundSeries,
  prefers: boolean,
): SlotReason[] {
  const { count } = patterns;
  let any = 0;
  let lastResort = 0;
  for (let date = 0; date < count; date++) {
    const slot = slotAt(pattern, date, cell);
    if (!isGoodStart(patterns, people, slot)) continue;
    const bits = people.reduce((sum, person) => sum | flagsAt(person, slot), 0);
    any |= bits;
    if ((bits & LAST_RESORT) !== 0) lastResort++;
  }
  const reasons: SlotReason[] = [
    datesFree === count
      ? { code: 'freeOnAllDates', count }
      : { code: 'movedDates', moved: count - datesFree, of: count },
  ];
  if (datesFree === 0) return reasons;
  const lacks = (bit: number): boolean => (any & bit) === 0;
  if (lacks(LUNCH)) reasons.push({ code: 'noLunch' });
  if (lacks(TIGHT)) reasons.push({ code: 'buffers' });
  if (lacks(FRAGMENT)) reasons.push({ code: 'focusKept' });
  if (prefers && lacks(NOT_PREFERRED) && lacks(DAY_OFF)) reasons.push({ code: 'preferredHours' });
  if (lacks(NO_ROUTINE)) reasons.push({ code: 'besideRoutine' });
  if (lastResort > 0) reasons.push({ code: 'lastResort', count: lastResort });
  if (pattern.daysToFirst <= EARLY_DAYS) reasons.push({ code: 'earlyStart', days: pattern.daysToFirst });
  return reasons;
}
