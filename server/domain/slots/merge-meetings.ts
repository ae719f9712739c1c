import { DAY } from '../time/instant.ts';
import { isBlocking, type TimeSpan } from './is-still-free.ts';
import type { SlotPerson } from './types.ts';

/** Times at which somebody is not free, in order and apart; what touches is one block. Milliseconds since 1970. */
export interface Blocks {
  starts: Float64Array;
  ends: Float64Array;
  /** Whether another block begins (ends) at the same time a week earlier or later: then it belongs to a routine. */
  startRepeats: Uint8Array;
  endRepeats: Uint8Array;
}

const WEEK = 7 * DAY;

/** The meetings that block a person, with the times that are held for other plans. */
export function mergeMeetings(person: SlotPerson, held: readonly TimeSpan[] = []): Blocks {
  const tentativeIsFree = person.preferences?.tentativeIsFree === true;
  const blocking: TimeSpan[] = [];
  for (const item of person.busy ?? [])
    if (item.start < item.end && isBlocking(item.status, tentativeIsFree)) blocking.push(item);
  for (const item of held) if (item.start < item.end) blocking.push(item);
  // Mostly they come in order.
  if (!isInOrder(blocking)) blocking.sort((a, b) => a.start - b.start);
  const starts = new Float64Array(blocking.length);
  const ends = new Float64Array(blocking.length);
  let count = 0;
  for (let i = 0; i < blocking.length; i++) {
    const { start, end } = blocking[i]!;
    if (count > 0 && start <= ends[count - 1]!) ends[count - 1] = Math.max(ends[count - 1]!, end);
    else {
      starts[count] = start;
      ends[count++] = end;
    }
  }
  return describeBlocks(starts.subarray(0, count), ends.subarray(0, count));
}

const describeBlocks = (starts: Float64Array, ends: Float64Array): Blocks => ({
  starts,
  ends,
  startRepeats: repeatsWeekly(starts),
  endRepeats: repeatsWeekly(ends),
});

function isInOrder(spans: readonly TimeSpan[]): boolean {
  for (let i = 1; i < spans.length; i++) if (spans[i]!.start < spans[i - 1]!.start) return false;
  return true;
}

/** 1 for those of ascending times that are there a week later or earlier, too. */
function repeatsWeekly(times: Float64Array): Uint8Array {
  const repeats = new Uint8Array(times.length);
  let later = 0;
  for (let i = 0; i < times.length; i++) {
    const next = times[i]! + WEEK;
    while (later < times.length && times[later]! < next) later++;
    if (times[later] === next) repeats[i] = repeats[later] = 1;
  }
  return repeats;
}
