import { findIana, findWindows } from 'windows-iana';
import type { ZoneId } from '../domain/time/instant.ts';
import { parseZone } from '../domain/time/zones.ts';

/** Zones that CLDR's table lacks, by a zone of the same rules today that it has (dependencies.md P13). */
const SAME_RULES: Readonly<Record<string, string>> = {
  'Europe/Kyiv': 'Europe/Kiev',
  'America/Ciudad_Juarez': 'America/Denver',
  'America/Coyhaique': 'America/Punta_Arenas',
};
/** Windows names that Windows has retired and mailboxes still carry. */
const RETIRED_WINDOWS_NAMES: Readonly<Record<string, string>> = {
  'Armenian Standard Time': 'Asia/Yerevan',
  'Kamchatka Standard Time': 'Asia/Kamchatka',
  'Mexico Standard Time': 'America/Mexico_City',
  'Mexico Standard Time 2': 'America/Chihuahua',
  'Mid-Atlantic Standard Time': 'Etc/GMT+2',
};

/**
 * The Windows name of an IANA zone, the only kind of name written to Graph; null when there is none. Nobody may take UTC
 * instead (platform.md correction 13). // => toWindowsZone('Europe/Kyiv') === 'FLE Standard Time'
 */
export function toWindowsZone(zone: ZoneId): string | null {
  return (
    findWindows(zone)[0] ?? findWindows(canonicalName(zone) ?? '')[0] ?? findWindows(SAME_RULES[zone] ?? '')[0] ?? null
  );
}

/**
 * The IANA zone of a name as mailboxes give it, Windows or IANA; null for custom and unknown ones. `territory` (ISO 3166,
 * two letters) picks among the cities of one Windows zone.
 * // => toIanaZone('W. Europe Standard Time', 'IT') === 'Europe/Rome'
 */
export function toIanaZone(name: string, territory?: string | null): ZoneId | null {
  const asked = `${territory ?? ''}|${name}`;
  const known = knownZones.get(asked);
  if (known !== undefined) return known;
  const inTerritory = territory ? findIana(name, territory.toUpperCase())[0] : undefined;
  const zone = parseZone(inTerritory ?? findIana(name)[0] ?? RETIRED_WINDOWS_NAMES[name] ?? name);
  if (knownZones.size >= MOST_KNOWN) knownZones.clear();
  knownZones.set(asked, zone);
  return zone;
}

/** Every answer about a calendar names its zone, and the table is searched from its beginning. */
const knownZones = new Map<string, ZoneId | null>();
/** Names come from outside: whoever invents them must not fill the memory. */
const MOST_KNOWN = 2000;

/** The name that ICU has for the zone, which is the one that CLDR's table knows; null for what is no zone. */
function canonicalName(zone: ZoneId): string | null {
  return parseZone(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}
