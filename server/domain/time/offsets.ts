import { Temporal } from 'temporal-polyfill';
import { DAY, type ZoneId } from './instant.ts';

/** From `at[i]` on (milliseconds since the epoch) the zone is `offset[i]` milliseconds ahead of UTC. */
interface Changes {
  at: number[];
  offset: number[];
}

/** Programs live between these instants; outside of them Temporal is asked each time, exact and slow. */
const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2041, 0, 1);
/** No zone is further from UTC than 14 hours, and no two wall clocks of one zone differ by more than a day. */
const REACH = 2 * DAY;

const tables = new Map<ZoneId, Changes>();

function askTemporal(zone: ZoneId, at: number): number {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

function buildTable(zone: ZoneId): Changes {
  let moment: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone);
  const table: Changes = { at: [FROM], offset: [moment.offsetNanoseconds / 1e6] };
  while ((moment = moment.getTimeZoneTransition('next')) && moment.epochMilliseconds < TO) {
    const offset = moment.offsetNanoseconds / 1e6;
    // Some changes only rename the zone or swap its standard: the clock does not move.
    if (offset === table.offset.at(-1)) continue;
    table.at.push(moment.epochMilliseconds);
    table.offset.push(offset);
  }
  return table;
}

function tableOf(zone: ZoneId): Changes {
  let table = tables.get(zone);
  if (!table) tables.set(zone, (table = buildTable(zone)));
  return table;
}

function indexAt(at: number, changes: readonly number[]): number {
  let low = 0;
  let high = changes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (changes[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Milliseconds by which a zone is ahead of UTC at an instant. The changes of each zone are looked up once, so that a
 * conversion costs a binary search. Throws RangeError for an unknown zone.
 */
export function offsetAt(zone: ZoneId, at: number): number {
  if (at < FROM || at >= TO) return askTemporal(zone, at);
  const { at: changes, offset } = tableOf(zone);
  return offset[indexAt(at, changes)]!;
}

/** Every offset that the zone has within two days of a wall time (milliseconds as if it were UTC), without repetition. */
export function offsetsAround(zone: ZoneId, local: number): number[] {
  if (local < FROM + REACH || local >= TO - REACH) {
    return [...new Set([-REACH, -DAY, 0, DAY, REACH].map((shift) => askTemporal(zone, local + shift)))];
  }
  const { at: changes, offset } = tableOf(zone);
  const first = indexAt(local - REACH, changes);
  const last = indexAt(local + REACH, changes);
  return first === last ? [offset[first]!] : [...new Set(offset.slice(first, last + 1))];
}

/** Every offset that the zone has at some instant in [from, to), without repetition. */
export function offsetsWithin(zone: ZoneId, from: number, to: number): number[] {
  if (from < FROM || to >= TO) {
    const offsets = new Set<number>();
    let moment: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
    for (; moment && moment.epochMilliseconds < to; moment = moment.getTimeZoneTransition('next'))
      offsets.add(moment.offsetNanoseconds / 1e6);
    return [...offsets];
  }
  const { at: changes, offset } = tableOf(zone);
  return [...new Set(offset.slice(indexAt(from, changes), indexAt(to - 1, changes) + 1))];
}

/** Whether the zone has this offset at that instant. */
export const isInstant = (zone: ZoneId, at: number, offset: number): boolean => offsetAt(zone, at) === offset;

/** The instants in [from, to) at which the zone's clock is put forward or back, with the offsets around them. */
export function clockChanges(zone: ZoneId, from: number, to: number): { at: number; before: number; after: number }[] {
  const { at: changes, offset } = tableOf(zone);
  const found = [];
  for (let i = 1; i < changes.length; i++) {
    if (changes[i]! >= from && changes[i]! < to)
      found.push({ at: changes[i]!, before: offset[i - 1]!, after: offset[i]! });
  }
  return found;
}
