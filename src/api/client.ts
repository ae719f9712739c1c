import * as z from 'zod/mini';
import { errorReply } from '../../server/contract/http.ts';
import { ApiError } from './api-error.ts';

/** A server that has not answered by then will not. */
export const TIMEOUT_MS = 15_000;
/** Answers that a second attempt may better, and that promise nothing was done. */
const TRANSIENT = new Set([0, 429, 502, 503, 504]);
const RETRY_AFTER_MS = 800;

export interface ApiRequest<Schema extends z.ZodMiniType> {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** What the reply must be. */
  reply: Schema;
  signal?: AbortSignal;
  /** In place of the client's own limit, for what is known to take long. */
  timeoutMs?: number;
}

export interface ApiStream<Schema extends z.ZodMiniType> {
  method: 'GET' | 'POST';
  path: string;
  /** What each line must be. */
  line: Schema;
  onLine: (line: z.output<Schema>) => void;
  signal?: AbortSignal;
}

/** Sends requests as the signed-in person. Rejects with ApiError, or with what the token source threw. */
export interface ApiClient {
  send<Schema extends z.ZodMiniType>(request: ApiRequest<Schema>): Promise<z.output<Schema>>;
  /**
   * Reads a reply whose lines come one by one, each as JSON, and resolves at its end. There is no limit of time; a reply
   * that breaks off rejects with ApiError `network`.
   */
  stream<Schema extends z.ZodMiniType>(request: ApiStream<Schema>): Promise<void>;
}

export interface ApiClientOptions {
  /** Null: the request goes without a token. */
  token: (() => Promise<string>) | null;
  /** The language in which the page is shown, so that the server's sentences are in it too. */
  locale: () => string;
  timeoutMs?: number;
  retryAfterMs?: number;
  /** Reads a refusal; null when it is none that is known. Absent: the product's own shape. */
  readRefusal?: (status: number, json: unknown) => ApiError | null;
}

/** The only place that calls `fetch`. A GET is tried once more when the first attempt did not get through. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  return {
    async send(request) {
      try {
        return await sendOnce(options, request);
      } catch (error) {
        if (request.method !== 'GET' || !(error instanceof ApiError) || !TRANSIENT.has(error.status)) throw error;
        if (error.code === 'timeout' || request.signal?.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, options.retryAfterMs ?? RETRY_AFTER_MS));
        return sendOnce(options, request);
      }
    },
    stream: (request) => readStream(options, request),
  };
}

async function headersOf({ token, locale }: ApiClientOptions): Promise<Record<string, string>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale() };
  if (token) headers.authorization = `Bearer ${await token()}`;
  return headers;
}

async function readStream<Schema extends z.ZodMiniType>(
  options: ApiClientOptions,
  { method, path, line, onLine, signal }: ApiStream<Schema>,
): Promise<void> {
  const headers = await headersOf(options);
  try {
    const response = await fetch(path, { method, headers, signal, credentials: 'omit' });
    if (!response.ok) {
      const json = parseJson(await response.text());
      throw (options.readRefusal ?? readErrorReply)(response.status, json) ?? new ApiError('badReply', response.status);
    }
    for await (const text of readLines(response)) {
      const parsed = z.safeParse(line, parseJson(text));
      if (!parsed.success) throw new ApiError('badReply', response.status, { cause: parsed.error });
      onLine(parsed.data);
    }
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    throw new ApiError('network', 0, { cause: error });
  }
}

/** The lines of a reply as they come; the last one needs no end. */
async function* readLines({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) if (text !== '') yield text;
  }
  if (rest !== '') yield rest;
}

async function sendOnce<Schema extends z.ZodMiniType>(
  options: ApiClientOptions,
  request: ApiRequest<Schema>,
): Promise<z.output<Schema>> {
  const { timeoutMs = TIMEOUT_MS, readRefusal = readErrorReply } = options;
  const headers = await headersOf(options);
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  const limit = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  try {
    const response = await fetch(request.path, {
      method: request.method,
      headers,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal,
      // The token says who it is; a cookie of another site must not.
      credentials: 'omit',
    });
    return readReply(response.status, await response.text(), request.reply, readRefusal);
  } catch (error) {
    if (error instanceof ApiError || request.signal?.aborted) throw error;
    throw new ApiError(limit.aborted ? 'timeout' : 'network', 0, { cause: error });
  }
}

function readReply<Schema extends z.ZodMiniType>(
  status: number,
  text: string,
  reply: Schema,
  readRefusal: (status: number, json: unknown) => ApiError | null,
): z.output<Schema> {
  const json = parseJson(text);
  if (status >= 200 && status < 300) {
    const parsed = z.safeParse(reply, json);
    if (parsed.success) return parsed.data;
    throw new ApiError('badReply', status, { cause: parsed.error });
  }
  throw readRefusal(status, json) ?? new ApiError('badReply', status);
}

function readErrorReply(status: number, json: unknown): ApiError | null {
  const refusal = z.safeParse(errorReply, json);
  if (!refusal.success) return null;
  const { code, message, fields, requestId } = refusal.data.error;
  return new ApiError(code, status, { message, fields, requestId });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
