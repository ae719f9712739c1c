import { MINUTE } from '../time/instant.ts';
import { flagIndex, flagsAt, straysAllowed, type Availability } from './build-availability.ts';
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

/** Dates are counted four at a time; a list of them is filled up with dates on which nobody is free. */
const AT_ONCE = 4;
/** Binary digits of a sum of up to MOST_DATES dates. */
const DIGITS = 6;

/** In a variable of this module: reading another module's export may call a function each time. */
const costOf = COST_OF;
const scoreOfDates = scoreOf;

/**
 * Kept between calls, so that a search leaves little garbage; each call fills them before it reads them. A column is 32
 * times of day of one pattern: `words` holds one word for each of its dates (who is free at all of them), `digits` the
 * binary digits of the 32 sums over the dates.
 */
let words = new Int32Array(2048);
let digits = new Int32Array(256);
let chosen = new Int32Array(64);

/**
 * The `top` best patterns of an anchor for two or more people, judged on all dates: most dates free, then the score, then
 * weekday, time and index. Only patterns that can be among them are scored. `leastFree`: patterns with fewer dates free are
 * left out. All bits must be of the patterns' frame.
 */
export function searchSeries(
  patterns: Patterns,
  people: readonly Availability[],
  top: number,
  leastFree = 0,
): FoundSeries[] {
  const { list, count, frame } = patterns;
  const length = Math.ceil(count / AT_ONCE) * AT_ONCE;
  makeRoom(list, length);
  for (let i = 0; i < people.length; i += 2) {
    readDates(list, count, length, people[i]!, people[i + 1] ?? people[i]!, i === 0);
  }
  countDates(list, length);
  const digitsUsed = 32 - Math.clz32(count);
  const grid = frame.step / MINUTE;
  const best: FoundSeries[] = [];
  const keys: number[] = [];
  let last = -Infinity;
  for (let datesFree = count, seen = 0; datesFree >= leastFree && seen < top; datesFree--) {
    const some = chooseColumns(list, datesFree, digitsUsed);
    if (some === 0) continue;
    seen += some;
    for (let p = 0, column = 0; p < list.length; p++) {
      const pattern = list[p]!;
      for (let word = 0; word < pattern.times.length; word++, column++) {
        for (let bits = chosen[column]!; bits !== 0; bits &= bits - 1) {
          const bit = 31 - Math.clz32(bits & -bits);
          const cell = word * 32 + bit;
          const minute = pattern.weekday * MINUTES_OF_A_DAY + pattern.rowMinute + cell * grid;
          const place = minute * INDEXES_OF_A_MONTH + Math.max(0, pattern.index);
          const least = (last + place) / PLACES - datesFree * SCORES;
          const score = scoreDates(pattern, people, datesFree, cell, column * length, least);
          const key = (datesFree * SCORES + score) * PLACES - place;
          if (key <= last) continue;
          let at = Math.min(best.length, top - 1);
          for (; at > 0 && keys[at - 1]! < key; at--) {
            keys[at] = keys[at - 1]!;
            best[at] = best[at - 1]!;
          }
          keys[at] = key;
          best[at] = { pattern, cell, datesFree, score };
          if (best.length === top) last = keys[top - 1]!;
        }
      }
    }
  }
  return best;
}

function makeRoom(list: readonly Pattern[], length: number): void {
  let columns = 0;
  for (const { times } of list) columns += times.length;
  if (words.length < columns * length) words = new Int32Array(2 * columns * length);
  if (digits.length < columns * DIGITS) digits = new Int32Array(2 * columns * DIGITS);
  if (chosen.length < columns) chosen = new Int32Array(2 * columns);
}

/** Leaves in `words` the times at which these two, too, are free; the first ones' are put there. */
function readDates(
  list: readonly Pattern[],
  count: number,
  length: number,
  { free }: Availability,
  { free: other }: Availability,
  isFirst: boolean,
): void {
  let column = 0;
  for (let p = 0; p < list.length; p++) {
    const pattern = list[p]!;
    const { rows } = pattern;
    const width = pattern.times.length;
    for (let date = 0; date < count; date++) {
      const row = rows[date]!;
      let at = column * length + date;
      if (row < 0) {
        for (let word = 0; word < width; word++, at += length) {
          const mapped = pattern.mapped[date]!;
          const bits = readMapped(free, mapped, word) & readMapped(other, mapped, word);
          words[at] = isFirst ? bits : words[at]! & bits;
        }
        continue;
      }
      let from = row >>> 5;
      const shift = row & 31;
      let low = free[from]! & other[from]!;
      for (let word = 0; word < width; word++, at += length) {
        const high = free[++from]! & other[from]!;
        // In two steps, since a shift by 32 is none.
        const bits = (low >>> shift) | ((high << 1) << (31 - shift));
        words[at] = isFirst ? bits : words[at]! & bits;
        low = high;
      }
    }
    for (let word = 0; word < width; word++, column++) {
      for (let at = column * length + count; at < (column + 1) * length; at++) words[at] = 0;
    }
  }
}

/** 32 times of a date on which the clock changes among them. */
function readMapped(free: Uint32Array, slots: Int32Array, word: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32 && word * 32 + bit < slots.length; bit++) {
    const slot = slots[word * 32 + bit]!;
    if (slot >= 0 && ((free[slot >>> 5]! >>> (slot & 31)) & 1) === 1) bits |= 1 << bit;
  }
  return bits;
}

/** Adds the dates up for 32 times of day at once, as hardware adds: four words into the six digits of the sums. */
function countDates(list: readonly Pattern[], length: number): void {
  let column = 0;
  for (let p = 0; p < list.length; p++) {
    const width = list[p]!.times.length;
    for (let word = 0; word < width; word++, column++) {
      let one = 0;
      let two = 0;
      let four = 0;
      let eight = 0;
      let sixteen = 0;
      let thirtyTwo = 0;
      const end = (column + 1) * length;
      for (let at = column * length; at < end; at += AT_ONCE) {
        const a = words[at]!;
        const b = words[at + 1]!;
        const c = words[at + 2]!;
        const d = words[at + 3]!;
        const ab = a ^ b;
        const first = (a & b) | (one & ab);
        one ^= ab;
        const cd = c ^ d;
        const second = (c & d) | (one & cd);
        one ^= cd;
        const twos = first ^ second;
        let carry = (first & second) | (two & twos);
        two ^= twos;
        let next = four & carry;
        four ^= carry;
        carry = eight & next;
        eight ^= next;
        next = sixteen & carry;
        sixteen ^= carry;
        thirtyTwo ^= next;
      }
      const at = column * DIGITS;
      digits[at] = one;
      digits[at + 1] = two;
      digits[at + 2] = four;
      digits[at + 3] = eight;
      digits[at + 4] = sixteen;
      digits[at + 5] = thirtyTwo;
    }
  }
}

/** Fills `chosen` with the times that have exactly so many dates free, and gives their number. */
function chooseColumns(list: readonly Pattern[], datesFree: number, digitsUsed: number): number {
  let some = 0;
  let column = 0;
  for (let p = 0; p < list.length; p++) {
    const { times } = list[p]!;
    for (let word = 0; word < times.length; word++, column++) {
      let bits = times[word]!;
      const at = column * DIGITS;
      // A digit that ought to be 0 is turned round.
      for (let digit = 0; digit < digitsUsed; digit++) bits &= digits[at + digit]! ^ (((datesFree >>> digit) & 1) - 1);
      chosen[column] = bits;
      for (; bits !== 0; bits &= bits - 1) some++;
    }
  }
  return some;
}

/**
 * The score of a pattern's time whose dates stand in `words` from `column` on, or any number below `least` where it does
 * not reach that.
 */
function scoreDates(
  pattern: Pattern,
  people: readonly Availability[],
  datesFree: number,
  cell: number,
  column: number,
  least: number,
): number {
  const { steps, weight, strays, daysToFirst } = pattern;
  const count = steps.length;
  const bit = cell & 31;
  let cost = 0;
  let any = 0;
  let score = 0;
  // Person by person, so that the inner loop reads one array; without a branch, since no pattern says which dates are free.
  for (let i = 0; i < people.length; i++) {
    const person = people[i]!;
    const { flags, weeks } = person;
    if (strays <= straysAllowed(person)) {
      let index = flagIndex(person, pattern.rows[0]! + cell);
      for (let date = 0; date < count; date++) {
        const step = steps[date]!;
        index = (index + Math.imul(step >> 16, weeks) + ((step & 0xffff) >> 2)) | 0;
        // All ones where the date is free for all, else 0.
        const mask = -((words[column + date]! >>> bit) & 1);
        const bits = flags[index & mask]! & mask;
        cost = (cost + Math.imul(costOf[bits]!, step & 3)) | 0;
        any |= bits;
      }
    } else {
      for (let date = 0; date < count; date++) {
        if (((words[column + date]! >>> bit) & 1) === 0) continue;
        const bits = flagsAt(person, slotAt(pattern, date, cell));
        cost += costOf[bits]! * pattern.weights[date]!;
        any |= bits;
      }
    }
    // What the others add can only lower it.
    score = scoreOfDates(cost, weight * people.length, any, count - datesFree, count, daysToFirst);
    if (score < least) return score;
  }
  return score;
}
