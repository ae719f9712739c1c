import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import type { ZoneId } from '../domain/time/instant.ts';
import { DAY, HOUR, MINUTE } from '../domain/time/instant.ts';
import { offsetAt } from '../domain/time/offsets.ts';
import { parseZone } from '../domain/time/zones.ts';
import type { CustomZoneReply } from './replies.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

type Rule = NonNullable<CustomZoneReply['standardOffset']>;

/** The wall time (as if it were UTC) at which a yearly rule strikes, or null for a rule that names no day. */
function strikesAt(rule: Rule, year: number): number | null {
  const { month, dayOccurrence, dayOfWeek, time } = rule;
  const weekday = WEEKDAYS.indexOf((dayOfWeek ?? '').toLowerCase());
  if (!month || !dayOccurrence || weekday < 0) return null;
  const first = Date.UTC(year, month - 1, 1);
  let day = first + ((weekday - new Date(first).getUTCDay() + 7) % 7) * DAY;
  // The fifth is the last one of the month, where there are only four too.
  for (let n = 1; n < dayOccurrence; n++) {
    if (new Date(day + 7 * DAY).getUTCMonth() !== month - 1) break;
    day += 7 * DAY;
  }
  const [hours = 0, minutes = 0] = (time ?? '00:00').split(':').map(Number);
  return day + hours * HOUR + minutes * MINUTE;
}

/** Offset from UTC by the rules at an instant of the year, in milliseconds. */
function offsetByRules(custom: CustomZoneReply, at: number, year: number): number {
  const standard = -custom.bias * MINUTE;
  const daylight = standard - (custom.daylightOffset?.daylightBias ?? 0) * MINUTE;
  const toDaylight = custom.daylightOffset ? strikesAt(custom.daylightOffset, year) : null;
  const toStandard = custom.standardOffset ? strikesAt(custom.standardOffset, year) : null;
  if (toDaylight === null || toStandard === null || daylight === standard) return standard;
  const [begins, ends] = [toDaylight - standard, toStandard - daylight];
  const isDaylight = begins < ends ? begins <= at && at < ends : at >= begins || at < ends;
  return isDaylight ? daylight : standard;
}

/**
 * A zone with the rules of a "Customized Time Zone" in the year of `now`: its offset is the same in every hour of change
 * and in every month. One of the territory is preferred; null when no zone has these rules, never UTC by accident.
 * `bias` is the number of minutes to add to local standard time to get UTC (platform.md 1.1).
 */
export function zoneOfCustomRules(custom: CustomZoneReply, territory: string | null, now: number): ZoneId | null {
  if (!custom.standardOffset || !custom.daylightOffset) return null;
  const year = new Date(now).getUTCFullYear();
  const instants = Array.from({ length: 12 }, (_, month) => Date.UTC(year, month, 15, 12));
  for (const rule of [custom.daylightOffset, custom.standardOffset]) {
    const strike = rule ? strikesAt(rule, year) : null;
    if (strike === null) continue;
    for (const offset of [-26, -2, 2, 26]) instants.push(strike + custom.bias * MINUTE + offset * HOUR);
  }
  const wanted = instants.map((at) => [at, offsetByRules(custom, at, year)] as const);
  return candidates(territory).find((zone) => wanted.every(([at, offset]) => offsetAt(zone, at) === offset)) ?? null;
}

/** Every zone that CLDR knows a Windows name for, by territory ('001': the one that stands for all). */
const TABLE = WINDOWS_TO_IANA_MAP.flatMap(({ territory, iana }) =>
  iana.flatMap((name) => {
    const zone = parseZone(name);
    return zone ? [{ territory: territory, zone }] : [];
  }),
);

const MAIN = new Set(TABLE.filter(({ territory }) => territory === '001').map(({ zone }) => zone));

/** Zones of the territory first (of those, the one that stands for all), then those that stand for all, then the rest. */
function candidates(territory: string | null): ZoneId[] {
  const rank = (row: (typeof TABLE)[number]): number =>
    (row.territory === territory ? 0 : 2) + (MAIN.has(row.zone) ? 0 : 1);
  return [...TABLE].sort((a, b) => rank(a) - rank(b)).map(({ zone }) => zone);
}
