import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';

const START = Date.parse('2026-09-28T06:00:00Z');

describe('createVirtualClock', () => {
  it('runs what is due in order of instant, then key, then arrival, each at its own instant', async () => {
    const clock = createVirtualClock(START);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now() - START]);
    clock.at(START + 2000, 'b', note('2b'));
    clock.at(START + 1000, 'z', note('1z'));
    clock.at(START + 2000, 'a', note('2a first'));
    clock.at(START + 2000, 'a', note('2a second'));
    clock.at(START + 9000, 'a', note('too late'));
    await clock.advanceTo(START + 5000);
    expect(seen).toEqual([
      ['1z', 1000],
      ['2a first', 2000],
      ['2a second', 2000],
      ['2b', 2000],
    ]);
    expect(clock.now()).toBe(START + 5000);
    expect(clock.nextDue()).toBe(START + 9000);
  });

  it('stands still while tracked work goes on, also between two sleepers', async () => {
    const clock = createVirtualClock(START);
    const seen: number[] = [];
    void (async () => {
      await clock.sleep(1000);
      await clock.track(() => new Promise((resolve) => setTimeout(resolve, 30)));
      seen.push(clock.now() - START);
    })();
    clock.at(START + 2000, '', () => void seen.push(clock.now() - START));
    await clock.advanceTo(START + 3000);
    expect(seen).toEqual([1000, 2000]);
  });

  it('runs what a fired timer schedules within the same advance', async () => {
    const clock = createVirtualClock(START);
    const seen: number[] = [];
    clock.at(START + 10, '', () => {
      seen.push(1);
      clock.at(START + 20, '', () => void seen.push(2));
    });
    await clock.advanceTo(START + 20);
    expect(seen).toEqual([1, 2]);
  });

  it('elapse and jump move time without running anything; the next advance runs what became due, now', async () => {
    const clock = createVirtualClock(START);
    const seen: number[] = [];
    clock.at(START + 1000, '', () => void seen.push(clock.now() - START));
    clock.elapse(5000);
    expect(seen).toEqual([]);
    await clock.advanceTo(clock.now());
    expect(seen).toEqual([5000]);
    clock.jump(-60_000);
    expect(clock.now()).toBe(START - 55_000);
  });

  it('takes back a timer and rejects an aborted sleep', async () => {
    const clock = createVirtualClock(START);
    const seen: number[] = [];
    clock.at(START + 1, '', () => void seen.push(1))();
    const controller = new AbortController();
    const sleeping = clock.sleep(1000, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await clock.advanceTo(START + 10);
    expect(seen).toEqual([]);
  });

  it('follows real time until it is told to stop', async () => {
    const clock = createVirtualClock(START);
    const stop = clock.follow();
    expect(clock.isFollowing()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 700));
    stop();
    stop();
    expect(clock.isFollowing()).toBe(false);
    expect(clock.now() - START).toBeGreaterThan(200);
  });
});
