import type { Instant } from '../time/instant.ts';

/**
 * By how many milliseconds all of their dates stand apart from ours, where that is one and the same shift for every date;
 * null where there is none. // findShift([10:00, 24 h + 10:00], [11:00, 24 h + 11:00]) => an hour
 */
export function findShift(ours: readonly Instant[], theirs: readonly Instant[]): number | null {
  const [first, other] = [ours[0], theirs[0]];
  if (first === undefined || other === undefined || ours.length !== theirs.length) return null;
  const shift = other - first;
  return ours.every((start, index) => theirs[index] === start + shift) ? shift : null;
}
