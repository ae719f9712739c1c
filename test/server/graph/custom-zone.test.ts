import { describe, expect, it } from 'vitest';
import { zoneOfCustomRules } from '../../../server/graph/custom-zone.ts';

const NOW = Date.parse('2026-09-28T06:00:00Z');
const never = { time: '00:00:00.0000000', dayOccurrence: 0, dayOfWeek: 'sunday', month: 0 };
const europe = {
  standardOffset: { time: '03:00:00.0000000', dayOccurrence: 5, dayOfWeek: 'sunday', month: 10 },
  daylightOffset: { daylightBias: -60, time: '02:00:00.0000000', dayOccurrence: 5, dayOfWeek: 'sunday', month: 3 },
};

describe('a customized time zone becomes a zone with the same rules', () => {
  it('takes one of the territory', () => {
    expect(zoneOfCustomRules({ bias: -60, ...europe }, 'IT', NOW)).toBe('Europe/Rome');
    expect(zoneOfCustomRules({ bias: -60, ...europe }, 'PL', NOW)).toBe('Europe/Warsaw');
  });

  it('takes any with the same offsets where the territory has none', () => {
    expect(zoneOfCustomRules({ bias: -60, ...europe }, 'JP', NOW)).toMatch(/^Europe\//);
  });

  it('understands American rules and a zone without daylight-saving time', () => {
    const america = {
      standardOffset: { time: '02:00:00.0000000', dayOccurrence: 1, dayOfWeek: 'sunday', month: 11 },
      daylightOffset: { daylightBias: -60, time: '02:00:00.0000000', dayOccurrence: 2, dayOfWeek: 'sunday', month: 3 },
    };
    expect(zoneOfCustomRules({ bias: 300, ...america }, 'US', NOW)).toBe('America/New_York');
    expect(
      zoneOfCustomRules({ bias: 180, standardOffset: never, daylightOffset: { daylightBias: 0, ...never } }, 'BR', NOW),
    ).toMatch(/^America\/(Araguaina|Sao_Paulo)$/);
  });

  it('names none for rules that no zone has', () => {
    expect(zoneOfCustomRules({ bias: -61, ...europe }, 'IT', NOW)).toBeNull();
  });
});
