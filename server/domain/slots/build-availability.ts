import { WEEKDAYS, type WorkingHours } from '../people/person.ts';
import { DAY, MINUTE, type ZoneId } from '../time/instant.ts';
import { offsetsAround, offsetsWithin } from '../time/offsets.ts';
import { dayNumber, fromDayLoosely, minutesOfDay } from '../time/wall-time.ts';
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
   * What speaks against each free start, bits of score.ts, at flagIndex. Kept for the part of each day alone in which the
   * person ever works, and all weeks of one time of the week side by side: the dates of a series are near each other, and a
   * search is as quick as the memory is small that it touches.
   */
  flags: Uint8Array;
  /** Where the kept part of the first day begins, in slots. */
  shift: number;
  /** Slots of a day, and those of them that are kept. */
  perDay: number;
  kept: number;
  weeks: number;
}

/** What speaks against a free start; of no use for others. */
export const flagsAt = (person: Availability, slot: number): number => person.flags[flagIndex(person, slot)]!;

/**
 * Where the flags of a slot are; a slot later they are `weeks` places further on, and a week later at the same time one place.
 * Slots on either side of a kept part count on from it as far as halfway to the next (`straysAllowed`), so that who walks from
 * date to date need not come by a slot that is kept. Whole numbers from 0 on, whose division is quicker than a rounded one.
 */
export function flagIndex(person: Availability, slot: number): number {
  const { perDay, kept, weeks } = person;
  const at = slot - person.shift;
  const day = ((at + straysAllowed(person)) / perDay) | 0;
  const week = (day / DAYS_OF_WEEK) | 0;
  return Math.imul(Math.imul(day - Math.imul(week, DAYS_OF_WEEK), kept) + at - Math.imul(day, perDay), weeks) + week;
}

/** By how many slots from a kept part on flagIndex counts on as within it. */
export const straysAllowed = ({ perDay, kept }: Availability): number => (perDay - kept) >> 1;

const DAYS_OF_WEEK = 7;

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
  const liked = prefersHours(preferences) ? readWeek(preferences.preferred ?? {}) : null;
  const kept = readWeek(preferences.protected ?? {});
  const flagsOfDay = dayFlags(person, context.blackouts ?? []);
  const marks: DayMarks = {
    ...{ flags: 0, lunchFrom: 0, lunchTo: 0, kept: NONE, liked: null },
    buffer: (preferences.bufferMinutes ?? BUFFER_MINUTES) * MINUTE,
  };
  let next = 0;
  for (let day = frame.firstDay; day <= frame.lastDay; day++) {
    const weekday = weekdayOfDay(day);
    const hours = week[weekday]!;
    if (hours.length === 0) continue;
    const offsets = offsetsAround(timeZone, day * DAY + DAY / 2);
    const date: Day = { day, zone: timeZone, midnight: offsets.length > 1 ? null : day * DAY - offsets[0]! };
    marks.flags = flagsOfDay(day);
    marks.lunchFrom = momentOf(date, LUNCH_MINUTES[0]);
    marks.lunchTo = momentOf(date, LUNCH_MINUTES[1]);
    marks.kept = spansOf(date, kept[weekday]!);
    marks.liked = liked === null ? null : spansOf(date, liked[weekday]!);
    for (let period = 0; period < hours.length; period++) {
      const open = momentOf(date, hours[period]![0]);
      const close = momentOf(date, hours[period]![1]);
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
  if (ranges.length === 0) return { free, flags: new Uint8Array(0), shift: 0, perDay, kept: 0, weeks: 0 };
  const offsets = offsetsWithin(timeZone, frame.firstDay * DAY, (frame.lastDay + 1) * DAY);
  const open = Math.min(...ranges.map(([from]) => from)) * MINUTE - Math.max(...offsets);
  const close = Math.max(...ranges.map(([, to]) => to)) * MINUTE - Math.min(...offsets);
  const shift = Math.floor(open / frame.step) - perDay;
  const kept = Math.min(perDay, Math.ceil(close / frame.step) - Math.floor(open / frame.step));
  const weeks = Math.ceil((frame.slots - shift) / perDay / DAYS_OF_WEEK);
  return { free, flags: new Uint8Array(DAYS_OF_WEEK * kept * weeks), shift, perDay, kept, weeks };
}

/** What is true of all starts of a day; one object for all days of a person. */
interface DayMarks {
  flags: number;
  /** Milliseconds. */
  buffer: number;
  lunchFrom: number;
  lunchTo: number;
  kept: readonly Span[];
  /** Null: nothing is preferred. */
  liked: readonly Span[] | null;
}

const NONE: readonly Span[] = [];

/** Marks the starts within one free stretch of a working period; block k is the first one after it. */
function markStretch(
  found: Availability,
  frame: Frame,
  from: number,
  until: number,
  blocks: Blocks,
  k: number,
  day: DayMarks,
): void {
  const { base, step, length } = frame;
  const { free, flags, shift, perDay, weeks } = found;
  const { buffer, lunchFrom, lunchTo, kept, liked } = day;
  const before = k > 0 ? blocks.ends[k - 1]! : -Infinity;
  const after = k < blocks.starts.length ? blocks.starts[k]! : Infinity;
  // Until then, and from then on, a start is beside a meeting of every week.
  const besideUntil = k > 0 && blocks.endRepeats[k - 1] === 1 ? before + BESIDE : -Infinity;
  const besideFrom = blocks.startRepeats[k] === 1 ? after - BESIDE - length : Infinity;
  const isFocus = until - from >= FOCUS;
  const last = Math.min(frame.slots - 1, Math.floor((until - length - base) / step));
  let slot = Math.max(0, Math.ceil((from - base) / step));
  let index = flagIndex(found, slot);
  // Within a day a step forward is a step of `weeks`; who works around the clock goes on in the next day's part.
  let nextDay = slot + perDay - ((slot - shift) % perDay);
  for (; slot <= last; slot++, index += weeks) {
    if (slot === nextDay) {
      index = flagIndex(found, slot);
      nextDay += perDay;
    }
    const start = base + slot * step;
    const end = start + length;
    let bits = day.flags;
    if (start < lunchTo && end > lunchFrom) bits |= LUNCH;
    if (kept.length > 0 && overlapsAny(kept, start, end)) bits |= PROTECTED;
    if (liked !== null && !isWithinAny(liked, start, end)) bits |= NOT_PREFERRED;
    if (start - before < buffer || after - end < buffer) bits |= TIGHT;
    if (isFocus && (isFragment(start - from, buffer) || isFragment(until - end, buffer))) bits |= FRAGMENT;
    if (start > besideUntil && start < besideFrom) bits |= NO_ROUTINE;
    free[slot >>> 5]! |= 1 << (slot & 31);
    flags[index] = bits;
  }
}

const overlapsAny = (spans: readonly Span[], start: number, end: number): boolean =>
  spans.some((span) => start < span[1] && end > span[0]);
const isWithinAny = (spans: readonly Span[], start: number, end: number): boolean =>
  spans.some((span) => span[0] <= start && end <= span[1]);

/** Time left beside a session that is more than a buffer and less than a stretch to work in. */
const isFragment = (left: number, buffer: number): boolean => left > buffer && left < FOCUS;

/** 0 is Monday, as in WEEKDAYS; the first day of 1970 was a Thursday. */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Hours by weekday as minutes, in order. */
export const readWeek = (hours: WorkingHours): Range[][] =>
  WEEKDAYS.map((weekday) =>
    (hours[weekday] ?? [])
      .map(([from, to]): Range => [minutesOfDay(from), minutesOfDay(to)])
      .sort((a, b) => a[0] - b[0]),
  );

/** A local day; `midnight`: where it begins, null where its clock changes within two days. */
interface Day {
  day: number;
  zone: ZoneId;
  midnight: number | null;
}

/** The instant of a minute of a local day; the offset is looked up once where the day has one only. */
const momentOf = ({ day, zone, midnight }: Day, minute: number): number =>
  midnight === null ? fromDayLoosely(day, minute, zone) : midnight + minute * MINUTE;

function spansOf(day: Day, ranges: readonly Range[]): readonly Span[] {
  return ranges.length === 0 ? NONE : ranges.map(([from, to]): Span => [momentOf(day, from), momentOf(day, to)]);
}

const noFlags = (): number => 0;

/** A function that says what speaks against a whole local day. */
function dayFlags({ preferences, holidays }: SlotPerson, blackouts: readonly Blackout[]): (day: number) => number {
  const daysOff = new Set((holidays ?? []).map(dayNumber));
  const weekdaysOff = new Set((preferences?.noMeetingDays ?? []).map((weekday) => WEEKDAYS.indexOf(weekday)));
  const closed = blackouts.map(({ from, to }) => [dayNumber(from), dayNumber(to)] as const);
  if (daysOff.size + weekdaysOff.size + closed.length === 0) return noFlags;
  return (day) =>
    (daysOff.has(day) || weekdaysOff.has(weekdayOfDay(day)) ? DAY_OFF : 0) |
    (closed.some(([from, to]) => from <= day && day <= to) ? BLACKOUT : 0);
}
