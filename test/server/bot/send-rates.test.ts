import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earliestSend, keepRecent, TENANT_RATES, THREAD_RATES } from '../../../server/bot/send-rates.ts';
import { HOUR, instant, type Instant } from '../../../server/domain/time/instant.ts';

const busiest = (history: readonly Instant[], within: number) =>
  Math.max(0, ...history.map((end) => history.filter((at) => at > end - within && at <= end).length));

test.each([
  ['thread', THREAD_RATES],
  ['tenant', TENANT_RATES],
] as const)('sending whenever it is allowed keeps every rate of a %s, and never waits without need', (_, rates) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 150 }), (gaps) => {
      let history: Instant[] = [];
      let now = instant(0);
      for (const gap of gaps) {
        now = instant(now + gap);
        const at = earliestSend(history, now, rates);
        expect(at).toBeGreaterThanOrEqual(now);
        if (at > now)
          expect(
            rates.some(({ most, within }) => history.filter((sent) => sent > at - 1 - within).length >= most),
          ).toBe(true);
        now = at;
        history = [...history, at];
      }
      for (const { most, within } of rates) expect(busiest(history, within)).toBeLessThanOrEqual(most);
    }),
    { numRuns: 60 },
  );
});

test('1,800 an hour', () => {
  const history = Array.from({ length: 1_800 }, (_, i) => instant(i * 1_900));
  expect(earliestSend(history, instant(1_800 * 1_900), THREAD_RATES)).toBe(HOUR);
});

test('what is forgotten no longer counts', () => {
  const history = [instant(0), instant(HOUR - 1), instant(HOUR)];
  expect(keepRecent(history, instant(HOUR), THREAD_RATES)).toEqual([HOUR - 1, HOUR]);
});
