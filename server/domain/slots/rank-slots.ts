import { DAY, HOUR, MINUTE, type Instant, type ZoneId } from '../time/instant.ts';
import { offsetAt } from '../time/offsets.ts';
import { isBlocking } from './is-still-free.ts';
import type { SlotCandidate, SlotDate, SlotPerson, SlotReason } from './types.ts';

const BEST = 1_000_000;
/** Each moved date costs the executive one more mail: about as much as lunch on half of the dates. */
export const MOVED_COST = 120_000;
/** Lunch on every date; in either zone, since both people eat. */
const LUNCH_COST = 250_000;
/** A meeting right before or after on every date. */
const TIGHT_COST = 150_000;
/** A first date so many days away or more. */
const LATE_COST = 150_000;
const LATE_DAYS = 28;
/** A first date within a week counts as an early start. */
const EARLY_DAYS = 7;
const LUNCH = { from: 12 * HOUR, to: 13 * HOUR };
const BUFFER = 15 * MINUTE;

export interface RankContext {
  anchor: SlotPerson;
  other: SlotPerson;
  /** The moment from which earliness is counted. */
  from: Instant;
  tentativeIsFree?: boolean;
}

/**
 * The candidates with score (0..1,000,000) and reasons, best first; equal scores by first start. Costs: moved dates,
 * lunch from 12 to 1 in either zone, another meeting within 15 minutes, a late first date.
 */
export function rankSlots(candidates: readonly SlotCandidate[], context: RankContext): SlotCandidate[] {
  const { anchor, other, from, tentativeIsFree = false } = context;
  const meetings = [busyQuarters(anchor, tentativeIsFree), busyQuarters(other, tentativeIsFree)];
  const zones = [anchor.timeZone, other.timeZone];
  return candidates
    .map((candidate) => judge(candidate, zones, meetings, from))
    .sort(
      (a, b) => b.score - a.score || a.dates[0]!.start - b.dates[0]!.start || (a.firstStart < b.firstStart ? -1 : 1),
    );
}

function judge(
  candidate: SlotCandidate,
  zones: readonly ZoneId[],
  meetings: readonly Set<number>[],
  from: Instant,
): SlotCandidate {
  const { dates, movedDates } = candidate;
  const atLunch = dates.filter((date) => zones.some((zone) => isAtLunch(date, zone))).length;
  const tight = dates.filter((date) => meetings.some((busy) => isTight(date, busy))).length;
  const days = Math.max(0, Math.floor((dates[0]!.start - from) / DAY));
  const cost =
    MOVED_COST * movedDates +
    (LUNCH_COST * atLunch) / dates.length +
    (TIGHT_COST * tight) / dates.length +
    (LATE_COST * Math.min(days, LATE_DAYS)) / LATE_DAYS;
  const reasons: SlotReason[] =
    movedDates === 0
      ? [{ code: 'freeOnAllDates', count: dates.length }]
      : [{ code: 'movedDates', moved: movedDates, of: dates.length }];
  if (atLunch === 0) reasons.push({ code: 'noLunch' });
  if (tight === 0) reasons.push({ code: 'buffers' });
  if (days <= EARLY_DAYS) reasons.push({ code: 'earlyStart', days });
  return { ...candidate, score: Math.max(0, Math.round(BEST - cost)), reasons };
}

function isAtLunch({ start, end }: SlotDate, zone: ZoneId): boolean {
  const local = (((start + offsetAt(zone, start)) % DAY) + DAY) % DAY;
  return local < LUNCH.to && local + (end - start) > LUNCH.from;
}

/** Whether a meeting touches the quarter of an hour before or after. */
const isTight = ({ start, end }: SlotDate, busy: ReadonlySet<number>): boolean =>
  busy.has(Math.floor((start - 1) / BUFFER)) || busy.has(Math.ceil(end / BUFFER));

/** The quarters of an hour (counted since the epoch) that a meeting touches. */
function busyQuarters(person: SlotPerson, tentativeIsFree: boolean): Set<number> {
  const quarters = new Set<number>();
  for (const { start, end, status } of person.busy ?? []) {
    if (!isBlocking(status, tentativeIsFree)) continue;
    for (let quarter = Math.floor(start / BUFFER); quarter < Math.ceil(end / BUFFER); quarter++) quarters.add(quarter);
  }
  return quarters;
}
