import { DAY, MINUTE, type Instant } from '../time/instant.ts';
import { clockChanges } from '../time/offsets.ts';
import { addDays, localDate } from '../time/wall-time.ts';
import { workingPeriods } from '../time/working-days.ts';
import { isBlocking, type TimeSpan } from './is-still-free.ts';
import type { SlotPerson } from './types.ts';

/** Sessions start on the quarter hours of the anchor's clock; every zone is whole quarters away from UTC. */
export const GRID = 15 * MINUTE;

/** Time cut into equal cells from `base` on; cell c is [base + c * size, base + (c + 1) * size). */
export interface Cells {
  base: number;
  size: number;
  count: number;
}

/**
 * Cells for sessions of so many minutes. With cells that divide both the grid and the length, a session is a whole number
 * of cells, so rounding busy times outward and working hours inward loses nothing.
 */
export function cutCells(from: Instant, to: Instant, minutes: number): Cells {
  const size = minutes % 15 === 0 ? GRID : minutes % 5 === 0 ? 5 * MINUTE : MINUTE;
  const base = Math.floor(from / GRID) * GRID;
  return { base, size, count: Math.ceil((to - base) / size) };
}

/**
 * For each cell, how many cells from it on are free for the person inside one working period: a session of n cells may
 * start wherever this is at least n. `busy` null must be handled before: such a calendar is never free.
 */
export function freeRuns(
  person: SlotPerson,
  held: readonly TimeSpan[],
  cells: Cells,
  tentativeIsFree: boolean,
): Int32Array {
  const { base, size, count } = cells;
  const isTaken = new Uint8Array(count);
  const take = ({ start, end }: TimeSpan): void => {
    isTaken.fill(1, Math.max(0, Math.floor((start - base) / size)), Math.max(0, Math.ceil((end - base) / size)));
  };
  for (const item of person.busy ?? []) if (isBlocking(item.status, tentativeIsFree)) take(item);
  held.forEach(take);

  const working = new Int32Array(count);
  const last = addDays(localDate((base + count * size) as Instant, person.timeZone), 1);
  for (let date = localDate((base - DAY) as Instant, person.timeZone); date <= last; date = addDays(date, 1)) {
    for (const { start, end } of workingPeriods(date, person.timeZone, person.workingHours)) {
      const stop = Math.min(count, Math.floor((end - base) / size));
      for (let c = Math.max(0, Math.ceil((start - base) / size)); c < stop; c++)
        working[c] = Math.max(working[c]!, stop - c);
    }
  }
  const runs = new Int32Array(count);
  let free = 0;
  for (let c = count - 1; c >= 0; c--) {
    free = isTaken[c] ? 0 : free + 1;
    runs[c] = Math.min(free, working[c]!);
  }
  return runs;
}

/**
 * 1 for each cell at which a session may start: on the grid, not before `from`, free for both inside one working period
 * of each, and not in an hour that the anchor's clock shows twice (reliability.md F44).
 */
export function goodStarts(
  anchor: SlotPerson,
  other: SlotPerson,
  held: readonly TimeSpan[],
  cells: Cells,
  { minutes, from, tentativeIsFree }: { minutes: number; from: Instant; tentativeIsFree: boolean },
): Uint8Array {
  const { base, size, count } = cells;
  const need = (minutes * MINUTE) / size;
  const own = freeRuns(anchor, held, cells, tentativeIsFree);
  const theirs = freeRuns(other, held, cells, tentativeIsFree);
  const good = new Uint8Array(count);
  const first = Math.max(0, Math.ceil((Math.ceil(from / GRID) * GRID - base) / size));
  for (let c = first; c < count; c += GRID / size) good[c] = own[c]! >= need && theirs[c]! >= need ? 1 : 0;
  for (const { at, before, after } of clockChanges(anchor.timeZone, base - DAY, base + count * size + DAY)) {
    if (after >= before) continue;
    const twice = before - after;
    good.fill(
      0,
      Math.max(0, Math.ceil((at - twice - base) / size)),
      Math.max(0, Math.ceil((at + twice - base) / size)),
    );
  }
  return good;
}
