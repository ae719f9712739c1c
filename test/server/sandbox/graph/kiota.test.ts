import { AnonymousAuthenticationProvider, DateOnly } from '@microsoft/kiota-abstractions';
import { createGraphServiceClient, GraphRequestAdapter, type GraphServiceClient } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExchange } from '../../../../server/sandbox/graph/exchange/exchange.ts';
import { createGraph } from '../../../../server/sandbox/graph/graph.ts';
import { listen, type Listening } from '../../../../server/sandbox/kernel/listen.ts';
import { GRAPH_APP, grantMailboxes, id, makeBench, type Bench } from './make-graph.ts';

let bench: Bench;
let server: Listening;
let client: GraphServiceClient;

/** Microsoft's own generated client against the sandbox: other people's requests, other people's reading. */
beforeAll(async () => {
  bench = makeBench();
  const { world, faults } = bench;
  grantMailboxes(world, 'Calendars.ReadWrite', [id(1), id(2)]);
  const exchange = createExchange(world, { latenessSeed: 1 });
  world.exchange = exchange.exchange;
  const verify = async (): Promise<{ clientId: string; roles: string[]; personId: null; scopes: string[] }> => ({
    clientId: GRAPH_APP,
    roles: world.apps.get(GRAPH_APP)!.graphRoles,
    personId: null,
    scopes: [],
  });
  const graph = createGraph(world, { exchange, verify, faults });
  server = await listen({ port: 0, clock: world.clock, faults, handlers: [graph.handle] });
  const adapter = new GraphRequestAdapter(new AnonymousAuthenticationProvider());
  adapter.baseUrl = `${server.origin}/v1.0`;
  client = createGraphServiceClient(adapter);
});

afterAll(() => server.close());

describe('the Kiota client', () => {
  it('lists users over pages', async () => {
    const first = await client.users.get({
      queryParameters: { top: 6, select: ['id', 'displayName'], expand: ['manager($select=id)'] },
    });
    expect(first?.value).toHaveLength(6);
    expect(first?.value?.[1]).toMatchObject({ id: id(2), displayName: 'Person 2', manager: { id: id(1) } });
    const second = await client.users.withUrl(first!.odataNextLink!).get();
    expect(second?.value?.map((each) => each.id)).toEqual([7, 8, 9, 10].map(id));
    expect(second?.odataNextLink).toBeUndefined();
  });

  it('reads one user, and errors as Graph errors', async () => {
    const one = await client.users.byUserId(id(2)).get({ queryParameters: { select: ['skills', 'mail'] } });
    expect(one).toMatchObject({ skills: ['TypeScript'], mail: 'person2@contoso.example' });
    await expect(client.users.byUserId(id(77)).get()).rejects.toMatchObject({
      responseStatusCode: 404,
      errorEscaped: { code: 'Request_ResourceNotFound' },
    });
  });

  it('follows changes of users', async () => {
    const first = await client.users.delta.get({ queryParameters: { select: ['displayName'] } });
    expect(first?.value).toHaveLength(10);
    bench.world.people.get(id(3))!.displayName = 'Renamed';
    const next = await client.users.delta.withUrl(first!.odataDeltaLink!).get();
    expect(next?.value?.map((each) => each.displayName)).toEqual(['Renamed']);
  });

  it('asks free/busy, books a series and reads it back', async () => {
    const zone = 'W. Europe Standard Time';
    const calendar = client.users.byUserId(id(1));
    const created = await calendar.events.post({
      subject: 'Session',
      transactionId: 'kiota-1',
      start: { dateTime: '2026-10-06T09:00:00', timeZone: zone },
      end: { dateTime: '2026-10-06T09:30:00', timeZone: zone },
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
        range: {
          type: 'numbered',
          startDate: DateOnly.parse('2026-10-06'),
          numberOfOccurrences: 3,
        },
      },
      attendees: [{ type: 'required', emailAddress: { address: 'person2@contoso.example', name: 'Person 2' } }],
    });
    expect(created).toMatchObject({ type: 'seriesMaster', subject: 'Session' });
    const range = { startDateTime: '2026-10-01T00:00:00Z', endDateTime: '2026-10-31T00:00:00Z' };
    const instances = await calendar.events.byEventId(created!.id!).instances.get({ queryParameters: range });
    expect(instances?.value).toHaveLength(3);
    const view = await calendar.calendarView.get({ queryParameters: { ...range, select: ['id', 'subject', 'start'] } });
    expect(view?.value?.map((each) => each.subject)).toEqual(['Session', 'Session', 'Session']);
    const delta = await calendar.calendarView.delta.get({ queryParameters: range });
    expect(delta?.value?.length).toBeGreaterThanOrEqual(3);
    const schedule = await calendar.calendar.getSchedule.post({
      schedules: ['person1@contoso.example'],
      startTime: { dateTime: '2026-10-06T00:00:00', timeZone: 'UTC' },
      endTime: { dateTime: '2026-10-07T00:00:00', timeZone: 'UTC' },
      availabilityViewInterval: 30,
    });
    expect(schedule?.value?.[0]?.scheduleItems).toHaveLength(1);
    expect(schedule?.value?.[0]?.scheduleItems?.[0]).toMatchObject({ status: 'busy' });
  });
});
