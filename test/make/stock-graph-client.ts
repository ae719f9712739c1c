import {
  AuthenticationHandler,
  Client,
  GraphError,
  RedirectHandler,
  RetryHandler,
  TelemetryHandler,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { plus } from '../../server/domain/time/instant.ts';
import { classify } from '../../server/graph/classify.ts';
import { GRAPH_ORIGIN } from '../../server/graph/exchange.ts';
import { createTokenSource } from '../../server/graph/token.ts';
import type { GraphCall, GraphClient, GraphClientOptions, GraphCounts } from '../../server/graph/types.ts';
import type { ReadResult, WriteResult } from '../../server/ports.ts';

/** When somebody who trusts the library tries again what it has given up. */
const TRY_AGAIN_AFTER = 3_000;
const DEADLINE = 30_000;
const REQUESTS_PER_BATCH = 20;

/**
 * The client that everybody builds first: the library's own chain of handlers as it comes, with the RetryHandler that
 * posts again after 429, 503 and 504. What throws counts as not done and is tried again. It stands in place of ours to show that
 * tests of faults are able to fail; its waits run on the clock of the tests.
 */
export function createStockGraphClient(options: GraphClientOptions): GraphClient {
  const counts: GraphCounts = { httpCalls: 0, requests: 0, throttled: 0, repeats: 0 };
  const client = Client.initWithMiddleware({ middleware: stockChain(options, counts), baseUrl: GRAPH_ORIGIN });

  const write = async <T>(call: GraphCall<T>): Promise<WriteResult<T>> => {
    counts.requests++;
    try {
      return resultOf(options, 200, await send(client, call), call);
    } catch (error) {
      const { statusCode = -1, code = null } = error instanceof GraphError ? error : {};
      return resultOf(options, statusCode, { error: { code: code ?? 'Unknown' } }, call);
    }
  };

  const writeBatch = async <T>(calls: readonly GraphCall<T>[]): Promise<WriteResult<T>[]> => {
    const results: WriteResult<T>[] = [];
    for (let i = 0; i < calls.length; i += REQUESTS_PER_BATCH)
      results.push(...(await writeOneBatch(client, options, calls.slice(i, i + REQUESTS_PER_BATCH))));
    return results;
  };

  const asRead = <T>(result: WriteResult<T>): ReadResult<T> => result as ReadResult<T>;
  return {
    tenantId: options.tenantId,
    now: () => options.clock.now(),
    log: options.log,
    counts,
    write,
    read: async (call) => asRead(await write(call)),
    writeBatch,
    readBatch: async (calls) => (await writeBatch(calls)).map(asRead),
  };
}

/** The order of `MiddlewareFactory.getDefaultMiddlewareChain` on Node; only the last link goes to the sandbox. */
function stockChain(
  { clock, graphUrl, loginUrl = '', ...options }: GraphClientOptions,
  counts: GraphCounts,
): Middleware {
  const tokens = createTokenSource({ ...options, clock, loginUrl, deadlineMilliseconds: DEADLINE });
  const getAccessToken = async (): Promise<string> => {
    const token = await tokens.get();
    if (token.kind !== 'token') throw new Error(token.code);
    return token.token;
  };
  const retry = new RetryHandler();
  Object.assign(retry, { sleep: (seconds: number) => clock.sleep(seconds * 1_000, { key: 'stock client' }) });
  const transport: Middleware = {
    async execute(context: Context) {
      counts.httpCalls++;
      const { pathname, search } = new URL(context.request as string);
      context.response = await clock.track(async () => {
        const response = await fetch(`${graphUrl}${pathname}${search}`, context.options);
        const body = await response.arrayBuffer();
        return new Response(body.byteLength > 0 ? body : null, { status: response.status, headers: response.headers });
      });
    },
  };
  const chain = [new AuthenticationHandler({ getAccessToken }), retry, new RedirectHandler(), new TelemetryHandler()];
  chain.forEach((handler, index) => handler.setNext(chain[index + 1] ?? transport));
  return chain[0]!;
}

async function send(client: Client, { method, path, headers = {}, body }: GraphCall<unknown>): Promise<unknown> {
  const request = client.api(path).headers(headers);
  if (method === 'GET') return request.get();
  if (method === 'DELETE') return request.delete();
  return method === 'POST' ? request.post(body ?? {}) : request.patch(body ?? {});
}

async function writeOneBatch<T>(
  client: Client,
  options: GraphClientOptions,
  calls: readonly GraphCall<T>[],
): Promise<WriteResult<T>[]> {
  const requests = calls.map(({ method, path, headers, body }, index) => ({
    id: String(index),
    method,
    url: path,
    headers: { ...headers, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  }));
  type Inner = { id: string; status: number; body?: unknown };
  let responses: Inner[] = [];
  try {
    responses = ((await client.api('/$batch').post({ requests })) as { responses: Inner[] }).responses;
  } catch {
    // What did not come back was not done.
  }
  return calls.map((call, index) => {
    const own = responses.find(({ id }) => id === String(index));
    return resultOf(options, own?.status ?? -1, own?.body, call);
  });
}

function resultOf<T>({ clock }: GraphClientOptions, status: number, body: unknown, call: GraphCall<T>): WriteResult<T> {
  const verdict = classify({ status, retryAfter: null, body: body ?? null }, call.reply);
  if (verdict.kind === 'done') return { outcome: 'done', value: verdict.value };
  if (verdict.kind === 'refused') return verdict.refused;
  return { outcome: 'later', notBefore: plus(clock.now(), TRY_AGAIN_AFTER), code: verdict.code };
}
