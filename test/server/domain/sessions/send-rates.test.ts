import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  earliestSend,
  keepRecent,
  latestArrivals,
  LONGEST_SEND,
  TENANT_RATES,
  THREAD_RATES,
  type Send,
} from '../../../../server/domain/sessions/send-rates.ts';
import { HOUR, instant, type Instant } from '../../../../server/domain/time/instant.ts';

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

test.each([
  ['thread', THREAD_RATES],
  ['tenant', TENANT_RATES],
] as const)(
  'however long sends of a %s travel, no window holds more where they arrive, and none waits for ever',
  (_, rates) => {
    const step = fc.record({
      gap: fc.integer({ min: 0, max: 400 }),
      travels: fc.integer({ min: 0, max: 3_000 }),
      arrives: fc.double({ min: 0, max: 1, noNaN: true }),
      isLost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const sends: { sentAt: Instant; answers: Instant | null; arrival: Instant }[] = [];
        const known = (now: Instant): Send[] =>
          sends.map(({ sentAt, answers }) => ({
            sentAt,
            answeredAt: answers !== null && answers <= now ? answers : null,
          }));
        const free = (now: Instant): Instant => earliestSend(latestArrivals(known(now), now), now, rates);
        let now = instant(0);
        for (const { gap, travels, arrives, isLost } of steps) {
          now = instant(now + gap);
          if (free(now) > now) continue;
          // A lost one arrived, and whoever waited for the answer is gone.
          const answers = isLost ? null : instant(now + travels);
          sends.push({ sentAt: now, answers, arrival: instant(Math.round(now + travels * arrives)) });
        }
        const arrivals = sends.map(({ arrival }) => arrival);
        for (const { most, within } of rates) expect(busiest(arrivals, within)).toBeLessThanOrEqual(most);
        const later = instant(now + LONGEST_SEND + Math.max(...rates.map(({ within }) => within)));
        expect(free(later)).toBe(later);
      }),
      { numRuns: 200 },
    );
  },
);
