import { WEEKDAYS, type WorkingHours } from '../people/person.ts';
import { DAY, MINUTE, type ZoneId } from '../time/instant.ts';
import { offsetsAround, offsetsWithin } from '../time/offsets.ts';
import { dayNumber, fromDayLoosely, minutesOfDay } from '../time/wall-time.ts';
import { clearBits, setBit } from './bits.ts';
import type { Frame } from './frame.ts';
import type { TimeSpan } from './is-still-free.ts';
import { mergeMeetings, type Blocks } from './merge-meetings.ts';
import { prefersHours } from './prefers-hours.ts';
import {
  BESIDE,
  BLACKOUT,
  BUFFER_MINUTES,
  DAY_OFF,
  FOCUS,
  FRAGMENT,
  LUNCH,
  LUNCH_MINUTES,
  NO_ROUTINE,
  NOT_PREFERRED,
  PROTECTED,
  TIGHT,
} from './score.ts';
import type { Blackout, SlotPerson } from './types.ts';

/** Where a session fits into one person's days: built once per person, read by every search in the same frame. */
export interface Availability {
  /** Bit s: a whole session that starts at slot s is free and inside one working period of the local day. */
  free: Uint32Array;
  /**
   * What speaks against each free start, bits of score.ts, as flagsAt reads it. Kept for the part of each day alone in
   * which the person ever works: a search is as quick as its memory is small.
   */
  flags: Uint8Array;
  /** Where the kept part of the first day begins, in slots. */
  shift: number;
  /** Slots of a day, and those of them that are not kept. */
  perDay: number;
  skipped: number;
}

/** What speaks against a free start; of no use for others. */
export const flagsAt = (person: Availability, slot: number): number => person.flags[flagIndex(person, slot)]!;

function flagIndex({ shift, perDay, skipped }: Availability, slot: number): number {
  const at = slot - shift;
  return at - Math.floor(at / perDay) * skipped;
}

export interface AvailabilityContext {
  /** Times that our own plans hold though no calendar shows them. */
  held?: readonly TimeSpan[];
  blackouts?: readonly Blackout[];
}

/** Minutes of the local day, half open. */
type Range = readonly [from: number, to: number];
/** The same as milliseconds since 1970. */
type Span = readonly [from: number, to: number];

/** The bits of one person. Exact for meetings of any minute; a calendar that is not readable is never free. */
export function buildAvailability(person: SlotPerson, frame: Frame, context: AvailabilityContext = {}): Availability {
  const found = emptyAvailability(person, frame);
  if (person.busy === null) return found;
  const blocks = mergeMeetings(person, context.held);
  const { starts, ends } = blocks;
  const { timeZone, preferences = {} } = person;
  const week = readWeek(person.workingHours);
  const isLiked = prefersHours(preferences) ? readWeek(preferences.preferred ?? {}) : null;
  const isKept = readWeek(preferences.protected ?? {});
  const flagsOfDay = dayFlags(person, context.blackouts ?? []);
  const buffer = (preferences.bufferMinutes ?? BUFFER_MINUTES) * MINUTE;
  let next = 0;
  for (let day = frame.firstDay; day <= frame.lastDay; day++) {
    const weekday = weekdayOfDay(day);
    if (week[weekday]!.length === 0) continue;
    const spans = spansOf(day, timeZone);
    const marks: DayMarks = {
      flags: flagsOfDay(day),
      buffer,
      lunch: spans([LUNCH_MINUTES])[0]!,
      kept: spans(isKept[weekday]!),
      liked: isLiked === null ? null : spans(isLiked[weekday]!),
    };
    for (const [open, close] of spans(week[weekday]!)) {
      while (next < ends.length && ends[next]! <= open) next++;
      let from = open;
      for (let k = next; from < close; k++) {
        const until = k < starts.length ? Math.min(close, starts[k]!) : close;
        if (until - from >= frame.length) markStretch(found, frame, from, until, blocks, k, marks);
        if (until === close) break;
        from = Math.max(from, ends[k]!);
      }
    }
  }
  return found;
}

/** Nothing free yet, with room for the flags of the hours between the earliest and the latest that the person works. */
function emptyAvailability({ workingHours, timeZone }: SlotPerson, frame: Frame): Availability {
  const perDay = DAY / frame.step;
  const ranges = readWeek(workingHours).flat();
  const free = new Uint32Array(frame.words);
  if (ranges.length === 0) return { free, flags: new Uint8Array(0), shift: 0, perDay, skipped: perDay };
  const offsets = offsetsWithin(timeZone, frame.firstDay * DAY, (frame.lastDay + 1) * DAY);
  const open = Math.min(...ranges.map(([from]) => from)) * MINUTE - Math.max(...offsets);
  const close = Math.max(...ranges.map(([, to]) => to)) * MINUTE - Math.min(...offsets);
  const shift = Math.floor(open / frame.step) - perDay;
  const kept = Math.min(perDay, Math.ceil(close / frame.step) - Math.floor(open / frame.step));
  const days = Math.ceil((frame.slots - shift) / perDay);
  return { free, flags: new Uint8Array(days * kept), shift, perDay, skipped: perDay - kept };
}

interface DayMarks {
  flags: number;
  /** Milliseconds. */
  buffer: number;
  lunch: Span;
  kept: readonly Span[];
  /** Null: nothing is preferred. */
  liked: readonly Span[] | null;
}

/** Marks the starts within one free stretch of a working period; block k is the first one after it. */
function markStretch(
  found: Availability,
  { base, step, length, slots }: Frame,
  from: number,
  until: number,
  { starts, ends, startRepeats, endRepeats }: Blocks,
  k: number,
  day: DayMarks,
): void {
  const before = k > 0 ? ends[k - 1]! : -Infinity;
  const after = k < starts.length ? starts[k]! : Infinity;
  const isFocus = until - from >= FOCUS;
  const last = Math.min(slots - 1, Math.floor((until - length - base) / step));
  for (let slot = Math.max(0, Math.ceil((from - base) / step)); slot <= last; slot++) {
    const start = base + slot * step;
    const end = start + length;
    let bits = day.flags;
    if (start < day.lunch[1] && end > day.lunch[0]) bits |= LUNCH;
    if (day.kept.some((span) => start < span[1] && end > span[0])) bits |= PROTECTED;
    if (day.liked !== null && !day.liked.some((span) => span[0] <= start && end <= span[1])) bits |= NOT_PREFERRED;
    if (start - before < day.buffer || after - end < day.buffer) bits |= TIGHT;
    if (isFocus && (isFragment(start - from, day.buffer) || isFragment(until - end, day.buffer))) bits |= FRAGMENT;
    const isBeside = (start - before <= BESIDE && endRepeats[k - 1]) || (after - end <= BESIDE && startRepeats[k]);
    if (!isBeside) bits |= NO_ROUTINE;
    setBit(found.free, slot);
    found.flags[flagIndex(found, slot)] = bits;
  }
}

/** Time left beside a session that is more than a buffer and less than a stretch to work in. */
const isFragment = (left: number, buffer: number): boolean => left > buffer && left < FOCUS;

/** Takes a time out that a plan made since holds. Meetings beside it are not looked at again. */
export function holdTime({ free }: Availability, { base, step, length }: Frame, { start, end }: TimeSpan): void {
  clearBits(free, Math.floor((start - length - base) / step) + 1, Math.ceil((end - base) / step));
}

/** 0 is Monday, as in WEEKDAYS; the first day of 1970 was a Thursday. */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Hours by weekday as minutes, in order. */
export const readWeek = (hours: WorkingHours): Range[][] =>
  WEEKDAYS.map((weekday) =>
    (hours[weekday] ?? [])
      .map(([from, to]): Range => [minutesOfDay(from), minutesOfDay(to)])
      .sort((a, b) => a[0] - b[0]),
  );

/** A function that gives ranges of a local day as spans; the offset is looked up once where the day has one only. */
function spansOf(day: number, zone: ZoneId): (ranges: readonly Range[]) => Span[] {
  const offsets = offsetsAround(zone, day * DAY + DAY / 2);
  if (offsets.length === 1) {
    const midnight = day * DAY - offsets[0]!;
    return (ranges) => ranges.map(([from, to]) => [midnight + from * MINUTE, midnight + to * MINUTE]);
  }
  return (ranges) => ranges.map(([from, to]) => [fromDayLoosely(day, from, zone), fromDayLoosely(day, to, zone)]);
}

/** A function that says what speaks against a whole local day. */
function dayFlags({ preferences, holidays }: SlotPerson, blackouts: readonly Blackout[]): (day: number) => number {
  const daysOff = new Set((holidays ?? []).map(dayNumber));
  const weekdaysOff = new Set((preferences?.noMeetingDays ?? []).map((weekday) => WEEKDAYS.indexOf(weekday)));
  const closed = blackouts.map(({ from, to }) => [dayNumber(from), dayNumber(to)] as const);
  return (day) =>
    (daysOff.has(day) || weekdaysOff.has(weekdayOfDay(day)) ? DAY_OFF : 0) |
    (closed.some(([from, to]) => from <= day && day <= to) ? BLACKOUT : 0);
}
