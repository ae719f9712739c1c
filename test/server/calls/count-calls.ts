import type { SeenCall } from '../faults/record-calls.ts';

/** What a call is for. `care`: what stands over single sessions later; `window`: what stands in an organizer's calendar; `dates`: those of one series. */
export type CallKind =
  | 'directory'
  | 'settings'
  | 'schedules'
  | 'care'
  | 'creates'
  | 'moves'
  | 'window'
  | 'dates'
  | 'links'
  | 'subscriptions'
  | 'installs'
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
  ['installs', /^(GET \/appCatalogs|\w+ \/users\/[^/]+\/teamwork)\//i],
  ['directory', /^GET \/(users|groups)/i],
];

function kindOf(method: string, path: string, body: unknown): CallKind {
  const kind = KINDS.find(([, pattern]) => pattern.test(`${method} ${path}`))?.[0] ?? 'other';
  return kind === 'schedules' && isWithinADay(body) ? 'care' : kind;
}

/** Searches and the look before a booking ask for whole series; whoever looks after sessions asks day by day. */
function isWithinADay(body: unknown): boolean {
  const { startTime, endTime } = body as Record<'startTime' | 'endTime', { dateTime: string }>;
  return Date.parse(`${endTime.dateTime}Z`) - Date.parse(`${startTime.dateTime}Z`) < 86_400_000;
}

interface Inner {
  method: string;
  url: string;
  body?: unknown;
}

/**
 * HTTP calls and requests by kind: a batch is one call of the kind of its requests, which are seen one by one after it; of
 * several kinds it counts for the one that stands first in KINDS.
 */
export function countCalls(seen: readonly SeenCall[]): Record<'calls' | 'requests', Partial<Record<CallKind, number>>> {
  const calls: Partial<Record<CallKind, number>> = {};
  const requests: Partial<Record<CallKind, number>> = {};
  const add = (to: Partial<Record<CallKind, number>>, kind: CallKind): void => void (to[kind] = (to[kind] ?? 0) + 1);
  /** Requests of batches that are still to be seen. */
  const inside = new Map<string, number>();
  for (const { method, path, body } of seen) {
    if (/^\/\$batch$/i.test(path)) {
      const inner = (JSON.parse(body) as { requests: Inner[] }).requests;
      const names = inner.map((one) => `${one.method} ${decodeURIComponent(one.url.split('?')[0]!)}`);
      const kinds = inner.map((one) => kindOf(one.method, one.url.split('?')[0]!, one.body));
      // Writes that wait for one mailbox go together: new series with dates that are moved.
      add(calls, KINDS.find(([kind]) => kinds.includes(kind))?.[0] ?? kinds[0]!);
      for (const name of names) inside.set(name, (inside.get(name) ?? 0) + 1);
      continue;
    }
    const kind = kindOf(method, path, body === '' ? null : JSON.parse(body));
    add(requests, kind);
    const name = `${method} ${decodeURIComponent(path)}`;
    const expected = inside.get(name) ?? 0;
    if (expected > 0) inside.set(name, expected - 1);
    else add(calls, kind);
  }
  return { calls, requests };
}
