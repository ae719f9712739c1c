import { expect, test } from 'vitest';
import { coalesceWakes } from '../../../server/jobs/coalesce-wakes.ts';
import type { Clock, JobName } from '../../../server/ports.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { START } from '../../make/server.ts';

test('wakes once for all who ask within the time, counted from the first, and again afterwards', async () => {
  const clock = createVirtualClock(START);
  const woken: [JobName, number][] = [];
  const jobs = coalesceWakes(
    { wake: (name) => woken.push([name, clock.now() - START]) },
    clock as unknown as Clock,
    5_000,
  );
  jobs.wake('reconcileSeries');
  await clock.advanceTo(START + 3_000);
  jobs.wake('reconcileSeries');
  jobs.wake('renewSubscriptions');
  expect(woken).toEqual([]);
  await clock.advanceTo(START + 7_000);
  expect(woken).toEqual([['reconcileSeries', 5_000]]);
  jobs.wake('reconcileSeries');
  await clock.advanceTo(START + 20_000);
  expect(woken.slice(1)).toEqual([
    ['renewSubscriptions', 8_000],
    ['reconcileSeries', 12_000],
  ]);
});
