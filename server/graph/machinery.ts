import type { z } from 'zod';
import { MINUTE, type Instant } from '../domain/time/instant.ts';
import type { Clock, Later, ReadResult, Refused, WriteResult } from '../ports.ts';
import { classify, parseBody, type Verdict } from './classify.ts';
import { exchangeWithGraph, GRAPH_ORIGIN, type Exchange, type HttpRequest } from './exchange.ts';
import { createGate, type Gate } from './pacing.ts';
import { createTokenSource, isAppGone } from './token.ts';
import type { GraphClientOptions, GraphCounts } from './types.ts';
import { backOff, readRetryAfter } from './waits.ts';

/** What the batches share with the single calls. */
export interface Machinery {
  clock: Clock;
  gate: Gate;
  counts: GraphCounts;
  /** Sends with a token, once more with a new one after 401. */
  send: (request: HttpRequest) => Promise<Sent>;
  /** Turns a verdict into a result and remembers pauses and failures of the scope. */
  settle: <T>(verdict: Verdict<T>, scope: string, key: string) => WriteResult<T>;
  /** `later` when the scope is paused, else null. */
  whenPaused: (scope: string) => Later | null;
  /** `later` for a write that has stood at the gate since then for too long, else null. */
  whenStale: (since: Instant) => Later | null;
  /** Asks again what came back as `later` with a short wait, at most `readRepeats` times. */
  repeatReads: <T>(
    first: ReadResult<T>[],
    key: string,
    again: (indexes: number[]) => Promise<ReadResult<T>[]>,
  ) => Promise<ReadResult<T>[]>;
}

/** An exchange, or the reason why it was not begun: no token. */
export type Sent = Exchange | { kind: 'noToken'; result: Later | Refused };

const DEADLINE = 30_000;
const READ_REPEATS = 2;
/**
 * A write that had to wait longer for a place is not sent: whoever asked for it looks again whether it may be. The kill
 * switch holds within five seconds (reliability.md R10).
 */
const LONGEST_WAIT_OF_A_WRITE = 3_000;
/** A wait beyond this goes back to the caller, who keeps it in the database. */
const LONGEST_WAIT_INSIDE = MINUTE;

/** The parts of one tenant's client: tokens, gate, deadlines, counts and the way from an answer to a result. */
export function createMachinery(options: GraphClientOptions): Machinery {
  const { clock, log, readRepeats = READ_REPEATS, deadlineMilliseconds = DEADLINE } = options;
  const wire = { clock, graphUrl: withoutSlash(options.graphUrl ?? GRAPH_ORIGIN), deadlineMilliseconds };
  const loginUrl = withoutSlash(options.loginUrl ?? 'https://login.microsoftonline.com');
  const tokens = createTokenSource({ ...options, loginUrl, deadlineMilliseconds });
  const gate = createGate(() => clock.now());
  const counts: GraphCounts = { httpCalls: 0, requests: 0, throttled: 0, repeats: 0 };

  const send = async (request: HttpRequest): Promise<Sent> => {
    for (let attempt = 0; ; attempt++) {
      const token = await tokens.get();
      if (token.kind === 'later') {
        return { kind: 'noToken', result: { outcome: 'later', notBefore: token.notBefore, code: token.code } };
      }
      if (token.kind === 'refused') return { kind: 'noToken', result: signedOut(token.code) };
      counts.httpCalls++;
      const exchange = await exchangeWithGraph(wire, token.token, request);
      if (exchange.kind !== 'answer' || exchange.status !== 401) return exchange;
      tokens.drop(token.token);
      if (attempt === 1) return { kind: 'noToken', result: signedOut('InvalidAuthenticationToken') };
    }
  };

  const settle = <T>(verdict: Verdict<T>, scope: string, key: string): WriteResult<T> => {
    if (verdict.kind !== 'transient') {
      gate.clearFailures(scope);
      if (verdict.kind === 'done') return { outcome: 'done', value: verdict.value };
      log.debug({ scope, ...verdict.refused }, 'graph refused a request');
      return verdict.refused;
    }
    const { code, isThrottled, mayHaveHappened } = verdict;
    if (isThrottled) counts.throttled++;
    const asked = readRetryAfter(verdict.retryAfter, clock.now());
    const notBefore = asked ?? backOff(clock.now(), gate.countFailure(scope), key);
    if (isThrottled || asked) gate.pause(scope, notBefore);
    log.warn({ scope, code, notBefore }, 'graph did not answer properly');
    return { outcome: mayHaveHappened ? 'unknown' : 'later', notBefore, code };
  };

  const repeatReads: Machinery['repeatReads'] = async (first, key, again) => {
    const results = [...first];
    for (let repeat = 0; repeat < readRepeats; repeat++) {
      const late = results.flatMap((result, index) =>
        result.outcome === 'later' ? [{ index, at: result.notBefore }] : [],
      );
      const soon = late.filter(({ at }) => at - clock.now() <= LONGEST_WAIT_INSIDE);
      // One that waits long makes the whole late anyway.
      if (late.length === 0 || soon.length < late.length) return results;
      await clock.sleep(Math.max(...soon.map(({ at }) => at)) - clock.now(), { key: `graph ${key}` });
      counts.repeats += soon.length;
      const repeated = await again(soon.map(({ index }) => index));
      soon.forEach(({ index }, nth) => (results[index] = repeated[nth]!));
    }
    return results;
  };

  return {
    clock,
    gate,
    counts,
    send,
    settle,
    whenPaused(scope) {
      const until = gate.pausedUntil(scope);
      return until === null ? null : { outcome: 'later', notBefore: until, code: 'Paused' };
    },
    whenStale(since) {
      const isStale = clock.now() - since > LONGEST_WAIT_OF_A_WRITE;
      return isStale ? { outcome: 'later', notBefore: clock.now(), code: 'NoPlace' } : null;
    },
    repeatReads,
  };
}

/** What a whole exchange means for a call that expects `reply`. */
export function judge<T>(exchange: Exchange, reply: z.ZodType<T>): Verdict<T> {
  if (exchange.kind !== 'answer') {
    const mayHaveHappened = exchange.kind === 'broken';
    return { kind: 'transient', code: exchange.code, mayHaveHappened, retryAfter: null, isThrottled: false };
  }
  const { status, headers, text } = exchange;
  const body = parseBody(text, headers.get('content-type'));
  return classify({ status, retryAfter: headers.get('retry-after'), body }, reply);
}

/** A read that may have happened has simply not been read. */
export function asRead<T>(result: WriteResult<T>): ReadResult<T> {
  return result.outcome === 'unknown' ? { ...result, outcome: 'later' } : result;
}

const signedOut = (code: string): Refused => ({
  outcome: 'refused',
  reason: 'signedOut',
  status: 401,
  code,
  ...(isAppGone(code) ? { isAppGone: true } : {}),
});
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
