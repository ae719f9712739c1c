import { Temporal } from 'temporal-polyfill';
import windowsIana from 'windows-iana';

/** Wall time in some zone, as milliseconds that would be the instant if the zone were UTC: easy to add to and to compare. */
export type WallMilliseconds = number;

/** A time zone as a client named it, and the IANA name by which it is computed. */
export interface Zone {
  name: string;
  iana: string;
}

export const UTC: Zone = { name: 'UTC', iana: 'UTC' };
export const DAY = 86_400_000;

/** Changes of the UTC offset: from `at[i]` on (milliseconds since the epoch) the offset is `offset[i]` milliseconds. */
interface Transitions {
  at: number[];
  offset: number[];
}

/** Calendars of the sandbox lie between these years; outside of them the nearest known offset holds. */
const FIRST_YEAR = 2010;
const LAST_YEAR = 2045;

const tables = new Map<string, Transitions>();
const zones = new Map<string, Zone | null>();

function buildTable(iana: string): Transitions {
  let moment: Temporal.ZonedDateTime | null = Temporal.PlainDateTime.from({
    year: FIRST_YEAR,
    month: 1,
    day: 1,
  }).toZonedDateTime(iana);
  const table: Transitions = { at: [-Infinity], offset: [moment.offsetNanoseconds / 1e6] };
  while ((moment = moment.getTimeZoneTransition('next')) && moment.year <= LAST_YEAR) {
    table.at.push(moment.epochMilliseconds);
    table.offset.push(moment.offsetNanoseconds / 1e6);
  }
  return table;
}

function tableOf(iana: string): Transitions {
  let table = tables.get(iana);
  if (!table) tables.set(iana, (table = buildTable(iana)));
  return table;
}

/** Offset from UTC in milliseconds at an instant. */
export function offsetAt(iana: string, instant: number): number {
  if (iana === 'UTC') return 0;
  const { at, offset } = tableOf(iana);
  let low = 0;
  let high = at.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at[middle]! <= instant) low = middle;
    else high = middle - 1;
  }
  return offset[low]!;
}

/** The wall time that clocks of the zone show at an instant. */
export const toWall = (iana: string, instant: number): WallMilliseconds => instant + offsetAt(iana, instant);

/**
 * The instant of a wall time: the earlier one where clocks show it twice, moved on by the gap where they never show it.
 */
export function toInstant(iana: string, wall: WallMilliseconds): number {
  const before = offsetAt(iana, wall - DAY);
  if (offsetAt(iana, wall - before) === before) return wall - before;
  const after = offsetAt(iana, wall + DAY);
  return offsetAt(iana, wall - after) === after ? wall - after : wall - before;
}

/** The offset changes of a zone within a calendar year, as [instant, offset before, offset after]. */
export function changesIn(iana: string, year: number): [number, number, number][] {
  if (iana === 'UTC') return [];
  const { at, offset } = tableOf(iana);
  const changes: [number, number, number][] = [];
  for (let i = 1; i < at.length; i++) {
    if (new Date(at[i]!).getUTCFullYear() === year) changes.push([at[i]!, offset[i - 1]!, offset[i]!]);
  }
  return changes;
}

/**
 * A zone by the name that Graph takes: a Windows name ("W. Europe Standard Time") or an IANA name that has a Windows
 * counterpart. Null for everything else, also for "Customized Time Zone", which Exchange gives but does not take.
 */
export function findZone(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) zones.set(name, (zone = lookUp(name)));
  return zone;
}

function lookUp(name: string): Zone | null {
  if (name === 'UTC') return UTC;
  const iana = windowsIana.findIana(name)[0];
  if (iana) return { name, iana };
  if (!name.includes('/')) return null;
  return windowsNameOf(name) ? { name, iana: name } : null;
}

/** The Windows name of an IANA zone, or null where there is none. */
export function windowsNameOf(iana: string): string | null {
  const direct = windowsIana.findWindows(iana)[0];
  if (direct) return direct;
  try {
    // The package knows the names of 2022; the engine maps newer ones (Europe/Kyiv) to those.
    const canonical = new Intl.DateTimeFormat('en', { timeZone: iana }).resolvedOptions().timeZone;
    return windowsIana.findWindows(canonical)[0] ?? null;
  } catch {
    return null;
  }
}

const dateTexts = new Map<number, string>();
const timeTexts = new Map<number, string>();

/** `YYYY-MM-DD` of a wall time. */
export function dateOf(wall: WallMilliseconds): string {
  const day = dayOf(wall);
  let text = dateTexts.get(day);
  if (text === undefined) dateTexts.set(day, (text = new Date(day * DAY).toISOString().slice(0, 10)));
  return text;
}

/** Number of days since 1970-01-01 of a wall time. */
export const dayOf = (wall: WallMilliseconds): number => Math.floor(wall / DAY);

/** `YYYY-MM-DDTHH:MM:SS.0000000`, as Graph writes wall times. Remembers whole minutes: free/busy writes thousands. */
export function formatWall(wall: WallMilliseconds): string {
  const time = wall - dayOf(wall) * DAY;
  let text = timeTexts.get(time);
  if (text === undefined) {
    text = `T${new Date(time).toISOString().slice(11, 23)}0000`;
    if (time % 60_000 === 0) timeTexts.set(time, text);
  }
  return dateOf(wall) + text;
}

/** `YYYY-MM-DDTHH:MM:SS.0000000Z`, as Graph writes instants. */
export const formatInstant = (instant: number): string => `${formatWall(instant)}Z`;

const WALL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/;

/** Wall time in `zone` of a text like `2026-12-01T09:30:00`; with Z or an offset it is an instant. Null when unreadable. */
export function parseWall(text: string, zone: Zone): WallMilliseconds | null {
  const match = WALL.exec(text);
  if (!match) return null;
  const [, date, time, seconds = ':00', fraction = '', offset] = match;
  const wall = Date.parse(`${date}T${time}${seconds}${fraction.slice(0, 4)}${offset ?? 'Z'}`);
  if (Number.isNaN(wall)) return null;
  return offset ? toWall(zone.iana, wall) : wall;
}

/** Instant of a text like `2026-12-01T00:00:00Z`; without an offset it is UTC. Null when unreadable. */
export function parseInstant(text: string): number | null {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
  return parseWall(day.replace(' ', '+'), UTC);
}
