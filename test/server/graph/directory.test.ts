import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';
import { createDirectory } from '../../../server/graph/directory.ts';
import { readPages } from '../../../server/graph/pages.ts';
import type { Directory, DirectoryChange } from '../../../server/ports.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  startGraphDouble,
  TENANT,
  type GraphDouble,
  type Json,
  type ScriptedReply,
} from '../../make/graph-double.ts';

const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}` as PersonId;
const GRAPH = 'https://graph.microsoft.com/v1.0';
const DELTA = `${GRAPH}/users/delta?$deltatoken=end`;

let double: GraphDouble;
let directory: Directory;
let pages: DirectoryChange[][];
beforeEach(async () => {
  double = await startGraphDouble();
  directory = createDirectory(clientOfDouble(double, createSteppingClock()));
  pages = [];
});
afterEach(() => double.close());
const read = (link: string | null) =>
  directory.readChanges(TENANT, link, async (changes) => {
    pages.push(changes);
  });
const page = (value: unknown[], links: object = { '@odata.deltaLink': DELTA }): ScriptedReply => ({
  json: { value, ...links },
});
const next = (token: string) => ({ '@odata.nextLink': `${GRAPH}/users/delta?$skiptoken=${token}` });

describe('readChanges', () => {
  it('reads a full round page by page, empty pages too, and gives the link at its end', async () => {
    const adele = {
      id: id(1).toUpperCase(),
      displayName: 'Adele Vance',
      mail: 'AdeleV@contoso.com',
      userPrincipalName: 'a@contoso.com',
      jobTitle: 'Retail Manager',
      department: 'Retail',
      officeLocation: '18/2111',
      country: 'Italy',
      preferredLanguage: 'it-IT',
      accountEnabled: true,
      userType: 'Member',
      'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: id(2) }],
      businessPhones: ['+1'],
    };
    double.script(
      (_, index) =>
        [
          page([adele], next('a%2Fb')),
          page([], next('c')),
          page([{ id: id(2), displayName: 'Boss', userType: 'Guest', accountEnabled: false }]),
        ][index]!,
    );
    expect(await read(null)).toEqual({ outcome: 'done', value: { deltaLink: DELTA } });
    expect(double.seen.map(({ rawPath }) => rawPath)).toEqual([
      '/v1.0/users/delta?$select=id,displayName,mail,userPrincipalName,jobTitle,department,officeLocation,country,preferredLanguage,accountEnabled,userType,manager',
      '/v1.0/users/delta?$skiptoken=a%2Fb',
      '/v1.0/users/delta?$skiptoken=c',
    ]);
    expect(pages).toEqual([
      [
        {
          kind: 'person',
          person: {
            personId: id(1),
            displayName: 'Adele Vance',
            mail: 'AdeleV@contoso.com',
            jobTitle: 'Retail Manager',
            department: 'Retail',
            officeLocation: '18/2111',
            country: 'Italy',
            preferredLanguage: 'it-IT',
            accountEnabled: true,
            isGuest: false,
            managerId: id(2),
          },
        },
      ],
      [],
      [
        {
          kind: 'person',
          person: expect.objectContaining({
            personId: id(2),
            mail: null,
            isGuest: true,
            accountEnabled: false,
            managerId: null,
          }),
        },
      ],
    ]);
  });

  it('reads people whole whose manager a later round does not tell, and knows removals', async () => {
    double.script(({ path, json }) =>
      path.includes('$batch')
        ? {
            json: {
              responses: json.requests.map((r: Json, i: number) =>
                i === 2
                  ? { id: r.id, status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }
                  : {
                      id: r.id,
                      status: 200,
                      body: { id: r.url.split(/[/?]/)[2], displayName: `Read ${i}`, manager: { id: id(9) } },
                    },
              ),
            },
          }
        : page([
            { id: id(1), displayName: 'Moved', 'manager@delta': [{ id: id(3), '@removed': {} }, { id: id(4) }] },
            { id: id(2), displayName: 'Renamed' },
            { id: id(3), 'manager@delta': [{ id: id(4) }] },
            { id: id(4), displayName: 'Gone meanwhile' },
            { id: id(5), '@removed': { reason: 'changed' } },
            { id: id(6), '@removed': { reason: 'deleted' } },
          ]),
    );
    expect(await read(`http://127.0.0.1:4101/v1.0/users/delta?$deltatoken=x`)).toMatchObject({ outcome: 'done' });
    expect(double.seen[0]!.rawPath).toBe('/v1.0/users/delta?$deltatoken=x');
    expect(double.seen[1]!.json.requests[0].url).toMatch(
      /^\/users\/[0-9-]{36}\?\$select=id,.*userType&\$expand=manager\(%24select%3Did\)$/,
    );
    expect(
      pages[0]!.map((c) =>
        c.kind === 'person' ? [c.person.personId, c.person.displayName, c.person.managerId] : [c.personId, c.forGood],
      ),
    ).toEqual([
      [id(1), 'Moved', id(4)],
      [id(2), 'Read 0', id(9)],
      [id(3), 'Read 1', id(9)],
      [id(5), false],
      [id(6), true],
    ]);
  });

  it.each([
    [410, 'Gone'],
    [400, 'SyncStateNotFound'],
    [400, 'resyncRequired'],
  ])('F11: %i %s asks for a full round', async (status, code) => {
    double.script(() => graphError(status, code));
    expect(await read(DELTA)).toEqual({ outcome: 'reset' });
    expect(pages).toEqual([]);
  });

  it('a stored link that leads elsewhere asks for a full round', async () => {
    expect(await read('https://evil.example/v1.0/me/messages')).toEqual({ outcome: 'reset' });
    expect(await read('nonsense')).toEqual({ outcome: 'reset' });
    expect(double.seen).toHaveLength(0);
  });

  it('F10: links that go round in circles end the round without a link', async () => {
    double.script((_, index) => page([], next(['a', 'b', 'a'][index % 3]!)));
    expect(await read(null)).toMatchObject({ outcome: 'later', code: 'PagesRepeat' });
    expect(double.seen.length).toBeLessThan(5);
  });

  it('F10: pages without end are cut', async () => {
    double.script((_, index) => page([], next(`p${index}`)));
    const client = clientOfDouble(double, createSteppingClock());
    const walked = await readPages(client, { path: '/users', item: z.unknown(), pageCap: 25 }, async () => undefined);
    expect(walked).toMatchObject({ outcome: 'later', code: 'TooManyPages' });
    expect(double.seen).toHaveLength(25);
  });

  it('F10: a link to elsewhere is not followed', async () => {
    double.script(() => page([], { '@odata.nextLink': 'https://graph.microsoft.com/beta/users' }));
    expect(await read(null)).toMatchObject({ outcome: 'later', code: 'PageLinkUnreadable' });
  });

  it('a page that fails in the middle gives no link', async () => {
    double.script((_, index) =>
      index === 0 ? page([{ id: id(1), displayName: 'A' }], next('b')) : graphError(503, 'x', { 'Retry-After': '600' }),
    );
    expect(await read(null)).toMatchObject({ outcome: 'later' });
    expect(pages).toHaveLength(1);
  });
});

describe('groups', () => {
  it('59: hostile names stay inside their quotes', async () => {
    double.script(() => page([{ id: id(1), displayName: 'Mentors' }], {}));
    expect(await directory.findGroups(TENANT, " O'Brien') or 1 eq 1&$top=9 ")).toEqual({
      outcome: 'done',
      value: [{ groupId: id(1), displayName: 'Mentors' }],
    });
    const url = new URL(double.seen[0]!.rawPath, 'http://x');
    expect(url.searchParams.get('$filter')).toBe("startswith(displayName,'O''Brien'') or 1 eq 1&$top=9')");
    expect(url.searchParams.get('$top')).toBe('50');
    expect(await directory.findGroups(TENANT, '  ')).toEqual({ outcome: 'done', value: [] });
    expect(double.seen).toHaveLength(1);
  });

  it('reads all members once', async () => {
    const path = `/groups/${id(7)}/transitiveMembers/microsoft.graph.user`;
    double.script((_, index) =>
      index === 0
        ? page([{ id: id(1) }, { id: id(2) }], { '@odata.nextLink': `${GRAPH}${path}?$skiptoken=2` })
        : page([{ id: id(2) }], {}),
    );
    expect(await directory.readMembers(TENANT, id(7))).toEqual({ outcome: 'done', value: [id(1), id(2)] });
    expect(double.seen[0]).toMatchObject({ path: `/v1.0${path}?$select=id&$count=true&$top=999` });
    expect(double.seen.map(({ headers }) => headers['consistencylevel'])).toEqual(['eventual', 'eventual']);
  });

  it('never keeps a page waiting: what would be asked again comes back at once', async () => {
    double.script(() => ({ status: 503, json: { error: { code: 'serviceNotAvailable', message: '' } } }));
    expect(await directory.readMembers(TENANT, id(7))).toMatchObject({ outcome: 'later' });
    expect(await directory.findGroups(TENANT, 'M')).toMatchObject({ outcome: 'later' });
    expect(double.seen).toHaveLength(2);
  });

  it.each(['me/../users/x', '%2f', '?$expand', '', `${id(1)}/x`])(
    '60: the id "%s" never enters a path',
    async (bad) => {
      await expect(directory.readMembers(TENANT, bad)).rejects.toThrow(/groupId/);
      await expect(directory.readProfileHints(TENANT, [bad as PersonId])).rejects.toThrow(/personId/);
      expect(double.seen).toHaveLength(0);
    },
  );
});

describe('findPerson', () => {
  const ada = { id: id(5).toUpperCase(), displayName: 'Ada', mail: 'ada@contoso.com', accountEnabled: true };
  const missing = { status: 404, json: { error: { code: 'Request_ResourceNotFound', message: '' } } };
  const SELECT = '$select=id,displayName,mail,userPrincipalName,jobTitle,department,officeLocation,country';

  it('asks by sign-in name, encoded, and awaits no second try', async () => {
    double.script(() => ({ json: { ...ada, userType: 'Guest' } }));
    expect(await directory.findPerson(TENANT, "o'n/../eil?#x@contoso.com")).toMatchObject({
      outcome: 'done',
      value: { personId: id(5), displayName: 'Ada', isGuest: true, accountEnabled: true },
    });
    expect(double.seen).toHaveLength(1);
    expect(double.seen[0]!.path).toContain(`/v1.0/users/o'n/../eil?#x@contoso.com?${SELECT}`);
  });

  it('looks for the address where it is no sign-in name; two people with it are nobody', async () => {
    for (const [value, expected] of [
      [[ada], { personId: id(5) }],
      [[ada, { ...ada, id: id(6) }], null],
      [[], null],
    ] as const) {
      double.script(({ path }) => (path.startsWith('/v1.0/users/') ? missing : { json: { value } }));
      const found = await directory.findPerson(TENANT, "o'neil@contoso.com");
      expect(found).toMatchObject({ outcome: 'done', value: expected });
      expect(decodeURIComponent(double.seen.at(-1)!.path)).toContain(
        "/v1.0/users?$filter=mail eq 'o''neil@contoso.com'",
      );
    }
  });

  it('says when the directory may not be read, or does not answer', async () => {
    double.script(() => ({ status: 403, json: { error: { code: 'Authorization_RequestDenied', message: '' } } }));
    expect(await directory.findPerson(TENANT, 'a@b')).toMatchObject({ outcome: 'refused', reason: 'forbidden' });
    double.script(() => ({ status: 503, json: { error: { code: 'serviceNotAvailable', message: '' } } }));
    expect(await directory.findPerson(TENANT, 'a@b')).toMatchObject({ outcome: 'later' });
  });
});

describe('readProfileHints', () => {
  it('asks for single people in batches; the missing are left out', async () => {
    double.script(({ json }) => ({
      json: {
        responses: json.requests.map((r: Json, i: number) =>
          i === 1
            ? { id: r.id, status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }
            : { id: r.id, status: 200, body: { id: id(i), skills: ['ai'], interests: i === 0 ? null : ['chess'] } },
        ),
      },
    }));
    expect(await directory.readProfileHints(TENANT, [id(0), id(1), id(2)])).toEqual({
      outcome: 'done',
      value: new Map([
        [id(0), { skills: ['ai'], interests: [] }],
        [id(2), { skills: ['ai'], interests: ['chess'] }],
      ]),
    });
    expect(double.seen[0]!.json.requests[0]).toEqual({
      id: '0',
      method: 'GET',
      url: `/users/${id(0)}?$select=id,skills,interests`,
    });
  });
});

it('I8: a client serves its own tenant only', async () => {
  await expect(directory.findGroups('00000000-0000-0000-0000-0000000000ff' as TenantId, 'x')).rejects.toThrow(
    /another tenant/,
  );
});
