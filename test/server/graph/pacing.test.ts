import { describe, expect, it } from 'vitest';
import { createGate } from '../../../server/graph/pacing.ts';
import { plus, type Instant } from '../../../server/domain/time/instant.ts';
import { clientOfDouble, createSteppingClock, START, startGraphDouble } from '../../make/graph-double.ts';
import { nothing } from '../../../server/graph/replies.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createGate', () => {
  const enterAll = (gate: ReturnType<typeof createGate>, wanted: [string, number][][]) => {
    const entered: number[] = [];
    const leaves: (() => void)[] = [];
    wanted.forEach((needs, index) => {
      void gate.enter(new Map(needs)).then((leave) => {
        entered.push(index);
        leaves[index] = leave;
      });
    });
    return { entered, leaves };
  };

  it('lets four into a mailbox, in order', async () => {
    const { entered, leaves } = enterAll(
      createGate(() => START),
      Array.from({ length: 6 }, () => [['a', 1]]),
    );
    await settled();
    expect(entered).toEqual([0, 1, 2, 3]);
    leaves[2]!();
    leaves[2]!();
    await settled();
    expect(entered).toEqual([0, 1, 2, 3, 4]);
  });

  it('lets nobody overtake a batch that waits, and other mailboxes go on', async () => {
    const { entered, leaves } = enterAll(
      createGate(() => START),
      [[['a', 1]], [['a', 4]], [['a', 1]], [['b', 1]]],
    );
    await settled();
    expect(entered).toEqual([0, 3]);
    leaves[0]!();
    await settled();
    expect(entered).toEqual([0, 3, 1]);
    leaves[1]!();
    await settled();
    expect(entered).toEqual([0, 3, 1, 2]);
  });

  it('does not lock up when two take two mailboxes in opposite order', async () => {
    const { entered, leaves } = enterAll(
      createGate(() => START),
      [
        [
          ['a', 4],
          ['b', 4],
        ],
        [
          ['b', 4],
          ['a', 4],
        ],
      ],
    );
    await settled();
    leaves[0]!();
    await settled();
    expect(entered).toEqual([0, 1]);
  });

  it('has a limit over all mailboxes', async () => {
    const { entered } = enterAll(
      createGate(() => START, 2),
      [[['a', 1]], [['b', 1]], [['c', 1]]],
    );
    await settled();
    expect(entered).toEqual([0, 1]);
  });

  it('keeps the longer pause, until its time', () => {
    let now: Instant = START;
    const gate = createGate(() => now);
    gate.pause('a', plus(START, 10_000));
    gate.pause('a', plus(START, 5_000));
    expect(gate.pausedUntil('a')).toBe(START + 10_000);
    expect(gate.pausedUntil('b')).toBeNull();
    now = plus(START, 10_000);
    expect(gate.pausedUntil('a')).toBeNull();
  });
});

describe('in flight over HTTP', () => {
  it('never more than four per mailbox, batches included', async () => {
    const double = await startGraphDouble();
    const client = clientOfDouble(double, createSteppingClock());
    let inFlight = 0;
    let most = 0;
    double.script(async ({ json }) => {
      const places = json?.requests ? Math.min(4, json.requests.length) : 1;
      inFlight += places;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= places;
      return json?.requests
        ? { json: { responses: json.requests.map(({ id }: { id: string }) => ({ id, status: 200, body: {} })) } }
        : { json: {} };
    });
    const call = { method: 'GET' as const, path: '/users/00000000-0000-0000-0000-00000000000a/events', reply: nothing };
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => (i % 7 === 0 ? client.readBatch([call, call, call]) : client.read(call))),
    );
    expect(most).toBe(4);
    await double.close();
  });

  it('a write that stood at the gate for more than three seconds is not sent, and comes back (R10)', async () => {
    const double = await startGraphDouble();
    const clock = createSteppingClock();
    const client = clientOfDouble(double, clock);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    double.script(async ({ method }) => {
      if (method === 'GET') await held;
      return { json: {} };
    });
    const path = '/users/00000000-0000-0000-0000-00000000000a/events';
    const reads = Array.from({ length: 4 }, () => client.read({ method: 'GET', path, reply: nothing }));
    const write = { method: 'POST' as const, path, body: {}, reply: nothing };
    const [alone, together] = [client.write(write), client.writeBatch([write, write])];
    clock.advance(3_001);
    answer();
    expect(await alone).toMatchObject({ outcome: 'later', code: 'NoPlace', notBefore: clock.now() });
    expect((await together).map((result) => result.outcome === 'later' && result.code)).toEqual(['NoPlace', 'NoPlace']);
    await Promise.all(reads);
    expect(double.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
    // With a free place it goes at once.
    expect((await client.write(write)).outcome).toBe('done');
    await double.close();
  });
});
