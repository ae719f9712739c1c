import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Clock } from '../../../server/ports.ts';
import { createVirtualClock } from '../../../server/sandbox/clock.ts';
import { plus } from '../../../server/domain/time/instant.ts';
import type { GraphCall, GraphClient } from '../../../server/graph/types.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  startGraphDouble,
  START,
  type GraphDouble,
  type ScriptedReply,
  type SteppingClock,
} from '../../make/graph-double.ts';

const BOX = '/users/00000000-0000-0000-0000-00000000000a/events';
const OTHER_BOX = '/users/00000000-0000-0000-0000-00000000000b/events';
const reply = z.object({ id: z.string() });
const get: GraphCall<{ id: string }> = { method: 'GET', path: BOX, reply };
const post: GraphCall<{ id: string }> = { method: 'POST', path: BOX, body: { subject: 's' }, reply };
const ok: ScriptedReply = { json: { id: 'x', more: 1 } };

let double: GraphDouble;
let clock: SteppingClock;
let client: GraphClient;
beforeEach(async () => {
  double = await startGraphDouble();
  clock = createSteppingClock();
  client = clientOfDouble(double, clock, { deadlineMilliseconds: 300 });
});
afterEach(() => double.close());

describe('a good answer', () => {
  it('is checked, and only what is used is kept', async () => {
    double.script(() => ok);
    expect(await client.read(get)).toEqual({ outcome: 'done', value: { id: 'x' } });
    expect(double.seen[0]).toMatchObject({ method: 'GET', path: `/v1.0${BOX}` });
    expect(double.seen[0]!.headers['authorization']).toBe('Bearer token-0');
  });

  it('uses one token until our clock says that it ends', async () => {
    double.script(() => ok);
    await client.read(get);
    clock.advance(54 * 60_000);
    await client.read(get);
    expect(double.tokenRequests).toHaveLength(1);
    clock.advance(2 * 60_000);
    await client.read(get);
    expect(double.tokenRequests).toHaveLength(2);
    expect(double.seen[2]!.headers['authorization']).toBe('Bearer token-1');
  });

  it('asks for one token for many calls at once', async () => {
    double.script(() => ok);
    await Promise.all(Array.from({ length: 10 }, () => client.read(get)));
    expect(double.tokenRequests).toHaveLength(1);
  });
});

describe('refusals', () => {
  it.each([
    [400, 'ErrorOccurrenceCrossingBoundary', 'crossing'],
    [400, 'ErrorDuplicateTransactionId', 'duplicateKey'],
    [409, 'ErrorDuplicateTransactionId', 'duplicateKey'],
    [400, 'ErrorInvalidRequest', 'invalid'],
    [403, 'ErrorAccessDenied', 'forbidden'],
    [404, 'ErrorItemNotFound', 'notFound'],
    [404, 'MailboxNotEnabledForRESTAPI', 'notFound'],
    [409, 'Conflict', 'changed'],
    [412, 'ErrorIrresolvableConflict', 'changed'],
  ])('%i %s is %s (F14-F16)', async (status, code, reason) => {
    double.script(() => graphError(status, code));
    const expected = { outcome: 'refused', reason, status, code };
    expect(await client.write(post)).toEqual(expected);
    expect(await client.read(get)).toEqual(expected);
    expect(double.seen).toHaveLength(2);
  });

  it('a 404 page of a proxy is not a deleted event', async () => {
    double.script(() => ({ status: 404, text: '<html>no</html>', headers: { 'content-type': 'text/html' } }));
    expect(await client.read(get)).toMatchObject({ outcome: 'later', code: 'Status404' });
    expect((await client.write(post)).outcome).toBe('unknown');
  });
});

describe('throttling', () => {
  it('F1: a write is unknown until Retry-After has passed in full, and is sent once', async () => {
    double.script(() => graphError(429, 'ApplicationThrottled', { 'Retry-After': '2' }));
    expect(await client.write(post)).toEqual({
      outcome: 'unknown',
      notBefore: plus(START, 2_000),
      code: 'ApplicationThrottled',
    });
    expect(double.seen).toHaveLength(1);
  });

  it('F2: the paused mailbox is not called early, the others are', async () => {
    double.script(({ path }) =>
      path.includes('00a/') ? graphError(429, 'TooManyRequests', { 'Retry-After': '300' }) : ok,
    );
    expect(await client.read(get)).toEqual({
      outcome: 'later',
      notBefore: plus(START, 300_000),
      code: 'TooManyRequests',
    });
    expect(await client.read(get)).toEqual({ outcome: 'later', notBefore: plus(START, 300_000), code: 'Paused' });
    expect(await client.write(post)).toEqual({ outcome: 'later', notBefore: plus(START, 300_000), code: 'Paused' });
    expect((await client.read({ ...get, path: OTHER_BOX })).outcome).toBe('done');
    expect(double.seen).toHaveLength(2);
    clock.advance(300_000);
    double.script(() => ok);
    expect((await client.read(get)).outcome).toBe('done');
  });

  it('a read waits a short Retry-After inside, a longer one goes to the caller', async () => {
    double.script((_, index) => (index === 0 ? graphError(429, 'TooManyRequests', { 'Retry-After': '17' }) : ok));
    expect((await client.read(get)).outcome).toBe('done');
    expect(clock.sleeps).toEqual([17_000]);
    expect(client.counts).toEqual({ httpCalls: 2, requests: 2, throttled: 1, repeats: 1 });
  });

  it('understands an HTTP date', async () => {
    double.script(() => graphError(503, 'ServiceUnavailable', { 'Retry-After': 'Mon, 28 Sep 2026 06:05:00 GMT' }));
    expect(await client.write(post)).toMatchObject({ outcome: 'unknown', notBefore: plus(START, 300_000) });
  });

  it.each([undefined, 'abc', '1000000000', '99999999999999999999', '0', '-5', 'Mon, 28 Sep 2026 05:00:00 GMT'])(
    'F3: Retry-After %s gives a jittered backoff, no hot loop',
    async (retryAfter) => {
      double.script(() =>
        graphError(429, 'TooManyRequests', retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
      );
      const first = await client.read(get);
      expect(first.outcome).toBe('later');
      expect(double.seen).toHaveLength(3);
      expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(1_000);
      for (let i = 0; i < 20; i++) {
        const at = clock.now();
        const result = await client.write(post);
        if (!('notBefore' in result)) throw new Error('not late');
        expect(result.notBefore - at).toBeGreaterThanOrEqual(1_000);
        expect(result.notBefore - at).toBeLessThanOrEqual(15 * 60_000);
        clock.advance(result.notBefore - at);
      }
    },
  );

  it('the jitter is the same in every run', async () => {
    double.script(() => graphError(500, 'InternalServerError'));
    const one = await client.write(post);
    const two = await clientOfDouble(double, createSteppingClock()).write(post);
    expect(one).toEqual(two);
  });
});

describe('what may have happened', () => {
  it.each([500, 502, 503, 504])('F5, F6: %i to a write is unknown, and is never posted again', async (status) => {
    double.script(() => graphError(status, 'Broken'));
    expect((await client.write(post)).outcome).toBe('unknown');
    expect(double.seen).toHaveLength(1);
  });

  it('F5: a read is asked again and succeeds', async () => {
    double.script((_, index) => (index < 2 ? graphError(502, 'BadGateway') : ok));
    expect((await client.read(get)).outcome).toBe('done');
    expect(double.seen).toHaveLength(3);
  });

  it.each<[string, ScriptedReply]>([
    ['a reset', { fail: 'reset' }],
    ['a body that is cut off', { fail: 'truncate' }],
    ['JSON that is cut off', { status: 201, text: '{"id":"AA', headers: { 'content-type': 'application/json' } }],
    ['an HTML page', { status: 200, text: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['the wrong content type', { status: 201, text: '{"id":"AA"}', headers: { 'content-type': 'text/plain' } }],
    ['an empty body', { status: 201 }],
    ['another shape', { status: 201, json: { ID: 1 } }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ])('F6, F7: %s', async (_, scripted) => {
    double.script(() => scripted);
    expect((await client.write(post)).outcome).toBe('unknown');
    expect(double.seen).toHaveLength(1);
    expect((await client.read(get)).outcome).toBe('later');
    expect(double.seen).toHaveLength(4);
  });

  it('F8: a server that never answers is given up at the deadline and its place is free again', async () => {
    double.script(() => ({ fail: 'hang' }));
    const results = await Promise.all(Array.from({ length: 8 }, () => client.write(post)));
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
    expect(results[0]).toMatchObject({ code: 'TimeoutError' });
    double.script(() => ok);
    expect((await client.write(post)).outcome).toBe('done');
  });

  it('a connection that was never made is known to have had no effect', async () => {
    const gone = await startGraphDouble();
    await gone.close();
    const away = clientOfDouble(double, clock, { graphUrl: gone.origin });
    expect(await away.write(post)).toMatchObject({ outcome: 'later', code: 'ECONNREFUSED' });
  });
});

describe('tokens (F13)', () => {
  it('one refresh on 401, then the call goes on', async () => {
    double.script(({ headers }) =>
      headers['authorization'] === 'Bearer token-0' ? graphError(401, 'InvalidAuthenticationToken') : ok,
    );
    expect((await client.write(post)).outcome).toBe('done');
    expect(double.tokenRequests).toHaveLength(2);
  });

  it('a second 401 is signed out', async () => {
    double.script(() => graphError(401, 'InvalidAuthenticationToken'));
    expect(await client.write(post)).toMatchObject({ outcome: 'refused', reason: 'signedOut' });
    expect(double.seen).toHaveLength(2);
  });

  it('an expired secret is signed out, without a storm', async () => {
    const body = { error: 'invalid_client', error_description: 'AADSTS7000222: expired', error_codes: [7000222] };
    double.tokens(() => ({ status: 401, json: body }));
    const expected = { outcome: 'refused', reason: 'signedOut', status: 401, code: 'AADSTS7000222' };
    expect(await client.write(post)).toEqual(expected);
    expect(await client.read(get)).toEqual(expected);
    expect(double.tokenRequests).toHaveLength(1);
    expect(double.seen).toHaveLength(0);
    clock.advance(61_000);
    double.tokens(() => ({ json: { token_type: 'Bearer', expires_in: 3600, access_token: 'new' } }));
    double.script(() => ok);
    expect((await client.read(get)).outcome).toBe('done');
  });

  it.each([
    ['not found in the directory', 700016, true],
    ['without a service principal there', 7000229, true],
    ['an expired secret', 7000222, false],
    ['a wrong secret', 7000215, false],
    ['an unknown certificate', 700027, false],
    ['an assertion out of its time', 700024, false],
    ['an application that is disabled', 7000112, false],
    ['a tenant that is not found', 90002, false],
    ['a number that nobody knows', 1, false],
  ])('tells an application that was removed from everything else: %s', async (_what, number, isGone) => {
    double.tokens(() => ({ status: 400, json: { error: 'unauthorized_client', error_codes: [number] } }));
    const refused = await client.read(get);
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'signedOut', code: `AADSTS${number}` });
    expect('isAppGone' in refused && refused.isAppGone).toBe(isGone);
  });

  it('a token endpoint in trouble makes everything later: no write has happened', async () => {
    double.tokens(() => ({
      status: 503,
      headers: { 'Retry-After': '90' },
      json: { error: 'temporarily_unavailable' },
    }));
    expect(await client.write(post)).toMatchObject({ outcome: 'later', notBefore: plus(START, 90_000) });
    expect(await client.write(post)).toMatchObject({ outcome: 'later', notBefore: plus(START, 90_000) });
    expect(double.tokenRequests).toHaveLength(1);
    clock.advance(90_000);
    double.tokens(() => ({ fail: 'reset' }));
    expect((await client.write(post)).outcome).toBe('later');
    expect(double.seen).toHaveLength(0);
  });
});

it('lets a virtual clock stand still while a call is going on, and sleeps by it', async () => {
  const virtual = createVirtualClock(START);
  const away = clientOfDouble(double, virtual as unknown as Clock);
  const at: number[] = [];
  double.script(async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    at.push(virtual.now() - START);
    return index < 2 ? graphError(429, 'TooManyRequests', { 'Retry-After': '10' }) : ok;
  });
  const reading = away.read(get);
  await virtual.advanceTo(plus(START, 60_000));
  expect((await reading).outcome).toBe('done');
  expect(at).toEqual([0, 10_000, 20_000]);
});
