import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { createThread, type Thread } from '../../../server/threads/create-thread.ts';
import type { Order } from './test-worker.ts';

const url = (name: string): string => new URL(`./${name}`, import.meta.url).href;
let made: Thread<Order, unknown>[] = [];
const start = (options?: Parameters<typeof createThread>[1], name = 'test-worker'): Thread<Order, unknown> => {
  const thread = createThread<Order, unknown>(url(name), options);
  made.push(thread);
  return thread;
};
afterEach(async () => {
  await Promise.all(made.map((thread) => thread.stop()));
  made = [];
});

describe('a thread', () => {
  it('takes and gives what can be copied, long lists and maps too', async () => {
    const value = {
      long: Array.from({ length: 1_234 }, (_, i) => ({ i })),
      map: new Map(Array.from({ length: 1_234 }, (_, i) => [`key ${i}`, [i]])),
      short: [1, null],
      few: new Map([['a', new Set([1])]]),
      nothing: undefined,
      numbers: Int32Array.of(1, 2),
    };
    const thread = start();
    // The worker gives back the value of the order: it is at the first level there and on the way back.
    const echoed = await thread.run({ act: 'echo', value });
    expect(echoed).toEqual(value);
    expect(await thread.run({ act: 'echo', value: null })).toBeNull();
  });

  it('gives errors on with their kind, message and fields, and goes on', async () => {
    const thread = start();
    const error: unknown = await thread.run({ act: 'throw', field: 'pinned' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'cannot be kept', field: 'pinned' });
    expect(await thread.run({ act: 'echo', value: 1 })).toBe(1);
  });

  it.each<[string, Order, RegExp]>([
    ['that ends', { act: 'exit' }, /test-worker ended with code 3/],
    ['that runs out of memory', { act: 'fillMemory' }, /memory/],
    ['whose result cannot be copied', { act: 'giveFunction' }, /could not be cloned/],
    ['whose input cannot be copied', { act: 'echo', value: () => 1 }, /could not be cloned/],
  ])('%s is an error, and the next call gets a new one', async (_, order, message) => {
    const thread = start({ resourceLimits: { maxOldGenerationSizeMb: 64 } });
    await expect(thread.run(order)).rejects.toThrow(message);
    expect(await thread.run({ act: 'echo', value: 1 })).toBe(1);
  });

  it('whose module is not there is an error', async () => {
    await expect(start({}, 'no-such-worker').run({ act: 'echo', value: 1 })).rejects.toThrow('no-such-worker');
  });

  it('is not kept by what its module left running', async () => {
    expect(await start().run({ act: 'linger' })).toBe('done');
  });

  it('runs one call at a time, in the order of asking', async () => {
    const thread = start();
    const ended: number[] = [];
    await Promise.all(
      [300, 0, 100].map(async (milliseconds, i) => {
        ended.push((await thread.run({ act: 'echo', value: i, milliseconds })) as number);
      }),
    );
    expect(ended).toEqual([0, 1, 2]);
  });

  it('ends what runs when it is stopped, and refuses what waits and what comes', async () => {
    const thread = start();
    const endless = { act: 'echo', value: 1, milliseconds: 3_600_000 } as const;
    const calls = [thread.run(endless), thread.run(endless)].map((call) => call.catch((thrown: unknown) => thrown));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await thread.stop();
    for (const error of [...(await Promise.all(calls)), await thread.run(endless).catch((thrown: unknown) => thrown)]) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'unavailable' });
    }
    await thread.stop();
  });
});
