import { WEEKDAYS } from '../../../server/domain/people/person.ts';
import { mergeMeetings, type Blocks } from '../../../server/domain/slots/merge-meetings.ts';
import {
  BESIDE,
  BUFFER_MINUTES,
  COST_OF,
  DOUBLE_WEEKS,
  FOCUS,
  FRAGMENT,
  LUNCH,
  LUNCH_MINUTES,
  NO_ROUTINE,
  scoreOf,
  TIGHT,
} from '../../../server/domain/slots/score.ts';
import type { SlotPerson, SlotSeries } from '../../../server/domain/slots/types.ts';
import { DAY, MINUTE } from '../../../server/domain/time/instant.ts';
import { offsetAt } from '../../../server/domain/time/offsets.ts';
import { dayNumber, fromDayLoosely, minutesOfDay } from '../../../server/domain/time/wall-time.ts';

const BUFFER = BUFFER_MINUTES * MINUTE;

export interface ScannedSeries {
  weekday: number;
  minute: number;
  datesFree: number;
  score: number;
}

/**
 * The plain way: each weekday and time, date by date, each person's sorted meetings gone through from the first one on;
 * offsets of zones are cached. Judges as the product does, with nobody's preferences; gives the best of all patterns.
 */
export function scanIntervals(people: readonly SlotPerson[], series: SlotSeries, top: number): ScannedSeries[] {
  const [anchor] = people as [SlotPerson];
  const { from, every, count, minutes } = series;
  if (!('weeks' in every)) throw new Error('the plain scan knows weeks alone');
  const length = minutes * MINUTE;
  const firstDay = dayNumber(from);
  const judged = people.map((person) => ({
    person,
    blocks: mergeMeetings(person),
    offsets: new Map<number, number>(),
  }));
  const found: ScannedSeries[] = [];
  for (let ahead = 0; ahead < 7; ahead++) {
    const day = firstDay + ahead;
    const weekday = (((day + 3) % 7) + 7) % 7;
    for (const [open, close] of anchor.workingHours[WEEKDAYS[weekday]!] ?? []) {
      for (let minute = minutesOfDay(open); minute + minutes <= minutesOfDay(close); minute += 15) {
        let datesFree = 0;
        let [cost, weights, any] = [0, 0, 0];
        for (let date = 0; date < count; date++) {
          const on = day + date * 7 * every.weeks;
          const weight = on < firstDay + 7 * DOUBLE_WEEKS ? 2 : 1;
          weights += weight * people.length;
          const start = instantOf(judged[0]!, on, minute);
          const bits = judged.map((one) => judge(one, start, start + length));
          if (bits.includes(-1)) continue;
          datesFree++;
          for (const flags of bits) {
            cost += COST_OF[flags]! * weight;
            any |= flags;
          }
        }
        const score = scoreOf(cost, weights, any, count - datesFree, count, ahead);
        found.push({ weekday, minute, datesFree, score });
      }
    }
  }
  return found
    .sort((a, b) => b.datesFree - a.datesFree || b.score - a.score || a.weekday - b.weekday || a.minute - b.minute)
    .slice(0, top);
}

interface Judged {
  person: SlotPerson;
  blocks: Blocks;
  offsets: Map<number, number>;
}

/** The offset at noon of a local day, looked up once: nobody works while clocks change. */
function offsetOf({ person, offsets }: Judged, day: number): number {
  let offset = offsets.get(day);
  if (offset === undefined)
    offsets.set(day, (offset = offsetAt(person.timeZone, fromDayLoosely(day, 720, person.timeZone))));
  return offset;
}

const instantOf = (one: Judged, day: number, minute: number): number =>
  day * DAY + minute * MINUTE - offsetOf(one, day);

/** What speaks against a session there, as bits; -1 where it is not free. */
function judge(one: Judged, start: number, end: number): number {
  const { blocks, person } = one;
  const { starts, ends } = blocks;
  const local = start + offsetOf(one, Math.floor(start / DAY));
  const day = Math.floor(local / DAY);
  const hours = person.workingHours[WEEKDAYS[(((day + 3) % 7) + 7) % 7]!] ?? [];
  const period = hours
    .map(
      ([open, close]) => [instantOf(one, day, minutesOfDay(open)), instantOf(one, day, minutesOfDay(close))] as const,
    )
    .find(([open, close]) => open <= start && end <= close);
  if (!period) return -1;
  let k = 0;
  for (; k < starts.length && starts[k]! < end; k++) if (ends[k]! > start) return -1;
  const before = k > 0 ? ends[k - 1]! : -Infinity;
  const after = k < starts.length ? starts[k]! : Infinity;
  const [from, until] = [Math.max(period[0], before), Math.min(period[1], after)];
  const lunch = LUNCH_MINUTES.map((minute) => instantOf(one, day, minute)) as [number, number];
  const isFragment = (left: number): boolean => left > BUFFER && left < FOCUS;
  let bits = 0;
  if (start < lunch[1] && end > lunch[0]) bits |= LUNCH;
  if (start - before < BUFFER || after - end < BUFFER) bits |= TIGHT;
  if (until - from >= FOCUS && (isFragment(start - from) || isFragment(until - end))) bits |= FRAGMENT;
  const isBeside =
    (start - before <= BESIDE && blocks.endRepeats[k - 1]) || (after - end <= BESIDE && blocks.startRepeats[k]);
  return isBeside ? bits : bits | NO_ROUTINE;
}
