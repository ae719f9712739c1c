import { pathTemplate } from './path-template.ts';

/** What Graph was asked since the start: each request (those inside batches one by one), and calls over the network. */
export interface GraphCounts {
  requests: number;
  httpCalls: number;
  /** `GET /users/{id}/calendarView` -> times. */
  byTemplate: Record<string, number>;
  /** Requests that were answered 429 for their number. */
  throttled: number;
}

/** Counts requests under their path template. */
export interface CallCounter {
  httpCall(): void;
  request(method: string, path: string): void;
  throttled(): void;
  counts(): GraphCounts;
  restore(saved: GraphCounts): void;
}

/** A counter at zero. */
export function createCallCounter(): CallCounter {
  let counts: GraphCounts = { requests: 0, httpCalls: 0, byTemplate: {}, throttled: 0 };
  return {
    httpCall: () => void counts.httpCalls++,
    request(method, path) {
      counts.requests++;
      const template = `${method} ${pathTemplate(path)}`;
      counts.byTemplate[template] = (counts.byTemplate[template] ?? 0) + 1;
    },
    throttled: () => void counts.throttled++,
    counts: () => structuredClone(counts),
    restore(saved) {
      counts = structuredClone(saved);
    },
  };
}
