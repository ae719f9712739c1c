import { describe, expect, it } from 'vitest';
import { errorOf, GRAPH_APP, id, makeBench, makePerson, type Answer } from './make-graph.ts';

const ADVANCED = { headers: { consistencylevel: 'eventual' } };
const ids = (answer: Answer): string[] => answer.json.value.map((each: { id: string }) => each.id);

describe('users', () => {
  it('gives the standard properties without $select, and only the chosen ones with it', async () => {
    const { ask } = makeBench();
    const plain = await ask('GET', '/v1.0/users?$top=1');
    expect(Object.keys(plain.json.value[0])).toEqual([
      'businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation',
      'preferredLanguage', 'surname', 'userPrincipalName', 'id',
    ]); // prettier-ignore
    const chosen = await ask('GET', '/v1.0/users?$top=1&$select=id,employeeHireDate,skills,accountEnabled');
    expect(chosen.json.value[0]).toEqual({ id: id(1), employeeHireDate: '2020-03-01T00:00:00Z', accountEnabled: true });
    expect(chosen.json['@odata.context']).toBe(
      'https://graph.microsoft.com/v1.0/$metadata#users(id,employeeHireDate,skills,accountEnabled)',
    );
  });

  it('pages through everybody once, on the host that was asked', async () => {
    const { ask } = makeBench();
    const seen: string[] = [];
    let url: string | undefined = '/v1.0/users?$top=4&$select=id';
    let pages = 0;
    while (url) {
      const page: Answer = await ask('GET', url);
      seen.push(...ids(page));
      url = page.json['@odata.nextLink'];
      if (url) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4100\/v1\.0\/users\?\$top=4&\$select=id&\$skiptoken=/);
      pages++;
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 10, 10]);
    const remote = await ask('GET', '/v1.0/users?$top=4', { headers: { host: 'graph.microsoft.com' } });
    expect(remote.json['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\?/);
    expect(errorOf(await ask('GET', '/v1.0/users?$skiptoken=abc'))).toEqual([400, 'BadRequest']);
  });

  it('filters', async () => {
    const { ask, world } = makeBench();
    world.people.get(id(4))!.accountEnabled = false;
    world.people.get(id(6))!.userType = 'Guest';
    const found = async (filter: string, more = ''): Promise<string[]> =>
      ids(await ask('GET', `/v1.0/users?$filter=${encodeURIComponent(filter)}${more}`, more ? ADVANCED : {}));
    expect(await found("department eq 'sales' and accountEnabled eq true and userType eq 'Member'")).toEqual(
      [2, 8, 10].map(id),
    );
    expect(await found(`id in ('${id(3)}','${id(5)}')`)).toEqual([3, 5].map(id));
    expect(await found("startswith(mail,'person1') or (displayName eq 'Person 2')")).toEqual([1, 2, 10].map(id));
    expect(await found("not(department eq 'Sales') and userType ne 'Guest'", '&$count=true')).toEqual(
      [1, 3, 5, 7, 9].map(id),
    );
    const refused = async (filter: string): Promise<unknown> =>
      errorOf(await ask('GET', `/v1.0/users?$filter=${filter}`));
    expect(await refused("userType ne 'Guest'")).toEqual([400, 'Request_UnsupportedQuery']);
    expect(await refused("skills eq 'Chess'")).toEqual([400, 'Request_UnsupportedQuery']);
    expect(await refused("shoeSize eq '4'")).toEqual([400, 'BadRequest']);
    expect(await refused("displayName eq 'Person")).toEqual([400, 'BadRequest']);
    expect(await refused('displayName eq')).toEqual([400, 'BadRequest']);
  });

  it('counts with ConsistencyLevel alone', async () => {
    const { ask } = makeBench();
    expect((await ask('GET', '/v1.0/users?$count=true&$top=2', ADVANCED)).json['@odata.count']).toBe(10);
    expect((await ask('GET', '/v1.0/users?$count=true&$top=2')).json['@odata.count']).toBeUndefined();
    expect((await ask('GET', '/v1.0/users/$count', ADVANCED)).body).toBe('10');
    expect(errorOf(await ask('GET', '/v1.0/users/$count'))[0]).toBe(400);
  });

  it('orders by name and searches', async () => {
    const { ask } = makeBench();
    const ordered = await ask('GET', '/v1.0/users?$orderby=displayName desc&$select=displayName&$top=2');
    expect(ordered.json.value.map((each: { displayName: string }) => each.displayName)).toEqual([
      'Person 9',
      'Person 8',
    ]);
    expect(errorOf(await ask('GET', '/v1.0/users?$orderby=department'))).toEqual([400, 'Request_UnsupportedQuery']);
    expect(ids(await ask('GET', '/v1.0/users?$search="mail:person7"', ADVANCED))).toEqual([id(7)]);
  });

  it('expands the manager, in lists one step and alone as far as asked', async () => {
    const { ask, world } = makeBench();
    world.people.get(id(3))!.managerId = id(2);
    const list = await ask(
      'GET',
      `/v1.0/users?$select=id&$expand=manager($select=id)&$filter=id in ('${id(1)}','${id(3)}')`,
    );
    expect(list.json.value).toEqual([
      { id: id(1) },
      { id: id(3), manager: { '@odata.type': '#microsoft.graph.user', id: id(2) } },
    ]);
    const url = `/v1.0/users/${id(3)}?$select=id&$expand=manager($levels=max;$select=id)`;
    expect(errorOf(await ask('GET', url))).toEqual([400, 'Request_UnsupportedQuery']);
    const chain = await ask('GET', `${url}&$count=true`, ADVANCED);
    expect(chain.json.manager).toMatchObject({ id: id(2), manager: { id: id(1) } });
    expect(chain.json.manager.manager.manager).toBeUndefined();
    expect(errorOf(await ask('GET', '/v1.0/users?$expand=memberOf'))).toEqual([400, 'BadRequest']);
  });

  it('gives one user by id or name, with what lists hold back', async () => {
    const { ask, world } = makeBench();
    const one = await ask('GET', `/v1.0/users/PERSON2@contoso.example?$select=id,skills,interests`);
    expect(one.json).toMatchObject({ id: id(2), skills: ['TypeScript'], interests: ['Chess'] });
    expect(errorOf(await ask('GET', `/v1.0/users/${id(2)}?$select=mailboxSettings`))).toEqual([
      403,
      'ErrorAccessDenied',
    ]);
    world.people.get(id(2))!.deletedAt = world.clock.now();
    expect(errorOf(await ask('GET', `/v1.0/users/${id(2)}`))).toEqual([404, 'Request_ResourceNotFound']);
  });

  it('gives manager and reports', async () => {
    const { ask } = makeBench();
    expect((await ask('GET', `/v1.0/users/${id(2)}/manager?$select=id`)).json).toMatchObject({
      id: id(1),
      '@odata.type': '#microsoft.graph.user',
    });
    const none = await ask('GET', `/v1.0/users/${id(1)}/manager`);
    expect([none.status, none.json.error.message.slice(0, 18)]).toEqual([404, "Resource 'manager'"]);
    expect(ids(await ask('GET', `/v1.0/users/${id(1)}/directReports?$select=id`))).toHaveLength(9);
    expect(ids(await ask('GET', `/v1.0/users/${id(2)}/directReports`))).toEqual([]);
  });
});

describe('groups', () => {
  const withGroups = (): ReturnType<typeof makeBench> => {
    const bench = makeBench();
    const group = { mail: null, mailEnabled: false, securityEnabled: true };
    bench.world.groups.set(id(500), { ...group, id: id(500), displayName: 'Mentors', memberIds: [id(1), id(501)] });
    bench.world.groups.set(id(501), {
      ...group,
      id: id(501),
      displayName: 'Juniors',
      memberIds: [id(2), id(3), id(500)],
    });
    return bench;
  };

  it('lists, finds and shows groups', async () => {
    const { ask } = withGroups();
    const found = await ask('GET', "/v1.0/groups?$filter=startswith(displayName,'ment')&$select=id,displayName");
    expect(found.json.value).toEqual([{ id: id(500), displayName: 'Mentors' }]);
    expect((await ask('GET', `/v1.0/groups/${id(501)}?$select=displayName`)).json.displayName).toBe('Juniors');
    expect(errorOf(await ask('GET', `/v1.0/groups/${id(599)}`))).toEqual([404, 'Request_ResourceNotFound']);
  });

  it('follows groups inside groups, also in a circle', async () => {
    const { ask } = withGroups();
    const direct = await ask('GET', `/v1.0/groups/${id(500)}/members?$select=id`);
    expect(direct.json.value).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: id(1) },
      { '@odata.type': '#microsoft.graph.group', id: id(501) },
    ]);
    const all = await ask('GET', `/v1.0/groups/${id(500)}/transitiveMembers`);
    expect(ids(all)).toEqual([1, 2, 3, 501].map(id));
    expect(all.headers?.['x-ms-resource-unit']).toBe('5');
  });

  it('casts to users for advanced queries alone, under either name of the cast', async () => {
    const { ask } = withGroups();
    const path = `/v1.0/groups/${id(500)}/transitiveMembers/`;
    expect(errorOf(await ask('GET', `${path}microsoft.graph.user`))).toEqual([400, 'Request_UnsupportedQuery']);
    for (const cast of ['microsoft.graph.user', 'graph.user']) {
      const users = await ask('GET', `${path}${cast}?$count=true&$select=id`, ADVANCED);
      expect(users.json).toMatchObject({ '@odata.count': 3, value: [{ id: id(1) }, { id: id(2) }, { id: id(3) }] });
    }
  });
});

describe('photos and organization', () => {
  it('gives a photo only with ProfilePhoto.Read.All, and 404 where there is none', async () => {
    const { ask, world } = makeBench([makePerson(1, { photo: Buffer.from('png').toString('base64') }), makePerson(2)]);
    expect(errorOf(await ask('GET', `/v1.0/users/${id(1)}/photo/$value`))[0]).toBe(403);
    world.apps.get(GRAPH_APP)!.graphRoles.push('ProfilePhoto.Read.All');
    const photo = await ask('GET', `/v1.0/users/${id(1)}/photos/48x48/$value`);
    expect([photo.headers?.['Content-Type'], String(photo.body)]).toEqual(['image/png', 'png']);
    expect((await ask('GET', `/v1.0/users/${id(1)}/photo`)).json).toMatchObject({ id: '48x48', width: 48 });
    expect(errorOf(await ask('GET', `/v1.0/users/${id(2)}/photo/$value`))).toEqual([404, 'ImageNotFound']);
    expect(errorOf(await ask('GET', `/v1.0/users/${id(1)}/photos/240x240/$value`))).toEqual([404, 'ImageNotFound']);
    expect(errorOf(await ask('GET', `/v1.0/users/${id(1)}/photos/50x50/$value`))).toEqual([400, 'BadRequest']);
  });

  it('names the tenant', async () => {
    const { ask, world } = makeBench();
    expect((await ask('GET', '/v1.0/organization')).json.value[0]).toMatchObject({ id: world.tenantId });
  });
});
