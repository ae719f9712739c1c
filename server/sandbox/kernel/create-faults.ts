import { chance, opaqueId, pick } from '../hash.ts';
import type { FaultCounts, FaultDecision, FaultKind, FaultPart, FaultRequest, FaultRule, Faults } from './faults.ts';

/** How long a caller waits for an answer (virtual time): a delay beyond it never comes to its end. */
export const DEADLINE_MILLISECONDS = 30_000;

/** What the general rate injects, each as likely as the others. */
const REQUEST_FAULTS: readonly FaultDecision[] = [
  { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 5 },
  { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 30 },
  { kind: 'status', status: 500, when: 'before', retryAfterSeconds: null },
  { kind: 'status', status: 500, when: 'after', retryAfterSeconds: null },
  { kind: 'status', status: 502, when: 'after', retryAfterSeconds: null },
  { kind: 'status', status: 503, when: 'before', retryAfterSeconds: 10 },
  { kind: 'status', status: 503, when: 'after', retryAfterSeconds: null },
  { kind: 'status', status: 504, when: 'before', retryAfterSeconds: null },
  { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null },
  { kind: 'delay', milliseconds: 2_000 },
  { kind: 'delay', milliseconds: 15_000 },
  { kind: 'delay', milliseconds: 2 * DEADLINE_MILLISECONDS },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'truncate' },
];
const NOTIFICATION_FAULTS: readonly FaultDecision[] = [
  { kind: 'drop' },
  { kind: 'duplicate' },
  { kind: 'delay', milliseconds: 20_000 },
  { kind: 'reset', when: 'after' },
];
const INVOKE_FAULTS: readonly FaultDecision[] = [
  { kind: 'drop' },
  { kind: 'duplicate' },
  { kind: 'delay', milliseconds: 4_000 },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
];
const FAULTS_OF: Record<FaultPart, readonly FaultDecision[]> = {
  graph: REQUEST_FAULTS,
  connector: REQUEST_FAULTS,
  entra: REQUEST_FAULTS,
  notification: NOTIFICATION_FAULTS,
  invoke: INVOKE_FAULTS,
};

/** Fields of a token request that are the same in every run; keys, assertions and correlation ids are not. */
const TOKEN_FIELDS = ['grant_type', 'client_id', 'scope', 'redirect_uri'];
/** Secrets that a client draws anew in every run. */
const DRAWN = /"clientState"\s*:\s*"[^"]*"/g;
/** Where this run listens: the system chooses the port. */
const LOOPBACK = /127\.0\.0\.1:\d+/g;

/** The body without what differs from run to run: a fault may hang only on what the seed decides. */
function steadyBody(part: FaultPart, body: string): string {
  if (part !== 'entra') return body.replace(DRAWN, '').replace(LOOPBACK, '');
  const form = new URLSearchParams(body);
  return TOKEN_FIELDS.map((name) => form.get(name) ?? '').join('\n');
}

const isTokenRequest = ({ method, path }: FaultRequest): boolean =>
  method === 'POST' && path.endsWith('/oauth2/v2.0/token');

/** Whether the general rate may meet this request: sign-in pages and key sets stay as they are. */
const isOffered = (request: FaultRequest, part: FaultPart): boolean => part !== 'entra' || isTokenRequest(request);

function matches({ match }: FaultRule, request: FaultRequest, part: FaultPart): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  if (match.part !== undefined && match.part !== part) return false;
  const { path, query, body } = match;
  if (query && !isMet(query, decodedQuery(request))) return false;
  if (body && !isMet(body, request.body)) return false;
  return isMet(path, request.path);
}

function isMet(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

const decodedQuery = ({ query }: FaultRequest): string =>
  [...(query ?? [])].map(([name, value]) => `${name}=${value}`).join('&');

/** What the general rate and the seed say about this request, seen for the `attempt`-th time. */
function draw(
  seed: number,
  rate: number,
  key: readonly string[],
  attempt: number,
  possible: readonly FaultDecision[],
): FaultDecision | null {
  if (possible.length === 0 || chance(seed, 'fault', ...key, attempt) >= rate) return null;
  return pick(possible, seed, 'fault kind', ...key, attempt);
}

/**
 * Faults that hang on `hash(seed, method, path and query, body, attempt)` alone (without what clients draw anew in each run), where `attempt` is how often this very
 * request was seen while faults could happen. Throws RangeError for a rate outside [0, 1].
 */
export function createFaults(seed: number, rate = 0): Faults {
  const rules: { rule: FaultRule; met: number }[] = [];
  const attempts = new Map<string, number>();
  const watching = new Set<Parameters<Faults['watch']>[0]>();
  const counts: FaultCounts = { offered: 0, injected: 0, byKind: {}, byPart: {} };
  let general = 0;

  const byRule = (
    request: FaultRequest,
    part: FaultPart,
    kinds: readonly FaultKind[] | undefined,
  ): FaultDecision | null => {
    for (const entry of rules) {
      const { rule } = entry;
      if ((kinds && !kinds.includes(rule.fault.kind)) || !matches(rule, request, part)) continue;
      const number = (entry.met++ - (rule.after ?? 0)) / (rule.every ?? 1);
      const isMet = number >= 0 && Number.isInteger(number);
      if (isMet && (rule.times === undefined || number < rule.times)) return rule.fault;
    }
    return null;
  };

  const byRate = (
    request: FaultRequest,
    part: FaultPart,
    kinds: readonly FaultKind[] | undefined,
  ): FaultDecision | null => {
    if (general === 0) return null;
    const { method, path, query, body } = request;
    // Sign-in libraries put ids of their own drawing into the query.
    const address = part === 'entra' ? path : `${path}?${query?.toString() ?? ''}`;
    const key = [method, address, steadyBody(part, body)];
    // Bodies are long and many: their digest is enough to know them again.
    const seen = opaqueId(22, ...key);
    const attempt = attempts.get(seen) ?? 0;
    attempts.set(seen, attempt + 1);
    const possible = FAULTS_OF[part].filter(({ kind }) => !kinds || kinds.includes(kind));
    return draw(seed, general, key, attempt, possible);
  };

  const faults: Faults = {
    decide(request, part, { kinds } = {}) {
      const offered = isOffered(request, part);
      if (offered) counts.offered++;
      const fault = byRule(request, part, kinds) ?? (offered ? byRate(request, part, kinds) : null);
      if (fault) {
        counts.injected++;
        const name = fault.kind === 'status' ? `status ${fault.status}` : fault.kind;
        counts.byKind[name] = (counts.byKind[name] ?? 0) + 1;
        counts.byPart[part] = (counts.byPart[part] ?? 0) + 1;
      }
      for (const tell of watching) tell(request, part, fault);
      return fault;
    },
    watch(listener) {
      watching.add(listener);
      return () => void watching.delete(listener);
    },
    add(rule) {
      const entry = { rule, met: 0 };
      rules.unshift(entry);
      return () => {
        const index = rules.indexOf(entry);
        if (index >= 0) rules.splice(index, 1);
      };
    },
    clear: () => void rules.splice(0),
    rate: () => general,
    setRate(next) {
      if (!(next >= 0 && next <= 1)) throw new RangeError(`rate: a number from 0 to 1, not ${next}`);
      general = next;
    },
    counts: () => ({ ...counts, byKind: { ...counts.byKind }, byPart: { ...counts.byPart } }),
  };
  faults.setRate(rate);
  return faults;
}

/** The part of the sandbox that a path on its port belongs to, or null where no fault belongs. */
export function faultPartOf({ path }: Pick<FaultRequest, 'path'>): FaultPart | null {
  if (/^\/(v1\.0|beta)(\/|$)/i.test(path)) return 'graph';
  if (path.startsWith('/connector/')) return 'connector';
  if (/^\/[^/]+\/(oauth2|discovery|v2\.0)\//.test(path) && !/^\/(sandbox|assets|botframework)\//.test(path))
    return 'entra';
  return null;
}
