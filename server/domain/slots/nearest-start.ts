import { hasBit } from './bits.ts';
import type { Availability } from './build-availability.ts';
import { isBarred, type Pattern, type Patterns } from './build-patterns.ts';

/** Whether a session may begin at a slot: free for all, and not in an hour that the anchor's clock skips or repeats. */
export function isGoodStart(patterns: Patterns, people: readonly Availability[], slot: number): boolean {
  for (const { free } of people) if (!hasBit(free, slot)) return false;
  return !isBarred(patterns, slot);
}

/**
 * The good start nearest to a date that is not free, the earlier of two equally near: in the same Monday-to-Sunday week of
 * the anchor, and not before the series may begin. Each date has a week of its own, so order and spacing are kept, and
 * Exchange accepts the move (ErrorOccurrenceCrossingBoundary). -1: the week has none.
 */
export function nearestStart(
  patterns: Patterns,
  people: readonly Availability[],
  pattern: Pattern,
  date: number,
  slot: number,
): number {
  const low = Math.max(pattern.weekFrom[date]!, patterns.earliest);
  const high = date === 0 ? Math.min(pattern.weekTo[date]! - 1, patterns.latestFirst) : pattern.weekTo[date]! - 1;
  for (let away = 1; slot - away >= low || slot + away <= high; away++) {
    const [early, late] = [slot - away, slot + away];
    if (early >= low && isGoodStart(patterns, people, early)) return early;
    if (late <= high && isGoodStart(patterns, people, late)) return late;
  }
  return -1;
}
