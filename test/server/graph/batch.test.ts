import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plus } from '../../../server/domain/time/instant.ts';
import { splitCalls } from '../../../server/graph/batch.ts';
import type { GraphCall, GraphClient } from '../../../server/graph/types.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  START,
  startGraphDouble,
  type GraphDouble,
  type Json,
  type SteppingClock,
} from '../../make/graph-double.ts';

const reply = z.object({ name: z.string() });
const user = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
const settings = (n: number): GraphCall<{ name: string }> => ({
  method: 'GET',
  path: `/users/${user(n)}/mailboxSettings`,
  headers: { Prefer: 'IdType="ImmutableId"' },
  reply,
});
const write = (n: number): GraphCall<{ name: string }> => ({
  method: 'PATCH',
  path: `/users/${user(n)}/events/e`,
  body: { a: n },
  reply,
});
const inner = (request: Json, more: object = {}) => ({
  id: request.id,
  status: 200,
  headers: {},
  body: { name: request.url },
  ...more,
});

let double: GraphDouble;
let clock: SteppingClock;
let client: GraphClient;
beforeEach(async () => {
  double = await startGraphDouble();
  clock = createSteppingClock();
  client = clientOfDouble(double, clock);
});
afterEach(() => double.close());

describe('batches', () => {
  it('hold 20 requests, with relative URLs and headers of their own', async () => {
    double.script(({ json }) => ({ json: { responses: json.requests.map((r: Json) => inner(r)).reverse() } }));
    const results = await client.readBatch(Array.from({ length: 45 }, (_, i) => settings(i)));
    expect(double.seen.map(({ json }) => json.requests.length)).toEqual([20, 20, 5]);
    expect(double.seen[0]!.path).toBe('/v1.0/$batch');
    const { requests } = double.seen[0]!.json;
    expect(requests[3]).toEqual({
      id: '3',
      method: 'GET',
      url: settings(3).path,
      headers: { Prefer: 'IdType="ImmutableId"' },
    });
    expect(new Set(requests.map((r: Json) => r.id)).size).toBe(20);
    expect(results.map((r) => r.outcome === 'done' && r.value.name)).toEqual(
      Array.from({ length: 45 }, (_, i) => settings(i).path),
    );
    expect(client.counts).toMatchObject({ httpCalls: 3, requests: 45 });
  });

  it('hold four event writes at most, bodies with their content type', async () => {
    double.script(({ json }) => ({ json: { responses: json.requests.map((r: Json) => inner(r)) } }));
    await client.writeBatch(Array.from({ length: 6 }, (_, i) => write(i)));
    expect(double.seen.map(({ json }) => json.requests.length)).toEqual([4, 2]);
    expect(double.seen[0]!.json.requests[0]).toMatchObject({
      headers: { 'Content-Type': 'application/json' },
      body: { a: 0 },
    });
    expect(
      splitCalls([write(0), write(1), settings(0), write(2), write(3), settings(1), write(4)]).map(
        (part) => part.length,
      ),
    ).toEqual([6, 1]);
  });

  it('F9: shuffled, one missing, one twice, two throttled: an outcome for each, nothing written again', async () => {
    double.script(({ json }) => {
      const [a, b, c, d] = json.requests;
      const throttled = {
        status: 429,
        headers: { 'Retry-After': '10' },
        body: { error: { code: 'ApplicationThrottled', message: '' } },
      };
      return {
        json: {
          responses: [
            inner(d, throttled),
            inner(a),
            inner(a, { status: 404, body: {} }),
            inner(b, throttled),
            { nonsense: c.id },
          ],
        },
      };
    });
    const results = await client.writeBatch([write(0), write(1), write(2), write(3)]);
    expect(results).toMatchObject([
      { outcome: 'done' },
      { outcome: 'unknown', notBefore: plus(START, 10_000), code: 'ApplicationThrottled' },
      { outcome: 'unknown', code: 'MissingInBatch' },
      { outcome: 'unknown', notBefore: plus(START, 10_000) },
    ]);
    expect(double.seen).toHaveLength(1);
    expect(await client.write(write(1))).toMatchObject({ outcome: 'later', code: 'Paused' });
  });

  it('asks again for the throttled reads alone, after their time', async () => {
    double.script(({ json }, index) => ({
      json: {
        responses: json.requests.map((r: Json, i: number) =>
          index === 0 && i === 1
            ? inner(r, { status: 429, headers: { 'retry-after': '12' }, body: { error: { code: 'TooManyRequests' } } })
            : inner(r),
        ),
      },
    }));
    const results = await client.readBatch([settings(0), settings(1), settings(2)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect(double.seen.map(({ json }) => json.requests.length)).toEqual([3, 1]);
    expect(clock.sleeps).toEqual([12_000]);
  });

  it('leaves out what is paused', async () => {
    double.script(({ json }) =>
      json?.requests
        ? { json: { responses: json.requests.map((r: Json) => inner(r)) } }
        : graphError(429, 'TooManyRequests', { 'Retry-After': '300' }),
    );
    await client.read(settings(1));
    const results = await client.readBatch([settings(0), settings(1)]);
    expect(results).toMatchObject([{ outcome: 'done' }, { outcome: 'later', code: 'Paused' }]);
    expect(double.seen[1]!.json.requests).toHaveLength(1);
  });

  it('that fail as a whole fail for each', async () => {
    double.script(() => graphError(504, 'GatewayTimeout'));
    expect((await client.writeBatch([write(0), write(1)])).map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'unknown',
    ]);
    double.script(() => graphError(403, 'Forbidden'));
    expect(await client.readBatch([settings(5)])).toMatchObject([{ outcome: 'refused', reason: 'forbidden' }]);
  });

  it('of nothing are not sent', async () => {
    expect(await client.readBatch([])).toEqual([]);
    expect(double.seen).toHaveLength(0);
  });
});
