import type { WriteResult } from '../ports.ts';
import { createBatches } from './batch.ts';
import { asRead, createMachinery, judge } from './machinery.ts';
import { scopeOf } from './paths.ts';
import type { GraphCall, GraphClient, GraphClientOptions } from './types.ts';

/** A Graph client for one tenant: tokens, pacing, deadlines and the meaning of every answer in one place. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const machinery = createMachinery(options);
  const { clock, counts, gate, send, settle, whenPaused, whenStale, repeatReads } = machinery;

  const once = async <T>(call: GraphCall<T>, isWrite: boolean): Promise<WriteResult<T>> => {
    const since = clock.now();
    const scope = scopeOf(call.path);
    const early = whenPaused(scope);
    if (early) return early;
    const leave = await gate.enter(new Map([[scope, 1]]));
    try {
      const late = whenPaused(scope) ?? (isWrite ? whenStale(since) : null);
      if (late) return late;
      counts.requests++;
      const sent = await send({ ...call, headers: call.headers ?? {} });
      if (sent.kind === 'noToken') return sent.result;
      return settle(judge(sent, call.reply), scope, `${call.method} ${call.path}`);
    } finally {
      leave();
    }
  };

  return {
    tenantId: options.tenantId,
    now: () => options.clock.now(),
    log: options.log,
    counts,
    async read(call) {
      const first = [asRead(await once(call, false))];
      if (call.isAwaited) return first[0]!;
      const ended = await repeatReads(first, call.path, async () => [asRead(await once(call, false))]);
      return ended[0]!;
    },
    write: (call) => once(call, true),
    ...createBatches(machinery),
  };
}
