import { describe, expect, it } from 'vitest';
import {
  CATALOG_ID,
  errorOf,
  GRAPH_APP,
  id,
  makeBench,
  MANIFEST_ID,
  TAB_APP,
  type Answer,
  type Bench,
} from './make-graph.ts';

const TOKEN = { token: `app:${TAB_APP}` };
const apps = (n: number): string => `/v1.0/users/${id(n)}/teamwork/installedApps`;
const bind = (appId: string): { body: unknown; token: string } => ({
  ...TOKEN,
  body: { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${appId}` },
});
const install = (bench: Bench, n: number): Promise<Answer> => bench.ask('POST', apps(n), bind(CATALOG_ID));

describe('the catalog', () => {
  it('finds the app by its manifest id under another id', async () => {
    const { ask } = makeBench();
    const found = await ask(
      'GET',
      `/v1.0/appCatalogs/teamsApps?$filter=externalId eq '${MANIFEST_ID}'&$expand=appDefinitions`,
      TOKEN,
    );
    expect(found.json.value).toMatchObject([
      {
        id: CATALOG_ID,
        externalId: MANIFEST_ID,
        distributionMethod: 'organization',
        appDefinitions: [{ teamsAppId: CATALOG_ID, version: '1.0.0', publishingState: 'published' }],
      },
    ]);
    expect(
      (await ask('GET', `/v1.0/appCatalogs/teamsApps?$filter=externalId eq '${id(1)}'`, TOKEN)).json.value,
    ).toEqual([]);
    expect(errorOf(await ask('GET', `/v1.0/appCatalogs/teamsApps?$filter=size eq 1`, TOKEN))[0]).toBe(400);
    expect((await ask('GET', `/v1.0/appCatalogs/teamsApps/${CATALOG_ID}`, TOKEN)).json.id).toBe(CATALOG_ID);
    expect(errorOf(await ask('GET', `/v1.0/appCatalogs/teamsApps/${id(1)}`, TOKEN))).toEqual([404, 'NotFound']);
  });

  it('is empty while nothing is published', async () => {
    const { ask, world } = makeBench();
    world.catalog = null;
    expect((await ask('GET', '/v1.0/appCatalogs/teamsApps', TOKEN)).json.value).toEqual([]);
  });
});

describe('installations', () => {
  it('installs once, gives the chat, and takes away', async () => {
    const bench = makeBench();
    const done = await install(bench, 2);
    expect([done.status, done.body]).toEqual([201, undefined]);
    expect(errorOf(await install(bench, 2))).toEqual([409, 'Conflict']);
    const installation = bench.world.installations.get(id(2))!;
    const query = `?$expand=teamsApp&$filter=teamsApp/id eq '${CATALOG_ID}'`;
    expect((await bench.ask('GET', apps(2) + query, TOKEN)).json.value).toMatchObject([
      { id: installation, teamsApp: { externalId: MANIFEST_ID } },
    ]);
    expect((await bench.ask('GET', `${apps(2)}?$filter=teamsApp/externalId eq 'other'`, TOKEN)).json.value).toEqual([]);
    expect((await bench.ask('GET', apps(3) + query, TOKEN)).json.value).toEqual([]);
    expect((await bench.ask('GET', `${apps(2)}/${installation}/chat`, TOKEN)).json).toMatchObject({
      id: `a:${id(2)}`,
      chatType: 'oneOnOne',
    });
    expect((await bench.ask('DELETE', `${apps(2)}/${installation}`, TOKEN)).status).toBe(204);
    expect(bench.world.chats.of(id(2))).toBeNull();
    expect(errorOf(await bench.ask('GET', `${apps(2)}/${installation}/chat`, TOKEN))).toEqual([404, 'NotFound']);
    expect((await install(bench, 2)).status).toBe(201);
  });

  it('refuses other apps, other catalog ids, strangers and bodies of the wrong form', async () => {
    const bench = makeBench();
    expect(errorOf(await bench.ask('POST', apps(2), { ...bind(CATALOG_ID), token: `app:${GRAPH_APP}` }))).toEqual([
      403,
      'Forbidden',
    ]);
    bench.world.apps.get(GRAPH_APP)!.graphRoles.push('TeamsAppInstallation.ReadWriteSelfForUser.All');
    expect(errorOf(await bench.ask('POST', apps(2), { ...bind(CATALOG_ID), token: `app:${GRAPH_APP}` }))).toEqual([
      403,
      'Forbidden',
    ]);
    expect(errorOf(await bench.ask('POST', apps(2), bind(MANIFEST_ID)))).toEqual([404, 'NotFound']);
    expect(errorOf(await bench.ask('POST', apps(77), bind(CATALOG_ID)))).toEqual([404, 'Request_ResourceNotFound']);
    expect(errorOf(await bench.ask('POST', apps(2), { ...TOKEN, body: {} }))).toEqual([400, 'BadRequest']);
    expect(errorOf(await bench.ask('POST', apps(2), { ...TOKEN, body: '{' }))).toEqual([400, 'BadRequest']);
    expect(
      errorOf(await bench.ask('POST', apps(2), { ...TOKEN, body: '{}', headers: { 'content-type': 'text/plain' } }))[0],
    ).toBe(415);
    expect(bench.world.installations.size).toBe(0);
  });
});
