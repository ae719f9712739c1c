import type { Violation } from './audit.ts';
import { groupBy } from './group-by.ts';
import type { Seen } from './seen.ts';

interface Limit {
  most: number;
  milliseconds: number;
}

/** As Teams documents them for one bot in one thread (platform.md A9). Written out here, so that ours cannot hide theirs. */
const THREAD_LIMITS: readonly Limit[] = [
  { most: 7, milliseconds: 1_000 },
  { most: 8, milliseconds: 2_000 },
  { most: 60, milliseconds: 30_000 },
  { most: 1_800, milliseconds: 3_600_000 },
];
/** Per tenant 30 a second are documented; we promise to stay below. */
const TENANT_LIMITS: readonly Limit[] = [{ most: 25, milliseconds: 1_000 }];

export interface SendCounts {
  /** Requests that sent, replaced or opened something, each retry as one of its own. */
  requests: number;
  /** Of those, the ones that were refused or whose answer was lost, so that they came again. */
  failed: number;
  /** The most of them in any window, by its length in seconds. */
  mostInThread: Record<string, number>;
  mostInTenant: Record<string, number>;
}

/**
 * The rates of the bot where its requests arrive, refused ones and retries among them. Virtual time stands still while
 * anything is being done: what the product sends without waiting all arrives at one instant, closer together than any
 * network would bring it, and time passes only where the product itself waits (or a fault takes its time). So a second
 * here is a second that was waited for, and a run that keeps the rates keeps them wherever sending takes time. Windows are
 * half open: what comes a whole second later is in another second.
 */
export function auditSends({ requests }: Pick<Seen, 'requests'>): { violations: Violation[]; counts: SendCounts } {
  const violations: Violation[] = [];
  const mostInThread: Record<string, number> = {};
  const mostInTenant: Record<string, number> = {};
  const timesOf = (of: readonly { at: number }[]): number[] => of.map(({ at }) => at).sort((a, b) => a - b);
  for (const [thread, own] of groupBy(requests, (request) => request.thread))
    for (const limit of THREAD_LIMITS) judge(`thread ${thread}`, timesOf(own), limit, mostInThread, violations);
  for (const limit of TENANT_LIMITS) judge('tenant', timesOf(requests), limit, mostInTenant, violations);
  const failed = requests.filter(({ fault }) => fault !== null).length;
  return { violations, counts: { requests: requests.length, failed, mostInThread, mostInTenant } };
}

/** Looks through all windows of one length; each that is too full is told once, however many requests it has too many. */
function judge(
  name: string,
  times: readonly number[],
  { most, milliseconds }: Limit,
  highest: Record<string, number>,
  violations: Violation[],
): void {
  const seconds = String(milliseconds / 1_000);
  let first = 0;
  let toldUntil = -Infinity;
  for (const [index, at] of times.entries()) {
    while (at - times[first]! >= milliseconds) first++;
    const count = index - first + 1;
    highest[seconds] = Math.max(highest[seconds] ?? 0, count);
    if (count <= most || at < toldUntil) continue;
    toldUntil = times[first]! + milliseconds;
    const when = new Date(times[first]!).toISOString();
    violations.push({ invariant: 'sentTooFast', detail: `${name}: more than ${most} in ${seconds} s from ${when}` });
  }
}
