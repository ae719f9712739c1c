import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { ApiError } from '../../../src/api/api-error.ts';
import { createApiClient } from '../../../src/api/client.ts';

const reply = z.object({ ok: z.literal(true) });
const clientWith = (options: { timeoutMs?: number } = {}) =>
  createApiClient({ token: async () => 'abc', locale: () => 'pl', retryAfterMs: 1, ...options });
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

describe('createApiClient', () => {
  it('sends token, language and body', async () => {
    const fetched = vi.fn().mockResolvedValue(json({ ok: true }));
    vi.stubGlobal('fetch', fetched);
    await clientWith().send({ method: 'POST', path: '/api/x', body: { a: 1 }, reply });
    const [path, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(path).toBe('/api/x');
    expect(init.headers).toMatchObject({ authorization: 'Bearer abc', 'accept-language': 'pl' });
    expect(init.body).toBe('{"a":1}');
    expect(init.credentials).toBe('omit');
  });

  it('reads a refusal with its fields', async () => {
    const fields = [{ path: 'goals', reason: 'too many' }];
    vi.stubGlobal('fetch', async () =>
      json({ error: { code: 'badInput', message: 'No', requestId: 'r1', fields } }, 400),
    );
    const error = await clientWith()
      .send({ method: 'POST', path: '/x', reply })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'badInput', status: 400, message: 'No', requestId: 'r1', fields });
  });

  it('tries a GET once more when it did not get through, a POST never', async () => {
    const fetched = vi
      .fn()
      .mockRejectedValueOnce(new TypeError('offline'))
      .mockResolvedValue(json({ ok: true }));
    vi.stubGlobal('fetch', fetched);
    await expect(clientWith().send({ method: 'GET', path: '/x', reply })).resolves.toEqual({ ok: true });
    expect(fetched).toHaveBeenCalledTimes(2);
    fetched.mockReset().mockRejectedValue(new TypeError('offline'));
    await expect(clientWith().send({ method: 'POST', path: '/x', reply })).rejects.toMatchObject({ code: 'network' });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('does not repeat a GET that the server refused', async () => {
    const fetched = vi.fn().mockImplementation(async () => json({ error: { code: 'forbidden', message: '' } }, 403));
    vi.stubGlobal('fetch', fetched);
    await expect(clientWith().send({ method: 'GET', path: '/x', reply })).rejects.toMatchObject({ code: 'forbidden' });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('gives up after the time limit', async () => {
    vi.stubGlobal(
      'fetch',
      (_path: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    await expect(clientWith({ timeoutMs: 20 }).send({ method: 'GET', path: '/x', reply })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('refuses replies that break the contract', async () => {
    vi.stubGlobal('fetch', async () => json({ ok: false }));
    await expect(clientWith().send({ method: 'GET', path: '/x', reply })).rejects.toMatchObject({ code: 'badReply' });
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }));
    await expect(clientWith().send({ method: 'POST', path: '/x', reply })).rejects.toMatchObject({ code: 'badReply' });
  });
});
