import type { SeenCall } from '../faults/record-calls.ts';

/** What a call is for. `window`: what stands in an organizer's calendar; `dates`: those of one series. */
export type CallKind =
  | 'directory'
  | 'settings'
  | 'schedules'
  | 'creates'
  | 'moves'
  | 'window'
  | 'dates'
  | 'links'
  | 'subscriptions'
  | 'other';

const KINDS: readonly [CallKind, RegExp][] = [
  ['schedules', /^POST \/users\/[^/]+\/calendar\/getSchedule$/i],
  ['settings', /^GET \/users\/[^/]+\/mailboxSettings$/i],
  ['creates', /^POST \/users\/[^/]+\/events$/i],
  ['moves', /^PATCH \/users\/[^/]+\/events\/[^/]+$/i],
  ['window', /^GET \/users\/[^/]+\/calendarView$/i],
  ['dates', /^GET \/users\/[^/]+\/events\/[^/]+\/instances$/i],
  ['links', /^GET \/users\/[^/]+\/calendar$/i],
  ['subscriptions', /^(POST|PATCH) \/subscriptions/i],
  ['directory', /^GET \/(users|groups)/i],
];

const kindOf = (method: string, path: string): CallKind =>
  KINDS.find(([, pattern]) => pattern.test(`${method} ${path}`))?.[0] ?? 'other';

/**
 * HTTP calls and requests by kind: a batch is one call of the kind of its requests, which are seen one by one after it.
 * Throws when a batch holds several kinds.
 */
export function countCalls(seen: readonly SeenCall[]): Record<'calls' | 'requests', Partial<Record<CallKind, number>>> {
  const calls: Partial<Record<CallKind, number>> = {};
  const requests: Partial<Record<CallKind, number>> = {};
  const add = (to: Partial<Record<CallKind, number>>, kind: CallKind): void => void (to[kind] = (to[kind] ?? 0) + 1);
  /** Requests of batches that are still to be seen. */
  const inside = new Map<string, number>();
  for (const { method, path, body } of seen) {
    if (/^\/\$batch$/i.test(path)) {
      const inner = (JSON.parse(body) as { requests: { method: string; url: string }[] }).requests;
      const names = inner.map((one) => `${one.method} ${decodeURIComponent(one.url.split('?')[0]!)}`);
      const kinds = new Set(names.map((name) => kindOf(...(name.split(' ', 2) as [string, string]))));
      if (kinds.size !== 1) throw new Error(`a batch of ${[...kinds].join(' and ')}`);
      add(calls, [...kinds][0]!);
      for (const name of names) inside.set(name, (inside.get(name) ?? 0) + 1);
      continue;
    }
    const kind = kindOf(method, path);
    add(requests, kind);
    const name = `${method} ${decodeURIComponent(path)}`;
    const expected = inside.get(name) ?? 0;
    if (expected > 0) inside.set(name, expected - 1);
    else add(calls, kind);
  }
  return { calls, requests };
}
