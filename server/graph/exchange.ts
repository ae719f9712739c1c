import { AuthenticationHandler, Client, ResponseType, TelemetryHandler } from '@microsoft/microsoft-graph-client';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../ports.ts';

/** The origin that the Graph client knows and gives its token to; only the transport below it goes elsewhere. */
export const GRAPH_ORIGIN = 'https://graph.microsoft.com';

/** One request to Graph. `path` begins behind the version and carries its query; `body` is sent as JSON. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: object;
}

/**
 * How one HTTP exchange ended: an answer with its whole body; `unsent`, when no byte can have reached Graph; or
 * `broken`, when it may have (time-out, reset, body cut off).
 */
export type Exchange =
  | { kind: 'answer'; status: number; headers: Headers; text: string }
  | { kind: 'unsent'; code: string }
  | { kind: 'broken'; code: string };

/** Where and how long. */
export interface Wire {
  clock: Clock;
  graphUrl: string;
  deadlineMilliseconds: number;
}

/** Failures of a connection that was never made. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends one request through the Graph client (its authentication and telemetry; no RetryHandler, which would post an
 * event again after a 504) and reads the whole answer. Never throws for anything that the network does.
 */
export async function exchangeWithGraph(wire: Wire, token: string, request: HttpRequest): Promise<Exchange> {
  let ended: Exchange = { kind: 'unsent', code: 'NotSent' };
  const transport: Middleware = {
    async execute(context: Context) {
      ended = await wire.clock.track(() => fetchWhole(wire, context));
      context.response = new Response(null, { status: 204 });
    },
  };
  const authentication = new AuthenticationHandler({ getAccessToken: () => Promise.resolve(token) });
  const telemetry = new TelemetryHandler();
  authentication.setNext(telemetry);
  telemetry.setNext(transport);
  const client = Client.initWithMiddleware({ middleware: authentication, baseUrl: GRAPH_ORIGIN });
  const prepared = client.api(request.path).headers(request.headers).responseType(ResponseType.RAW);
  if (request.method === 'GET') await prepared.get();
  else if (request.method === 'DELETE') await prepared.delete();
  else if (request.method === 'POST') await prepared.post(request.body ?? {});
  else await prepared.patch(request.body ?? {});
  return ended;
}

async function fetchWhole(wire: Wire, context: Context): Promise<Exchange> {
  // The client's own type of it comes from the DOM, which server code does not see.
  const request = context.request as string | { url: string };
  const url = new URL(typeof request === 'string' ? request : request.url);
  let sent = false;
  try {
    const response = await fetch(`${wire.graphUrl}${url.pathname}${url.search}`, {
      ...(context.options as RequestInit),
      // A redirect would carry the request to a place that nobody chose.
      redirect: 'manual',
      signal: AbortSignal.timeout(wire.deadlineMilliseconds),
    });
    sent = true;
    return { kind: 'answer', status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    const code = failureCode(error);
    return { kind: !sent && NEVER_CONNECTED.has(code) ? 'unsent' : 'broken', code };
  }
}

/** The most telling name that a failed fetch carries, e.g. `ECONNRESET` or `TimeoutError`. */
export function failureCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof Error ? error.name : 'UnknownFailure';
}
