import { Temporal } from 'temporal-polyfill';
import type { SeriesSearch } from '../../../../server/domain/slots/find-series.ts';
import type { SlotPerson } from '../../../../server/domain/slots/types.ts';

/** A pattern as the checker finds it, in the order in which patterns are given. */
export interface PlainSeries {
  weekday: string;
  index: string | null;
  time: string;
  dates: { start: number; free: boolean; why: string[]; alternative: number | null }[];
  datesFree: number;
  score: number;
}

/*
 * The rules of the search said once more, slowly and in another way: with Temporal's own zones, one date at a time, without
 * bits. It shares no code and no constant with what it checks.
 */

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;
const MINUTE = 60_000;

/** A local day: where it begins, and whether its clock runs evenly to the next. Temporal is asked once for each. */
interface PlainDate {
  date: Temporal.PlainDate;
  text: string;
  start: number;
  isEven: boolean;
}
const epoch = Temporal.PlainDate.from('1970-01-01');
const zones = new Map<string, Map<number, PlainDate>>();
/** Days since 1970. */
const numberOf = (date: Temporal.PlainDate): number => epoch.until(date, { largestUnit: 'days' }).days;
function dateIn(day: number, zone: string): PlainDate {
  const days = zones.get(zone) ?? new Map<number, PlainDate>();
  zones.set(zone, days);
  let found = days.get(day);
  if (!found) {
    const date = epoch.add({ days: day });
    const [begins, ends] = [date.toZonedDateTime(zone), date.add({ days: 1 }).toZonedDateTime(zone)];
    const change = begins.subtract({ hours: 1 }).getTimeZoneTransition('next');
    const isEven = !change || change.epochMilliseconds > ends.epochMilliseconds;
    found = { date, text: date.toString(), start: begins.epochMilliseconds, isEven };
    days.set(day, found);
  }
  return found;
}

/** The instant of a wall time; null where it is skipped or repeated. */
function exactly(day: number, minute: number, zone: string): number | null {
  const { date, start, isEven } = dateIn(day, zone);
  if (isEven) return start + minute * MINUTE;
  const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
  try {
    return date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds;
  } catch {
    return null;
  }
}

/** The start of a session that touches no hour which the clock skips or repeats, else null. */
function startAt(day: number, minute: number, length: number, zone: string): number | null {
  const start = exactly(day, minute, zone);
  const last = exactly(day, minute + length - 1, zone);
  return start !== null && last !== null && last - start === (length - 1) * MINUTE ? start : null;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Periods of a local day as instants, the end of a day as the start of the next. */
function spansOf(
  { date, start: midnight, isEven }: PlainDate,
  periods: readonly (readonly [string, string])[] | undefined,
  zone: string,
): [number, number][] {
  const at = (time: string): number => {
    if (isEven) return midnight + minuteOf(time) * MINUTE;
    const [day, clock] = time === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, time];
    return day.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds;
  };
  return (periods ?? []).map(([start, end]) => [at(start), at(end)]);
}

const weekdayOf = (date: Temporal.PlainDate) => WEEK[date.dayOfWeek - 1]!;
const between = (value: Temporal.PlainDate, from: string, to: string): boolean =>
  Temporal.PlainDate.compare(from, value) <= 0 && Temporal.PlainDate.compare(value, to) <= 0;

/** All that is known of one local day of a person. */
interface PlainDay {
  work: [number, number][];
  lunch: [number, number][];
  kept: [number, number][];
  liked: [number, number][] | null;
  off: boolean;
  closed: boolean;
}

/** A person with the days of the series and the times that block, in order. */
class PlainPerson {
  readonly person: SlotPerson;
  readonly search: SeriesSearch;
  readonly blocking: { start: number; end: number }[];
  private readonly days = new Map<number, PlainDay>();

  constructor(person: SlotPerson, search: SeriesSearch) {
    this.person = person;
    this.search = search;
    this.blocking = (person.busy ?? [])
      .filter((item) => this.blocks(item.status) && item.start < item.end)
      .sort((a, b) => a.start - b.start);
  }

  private blocks(status: string): boolean {
    if (status === 'tentative') return this.person.preferences?.tentativeIsFree !== true;
    return status === 'busy' || status === 'oof';
  }

  dayAt(instant: number): PlainDay {
    const zone = this.person.timeZone;
    let number = Math.floor(instant / 86_400_000) + 1;
    while (dateIn(number, zone).start > instant) number--;
    let day = this.days.get(number);
    if (!day) {
      const local = dateIn(number, zone);
      const { date, text: key } = local;
      const { preferences, workingHours, holidays } = this.person;
      const weekday = weekdayOf(date);
      const names = Object.values(preferences?.preferred ?? {}).some((periods) => periods.length > 0);
      day = {
        work: spansOf(local, workingHours[weekday], zone),
        lunch: spansOf(local, [['12:00', '13:00']], zone),
        kept: spansOf(local, preferences?.protected?.[weekday], zone),
        liked: names ? spansOf(local, preferences?.preferred?.[weekday], zone) : null,
        off: (preferences?.noMeetingDays ?? []).includes(weekday) || (holidays ?? []).some((one) => one === key),
        closed: (this.search.blackouts ?? []).some(({ from, to }) => between(date, from, to)),
      };
      this.days.set(number, day);
    }
    return day;
  }

  /** Why a session there is none, in the order of the contract. */
  why(start: number, end: number): string[] {
    const found: string[] = (['busy', 'oof', 'tentative'] as const).filter(
      (status) =>
        this.blocks(status) &&
        (this.person.busy ?? []).some((item) => item.status === status && item.start < end && start < item.end),
    );
    if (!this.dayAt(start).work.some(([open, close]) => open <= start && end <= close)) {
      found.push('outsideWorkingHours');
    }
    return found;
  }

  /** Millionths that a free date costs, and whether it is a last resort. */
  cost(start: number, end: number): { cost: number; lastResort: boolean } {
    const day = this.dayAt(start);
    const meets = ([from, to]: [number, number]): boolean => start < to && from < end;
    const holds = ([from, to]: [number, number]): boolean => from <= start && end <= to;
    const buffer = (this.person.preferences?.bufferMinutes ?? 15) * MINUTE;
    let before = -Infinity;
    let after = Infinity;
    for (const item of this.blocking) {
      if (item.end <= start) before = Math.max(before, item.end);
      if (item.start >= end) after = Math.min(after, item.start);
    }
    const [open, close] = day.work.find(holds)!;
    const [from, until] = [Math.max(open, before), Math.min(close, after)];
    const isPiece = (left: number): boolean => left > buffer && left < 90 * MINUTE;
    const isFragment = until - from >= 90 * MINUTE && (isPiece(start - from) || isPiece(until - end));
    const isRoutine =
      (start - before <= 30 * MINUTE && this.endsWeekly(before)) ||
      (after - end <= 30 * MINUTE && this.beginsWeekly(after));
    const lastResort = [day.lunch.some(meets), day.kept.some(meets), day.closed];
    const parts = [
      ...lastResort.map((is) => (is ? 250_000 : 0)),
      day.off ? 200_000 : 0,
      start - before < buffer || after - end < buffer ? 120_000 : 0,
      isFragment ? 60_000 : 0,
      day.liked !== null && !day.liked.some(holds) ? 80_000 : 0,
      isRoutine ? 0 : 20_000,
    ];
    const sum = parts.reduce((a, b) => a + b, 0);
    return { cost: Math.min(1_000_000, sum), lastResort: lastResort.includes(true) };
  }

  /** Whether a block of meetings, those that touch taken as one, ends at this time a week later or earlier. */
  private endsWeekly(at: number): boolean {
    const ends = (time: number): boolean =>
      this.blocking.some((item) => item.end === time) &&
      !this.blocking.some((item) => item.start <= time && time < item.end);
    return ends(at) && (ends(at + 7 * 86_400_000) || ends(at - 7 * 86_400_000));
  }

  private beginsWeekly(at: number): boolean {
    const begins = (time: number): boolean =>
      this.blocking.some((item) => item.start === time) &&
      !this.blocking.some((item) => item.start < time && time <= item.end);
    return begins(at) && (begins(at + 7 * 86_400_000) || begins(at - 7 * 86_400_000));
  }
}

/** The days of a pattern. */
function datesOf(search: SeriesSearch, weekday: number, index: string | null): Temporal.PlainDate[] {
  const { from, every, count } = search.series;
  const inMonth = (month: Temporal.PlainYearMonth): Temporal.PlainDate => {
    const days = Array.from({ length: month.daysInMonth }, (_, day) => month.toPlainDate({ day: day + 1 }));
    const such = days.filter((date) => date.dayOfWeek === weekday + 1);
    return index === 'last' ? such.at(-1)! : such[INDEXES.indexOf(index as 'first')]!;
  };
  const start = Temporal.PlainDate.from(from);
  if ('weeks' in every) {
    let first = start;
    while (first.dayOfWeek !== weekday + 1) first = first.add({ days: 1 });
    return Array.from({ length: count }, (_, i) => first.add({ weeks: i * every.weeks }));
  }
  let month = start.toPlainYearMonth();
  while (Temporal.PlainDate.compare(inMonth(month), start) < 0) month = month.add({ months: 1 });
  return Array.from({ length: count }, (_, i) => inMonth(month.add({ months: i * every.months })));
}

/** Every pattern, best first. */
export function findSeriesPlainly(search: SeriesSearch): PlainSeries[] {
  const { anchor, series, gridMinutes } = search;
  const zone = anchor.timeZone;
  const length = series.minutes * MINUTE;
  const people = search.people.map((person) => new PlainPerson(person, search));
  const judged = new Map<number, string[]>();
  const why = (start: number): string[] => {
    let reasons = judged.get(start);
    if (!reasons) {
      reasons = people.flatMap((one) =>
        one.why(start, start + length).map((reason) => `${one.person.personId} ${reason}`),
      );
      judged.set(start, reasons);
    }
    return reasons;
  };
  const costs = new Map<number, { cost: number; lastResort: boolean }>();
  const costOf = (start: number): { cost: number; lastResort: boolean } => {
    let sum = costs.get(start);
    if (!sum) {
      const each = people.map((one) => one.cost(start, start + length));
      sum = { cost: each.reduce((a, b) => a + b.cost, 0), lastResort: each.some((one) => one.lastResort) };
      costs.set(start, sum);
    }
    return sum;
  };
  const timesOf = (weekday: number): number[] => {
    const periods = (anchor.workingHours[WEEK[weekday]!] ?? []).map(([a, b]) => [minuteOf(a), minuteOf(b)] as const);
    const all = Array.from({ length: (24 * 60) / gridMinutes }, (_, k) => k * gridMinutes);
    return all.filter((at) => periods.some(([open, close]) => open <= at && at + series.minutes <= close));
  };
  const goodOf = new Map<number, number[]>();
  /** The free starts of the week of a day. */
  const goodInWeek = (date: Temporal.PlainDate): number[] => {
    const monday = numberOf(date) - (date.dayOfWeek - 1);
    let good = goodOf.get(monday);
    if (!good) {
      good = WEEK.flatMap((_, weekday) => {
        if (monday + weekday < numberOf(Temporal.PlainDate.from(series.from))) return [];
        return timesOf(weekday)
          .map((minute) => startAt(monday + weekday, minute, series.minutes, zone))
          .filter((at): at is number => at !== null && why(at).length === 0);
      });
      goodOf.set(monday, good);
    }
    return good;
  };
  const found: (PlainSeries & { rank: number[] })[] = [];
  for (const weekday of WEEK.keys()) {
    for (const index of 'weeks' in series.every ? [null] : INDEXES) {
      const dates = datesOf(search, weekday, index);
      const numbers = dates.map(numberOf);
      for (const minute of timesOf(weekday)) {
        const starts = numbers.map((day) => startAt(day, minute, series.minutes, zone));
        if (starts.includes(null)) continue;
        const list = (starts as number[]).map((start, i) => {
          const free = why(start).length === 0;
          const choices = free ? [] : goodInWeek(dates[i]!);
          const near = [...choices].sort((a, b) => Math.abs(a - start) - Math.abs(b - start) || a - b);
          return { start, free, why: why(start), alternative: near[0] ?? null };
        });
        const datesFree = list.filter(({ free }) => free).length;
        found.push({
          weekday: WEEK[weekday]!,
          index,
          time: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
          dates: list,
          datesFree,
          score: scoreOf(list, dates),
          rank: [weekday, minute, index === null ? 0 : INDEXES.indexOf(index)],
        });
      }
    }
  }
  const byRank = (a: number[], b: number[]): number => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!;
  found.sort((a, b) => b.datesFree - a.datesFree || b.score - a.score || byRank(a.rank, b.rank));
  return found.slice(0, search.top).map(({ rank: _, ...one }) => one);

  function scoreOf(list: PlainSeries['dates'], dates: readonly Temporal.PlainDate[]): number {
    const near = Temporal.PlainDate.from(series.from).add({ weeks: 8 });
    const weights = dates.map((date) => (Temporal.PlainDate.compare(date, near) < 0 ? 2 : 1));
    const weight = weights.reduce((a, b) => a + b, 0) * people.length;
    const free = list.map((one, i) => ({ ...one, weight: weights[i]! })).filter((one) => one.free);
    const cost = free.reduce((sum, one) => sum + costOf(one.start).cost * one.weight, 0);
    const days = Temporal.PlainDate.from(series.from).until(dates[0]!, { largestUnit: 'days' }).days;
    const late = Math.floor((100_000 * Math.min(28, days)) / 28);
    const moved = Math.floor((600_000 * (list.length - free.length)) / list.length);
    const half = Math.floor(Math.max(0, 1_000_000 - Math.floor(cost / weight) - moved - late) / 2);
    return free.some((one) => costOf(one.start).lastResort) ? Math.min(499_999, half) : 500_000 + half;
  }
}
