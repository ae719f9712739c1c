import type { z } from 'zod';
import type { TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Clock, ReadResult, WriteResult } from '../ports.ts';
import type { HttpRequest } from './exchange.ts';
import type { GraphCredential } from './token.ts';

/** What the adapter needs of a logger (pino's fits). Never given names, addresses, bodies or tokens. */
export interface GraphLog {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface GraphClientOptions {
  clock: Clock;
  /** Origin that stands for graph.microsoft.com; another one in tests and in the sandbox. */
  graphUrl?: string;
  /** Origin that stands for login.microsoftonline.com. */
  loginUrl?: string;
  tenantId: TenantId;
  clientId: string;
  credential: GraphCredential;
  /** After this the request is given up (reliability.md R3). */
  deadlineMilliseconds?: number;
  /** How often a read that may be asked again within a minute is repeated inside. */
  readRepeats?: number;
  log: GraphLog;
}

/** One request. `path` begins behind `/v1.0` and carries its query; `reply` checks the body of a success. */
export interface GraphCall<T> {
  method: HttpRequest['method'];
  path: string;
  headers?: Record<string, string>;
  body?: object;
  reply: z.ZodType<T>;
  /** Somebody waits at a page: a read that would have to be asked again comes back as `later` at once. */
  isAwaited?: boolean;
}

/** Numbers since the start, for logs and reports. A batch is one HTTP call and as many requests as it holds. */
export interface GraphCounts {
  httpCalls: number;
  requests: number;
  throttled: number;
  repeats: number;
}

/** Microsoft Graph v1.0 for one tenant, as one application. Nothing here throws for what Graph or the network does. */
export interface GraphClient {
  tenantId: TenantId;
  now(): Instant;
  log: GraphLog;
  counts: Readonly<GraphCounts>;
  read<T>(call: GraphCall<T>): Promise<ReadResult<T>>;
  /** Sent at most once (a 401 apart, which has no effect): what may have happened is `unknown`. */
  write<T>(call: GraphCall<T>): Promise<WriteResult<T>>;
  /** The same by 20 in a batch; results stand in the order of the calls. */
  readBatch<T>(calls: readonly GraphCall<T>[]): Promise<ReadResult<T>[]>;
  writeBatch<T>(calls: readonly GraphCall<T>[]): Promise<WriteResult<T>[]>;
}
