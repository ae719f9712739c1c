import type { SandboxRequest } from '../../http.ts';
import { unsupportedZone } from './failure.ts';
import { UTC, findZone, type Zone } from './zones.ts';

/** What a request asks for in its `Prefer` header. */
export interface Preferences {
  /** Zone of the times in the answer. */
  zone: Zone;
  immutableIds: boolean;
  textBody: boolean;
  maxPageSize: number | null;
  /** The part of the header that is honored, for `Preference-Applied`. */
  applied: string[];
}

/** Reads the `Prefer` header. Refuses (400) a zone that Exchange does not know. */
export function readPreferences(request: SandboxRequest): Preferences {
  const header = request.headers['prefer'] ?? '';
  const preferences: Preferences = { zone: UTC, immutableIds: false, textBody: false, maxPageSize: null, applied: [] };
  for (const [part, rawName, quoted, bare] of header.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))/g)) {
    const name = rawName!.toLowerCase();
    const value = quoted ?? bare ?? '';
    if (name === 'outlook.timezone') {
      const zone = findZone(value);
      if (!zone) throw unsupportedZone(value);
      preferences.zone = zone;
    } else if (name === 'idtype') preferences.immutableIds = value.toLowerCase() === 'immutableid';
    else if (name === 'outlook.body-content-type') preferences.textBody = value.toLowerCase() === 'text';
    else if (name === 'odata.maxpagesize' && /^[1-9]\d*$/.test(value)) preferences.maxPageSize = Number(value);
    else continue;
    preferences.applied.push(part);
  }
  return preferences;
}
