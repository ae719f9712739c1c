import {
  MINUTE,
  instant,
  plus,
  type Instant,
  type LocalDate,
  type WallTime,
  type ZoneId,
} from '../domain/time/instant.ts';
import { offsetAt } from '../domain/time/offsets.ts';
import { fromWallLoosely } from '../domain/time/wall-time.ts';
import type { GraphTime } from './replies.ts';
import { toIanaZone } from './zones.ts';

const WALL = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;

/**
 * The instant of Graph's `{dateTime, timeZone}` (no offset, up to 7 decimals). Asked in UTC, Graph mostly answers in UTC;
 * proposed times may come in another zone. Null when time or zone is not understood.
 */
export function readGraphTime({ dateTime, timeZone }: GraphTime): Instant | null {
  const parts = WALL.exec(dateTime.replace(/Z$/, ''));
  if (!parts) return null;
  const milliseconds = (parts[3] ?? '').padEnd(3, '0').slice(0, 3);
  const asUtc = Date.parse(`${parts[1]}:${parts[2] ?? '00'}.${milliseconds}Z`);
  // Date.parse rolls the 30th of February over into March.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== parts[1]) return null;
  if (/^(UTC|Etc\/UTC)$/i.test(timeZone)) return instant(asUtc);
  const zone = toIanaZone(timeZone);
  if (zone === null) return null;
  const wall = parts[1] as WallTime;
  // Seconds are no matter of zones: offsets are whole minutes today.
  return plus(fromWallLoosely(wall, zone), asUtc - Date.parse(`${wall}:00Z`));
}

/** `YYYY-MM-DDTHH:MM:SS` of an instant on the wall clocks of a zone. */
export function wallTimeOf(at: Instant, zone: ZoneId): string {
  return new Date(at + offsetAt(zone, at)).toISOString().slice(0, 19);
}

/** UTC as getSchedule takes it. // => utcTime(t) is { dateTime: '2026-09-28T06:00:00', timeZone: 'UTC' } */
export function utcTime(at: Instant): GraphTime {
  return { dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' };
}

/** Start and end of a date in wall time with seconds; the end is `minutes` later on the same clock. */
export function wallSpan(start: WallTime, minutes: number): { start: string; end: string } {
  const from = Date.parse(`${start}:00Z`);
  if (Number.isNaN(from)) throw new RangeError(`start is not a wall time: ${start}`);
  return { start: `${start}:00`, end: new Date(from + minutes * MINUTE).toISOString().slice(0, 19) };
}

/** The day of a wall time. */
export const dateOf = (wall: string): LocalDate => wall.slice(0, 10) as LocalDate;
