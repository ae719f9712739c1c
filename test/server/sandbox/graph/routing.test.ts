import { describe, expect, it } from 'vitest';
import { errorOf, GRAPH_APP, id, makeBench } from './make-graph.ts';

describe('routing and errors', () => {
  it('answers nothing outside of /v1.0', async () => {
    const { graph } = makeBench();
    const request = { method: 'GET', path: '/v3/conversations', query: new URLSearchParams(), headers: {}, body: '' };
    expect(await graph.handle(request)).toBeUndefined();
  });

  it('refuses missing and bad tokens as Graph words it', async () => {
    const { ask } = makeBench();
    const missing = await ask('GET', '/v1.0/users', { token: null });
    expect(errorOf(missing)).toEqual([401, 'InvalidAuthenticationToken']);
    expect(missing.json.error.message).toBe('Access token is empty.');
    expect(missing.headers?.['WWW-Authenticate']).toContain('Bearer');
    const token = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
    const expired = await ask('GET', '/v1.0/users', { token: token({ aud: 'https://graph.microsoft.com', exp: 1 }) });
    expect(expired.json.error.message).toBe('Lifetime validation failed, the token is expired.');
    const foreign = await ask('GET', '/v1.0/users', { token: token({ aud: 'api://other', exp: 9e9 }) });
    expect(foreign.json.error.message).toBe('Access token validation failure. Invalid audience.');
  });

  it('puts ids, time and content type on every answer', async () => {
    const { ask } = makeBench();
    const good = await ask('GET', '/v1.0/users', { headers: { 'client-request-id': 'mine' } });
    expect(good.headers).toMatchObject({ 'client-request-id': 'mine', 'x-ms-resource-unit': '2' });
    expect(good.headers?.['request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(good.headers?.['Content-Type']).toBe(
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    );
    const bad = await ask('GET', '/v1.0/users/nobody', { headers: { 'client-request-id': 'mine' } });
    expect(bad.json.error).toEqual({
      code: 'Request_ResourceNotFound',
      message: "Resource 'nobody' does not exist or one of its queried reference-property objects are not present.",
      innerError: {
        date: '2026-09-28T06:00:00',
        'request-id': bad.headers?.['request-id'],
        'client-request-id': 'mine',
      },
    });
  });

  it('refuses unknown paths, methods, options and properties', async () => {
    const { ask } = makeBench();
    expect(errorOf(await ask('GET', '/v1.0/nothing'))).toEqual([400, 'BadRequest']);
    expect(errorOf(await ask('DELETE', `/v1.0/users/${id(1)}/manager`))).toEqual([405, 'Request_BadRequest']);
    expect(errorOf(await ask('GET', '/v1.0/users?$pick=id'))).toEqual([400, 'BadRequest']);
    expect(errorOf(await ask('GET', '/v1.0/users?$skip=5'))).toEqual([400, 'BadRequest']);
    expect(errorOf(await ask('GET', '/v1.0/users?$top=1000'))).toEqual([400, 'BadRequest']);
    const wrong = await ask('GET', '/v1.0/users?$select=id,shoeSize');
    expect(wrong.json.error.message).toContain(
      "Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    );
  });

  it('asks each call for its permission', async () => {
    const { ask, world } = makeBench();
    world.apps.get(GRAPH_APP)!.graphRoles = [];
    for (const path of [
      '/users',
      '/groups',
      '/organization',
      '/appCatalogs/teamsApps',
      `/users/${id(1)}/photo/$value`,
    ]) {
      expect(errorOf(await ask('GET', `/v1.0${path}`)), path).toEqual([403, 'Authorization_RequestDenied']);
    }
    expect((await ask('GET', `/v1.0/users`)).json.error.message).toBe(
      'Insufficient privileges to complete the operation.',
    );
  });

  it('knows /me for people alone', async () => {
    const { ask } = makeBench();
    expect(errorOf(await ask('GET', '/v1.0/me'))).toEqual([400, 'BadRequest']);
    const me = await ask('GET', '/v1.0/me', { token: `person:${id(3)}` });
    expect(me.json.id).toBe(id(3));
    expect(errorOf(await ask('GET', `/v1.0/users/${id(4)}`, { token: `person:${id(3)}` }))[0]).toBe(403);
  });

  it('counts every request by its template, and the calls', async () => {
    const { ask, graph } = makeBench();
    await ask('GET', `/v1.0/users/${id(1)}`);
    await ask('GET', `/v1.0/users/${id(2)}/manager`);
    await ask('POST', '/v1.0/$batch', {
      body: {
        requests: [
          { id: '1', method: 'GET', url: `/users/${id(1)}` },
          { id: '2', method: 'GET', url: `/users/${id(1)}/calendarView/delta?startDateTime=a` },
          { id: '3', method: 'GET', url: `/users/${id(1)}/events/abc/instances/def` },
        ],
      },
    });
    expect(graph.counts()).toEqual({
      requests: 5,
      httpCalls: 3,
      throttled: 0,
      byTemplate: {
        'GET /users/{id}': 2,
        'GET /users/{id}/manager': 1,
        'GET /users/{id}/calendarView/delta': 1,
        'GET /users/{id}/events/{id}/instances/{id}': 1,
      },
    });
  });
});
