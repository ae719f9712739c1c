import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../server/ports.ts';
import { createGraphClient } from '../../server/graph/client.ts';
import type { GraphClient, GraphClientOptions } from '../../server/graph/types.ts';
import { instant, parseInstant, type Instant } from '../../server/domain/time/instant.ts';
import type { TenantId } from '../../server/domain/people/person.ts';

export const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47' as TenantId;
export const START: Instant = parseInstant('2026-09-28T06:00:00Z');

/* eslint-disable @typescript-eslint/no-explicit-any -- bodies are looked into freely by the tests */

/** A request as it came over the wire; `json` is its parsed body. */
export interface SeenRequest {
  method: string;
  /** Path with query, both decoded. */
  path: string;
  rawPath: string;
  headers: Record<string, string>;
  json: any;
  text: string;
}

/** Any JSON, to be looked into. */
export type Json = any;

/** An answer, or a way to fail: no answer at all, a cut connection, or a body that ends in the middle. */
export type ScriptedReply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  | { fail: 'hang' | 'reset' | 'truncate' };
export type Script = (request: SeenRequest, index: number) => ScriptedReply | Promise<ScriptedReply>;

/** A Graph and an Entra of node:http that answer what the script says. */
export interface GraphDouble {
  origin: string;
  /** Calls to Graph, in order of arrival. */
  seen: SeenRequest[];
  tokenRequests: SeenRequest[];
  script(next: Script): void;
  /** Replaces the answers of the token endpoint. */
  tokens(next: Script): void;
  close(): Promise<void>;
}

export async function startGraphDouble(): Promise<GraphDouble> {
  const seen: SeenRequest[] = [];
  const tokenRequests: SeenRequest[] = [];
  let graph: Script = () => ({ status: 404, json: { error: { code: 'NotScripted', message: '' } } });
  let tokens: Script = (_, index) => ({
    json: { token_type: 'Bearer', expires_in: 3600, access_token: `token-${index}` },
  });
  const server = createServer((request, response) => void handle(request, response));
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const isToken = request.path.includes('/oauth2/');
    const list = isToken ? tokenRequests : seen;
    list.push(request);
    send(response, await (isToken ? tokens : graph)(request, list.length - 1));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    tokenRequests,
    script: (next) => (graph = next),
    tokens: (next) => (tokens = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  const rawPath = incoming.url ?? '';
  let json: any;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const headers = incoming.headers as Record<string, string>;
  return { method: incoming.method ?? '', path: decodeURIComponent(rawPath), rawPath, headers, json, text };
}

function send(response: ServerResponse, reply: ScriptedReply): void {
  if (!('fail' in reply)) {
    const text = reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json));
    const type = reply.text === undefined ? { 'content-type': 'application/json' } : {};
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers });
    response.end(text);
  } else if (reply.fail === 'reset') response.destroy();
  else if (reply.fail === 'truncate') {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"id":"AAMk');
    setTimeout(() => response.destroy(), 5);
  }
}

/** A clock whose sleeps pass at once and are remembered. */
export interface SteppingClock extends Clock {
  sleeps: number[];
  advance(milliseconds: number): void;
}

export function createSteppingClock(start: Instant = START): SteppingClock {
  let now: number = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => instant(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      now += Math.max(0, milliseconds);
    },
    track: (work) => work(),
  };
}

/** A client of the double. */
export function clientOfDouble(double: GraphDouble, clock: Clock, more: Partial<GraphClientOptions> = {}): GraphClient {
  return createGraphClient({
    clock,
    graphUrl: double.origin,
    loginUrl: double.origin,
    tenantId: TENANT,
    clientId: '11111111-2222-3333-4444-555555555555',
    credential: { secret: 'a-secret' },
    log: { debug: () => undefined, warn: () => undefined },
    ...more,
  });
}

/** An error as Graph words it. */
export function graphError(status: number, code: string, headers: Record<string, string> = {}): ScriptedReply {
  return { status, headers, json: { error: { code, message: 'in words' } } };
}
