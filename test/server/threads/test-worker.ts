import { answerCall } from '../../../server/threads/answer-call.ts';

/** What the thread of these tests can be told to do. */
export type Order =
  | { act: 'echo'; value: unknown; milliseconds?: number }
  | { act: 'throw'; field: string }
  | { act: 'giveFunction' }
  | { act: 'exit' }
  | { act: 'fillMemory' }
  | { act: 'linger' };

function obey(order: Order): unknown {
  switch (order.act) {
    case 'echo': {
      const end = performance.now() + (order.milliseconds ?? 0);
      while (performance.now() < end);
      return order.value;
    }
    case 'throw':
      throw Object.assign(new RangeError('cannot be kept'), { field: order.field });
    case 'giveFunction':
      return { list: [obey] };
    case 'exit':
      return process.exit(3);
    case 'fillMemory': {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => i / 3));
    }
    case 'linger':
      setInterval(() => undefined, 1_000);
      return 'done';
  }
}

answerCall(obey);
