import { findIana } from 'windows-iana';
import { ok, problem, type Finding } from './finding.ts';

/** What the running Node knows of time zones. */
export interface ZoneData {
  /** Version of the rules, as `2025b`. */
  version: string;
  isKnown(zone: string): boolean;
}

/** The zones of most people of the product's languages, and two that were named or changed lately. */
const SAMPLE = [
  'Europe/Rome',
  'Europe/Warsaw',
  'Europe/Kyiv',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Ciudad_Juarez',
];
/** Zones that mailboxes name in Windows' words. */
const WINDOWS_NAMES = [
  'W. Europe Standard Time',
  'Central European Standard Time',
  'FLE Standard Time',
  'E. South America Standard Time',
];
const MOST_NAMED = 5;

/** The rules of this process. */
export const PROCESS_ZONES: ZoneData = {
  version: process.versions.tz ?? 'unknown',
  isKnown(zone) {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  },
};

/** Whether the zones that people live in are known: a series in an unknown one could never be placed. */
export function checkTimeZones(zones: ZoneData): Finding {
  const wanted = [...SAMPLE, ...WINDOWS_NAMES.flatMap((name) => findIana(name)[0] ?? name)];
  const unknown = [...new Set(wanted)].filter((zone) => !zones.isKnown(zone));
  return unknown.length === 0
    ? ok('timeZones', 'zonesKnown', { version: zones.version })
    : problem('timeZones', ['zonesUnknown', { list: unknown.slice(0, MOST_NAMED).join(', ') }], 'updateNode');
}
