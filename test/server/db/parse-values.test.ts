import { expect, test } from 'vitest';
import { parseDate, parseInt8, parseTimestamp } from '../../../server/db/parse-values.ts';

test('timestamps of a UTC session are milliseconds, with and without a fraction', () => {
  expect(parseTimestamp('2026-09-28 06:00:00+00')).toBe(Date.parse('2026-09-28T06:00:00Z'));
  expect(parseTimestamp('2026-09-28 06:00:00.5+00')).toBe(Date.parse('2026-09-28T06:00:00.500Z'));
  expect(parseTimestamp('2026-09-28 06:00:00.123456+00')).toBe(Date.parse('2026-09-28T06:00:00.123Z'));
});

test('dates stay text, so that no zone can move them', () => {
  expect(parseDate('2026-10-25')).toBe('2026-10-25');
});

test('int8 is a number where a number does not lie', () => {
  expect(parseInt8('0')).toBe(0);
  expect(parseInt8('-9007199254740991')).toBe(-9007199254740991);
  expect(parseInt8('9007199254740993')).toBe(9007199254740993n);
});
