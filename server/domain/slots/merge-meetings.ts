import { DAY } from '../time/instant.ts';
import { isBlocking, type TimeSpan } from './is-still-free.ts';
import type { SlotPerson } from './types.ts';

/** Times at which somebody is not free, in order and apart; what touches is one block. Milliseconds since 1970. */
export interface Blocks {
  starts: number[];
  ends: number[];
  /** Whether another block begins (ends) at the same time a week earlier or later: then it belongs to a routine. */
  startRepeats: boolean[];
  endRepeats: boolean[];
}

const WEEK = 7 * DAY;

/** The meetings that block a person, with the times that are held for other plans. */
export function mergeMeetings(person: SlotPerson, held: readonly TimeSpan[] = []): Blocks {
  const tentativeIsFree = person.preferences?.tentativeIsFree === true;
  const blocking: TimeSpan[] = [];
  for (const item of person.busy ?? [])
    if (item.start < item.end && isBlocking(item.status, tentativeIsFree)) blocking.push(item);
  for (const item of held) if (item.start < item.end) blocking.push(item);
  blocking.sort((a, b) => a.start - b.start);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { start, end } of blocking) {
    const last = ends.length - 1;
    if (last >= 0 && start <= ends[last]!) ends[last] = Math.max(ends[last]!, end);
    else {
      starts.push(start);
      ends.push(end);
    }
  }
  return { starts, ends, startRepeats: repeatsWeekly(starts), endRepeats: repeatsWeekly(ends) };
}

/** Which of ascending times are there a week later or earlier, too. */
function repeatsWeekly(times: readonly number[]): boolean[] {
  const repeats = times.map(() => false);
  let later = 0;
  for (const [i, time] of times.entries()) {
    while (later < times.length && times[later]! < time + WEEK) later++;
    if (times[later] === time + WEEK) repeats[i] = repeats[later] = true;
  }
  return repeats;
}
