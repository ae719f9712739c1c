import { MINUTE } from '../time/instant.ts';
import type { Availability } from './build-availability.ts';
import { slotAt, type Pattern, type Patterns } from './build-patterns.ts';
import { COST_OF, scoreOf } from './score.ts';

/** One pattern that was found: a row of the anchor's days and the time in it. */
export interface FoundSeries {
  pattern: Pattern;
  /** The time's place in the row; its slot on each date is slotAt(pattern, date, cell). */
  cell: number;
  datesFree: number;
  /** 0..1,000,000, higher is better. */
  score: number;
}

const MINUTES_OF_A_DAY = 1440;
const INDEXES_OF_A_MONTH = 5;
/** More than there are scores, and than there are weekdays with minutes and indexes: a key of all fits into 53 bits. */
const SCORES = 2 ** 20;
const PLACES = 2 ** 16;

/** In a variable of this module: reading another module's export may call a function each time. */
const costOf = COST_OF;
const scoreOfDates = scoreOf;

/** Kept between calls, so that a search leaves little garbage; each call fills them before it reads them. */
let found = new Int32Array(1024);
const histogram = new Int32Array(64);
const slots = new Int32Array(64);
const weightOf = new Uint8Array(64);

/**
 * The `top` best patterns of an anchor for two or more people, judged on all dates: most dates free, then the score, then
 * weekday, time and index. Only patterns that can be among them are scored. All bits must be of the patterns' frame.
 */
export function searchSeries(patterns: Patterns, people: readonly Availability[], top: number): FoundSeries[] {
  const { list, count, frame } = patterns;
  const candidates = countDates(patterns, people);
  let least = count;
  for (let sum = histogram[least]!; least > 0 && sum < top; sum += histogram[least]!) least--;
  const keys: number[] = [];
  const best: FoundSeries[] = [];
  for (let k = 0; k < candidates; k++) {
    const datesFree = found[k]! >>> 24;
    if (datesFree < least) continue;
    const pattern = list[(found[k]! >>> 16) & 255]!;
    const cell = found[k]! & 65_535;
    const score = scoreAt(patterns, people, pattern, cell, datesFree);
    const minute = pattern.rowMinute + (cell * frame.step) / MINUTE;
    const place = (pattern.weekday * MINUTES_OF_A_DAY + minute) * INDEXES_OF_A_MONTH + Math.max(0, pattern.index);
    const key = (datesFree * SCORES + score) * PLACES - place;
    if (keys.length === top && key <= keys[top - 1]!) continue;
    let at = Math.min(keys.length, top - 1);
    for (; at > 0 && keys[at - 1]! < key; at--) {
      keys[at] = keys[at - 1]!;
      best[at] = best[at - 1]!;
    }
    keys[at] = key;
    best[at] = { pattern, cell, datesFree, score };
  }
  return best;
}

/**
 * Fills `found` with every pattern (dates free, pattern, cell as bits 24-31, 16-23, 0-15) and `histogram` with how many
 * have so many dates; gives their number. Dates are added up for 32 times of day at once: each of six words holds one
 * binary digit of the 32 sums.
 */
function countDates({ list, count }: Patterns, people: readonly Availability[]): number {
  histogram.fill(0);
  let candidates = 0;
  for (let p = 0; p < list.length; p++) {
    const pattern = list[p]!;
    const { times, rows } = pattern;
    if (found.length < candidates + times.length * 32) found = grow(found);
    for (let word = 0; word < times.length; word++) {
      const tried = times[word]!;
      if (tried === 0) continue;
      let one = 0;
      let two = 0;
      let four = 0;
      let eight = 0;
      let sixteen = 0;
      let thirtyTwo = 0;
      for (let date = 0; date < count; date++) {
        const row = rows[date]!;
        let sum = row >= 0 ? readWord(people, row + word * 32) : readMapped(people, pattern.mapped[date]!, word);
        let carry = one & sum;
        one ^= sum;
        sum = two & carry;
        two ^= carry;
        carry = four & sum;
        four ^= sum;
        sum = eight & carry;
        eight ^= carry;
        carry = sixteen & sum;
        sixteen ^= sum;
        thirtyTwo ^= carry;
      }
      for (let bits = tried; bits !== 0; bits &= bits - 1) {
        const bit = 31 - Math.clz32(bits & -bits);
        const datesFree =
          ((one >>> bit) & 1) |
          (((two >>> bit) & 1) << 1) |
          (((four >>> bit) & 1) << 2) |
          (((eight >>> bit) & 1) << 3) |
          (((sixteen >>> bit) & 1) << 4) |
          (((thirtyTwo >>> bit) & 1) << 5);
        histogram[datesFree]!++;
        found[candidates++] = (datesFree << 24) | (p << 16) | (word * 32 + bit);
      }
    }
  }
  return candidates;
}

function grow(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}

/** 32 slots from one on, at which all are free. */
function readWord(people: readonly Availability[], slot: number): number {
  const at = slot >>> 5;
  let low = -1;
  let high = -1;
  for (let i = 0; i < people.length; i++) {
    const { free } = people[i]!;
    low &= free[at]!;
    high &= free[at + 1]!;
  }
  // In two steps, since a shift by 32 is none.
  return (low >>> (slot & 31)) | ((high << 1) << (31 - (slot & 31)));
}

/** The same on a date where the clock changes among the cells. */
function readMapped(people: readonly Availability[], slots: Int32Array, word: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32 && word * 32 + bit < slots.length; bit++) {
    const slot = slots[word * 32 + bit]!;
    if (slot >= 0 && isFreeForAll(people, slot)) bits |= 1 << bit;
  }
  return bits;
}

function isFreeForAll(people: readonly Availability[], slot: number): boolean {
  for (let i = 0; i < people.length; i++) {
    if (((people[i]!.free[slot >>> 5]! >>> (slot & 31)) & 1) === 0) return false;
  }
  return true;
}

function scoreAt(
  { count }: Patterns,
  people: readonly Availability[],
  pattern: Pattern,
  cell: number,
  datesFree: number,
): number {
  const { weights, rows } = pattern;
  for (let date = 0; date < count; date++) {
    const row = rows[date]!;
    const slot = row >= 0 ? row + cell : slotAt(pattern, date, cell);
    slots[date] = slot;
    weightOf[date] = datesFree === count || isFreeForAll(people, slot) ? weights[date]! : 0;
  }
  let cost = 0;
  let any = 0;
  // Person by person, so that the inner loop reads one array.
  for (let i = 0; i < people.length; i++) {
    const { flags } = people[i]!;
    for (let date = 0; date < count; date++) {
      const weight = weightOf[date]!;
      if (weight === 0) continue;
      const bits = flags[slots[date]!]!;
      cost += costOf[bits]! * weight;
      any |= bits;
    }
  }
  return scoreOfDates(cost, pattern.weight * people.length, any, count - datesFree, count, pattern.daysToFirst);
}
