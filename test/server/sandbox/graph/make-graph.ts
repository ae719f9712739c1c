import { createVirtualClock } from '../../../../server/sandbox/clock.ts';
import type { GraphCaller } from '../../../../server/sandbox/entra/tokens.ts';
import { createGraph, type GraphPart } from '../../../../server/sandbox/graph/graph.ts';
import type { SandboxReply, SandboxRequest } from '../../../../server/sandbox/http.ts';
import { createFaults } from '../../../../server/sandbox/kernel/create-faults.ts';
import type { Faults } from '../../../../server/sandbox/kernel/faults.ts';
import type { EntraApp, SandboxPerson, World } from '../../../../server/sandbox/world.ts';

export const START = Date.parse('2026-09-28T06:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Ids that are easy to read: person 7 is `00000000-0000-4000-8000-000000000007`. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const TAB_APP = id(9001);
export const GRAPH_APP = id(9002);
export const CATALOG_ID = id(9100);
export const MANIFEST_ID = id(9101);

export function makePerson(n: number, changes: Partial<SandboxPerson> = {}): SandboxPerson {
  return {
    id: id(n),
    displayName: `Person ${n}`,
    givenName: 'Person',
    surname: `Number${n}`,
    mail: `person${n}@contoso.example`,
    userPrincipalName: `person${n}@contoso.example`,
    jobTitle: 'Engineer',
    department: n % 2 === 0 ? 'Sales' : 'Finance',
    officeLocation: 'Berlin',
    country: 'Germany',
    usageLocation: 'DE',
    preferredLanguage: 'de-DE',
    employeeHireDate: '2020-03-01',
    accountEnabled: true,
    userType: 'Member',
    managerId: n === 1 ? null : id(1),
    skills: ['TypeScript'],
    interests: ['Chess'],
    depth: n === 1 ? 0 : 1,
    isExecutive: n === 1,
    mailbox: {
      enabled: true,
      zone: 'Europe/Berlin',
      zoneName: 'W. Europe Standard Time',
      locale: 'de-DE',
      workingHours: {
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        start: '09:00',
        end: '17:30',
      },
      readable: true,
      teamsLicensed: true,
    },
    deletedAt: null,
    photo: null,
    ...changes,
  };
}

function makeApp(clientId: string, graphRoles: string[]): EntraApp {
  return {
    clientId,
    displayName: clientId,
    servicePrincipalId: `sp-${clientId}`,
    secret: null,
    certificates: [],
    graphRoles,
    identifierUri: null,
    exposedScopes: [],
    redirectUris: [],
    preAuthorizedClientIds: [],
    appRoleAssignments: {},
    consentRequired: false,
  };
}

/** A graph over ten people, two groups, two apps as the product has them, and an exchange that tells what it was asked. */
export interface Bench {
  world: World;
  graph: GraphPart;
  faults: Faults;
  /** What the exchange part was asked, `GET /users/x/events`. */
  calendarCalls: string[];
  /** Set to make the exchange part slow: it answers when this settles. */
  hold: { until: Promise<void> | null };
  ask: (method: string, url: string, options?: Asking) => Promise<Answer>;
}

export interface Asking {
  /** `app:<clientId>`, `person:<id>` or a text of no use; null: none. */
  token?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Parsed JSON of any form. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer extends SandboxReply {
  json: Json;
}

/** `{"error":{...}}` of an answer, for comparing. */
export const errorOf = (answer: Answer): [number, string] => [answer.status, answer.json.error?.code];

export function makeBench(people: SandboxPerson[] = Array.from({ length: 10 }, (_, i) => makePerson(i + 1))): Bench {
  const clock = createVirtualClock(START);
  const calendarCalls: string[] = [];
  const hold: Bench['hold'] = { until: null };
  const chatted = new Map<string, string>();
  const world: World = {
    seed: 1,
    tenantId: id(8000),
    domain: 'contoso.example',
    clock,
    rightsMode: 'exchangeRbac',
    people: new Map(people.map((person) => [person.id, person])),
    groups: new Map(),
    apps: new Map([
      [TAB_APP, makeApp(TAB_APP, ['AppCatalog.Read.All', 'TeamsAppInstallation.ReadWriteSelfForUser.All'])],
      [GRAPH_APP, makeApp(GRAPH_APP, ['User.Read.All', 'GroupMember.Read.All'])],
    ]),
    exchangeAssignments: [],
    catalog: { id: CATALOG_ID, externalId: MANIFEST_ID, displayName: 'Inverso', version: '1.0.0', clientId: TAB_APP },
    installations: new Map(),
    exchange: {} as World['exchange'],
    chats: {
      of: (personId: string) =>
        chatted.has(personId) ? { conversationId: chatted.get(personId)!, activities: [] } : null,
      install: async (personId: string) => void chatted.set(personId, `a:${personId}`),
      uninstall: (personId: string) => void chatted.delete(personId),
    } as unknown as World['chats'],
    hooks: { mailDelivered: [], activityDelivered: [], calendarChanged: [] },
    origin: 'http://127.0.0.1:4100',
    product: { botEndpoint: null, publicHost: null, loopbackOrigin: null },
  };
  const faults = createFaults(1);
  const verify = async (authorization: string | undefined, audience: string): Promise<GraphCaller | null> => {
    const [, kind, who] = /^Bearer (app|person):(.+)$/.exec(authorization ?? '') ?? [];
    if (kind === undefined || audience !== 'https://graph.microsoft.com') return null;
    if (kind === 'person') return { clientId: TAB_APP, roles: [], personId: who!, scopes: ['User.Read'] };
    const app = world.apps.get(who!);
    return app ? { clientId: app.clientId, roles: app.graphRoles, personId: null, scopes: [] } : null;
  };
  const exchange = {
    exchange: world.exchange,
    async handle(request: SandboxRequest): Promise<SandboxReply | undefined> {
      calendarCalls.push(`${request.method} ${request.path}`);
      if (hold.until) await hold.until;
      return { status: 200, body: { '@odata.context': 'x', value: [] } };
    },
    rememberTransactions: () => undefined,
    purge: () => undefined,
    renumber: () => undefined,
    plainId: (eventId: string) => eventId,
    snapshot: () => null,
    restore: () => undefined,
  };
  const graph = createGraph(world, { exchange, verify, faults });
  const ask: Bench['ask'] = async (method, url, { token = `app:${GRAPH_APP}`, headers = {}, body } = {}) => {
    const parsed = new URL(url, 'http://127.0.0.1:4100');
    const reply = await graph.handle({
      method,
      path: parsed.pathname,
      query: parsed.searchParams,
      headers: {
        host: '127.0.0.1:4100',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    });
    if (!reply) throw new Error(`graph does not answer ${url}`);
    const json = (typeof reply.body === 'object' && !Buffer.isBuffer(reply.body) ? reply.body : {}) as Answer['json'];
    return { ...reply, json };
  };
  return { world, graph, faults, calendarCalls, hold, ask };
}

/** Gives an app calendar rights by Exchange on some mailboxes. */
export function grantMailboxes(
  world: World,
  role: 'Calendars.ReadWrite' | 'Calendars.Read' | 'MailboxSettings.Read',
  scope: string[],
): void {
  world.exchangeAssignments.push({ clientId: GRAPH_APP, role: `Application ${role}`, scope });
}
