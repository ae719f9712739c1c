import { describe, expect, it } from 'vitest';
import {
  errorOf,
  grantMailboxes,
  GRAPH_APP,
  id,
  makeBench,
  makePerson,
  type Answer,
  type Bench,
  type Json,
} from './make-graph.ts';

type Step = Record<string, unknown>;
const post = (bench: Bench, requests: Step[]): Promise<Answer> =>
  bench.ask('POST', '/v1.0/$batch', { body: { requests } });
const get = (step: string, url: string, more: Step = {}): Step => ({ id: step, method: 'GET', url, ...more });
const byId = (answer: Answer): Json =>
  Object.fromEntries(answer.json.responses.map((each: { id: string }) => [each.id, each]));

describe('$batch', () => {
  it('answers each on its own, in no particular order', async () => {
    const bench = makeBench();
    const steps = Array.from({ length: 10 }, (_, i) => get(String(i + 1), `/users/${id(i + 1)}?$select=id`));
    const answer = await post(bench, [
      ...steps,
      get('x', 'users/nobody'),
      get('c', '/users/$count', { headers: { ConsistencyLevel: 'eventual' } }),
    ]);
    expect(answer.status).toBe(200);
    const order = answer.json.responses.map((each: { id: string }) => each.id);
    expect([...order].sort()).toEqual([...steps.map((each) => each.id), 'x', 'c'].sort());
    expect(order.slice(0, 10)).not.toEqual(steps.map((each) => each.id));
    const replies = byId(answer);
    expect(replies['3']).toMatchObject({ status: 200, body: { id: id(3) } });
    expect(replies['3'].headers['Content-Type']).toContain('application/json');
    expect(replies['x']).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } });
    expect(replies['c'].body).toBe('10');
  });

  it('refuses a batch of the wrong form as a whole', async () => {
    const bench = makeBench();
    const many = Array.from({ length: 21 }, (_, i) => get(String(i), '/users'));
    const refused = async (steps: unknown): Promise<unknown> => errorOf(await post(bench, steps as Step[]));
    for (const steps of [
      many,
      [],
      'x',
      [get('1', '/users'), get('1', '/groups')],
      [{ method: 'GET', url: '/users' }],
      [get('1', '/users', { method: 'LOOK' })],
      [{ id: '1', method: 'GET' }],
      [get('1', '/users', { dependsOn: ['2'] })],
      [get('1', '/users', { dependsOn: ['2'] }), get('2', '/users', { dependsOn: ['1'] })],
      [{ id: '1', method: 'POST', url: '/subscriptions', body: {} }],
    ]) {
      expect(await refused(steps), JSON.stringify(steps).slice(0, 90)).toEqual([400, 'BadRequest']);
    }
  });

  it('refuses urls that are not relative, with version, or a batch again', async () => {
    const bench = makeBench();
    const replies = byId(
      await post(bench, [
        get('1', 'https://graph.microsoft.com/v1.0/users'),
        get('2', '/v1.0/users'),
        {
          id: '3',
          method: 'POST',
          url: '/$batch',
          headers: { 'Content-Type': 'application/json' },
          body: { requests: [] },
        },
        get('4', '/users?$top=1'),
      ]),
    );
    expect(['1', '2', '3', '4'].map((each) => replies[each].status)).toEqual([400, 400, 400, 200]);
  });

  it('waits for dependencies and answers 424 after a failed one', async () => {
    const bench = makeBench();
    const replies = byId(
      await post(bench, [
        get('2', '/users/nobody'),
        get('3', '/users', { dependsOn: ['2'] }),
        get('4', '/users', { dependsOn: ['3'] }),
        get('5', '/users', { dependsOn: ['6'] }),
        get('6', '/users'),
      ]),
    );
    expect(['2', '3', '4', '5', '6'].map((each) => replies[each].status)).toEqual([404, 424, 424, 200, 200]);
    expect(replies['3'].body.error.code).toBe('FailedDependency');
  });

  it('takes four places of a mailbox at most, and its requests are throttled one by one', async () => {
    const bench = makeBench();
    grantMailboxes(bench.world, 'Calendars.Read', [id(2)]);
    const steps = Array.from({ length: 12 }, (_, i) => get(String(i), `/users/${id(2)}/events?n=${i}`));
    expect((await post(bench, steps)).json.responses.every((each: { status: number }) => each.status === 200)).toBe(
      true,
    );
    let free = (): void => undefined;
    bench.hold.until = new Promise((resolve) => (free = resolve));
    const alone = bench.ask('GET', `/v1.0/users/${id(2)}/events`);
    const batch = post(bench, steps.slice(0, 4));
    await new Promise((resolve) => setTimeout(resolve, 20));
    free();
    const inner = (await batch).json.responses as { status: number; headers: Record<string, string> }[];
    expect((await alone).status).toBe(200);
    const refused = inner.filter((each) => each.status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]!.headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('lets single requests inside go wrong, before or after their effect', async () => {
    const bench = makeBench();
    grantMailboxes(bench.world, 'Calendars.ReadWrite', [id(2)]);
    const rule = (path: RegExp, when: 'before' | 'after'): void =>
      void bench.faults.add({ match: { path }, fault: { kind: 'status', status: 503, when, retryAfterSeconds: 7 } });
    rule(/before$/, 'before');
    rule(/after$/, 'after');
    const write = (name: string): Step => ({ id: name, method: 'DELETE', url: `/users/${id(2)}/events/${name}` });
    const replies = byId(await post(bench, [write('before'), write('after'), write('well')]));
    expect(['before', 'after', 'well'].map((each) => replies[each].status)).toEqual([503, 503, 200]);
    expect(replies['after'].headers['Retry-After']).toBe('7');
    expect(bench.calendarCalls.map((each) => each.split('/').at(-1)).sort()).toEqual(['after', 'well']);
  });

  it('gives bytes as base64', async () => {
    const bench = makeBench([makePerson(1, { photo: Buffer.from('png').toString('base64') })]);
    bench.world.apps.get(GRAPH_APP)!.graphRoles.push('ProfilePhoto.Read.All');
    const replies = byId(await post(bench, [get('1', `/users/${id(1)}/photos/48x48/$value`)]));
    expect(replies['1']).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from('png').toString('base64'),
    });
  });

  it('needs a token and POST', async () => {
    const bench = makeBench();
    expect(errorOf(await bench.ask('POST', '/v1.0/$batch', { token: null, body: { requests: [] } }))[0]).toBe(401);
    expect(errorOf(await bench.ask('GET', '/v1.0/$batch'))[0]).toBe(400);
  });
});
