import i18next from 'i18next';
import * as z from 'zod/mini';
import { ApiError } from '../api/api-error.ts';
import { createApiClient } from '../api/client.ts';
import { anyReply, controlRefusal } from './replies.ts';

/** Advancing the clock does everything that is due in between, which may be much. */
const LONG_MS = 10 * 60_000;

const client = createApiClient({
  token: null,
  locale: () => i18next.language,
  readRefusal(status, json) {
    const refusal = z.safeParse(controlRefusal, json);
    if (!refusal.success) return null;
    return new ApiError('sandbox', status, { message: refusal.data.error.message });
  },
});

/** Asks the sandbox's own interface. Undefined values of the query are left out. */
export function ask<Schema extends z.ZodMiniType>(
  name: string,
  query: Record<string, string | undefined>,
  reply: Schema,
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(given);
  const path = `/sandbox/api/${name}${search.size > 0 ? `?${search}` : ''}`;
  return client.send({ method: 'GET', path, reply, signal });
}

/** Does something in the sandbox. */
export function act(name: string, body: Record<string, unknown>): Promise<unknown>;
export function act<Schema extends z.ZodMiniType>(
  name: string,
  body: Record<string, unknown>,
  reply: Schema,
): Promise<z.output<Schema>>;
export function act(name: string, body: Record<string, unknown>, reply: z.ZodMiniType = anyReply): Promise<unknown> {
  return client.send({ method: 'POST', path: `/sandbox/api/${name}`, body, reply, timeoutMs: LONG_MS });
}
