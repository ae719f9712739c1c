import { createVirtualClock } from '../../../../server/sandbox/clock.ts';
import { createExchange, type ExchangePart } from '../../../../server/sandbox/graph/exchange/exchange.ts';
import type { SandboxReply } from '../../../../server/sandbox/http.ts';
import type { Chats, SandboxMail, SandboxPerson, World } from '../../../../server/sandbox/world.ts';

export const START = Date.parse('2026-09-28T06:00:00Z');
export const DAY = 86_400_000;
export const MINUTE = 60_000;
export const TAG = 'String {11111111-2222-4333-8444-555555555555} Name InversoSeries';

export const at = (text: string): number => Date.parse(text);

export function person(id: string, mailbox: Partial<SandboxPerson['mailbox']> = {}): SandboxPerson {
  return {
    id,
    displayName: id.toUpperCase(),
    givenName: id,
    surname: 'X',
    mail: `${id}@contoso.example`,
    userPrincipalName: `${id}.upn@contoso.example`,
    jobTitle: null,
    department: null,
    officeLocation: null,
    country: null,
    usageLocation: null,
    preferredLanguage: null,
    employeeHireDate: null,
    accountEnabled: true,
    userType: 'Member',
    managerId: null,
    skills: [],
    interests: [],
    depth: 1,
    isExecutive: false,
    mailbox: {
      enabled: true,
      zone: 'Europe/Rome',
      zoneName: 'W. Europe Standard Time',
      locale: 'it-IT',
      workingHours: {
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        start: '08:00',
        end: '17:00',
      },
      readable: true,
      teamsLicensed: true,
      ...mailbox,
    },
    deletedAt: null,
    photo: null,
  };
}

export interface Tenant {
  world: World;
  part: ExchangePart;
  changes: { ownerId: string; eventId: string; change: string; by: string }[];
  mails: SandboxMail[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Lets everything arrive that is under way between mailboxes. */
  settle(): Promise<void>;
}

/** JSON out of an answer; the expectations of a test say what is in it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;
export type Reply = Omit<SandboxReply, 'body'> & { body: Json };

const noChats = {} as Chats;

/** A tenant whose program mailbox `org` invites `exec` and `mentor`; more people as given. */
export function makeTenant(more: SandboxPerson[] = [], latenessSeed = 7): Tenant {
  const people = [person('org'), person('exec'), person('mentor'), ...more];
  const changes: Tenant['changes'] = [];
  const mails: SandboxMail[] = [];
  const world: World = {
    seed: 1,
    tenantId: '00000000-0000-4000-8000-000000000001',
    domain: 'contoso.example',
    clock: createVirtualClock(START),
    rightsMode: 'exchangeRbac',
    people: new Map(people.map((each) => [each.id, each])),
    groups: new Map(),
    apps: new Map(),
    exchangeAssignments: [],
    catalog: null,
    installations: new Map(),
    exchange: undefined as never,
    chats: noChats,
    hooks: {
      mailDelivered: [(mail) => mails.push(mail)],
      activityDelivered: [],
      calendarChanged: [(ownerId, eventId, change, by) => changes.push({ ownerId, eventId, change, by })],
    },
    origin: 'http://127.0.0.1:4100',
    product: { botEndpoint: null, publicHost: null, loopbackOrigin: null },
  };
  const part = createExchange(world, { latenessSeed });
  world.exchange = part.exchange;
  return {
    world,
    part,
    changes,
    mails,
    async call(method, path, body, headers = {}) {
      const url = new URL(path.replaceAll('+', '%2B'), 'http://x');
      const request = {
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: { host: '127.0.0.1:4100', prefer: 'IdType="ImmutableId"', ...headers },
        body: body === undefined ? '' : JSON.stringify(body),
      };
      const reply = await part.handle(request, { clientId: 'app2', roles: [], personId: null, scopes: [] });
      if (!reply) throw new Error(`${method} ${path}: not answered`);
      // As over the network: plain JSON, nothing shared.
      const text = reply.body === undefined ? undefined : JSON.stringify(reply.body);
      return { ...reply, body: text === undefined ? undefined : JSON.parse(text) };
    },
    settle: () => world.clock.advanceTo(world.clock.now() + 2 * MINUTE),
  };
}

/** A biweekly series of 30 minutes from Tuesday 2026-10-06, 10:00 in Rome; overrides are merged over the body. */
export function seriesBody(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const timeZone = 'W. Europe Standard Time';
  return {
    subject: 'Exec / Mentor',
    body: { contentType: 'HTML', content: '<p>Session</p>' },
    start: { dateTime: '2026-10-06T10:00:00', timeZone },
    end: { dateTime: '2026-10-06T10:30:00', timeZone },
    recurrence: {
      pattern: { type: 'weekly', interval: 2, daysOfWeek: ['Tuesday'], firstDayOfWeek: 'monday' },
      range: { type: 'numbered', startDate: '2026-10-06', numberOfOccurrences: 6, recurrenceTimeZone: timeZone },
    },
    attendees: [
      { type: 'required', emailAddress: { address: 'exec@contoso.example', name: 'E' } },
      { type: 'required', emailAddress: { address: 'MENTOR@contoso.example', name: 'M' } },
    ],
    transactionId: 'tx-1',
    singleValueExtendedProperties: [{ id: TAG, value: 's-1' }],
    ...overrides,
  };
}

/** A single meeting of 30 minutes on 2026-10-06, 10:00 in Rome. */
export const singleBody = (overrides: Record<string, unknown> = {}): Record<string, unknown> =>
  seriesBody({ recurrence: undefined, ...overrides });

export const times = (start: string, end: string, timeZone = 'W. Europe Standard Time'): Record<string, unknown> => ({
  start: { dateTime: start, timeZone },
  end: { dateTime: end, timeZone },
});

export const instancesPath = (ownerId: string, id: string): string =>
  `/users/${ownerId}/events/${id}/instances?startDateTime=2026-09-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z&$top=100`;

export const viewPath = (ownerId: string, more = ''): string =>
  `/users/${ownerId}/calendarView?startDateTime=2026-09-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z&$top=100${more}`;
