import type { ZoneId } from './instant.ts';

/**
 * Old names to today's. Platforms differ in which of two linked names they give back, so both are brought to one:
 * otherwise a person in `Europe/Kiev` and one in `Europe/Kyiv` would count as two zones. Source: tzdata `backward`.
 */
const TODAY: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Fort_Wayne': 'America/Indiana/Indianapolis',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Dacca': 'Asia/Dhaka',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Ulan_Bator': 'Asia/Ulaanbaatar',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Brazil/East': 'America/Sao_Paulo',
  'Etc/GMT': 'UTC',
  'Etc/UCT': 'UTC',
  'Etc/UTC': 'UTC',
  'Etc/Universal': 'UTC',
  'Etc/Zulu': 'UTC',
  'Europe/Kiev': 'Europe/Kyiv',
  'Europe/Uzhgorod': 'Europe/Kyiv',
  'Europe/Zaporozhye': 'Europe/Kyiv',
  GB: 'Europe/London',
  GMT: 'UTC',
  Japan: 'Asia/Tokyo',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Johnston': 'Pacific/Honolulu',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
  Poland: 'Europe/Warsaw',
  Portugal: 'Europe/Lisbon',
  Singapore: 'Asia/Singapore',
  Turkey: 'Europe/Istanbul',
  UCT: 'UTC',
  'US/Alaska': 'America/Anchorage',
  'US/Arizona': 'America/Phoenix',
  'US/Central': 'America/Chicago',
  'US/Eastern': 'America/New_York',
  'US/Hawaii': 'Pacific/Honolulu',
  'US/Mountain': 'America/Denver',
  'US/Pacific': 'America/Los_Angeles',
  Universal: 'UTC',
  Zulu: 'UTC',
};

/** Names only: an offset such as `+01:00` would silently lose the daylight-saving changes of its place. */
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

const parsed = new Map<string, ZoneId | null>();

function resolve(name: string): ZoneId | null {
  if (!NAME.test(name)) return null;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return (TODAY[known] ?? known) as ZoneId;
  } catch {
    return null;
  }
}

/**
 * The IANA zone of a name in today's spelling, whatever its case; null for anything else (Windows names, offsets,
 * `Customized Time Zone`): never UTC by accident.
 * parseZone('europe/kiev') // => 'Europe/Kyiv'
 */
export function parseZone(name: string): ZoneId | null {
  const trimmed = name.trim();
  let zone = parsed.get(trimmed);
  if (zone === undefined) {
    zone = resolve(trimmed);
    // Names come from outside: the memory of them must not grow without bound.
    if (parsed.size < 2_000) parsed.set(trimmed, zone);
  }
  return zone;
}
