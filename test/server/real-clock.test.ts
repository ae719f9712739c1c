import { describe, expect, it } from 'vitest';
import { realClock } from '../../server/real-clock.ts';

describe('realClock', () => {
  it('is the machine’s time, and sleeps by it', async () => {
    const before = Date.now();
    const hold = setInterval(() => undefined, 10);
    await realClock.sleep(30);
    await realClock.sleep(-5);
    clearInterval(hold);
    expect(realClock.now() - before).toBeGreaterThanOrEqual(29);
  });

  it('wakes an aborted sleeper with the reason', async () => {
    const controller = new AbortController();
    const sleeping = realClock.sleep(60_000, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(realClock.sleep(60_000, { signal: controller.signal })).rejects.toThrow('enough');
  });
});
