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

describe('a reply of lines', () => {
  const line = z.object({ n: z.int() });
  const streamed = (chunks: readonly string[], fails = false): Response =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          if (fails) controller.error(new Error('cut off'));
          else controller.close();
        },
      }),
    );
  const read = async (response: Response): Promise<{ lines: number[]; error: unknown }> => {
    vi.stubGlobal('fetch', async () => response);
    const lines: number[] = [];
    const onLine = ({ n }: { n: number }): void => void lines.push(n);
    const error: unknown = await clientWith()
      .stream({ method: 'GET', path: '/x', line, onLine })
      .then(() => null)
      .catch((thrown: unknown) => thrown);
    return { lines, error };
  };

  it('is read line by line, wherever it was cut', async () => {
    expect(await read(streamed(['{"n":1}\n{"n"', ':2}\n', '{"n":3}']))).toEqual({ lines: [1, 2, 3], error: null });
  });

  it('that breaks off is a fault of the network', async () => {
    const { error } = await read(streamed(['{"n":1}\n'], true));
    expect(error).toMatchObject({ code: 'network' });
  });

  it('that is refused or holds something else says so', async () => {
    const refused = await read(json({ error: { code: 'conflict.nobodyJoined', message: '' } }, 409));
    expect(refused).toMatchObject({ lines: [], error: { code: 'conflict.nobodyJoined', status: 409 } });
    expect(await read(streamed(['{"m":1}\n']))).toMatchObject({ lines: [], error: { code: 'badReply' } });
  });
});
