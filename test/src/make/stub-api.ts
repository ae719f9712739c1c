import { vi } from 'vitest';

/** A request that a page sent. */
export interface SentRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

type Answer = (request: SentRequest) => { status?: number; body: unknown };

/** Nothing is written down about a session yet. */
export const NO_WORK = { notes: { onlyMe: '', partner: '', ofPartner: null }, actions: [], canWrite: true };

/**
 * Replaces fetch by answers per `METHOD path` (without query); a route may be a plain body. What is not listed gets 404.
 * Gives the requests in the order they came.
 */
export function stubApi(routes: Record<string, unknown>): SentRequest[] {
  const sent: SentRequest[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request: SentRequest = {
      method: init.method ?? 'GET',
      path,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      headers: init.headers as Record<string, string>,
    };
    sent.push(request);
    const route = routes[`${request.method} ${path.split('?')[0]}`] ?? (path.endsWith('/work') ? NO_WORK : undefined);
    const { status = 200, body } =
      typeof route === 'function'
        ? (route as Answer)(request)
        : route === undefined
          ? { status: 404, body: { error: { code: 'notFound', message: '' } } }
          : { body: route };
    return new Response(JSON.stringify(body), { status });
  });
  return sent;
}

/** A refusal as the server writes it. */
export const refusal =
  (status: number, code: string, message = ''): Answer =>
  () => ({
    status,
    body: { error: { code, message } },
  });

export const DONE = { ok: true };
