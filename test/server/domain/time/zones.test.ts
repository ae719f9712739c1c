import { describe, expect, it } from 'vitest';
import { parseZone } from '../../../../server/domain/time/zones.ts';

describe('parseZone', () => {
  it.each([
    ['Europe/Rome', 'Europe/Rome'],
    ['europe/rome', 'Europe/Rome'],
    [' Europe/Kiev ', 'Europe/Kyiv'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['US/Eastern', 'America/New_York'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('%s is %s', (name, zone) => {
    expect(parseZone(name)).toBe(zone);
  });

  it.each([
    '',
    'Mars/Olympus',
    'W. Europe Standard Time',
    'Customized Time Zone',
    'tzone://Microsoft/Custom',
    '+01:00',
    'UTC+1',
    '../etc/passwd',
  ])('never guesses for %j', (name) => {
    expect(parseZone(name)).toBeNull();
  });
});
