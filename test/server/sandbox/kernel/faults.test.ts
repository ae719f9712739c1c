import { describe, expect, it } from 'vitest';
import { createFaults, faultPartOf } from '../../../../server/sandbox/kernel/create-faults.ts';
import type { FaultDecision } from '../../../../server/sandbox/kernel/faults.ts';

const request = (path: string, body = '') => ({ method: 'POST', path, body });

describe('createFaults', () => {
  const run = (seed: number, paths: string[]): (FaultDecision | null)[] => {
    const faults = createFaults(seed, 0.3);
    return paths.map((path) => faults.decide(request(path), 'graph'));
  };

  it('decides by seed, request and attempt alone, whatever comes between', () => {
    const paths = Array.from({ length: 200 }, (_, i) => `/v1.0/users/${i}/events`);
    const alone = run(1, paths);
    const mixed = run(
      1,
      paths.flatMap((path) => [path, '/v1.0/other']),
    ).filter((_, i) => i % 2 === 0);
    expect(mixed).toEqual(alone);
    expect(run(2, paths)).not.toEqual(alone);
    const again = createFaults(1, 0.3);
    const attempts = Array.from({ length: 50 }, () => again.decide(request('/v1.0/x'), 'graph'));
    expect(attempts.filter((fault) => fault !== null).length).toBeGreaterThan(5);
    expect(attempts.filter((fault) => fault === null).length).toBeGreaterThan(20);
  });

  it('injects about the rate, of every kind, and counts', () => {
    const faults = createFaults(3, 0.1);
    for (let i = 0; i < 5000; i++) faults.decide(request(`/v1.0/${i}`), 'graph');
    for (let i = 0; i < 1000; i++) faults.decide(request('/graph/notify', String(i)), 'notification');
    const { offered, injected, byKind, byPart } = faults.counts();
    expect(offered).toBe(6000);
    expect(injected / offered).toBeGreaterThan(0.08);
    expect(injected / offered).toBeLessThan(0.12);
    expect(Object.keys(byKind).sort()).toEqual(
      [
        'delay',
        'drop',
        'duplicate',
        'reset',
        'status 429',
        'status 500',
        'status 502',
        'status 503',
        'status 504',
        'truncate',
      ].sort(),
    );
    expect(byPart.graph! + byPart.notification!).toBe(injected);
  });

  it('does not depend on what differs from run to run in token requests, subscriptions and activities', () => {
    const token = (assertion: string) =>
      `grant_type=client_credentials&client_id=a&scope=s&client_assertion=${assertion}`;
    const decide = (bodies: string[], part: 'entra' | 'graph', path: string) => {
      const faults = createFaults(5, 0.5);
      return bodies.map((body) => faults.decide(request(path, body), part));
    };
    const many = (word: string) => Array.from({ length: 40 }, (_, i) => `${word}${i}`);
    const path = '/t/oauth2/v2.0/token';
    expect(decide(many('x').map(token), 'entra', path)).toEqual(decide(many('y').map(token), 'entra', path));
    const subscription = (secret: string) => JSON.stringify({ clientState: secret, resource: 'r' });
    expect(decide(many('x').map(subscription), 'graph', '/v1.0/subscriptions')).toEqual(
      decide(many('y').map(subscription), 'graph', '/v1.0/subscriptions'),
    );
    const correlated = (word: string) => {
      const faults = createFaults(5, 0.5);
      const query = new URLSearchParams({ 'client-request-id': word });
      return many('x').map((body) => faults.decide({ ...request(path, token(body)), query }, 'entra'));
    };
    expect(correlated('one')).toEqual(correlated('other'));
    const answers = (port: number) => {
      const faults = createFaults(5, 0.5);
      return many('x').map((id) =>
        faults.decide(
          request('/api/messages', JSON.stringify({ id, serviceUrl: `http://127.0.0.1:${port}/` })),
          'invoke',
        ),
      );
    };
    expect(answers(40_001)).toEqual(answers(9_999));
    expect(answers(40_001).some((fault) => fault !== null)).toBe(true);
  });

  it('leaves sign-in pages and key sets alone, unless a rule names them', () => {
    const faults = createFaults(1, 1);
    const keys = { method: 'GET', path: '/t/discovery/v2.0/keys', body: '' };
    expect(faults.decide(keys, 'entra')).toBeNull();
    faults.add({ match: { path: /keys$/ }, fault: { kind: 'reset', when: 'before' } });
    expect(faults.decide(keys, 'entra')).toEqual({ kind: 'reset', when: 'before' });
    expect(faults.decide(request('/t/oauth2/v2.0/token'), 'entra')).not.toBeNull();
  });

  it('follows rules: newest first, after and times, and only kinds that are asked for', () => {
    const faults = createFaults(1);
    const reset: FaultDecision = { kind: 'reset', when: 'after' };
    const status: FaultDecision = { kind: 'status', status: 503, when: 'before', retryAfterSeconds: 7 };
    faults.add({ match: { path: /events/ }, fault: reset });
    const remove = faults.add({
      match: { path: /events/, method: 'POST', part: 'graph' },
      fault: status,
      times: 2,
      after: 1,
    });
    const next = () => faults.decide(request('/v1.0/users/a/events'), 'graph');
    expect([next(), next(), next(), next()]).toEqual([reset, status, status, reset]);
    remove();
    expect(faults.decide(request('/v1.0/users/a/events'), 'graph', { kinds: ['status'] })).toBeNull();
    faults.clear();
    expect(next()).toBeNull();
    expect(() => faults.setRate(1.2)).toThrow(/rate/);
  });
});

describe('a rule with `every`', () => {
  it('meets each so-many-th request', () => {
    const faults = createFaults(1);
    const reset: FaultDecision = { kind: 'reset', when: 'after' };
    faults.add({ match: { path: /events/ }, fault: reset, after: 1, every: 3, times: 2 });
    const met = Array.from({ length: 9 }, () => faults.decide(request('/v1.0/users/a/events'), 'graph') !== null);
    expect(met).toEqual([false, true, false, false, true, false, false, false, false]);
  });
});

describe('faultPartOf', () => {
  it.each([
    ['/v1.0/users', 'graph'],
    ['/v1.0/$batch', 'graph'],
    ['/connector/v3/conversations', 'connector'],
    ['/abc/oauth2/v2.0/token', 'entra'],
    ['/common/discovery/instance', 'entra'],
    ['/sandbox/api/clock', null],
    ['/sandbox/v2.0/x', null],
    ['/botframework/v1/.well-known/keys', null],
    ['/', null],
  ])('%s is %s', (path, part) => {
    expect(faultPartOf({ path })).toBe(part);
  });
});
