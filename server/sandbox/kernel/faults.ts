import type { SandboxReply, SandboxRequest } from '../http.ts';

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
  /** No answer, however long the caller waits: in real time, so with a caller that gives up soon. */
  | { kind: 'hang'; when: FaultMoment }
  /** Another answer: what a proxy or a broken service makes of the real one (null: the request had no effect). */
  | { kind: 'reply'; when: FaultMoment; reply: (real: SandboxReply | null) => SandboxReply }
  /** Deliveries only: never sent, or sent twice. */
  | { kind: 'drop' }
  | { kind: 'duplicate' };

export type FaultKind = FaultDecision['kind'];

/** A fault that a test or the sandbox page asks for. */
export interface FaultRule {
  match: {
    method?: string;
    path: RegExp;
    part?: FaultPart;
    /** The query, decoded. */
    query?: RegExp;
    body?: RegExp;
  };
  fault: FaultDecision;
  /** How many matching requests it meets; absent: every one until removed. */
  times?: number;
  /** Matching requests that pass before the first fault. */
  after?: number;
  /** From then on each so-many-th is met: 20 is one in twenty; absent: each. */
  every?: number;
}

export interface FaultCounts {
  /** Requests that could have been met by a fault. */
  offered: number;
  injected: number;
  byKind: Record<string, number>;
  byPart: Record<string, number>;
}

/** What a fault is decided by. */
export type FaultRequest = Pick<SandboxRequest, 'method' | 'path' | 'body'> & { query?: URLSearchParams };

/** Decides, reproducibly, which requests go wrong. */
export interface Faults {
  /**
   * The fault for this request, or null. The kernel asks once for each request from the network; $batch asks once for
   * each inner request with `kinds: ['status', 'delay', 'reply']` (an inner request has no connection of its own to
   * lose). Counts what it decides: call it exactly once per request, and do what it says.
   */
  decide(request: FaultRequest, part: FaultPart, options?: { kinds?: readonly FaultKind[] }): FaultDecision | null;
  /** Tells of every request and delivery, and of the fault that meets it. Returns a function that ends it. */
  watch(listener: (request: FaultRequest, part: FaultPart, fault: FaultDecision | null) => void): () => void;
  /** Adds a rule; it goes before the general rate and before older rules. Returns a function that takes it back. */
  add(rule: FaultRule): () => void;
  /** Removes all rules. */
  clear(): void;
  /** Share of requests that go wrong without a rule, in [0, 1]. */
  rate(): number;
  setRate(rate: number): void;
  counts(): FaultCounts;
}
