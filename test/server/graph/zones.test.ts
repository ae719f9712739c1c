import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { describe, expect, it } from 'vitest';
import type { ZoneId } from '../../../server/domain/time/instant.ts';
import { toIanaZone, toWindowsZone } from '../../../server/graph/zones.ts';

const windowsNames = [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))];
const isKnownZone = (zone: string) =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';

describe('zone names (F42)', () => {
  it('every Windows name is mapped, there and back', () => {
    expect(windowsNames.length).toBeGreaterThan(130);
    for (const name of windowsNames) {
      const zone = toIanaZone(name);
      expect(zone, name).not.toBeNull();
      expect(isKnownZone(zone!)).toBe(true);
      expect(toWindowsZone(zone!), name).toBe(name);
    }
  });

  it('every territory of every Windows name leads back to it', () => {
    for (const { windowsName, territory } of WINDOWS_TO_IANA_MAP) {
      expect(toWindowsZone(toIanaZone(windowsName, territory)!), `${windowsName} ${territory}`).toBe(windowsName);
    }
  });

  it('every IANA zone has a Windows name, but for the one that Windows lacks', () => {
    const missing = Intl.supportedValuesOf('timeZone').filter((zone) => toWindowsZone(zone as ZoneId) === null);
    expect(missing).toEqual(['Antarctica/Troll']);
  });

  it.each([
    'Armenian Standard Time',
    'Kamchatka Standard Time',
    'Mexico Standard Time',
    'Mexico Standard Time 2',
    'Mid-Atlantic Standard Time',
  ])('the retired name %s is mapped', (name) => expect(isKnownZone(toIanaZone(name)!)).toBe(true));

  it.each([
    ['W. Europe Standard Time', 'IT', 'Europe/Rome'],
    ['W. Europe Standard Time', 'it', 'Europe/Rome'],
    ['W. Europe Standard Time', 'BR', 'Europe/Berlin'],
    ['W. Europe Standard Time', null, 'Europe/Berlin'],
    ['Central European Standard Time', 'PL', 'Europe/Warsaw'],
    ['FLE Standard Time', 'UA', 'Europe/Kyiv'],
    ['E. South America Standard Time', 'BR', 'America/Sao_Paulo'],
    ['Europe/Rome', 'PL', 'Europe/Rome'],
    ['Europe/Kyiv', null, 'Europe/Kyiv'],
    ['UTC', null, 'UTC'],
  ])('%s in %s is %s', (name, territory, zone) => expect(toIanaZone(name, territory)).toBe(zone));

  it.each([
    'Customized Time Zone',
    'tzone://Microsoft/Custom',
    'tzone://Microsoft/Utc',
    '',
    'Nowhere Standard Time',
    '+02:00',
    'Europe/Nowhere',
    '../etc',
  ])('"%s" is not mapped, and never UTC', (name) => expect(toIanaZone(name)).toBeNull());

  it.each([
    ['Europe/Kyiv', 'FLE Standard Time'],
    ['Europe/Kiev', 'FLE Standard Time'],
    ['America/Ciudad_Juarez', 'Mountain Standard Time'],
    ['America/Coyhaique', 'Magallanes Standard Time'],
    ['Asia/Kolkata', 'India Standard Time'],
    ['Europe/Rome', 'W. Europe Standard Time'],
    ['Etc/UTC', 'UTC'],
    ['UTC', 'UTC'],
    ['America/Nuuk', 'Greenland Standard Time'],
  ])('%s is written as %s', (zone, name) => expect(toWindowsZone(zone as ZoneId)).toBe(name));

  it('an unknown zone has no Windows name', () => expect(toWindowsZone('Mars/Olympus' as ZoneId)).toBeNull());
});
