import type { SandboxRequest } from '../http.ts';

/** Where a fault happens: on a way into the sandbox, or on a delivery to the product. */
export type FaultPart = 'graph' | 'entra' | 'connector' | 'notification' | 'invoke';

/** Before: the request had no effect. After: it had its effect, and the caller does not learn of it. */
export type FaultMoment = 'before' | 'after';

/** What goes wrong with one request. */
export type FaultDecision =
  | { kind: 'status'; status: number; when: FaultMoment; retryAfterSeconds: number | null }
  /** The answer comes this much later (virtual time), or, beyond the caller's deadline, never. */
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'reset'; when: FaultMoment }
  /** The answer's body is cut in the middle. */
  | { kind: 'truncate' }
  /** Deliveries only: never sent, or sent twice. */
  | { kind: 'drop' }
  | { kind: 'duplicate' };

export type FaultKind = FaultDecision['kind'];

/** A fault that a test or the sandbox page asks for. */
export interface FaultRule {
  match: { method?: string; path: RegExp; part?: FaultPart };
  fault: FaultDecision;
  /** How many matching requests it meets; absent: every one until removed. */
  times?: number;
  /** Matching requests that pass before the first fault. */
  after?: number;
}

export interface FaultCounts {
  /** Requests that could have been met by a fault. */
  offered: number;
  injected: number;
  byKind: Record<string, number>;
  byPart: Record<string, number>;
}

/** Decides, reproducibly, which requests go wrong. */
export interface Faults {
  /**
   * The fault for this request, or null. The kernel asks once for each request from the network; $batch asks once for
   * each inner request with `kinds: ['status', 'delay']` (an inner request has no connection of its own to lose).
   * Counts what it decides: call it exactly once per request, and do what it says.
   */
  decide(
    request: Pick<SandboxRequest, 'method' | 'path' | 'body'> & { query?: URLSearchParams },
    part: FaultPart,
    options?: { kinds?: readonly FaultKind[] },
  ): FaultDecision | null;
  /** Adds a rule; it goes before the general rate and before older rules. Returns a function that takes it back. */
  add(rule: FaultRule): () => void;
  /** Removes all rules. */
  clear(): void;
  /** Share of requests that go wrong without a rule, in [0, 1]. */
  rate(): number;
  setRate(rate: number): void;
  counts(): FaultCounts;
}
