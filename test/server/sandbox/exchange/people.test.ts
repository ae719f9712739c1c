import { describe, expect, it } from 'vitest';
import { createExchange } from '../../../../server/sandbox/graph/exchange/exchange.ts';
import {
  at,
  DAY,
  instancesPath,
  makeTenant,
  MINUTE,
  person,
  seriesBody,
  singleBody,
  START,
  times,
  viewPath,
  type Tenant,
} from './make-tenant.ts';

const WEEK = [at('2026-10-05T00:00:00Z'), at('2026-10-12T00:00:00Z')] as const;

const own = (start: string, minutes: number, more: Record<string, unknown> = {}) => ({
  subject: 'Own',
  start,
  minutes,
  zone: 'Europe/Rome',
  showAs: 'busy' as const,
  ...more,
});

describe('calendars of people', () => {
  it('are seeded silently, with weekly series over a daylight-saving change', () => {
    const { part, changes } = makeTenant();
    const repeat = { everyWeeks: 2, until: '2026-11-02' };
    part.exchange.seed('exec', own('2026-10-05T09:00', 60, { repeat, sensitivity: 'private' }));
    part.exchange.seed('exec', own('2026-10-07T00:00', 2 * 1440, { isAllDay: true, showAs: 'oof' }));
    const items = part.exchange.view('exec', START, at('2026-12-01T00:00:00Z'));
    expect(items.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-10-05T07:00:00.000Z',
      '2026-10-06T22:00:00.000Z',
      '2026-10-19T07:00:00.000Z',
      '2026-11-02T08:00:00.000Z',
    ]);
    expect(items[0]).toMatchObject({
      type: 'occurrence',
      sensitivity: 'private',
      isOrganizer: true,
      response: 'organizer',
    });
    expect(items[1]).toMatchObject({ type: 'singleInstance', seriesMasterId: null, showAs: 'oof' });
    expect(changes).toEqual([]);
    expect(part.exchange.writes()).toEqual([]);
  });

  it('long items are found by any window that they overlap', () => {
    const { part } = makeTenant();
    part.exchange.seed('exec', own('2026-10-01T00:00', 30 * 1440, { showAs: 'oof' }));
    for (let i = 10; i < 20; i++) part.exchange.seed('exec', own(`2026-10-${i}T09:00`, 30));
    const found = part.exchange.view('exec', at('2026-10-20T00:00:00Z'), at('2026-10-21T00:00:00Z'));
    expect(found.map(({ showAs }) => showAs)).toEqual(['oof']);
  });

  it('an appointment of their own is heard of and written down', () => {
    const { part, changes } = makeTenant();
    const id = part.exchange.add('exec', own('2026-10-06T09:00', 60));
    expect(changes).toEqual([{ ownerId: 'exec', eventId: id, change: 'created', by: 'person:exec' }]);
    expect(part.exchange.view('exec', ...WEEK)[0]!.eventId).toBe(id);
    expect(part.exchange.writes()).toMatchObject([{ kind: 'create', by: 'person:exec', eventId: id, messages: 0 }]);
  });
});

describe('moving by hand', () => {
  async function booked(): Promise<{ tenant: Tenant; id: string }> {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', seriesBody());
    await tenant.settle();
    tenant.mails.length = 0;
    return { tenant, id: body.id };
  }

  it('on an attendees copy differs there alone, until the organizer changes the item', async () => {
    const { tenant, id } = await booked();
    const [first] = tenant.part.exchange.view('exec', ...WEEK);
    tenant.part.exchange.move('exec', first!.eventId, at('2026-10-07T12:00:00Z'), at('2026-10-07T12:30:00Z'));
    await tenant.settle();
    expect(tenant.part.exchange.view('exec', ...WEEK)[0]).toMatchObject({
      type: 'exception',
      start: at('2026-10-07T12:00:00Z'),
      originalStart: at('2026-10-06T08:00:00Z'),
      iCalUId: first!.iCalUId,
    });
    const organizers = await tenant.call('GET', instancesPath('org', id));
    expect(organizers.body.value[0].start.dateTime).toBe('2026-10-06T08:00:00.0000000');
    expect(tenant.mails).toEqual([]);
    expect(() =>
      tenant.part.exchange.move('exec', first!.eventId, at('2026-10-20T12:00:00Z'), at('2026-10-20T12:30:00Z')),
    ).toThrow(/crossing/);
    const occurrence = organizers.body.value[0].id;
    await tenant.call('PATCH', `/users/org/events/${occurrence}`, times('2026-10-08T09:00:00', '2026-10-08T09:30:00'));
    await tenant.settle();
    expect(tenant.part.exchange.view('exec', ...WEEK)[0]!.start).toBe(at('2026-10-08T07:00:00Z'));
  });

  it('on the organizers copy goes out like any change', async () => {
    const { tenant } = await booked();
    const [first] = tenant.part.exchange.view('org', ...WEEK);
    tenant.part.exchange.move('org', first!.eventId, at('2026-10-07T12:00:00Z'), at('2026-10-07T12:30:00Z'));
    await tenant.settle();
    expect(tenant.part.exchange.view('mentor', ...WEEK)[0]!.start).toBe(at('2026-10-07T12:00:00Z'));
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'update', by: 'person:org', messages: 1 });
    tenant.part.exchange.remove('org', first!.eventId);
    await tenant.settle();
    expect(tenant.part.exchange.view('mentor', ...WEEK)[0]!.isCancelled).toBe(true);
  });
});

describe('the write log', () => {
  it('judges every place at that instant: collisions by status, hours by the attendees own zone', async () => {
    const tenant = makeTenant([person('newyork', { zone: 'America/New_York', zoneName: 'Eastern Standard Time' })]);
    const { exchange } = tenant.part;
    exchange.seed('exec', own('2026-10-20T09:45', 30, { showAs: 'tentative' }));
    exchange.seed('exec', own('2026-11-03T10:15', 60, { showAs: 'free' }));
    exchange.seed('exec', own('2026-11-17T10:30', 60));
    const attendees = ['exec', 'newyork', 'outsider'].map((id) => ({
      emailAddress: { address: `${id}@contoso.example` },
    }));
    await tenant.call('POST', '/users/org/events', seriesBody({ attendees }));
    const [write] = exchange.writes();
    expect(write).toMatchObject({
      at: START,
      by: 'app:app2',
      ownerId: 'org',
      kind: 'create',
      tags: { InversoSeries: 's-1' },
      transactionId: 'tx-1',
      messages: 1,
    });
    expect(write!.placed).toHaveLength(6);
    expect(write!.placed.map(({ collisions }) => collisions.map(({ status }) => status))).toEqual([
      [],
      ['tentative'],
      [],
      [],
      [],
      [],
    ]);
    expect(write!.placed[1]!.collisions[0]).toMatchObject({ personId: 'exec', start: at('2026-10-20T07:45:00Z') });
    expect(write!.placed.every(({ outsideWorkingHours }) => outsideWorkingHours.join() === 'newyork')).toBe(true);
    // The own copy of the same meeting is no collision.
    await tenant.settle();
    const list = await tenant.call('GET', viewPath('org'));
    const moved = times('2026-10-06T10:15:00', '2026-10-06T10:45:00');
    await tenant.call('PATCH', `/users/org/events/${list.body.value[0].id}`, moved);
    expect(exchange.writes().at(-1)!.placed).toEqual([
      {
        iCalUId: exchange.writes().at(-1)!.iCalUId,
        start: at('2026-10-06T08:15:00Z'),
        end: at('2026-10-06T08:45:00Z'),
        collisions: [],
        outsideWorkingHours: ['newyork'],
      },
    ]);
  });
});

describe('the sending limit of a mailbox', () => {
  it('is 30 messages a minute; the 31st is told when to come back, and nothing is done', async () => {
    const tenant = makeTenant();
    const create = (i: number) => tenant.call('POST', '/users/org/events', singleBody({ transactionId: `t${i}` }));
    for (let i = 0; i < 30; i++) {
      expect((await create(i)).status).toBe(201);
      if (i === 9) await tenant.world.clock.advanceTo(START + 20_000);
    }
    const refused = await create(30);
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('ErrorExceededMessageLimit');
    expect(refused.headers?.['Retry-After']).toBe('40');
    const quiet = await tenant.call('POST', '/users/org/events', singleBody({ attendees: [], transactionId: 'q' }));
    expect(quiet.status).toBe(201);
    const other = await tenant.call('POST', '/users/mentor/events', singleBody({ transactionId: 'm' }));
    expect(other.status).toBe(201);
    await tenant.world.clock.advanceTo(START + 60_000);
    expect((await create(30)).status).toBe(201);
    expect(tenant.part.exchange.writes().filter(({ ownerId }) => ownerId === 'org')).toHaveLength(32);
  });

  it('counts edited occurrences', async () => {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', seriesBody());
    const list = await tenant.call('GET', instancesPath('org', body.id));
    for (const each of list.body.value) {
      const day = each.start.dateTime.slice(0, 10);
      await tenant.call('PATCH', `/users/org/events/${each.id}`, times(`${day}T15:00:00`, `${day}T15:30:00`));
    }
    // 7 messages so far; each change of the series is 7 more.
    for (let i = 0; i < 3; i++) {
      expect((await tenant.call('PATCH', `/users/org/events/${body.id}`, { subject: `S${i}` })).status).toBe(200);
    }
    expect((await tenant.call('PATCH', `/users/org/events/${body.id}`, { subject: 'S4' })).status).toBe(429);
    expect((await tenant.call('GET', `/users/org/events/${body.id}`)).body.subject).toBe('S2');
  });
});

describe('saved and restored', () => {
  it('goes on with messages, limits and ids where it stopped', async () => {
    const before = makeTenant();
    const { body } = await before.call('POST', '/users/org/events', seriesBody());
    before.part.exchange.seed('exec', own('2026-10-06T09:00', 60));
    const saved = JSON.parse(JSON.stringify(before.part.snapshot()));

    const after = makeTenant();
    after.part = createExchange(after.world, { latenessSeed: 7 });
    after.part.restore(saved);
    expect(after.part.exchange.view('exec', ...WEEK)).toEqual(before.part.exchange.view('exec', ...WEEK));
    const again = await after.part.handle(
      {
        method: 'POST',
        path: '/users/org/events',
        query: new URLSearchParams(),
        headers: { prefer: 'IdType="ImmutableId"' },
        body: JSON.stringify(seriesBody()),
      },
      { clientId: 'app2', roles: [], personId: null, scopes: [] },
    );
    expect(again).toMatchObject({ status: 409, body: { error: { '@event.existingEventId': body.id } } });
    await before.settle();
    await after.settle();
    const seen = (tenant: Tenant) => tenant.part.exchange.view('exec', START, START + 120 * DAY);
    expect(seen(after)).toHaveLength(7);
    expect(seen(after)).toEqual(seen(before));
    expect(after.part.exchange.mailsOf('exec')).toEqual(before.part.exchange.mailsOf('exec'));
    expect(JSON.parse(JSON.stringify(after.part.snapshot()))).toEqual(
      JSON.parse(JSON.stringify(before.part.snapshot())),
    );
    await after.world.clock.advanceTo(START + 5 * MINUTE);
    expect(after.part.exchange.writes()).toEqual(before.part.exchange.writes());
  });
});
