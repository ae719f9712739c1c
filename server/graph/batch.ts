import type { Instant } from '../domain/time/instant.ts';
import type { Later, ReadResult, WriteResult } from '../ports.ts';
import { classify, type Answer, type Verdict } from './classify.ts';
import { asRead, judge, type Machinery } from './machinery.ts';
import { PLACES_PER_MAILBOX } from './pacing.ts';
import { scopeOf } from './paths.ts';
import { batchAnswer, batchReply } from './replies.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** Documented limit of $batch. */
const REQUESTS_PER_BATCH = 20;
/** Platform correction 15: more event writes in one batch run into Outlook's own limit of concurrency. */
export const EVENT_WRITES_PER_BATCH = 4;

/** Batches written and read by hand: the SDK's classes do not work on Node (dependencies.md P5). */
export function createBatches(machinery: Machinery): Pick<GraphClient, 'readBatch' | 'writeBatch'> {
  const runAll = async <T>(calls: readonly GraphCall<T>[], isWrite: boolean): Promise<WriteResult<T>[]> => {
    const results: WriteResult<T>[] = [];
    const since = machinery.clock.now();
    for (const part of splitCalls(calls)) results.push(...(await runOne(machinery, part, isWrite ? since : null)));
    return results;
  };
  return {
    async readBatch<T>(calls: readonly GraphCall<T>[]): Promise<ReadResult<T>[]> {
      const first = (await runAll(calls, false)).map(asRead);
      const again = async (indexes: number[]) =>
        (
          await runAll(
            indexes.map((index) => calls[index]!),
            false,
          )
        ).map(asRead);
      return machinery.repeatReads(first, `batch ${calls[0]?.path ?? ''}`, again);
    },
    writeBatch: (calls) => runAll(calls, true),
  };
}

/** Cuts calls into batches of at most 20 requests and at most 4 event writes, in order. */
export function splitCalls<T>(calls: readonly GraphCall<T>[]): GraphCall<T>[][] {
  const parts: GraphCall<T>[][] = [];
  let eventWrites = 0;
  for (const call of calls) {
    const isEventWrite = call.method !== 'GET' && /\/events\b/i.test(call.path);
    const last = parts.at(-1);
    if (!last || last.length === REQUESTS_PER_BATCH || (isEventWrite && eventWrites === EVENT_WRITES_PER_BATCH)) {
      parts.push([call]);
      eventWrites = isEventWrite ? 1 : 0;
    } else {
      last.push(call);
      if (isEventWrite) eventWrites++;
    }
  }
  return parts;
}

/** Runs one batch; `since`: when these writes were let go, null for reads. */
async function runOne<T>(
  machinery: Machinery,
  calls: readonly GraphCall<T>[],
  since: Instant | null,
): Promise<WriteResult<T>[]> {
  const scopes = calls.map((call) => scopeOf(call.path));
  let late = scopes.map((scope) => machinery.whenPaused(scope));
  let leave = await machinery.gate.enter(placesOf(scopes, late));
  // A scope may have been paused while we stood in the queue; then its places are given back before the call.
  for (let now = scopes.map(machinery.whenPaused); now.some((paused, i) => paused && !late[i]);) {
    leave();
    late = now;
    leave = await machinery.gate.enter(placesOf(scopes, late));
    now = scopes.map(machinery.whenPaused);
  }
  try {
    const stale = since === null ? null : machinery.whenStale(since);
    if (stale) return calls.map((_, index) => late[index] ?? stale);
    const going = calls.flatMap((_, index) => (late[index] ? [] : [index]));
    const sent = going.length > 0 ? await sendBatch(machinery, calls, going) : new Map<number, WriteResult<T>>();
    return calls.map((_, index) => late[index] ?? sent.get(index)!);
  } finally {
    leave();
  }
}

/** A batch takes as many places of a mailbox as it has requests for it, 4 at most: Graph runs no more of them at once. */
function placesOf(scopes: readonly string[], late: readonly (Later | null)[]): Map<string, number> {
  const places = new Map<string, number>();
  scopes.forEach((scope, index) => {
    if (!late[index]) places.set(scope, Math.min(PLACES_PER_MAILBOX, (places.get(scope) ?? 0) + 1));
  });
  return places;
}

async function sendBatch<T>(
  machinery: Machinery,
  calls: readonly GraphCall<T>[],
  going: readonly number[],
): Promise<Map<number, WriteResult<T>>> {
  const requests = going.map((index) => requestOf(calls[index]!, index));
  machinery.counts.requests += requests.length;
  const sent = await machinery.send({ method: 'POST', path: '/$batch', headers: {}, body: { requests } });
  const results = new Map<number, WriteResult<T>>();
  const settle = (index: number, verdict: Verdict<T>): void => {
    const { method, path } = calls[index]!;
    results.set(index, machinery.settle(verdict, scopeOf(path), `${method} ${path}`));
  };
  if (sent.kind === 'noToken') {
    for (const index of going) results.set(index, sent.result);
    return results;
  }
  const whole = judge(sent, batchReply);
  const answers = whole.kind === 'done' ? readAnswers(whole.value.responses) : null;
  for (const index of going) {
    const answer = answers?.get(String(index));
    if (answer) settle(index, judgeInner(answer, calls[index]!));
    else if (whole.kind === 'transient') settle(index, whole);
    else if (whole.kind === 'refused') results.set(index, whole.refused);
    else settle(index, lost('MissingInBatch', true));
  }
  return results;
}

const lost = (code: string, mayHaveHappened: boolean): Verdict<never> => ({
  kind: 'transient',
  code,
  mayHaveHappened,
  retryAfter: null,
  isThrottled: false,
});

/** A 401 inside a batch whose own token was good: the token ended on the way, so it is asked again, not given up. */
function judgeInner<T>(answer: Answer, call: GraphCall<T>): Verdict<T> {
  return answer.status === 401 ? lost('InvalidAuthenticationToken', false) : classify(answer, call.reply);
}

function requestOf(call: GraphCall<unknown>, index: number): object {
  const headers = { ...call.headers, ...(call.body ? { 'Content-Type': 'application/json' } : {}) };
  return {
    id: String(index),
    method: call.method,
    url: call.path,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(call.body ? { body: call.body } : {}),
  };
}

/** Answers by id. They come in any order; of an id that comes twice the first counts; the unreadable are left out. */
function readAnswers(responses: readonly unknown[]): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const response of responses) {
    const parsed = batchAnswer.safeParse(response);
    if (!parsed.success || answers.has(parsed.data.id)) continue;
    const { id, status, headers, body } = parsed.data;
    const retryAfter = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
    answers.set(id, { status, retryAfter: retryAfter ?? null, body: body ?? null });
  }
  return answers;
}
