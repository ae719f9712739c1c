import type { FaultDecision } from '../../../server/sandbox/kernel/faults.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';

/** One request as it reached Graph, alone or inside a batch. */
export interface SeenCall {
  at: number;
  method: string;
  /** Behind the version, e.g. `/users/{id}/events`. */
  path: string;
  /** Decoded. */
  query: string;
  body: string;
  fault: FaultDecision | null;
}

/** Writes down every request that reaches Graph from now on. */
export function recordCalls(sandbox: Sandbox): SeenCall[] {
  const calls: SeenCall[] = [];
  sandbox.faults.watch(({ method, path, query, body }, part, fault) => {
    if (part !== 'graph') return;
    const words = [...(query ?? [])].map(([name, value]) => `${name}=${value}`).join('&');
    calls.push({
      at: sandbox.world.clock.now(),
      method,
      path: path.replace(/^\/v1\.0/i, ''),
      query: words,
      body,
      fault,
    });
  });
  return calls;
}

/** Requests to create an event; `key` narrows them to one series. */
export const creates = (calls: readonly SeenCall[], key = ''): SeenCall[] =>
  calls.filter(({ method, path, body }) => method === 'POST' && /\/events$/i.test(path) && body.includes(key));

/** Look-ups by tag; `key` narrows them to one series. */
export const lookUps = (calls: readonly SeenCall[], key = ''): SeenCall[] =>
  calls.filter(
    ({ method, path, query }) =>
      method === 'GET' && /\/events$/i.test(path) && query.includes('InversoSeries') && query.includes(key),
  );
