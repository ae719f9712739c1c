import { describe, expect, it } from 'vitest';
import { backOff, readRetryAfter } from '../../../server/graph/waits.ts';
import { START } from '../../make/graph-double.ts';

describe('backOff', () => {
  it('doubles, is jittered by its key and stays between 1 s and 15 min', () => {
    for (const failures of [0, 1, 5, 10, 50, 1e9]) {
      const whole = Math.min(900_000, 1_000 * 2 ** failures);
      const waits = Array.from({ length: 50 }, (_, i) => backOff(START, failures, `key ${i}`) - START);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(Math.max(1_000, whole / 2));
      expect(Math.max(...waits)).toBeLessThanOrEqual(whole);
      if (failures > 0) expect(new Set(waits).size).toBeGreaterThan(10);
    }
  });
});

describe('readRetryAfter', () => {
  it.each([
    ['2', 2_000],
    [' 300 ', 300_000],
    ['Mon, 28 Sep 2026 06:00:10 GMT', 10_000],
    ['86400', 86_400_000],
  ])('%s', (header, wait) => expect(readRetryAfter(header, START)).toBe(START + wait));

  it.each([
    null,
    undefined,
    '',
    'abc',
    '1e9',
    '-1',
    '0',
    '1.5',
    '86401',
    '2026-09-28T07:00:00Z',
    'Mon, 28 Sep 2026 05:59:59 GMT',
  ])('%s is no wish', (header) => expect(readRetryAfter(header, START)).toBeNull());
});
