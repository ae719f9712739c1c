import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VirtualClock } from '../clock.ts';
import type { SandboxHandler, SandboxReply, SandboxRequest } from '../http.ts';
import { DEADLINE_MILLISECONDS, faultPartOf } from './create-faults.ts';
import { answerPreflight, crossOriginHeaders } from './cross-origin.ts';
import { faultReply } from './fault-replies.ts';
import type { FaultDecision, Faults } from './faults.ts';

/** Graph takes at most 4 MB in one request; nothing else here takes more. */
const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** What the one server of the sandbox needs. */
export interface ListenOptions {
  /** 0: a free port. */
  port: number;
  clock: VirtualClock;
  faults: Faults;
  /** Asked in order; the first that answers is taken. */
  handlers: readonly SandboxHandler[];
  /** Called after each request that may have changed something. */
  changed?(): void;
  /** Called for what a handler throws: a mistake of the sandbox itself, answered with 500. */
  failed?(error: unknown, request: SandboxRequest): void;
}

/** The running server. */
export interface Listening {
  origin: string;
  /** Requests from the network so far. */
  requests(): number;
  close(): Promise<void>;
}

/** What is sent, or that the connection is cut (at once, or in the middle of the body), or left as it is. */
type Outcome = { reply: SandboxReply; cut?: boolean } | 'reset' | 'hang';

async function readBody(message: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readHead(message: IncomingMessage): SandboxRequest | null {
  let url: URL;
  try {
    url = new URL(message.url ?? '/', 'http://sandbox');
  } catch {
    return null;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { method: message.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: '' };
}

/** The bytes of a reply's body, and the content type that its form implies. */
function encode({ body }: SandboxReply): { bytes: Buffer; type: string | null } {
  if (body === undefined) return { bytes: Buffer.alloc(0), type: null };
  if (Buffer.isBuffer(body)) return { bytes: body, type: 'application/octet-stream' };
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain; charset=utf-8' };
  return { bytes: Buffer.from(JSON.stringify(body)), type: 'application/json; charset=utf-8' };
}

function send(response: ServerResponse, outcome: Outcome, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || !response.socket || response.socket.destroyed) {
      resolve();
      return;
    }
    response.once('close', resolve);
    if (outcome === 'hang') return;
    if (outcome === 'reset') {
      response.socket.resetAndDestroy();
      return;
    }
    const { reply, cut } = outcome;
    const { bytes, type } = encode(reply);
    const all = new Headers({ ...(type ? { 'content-type': type } : {}), ...headers });
    for (const [name, value] of Object.entries(reply.headers ?? {})) all.set(name, value);
    const hasBody = reply.status !== 204 && reply.status !== 304;
    if (hasBody) all.set('content-length', String(bytes.length));
    response.writeHead(reply.status, Object.fromEntries(all));
    if (!cut) {
      response.end(hasBody ? bytes : undefined);
    } else {
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
    }
  });
}

async function dispatch(request: SandboxRequest, options: ListenOptions): Promise<SandboxReply> {
  const preflight = answerPreflight(request);
  if (preflight) return preflight;
  try {
    for (const handle of options.handlers) {
      const reply = await handle(request);
      if (reply) return reply;
    }
  } catch (error) {
    options.failed?.(error, request);
    return { status: 500, body: { error: { code: 'sandboxFailure', message: 'The sandbox itself failed.' } } };
  }
  return { status: 404, body: { error: { code: 'notFound', message: `There is nothing at ${request.path}.` } } };
}

/** Does what a fault says around the request's effect. */
async function suffer(request: SandboxRequest, fault: FaultDecision, options: ListenOptions): Promise<Outcome> {
  const { clock } = options;
  const part = faultPartOf(request)!;
  switch (fault.kind) {
    case 'status': {
      if (fault.when === 'after') await dispatch(request, options);
      return { reply: faultReply(part, fault.status, fault.retryAfterSeconds) };
    }
    case 'delay': {
      const reply = await dispatch(request, options);
      clock.elapse(Math.min(fault.milliseconds, DEADLINE_MILLISECONDS));
      return fault.milliseconds > DEADLINE_MILLISECONDS ? 'reset' : { reply };
    }
    case 'reset': {
      if (fault.when === 'after') await dispatch(request, options);
      return 'reset';
    }
    case 'truncate': {
      const reply = await dispatch(request, options);
      return encode(reply).bytes.length > 1 ? { reply, cut: true } : 'reset';
    }
    case 'hang': {
      if (fault.when === 'after') await dispatch(request, options);
      return 'hang';
    }
    case 'reply':
      return { reply: fault.reply(fault.when === 'after' ? await dispatch(request, options) : null) };
    case 'drop':
      return 'reset';
    case 'duplicate': {
      const reply = await dispatch(request, options);
      await dispatch(request, options);
      return { reply };
    }
  }
}

async function answer(message: IncomingMessage, head: SandboxRequest, options: ListenOptions): Promise<Outcome> {
  const body = await readBody(message);
  if (body === null) {
    return {
      reply: {
        status: 413,
        headers: { connection: 'close' },
        body: { error: { code: 'requestEntityTooLarge', message: 'At most 4 MB.' } },
      },
    };
  }
  const request = { ...head, body };
  const part = request.method === 'OPTIONS' ? null : faultPartOf(request);
  const fault = part && options.faults.decide(request, part);
  return fault ? suffer(request, fault, options) : { reply: await dispatch(request, options) };
}

/**
 * Starts the sandbox's one HTTP server on loopback. Every reply carries the virtual time in `x-sandbox-now`; requests
 * count as work for the clock, apart from those of the sandbox's own page (which may ask to advance it). Rejects when the
 * port is taken.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { clock, port } = options;
  let requests = 0;

  const serve = async (message: IncomingMessage, response: ServerResponse, head: SandboxRequest): Promise<void> => {
    const outcome = await answer(message, head, options);
    const now = new Date(clock.now()).toISOString();
    await send(response, outcome, { ...crossOriginHeaders(head), 'x-sandbox-now': now });
    if (head.method !== 'GET' && head.method !== 'OPTIONS') options.changed?.();
  };

  const server: Server = createServer((message, response) => {
    requests++;
    const head = readHead(message);
    if (!head) {
      response.writeHead(400).end();
      return;
    }
    const isOwnPage = /^\/(sandbox|assets)(\/|$)/.test(head.path) || head.path === '/';
    const work = (): Promise<void> => serve(message, response, head);
    // Rejects only when the caller went away in the middle of its own body.
    (isOwnPage ? work() : clock.track(work)).catch(() => message.destroy());
  });
  // Clients keep connections open between requests; a cut idle connection would look like a fault nobody asked for.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? Object.assign(new Error(`port ${port} is taken by another program`, { cause: error }), {
              code: error.code,
              port,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
