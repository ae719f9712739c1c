import { describe, expect, it } from 'vitest';
import {
  at,
  instancesPath,
  makeTenant,
  seriesBody,
  singleBody,
  START,
  times,
  viewPath,
  type Tenant,
  type Json,
} from './make-tenant.ts';

interface Booked {
  tenant: Tenant;
  id: string;
  /** Ids of the occurrences in the organizer's mailbox. */
  dates: string[];
}

async function book(body = seriesBody()): Promise<Booked> {
  const tenant = makeTenant();
  const { body: event } = await tenant.call('POST', '/users/org/events', body);
  const list = event.type === 'seriesMaster' ? await tenant.call('GET', instancesPath('org', event.id)) : undefined;
  await tenant.settle();
  tenant.mails.length = 0;
  tenant.changes.length = 0;
  return { tenant, id: event.id, dates: (list?.body.value ?? []).map((each: { id: string }) => each.id) };
}

const startsOf = async (tenant: Tenant, owner: string): Promise<string[]> => {
  const { body } = await tenant.call('GET', viewPath(owner));
  return body.value.map((each: { start: { dateTime: string } }) => each.start.dateTime.slice(0, 16));
};

/** Accepts everything that is in the calendar as the owner would. */
async function acceptAll(tenant: Tenant, owner: string): Promise<void> {
  const [item] = tenant.part.exchange.view(owner, START, START + 300 * 86_400_000);
  tenant.part.exchange.respond(owner, item!.seriesMasterId ?? item!.eventId, 'accepted');
  await tenant.settle();
  tenant.mails.length = 0;
}

describe('moving one occurrence', () => {
  it('makes an exception with the same id, mails once, and resets the answers to it alone', async () => {
    const { tenant, dates, id } = await book();
    await acceptAll(tenant, 'exec');
    const path = `/users/org/events/${dates[1]}`;
    const reply = await tenant.call('PATCH', path, times('2026-10-21T11:00:00', '2026-10-21T11:30:00'));
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      id: dates[1],
      type: 'exception',
      start: { dateTime: '2026-10-21T09:00:00.0000000' },
      originalStart: '2026-10-20T08:00:00.0000000Z',
    });
    const responses = (event: { attendees: { status: { response: string } }[] }): string[] =>
      event.attendees.map(({ status }) => status.response);
    expect(responses(reply.body)).toEqual(['none', 'none']);
    const master = await tenant.call('GET', `/users/org/events/${id}`);
    expect(responses(master.body)).toEqual(['accepted', 'none']);
    await tenant.settle();
    expect(tenant.mails.map(({ toId, kind }) => `${toId} ${kind}`).toSorted()).toEqual([
      'exec update',
      'mentor update',
    ]);
    const view = await tenant.call('GET', viewPath('exec'));
    expect(view.body.value.map((each: Json) => `${each.type} ${each.responseStatus.response} ${each.showAs}`)).toEqual([
      'occurrence accepted busy',
      'exception notResponded tentative',
      ...Array(4).fill('occurrence accepted busy'),
    ]);
    expect(view.body.value[1].start.dateTime).toBe('2026-10-21T09:00:00.0000000');
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'update', messages: 1 });
  });

  it('is refused on or past the local day of a neighbor, wherever that one stands', async () => {
    const { tenant, dates } = await book();
    const move = (index: number, day: string) =>
      tenant.call('PATCH', `/users/org/events/${dates[index]}`, times(`${day}T11:00:00`, `${day}T11:30:00`));
    for (const day of ['2026-10-06', '2026-10-05', '2026-11-03', '2026-11-04']) {
      const reply = await move(1, day);
      expect(reply.status).toBe(400);
      expect(reply.body.error).toMatchObject({
        code: 'ErrorOccurrenceCrossingBoundary',
        message: 'Modified occurrence is crossing or overlapping adjacent occurrence.',
      });
    }
    expect((await move(1, '2026-10-07')).status).toBe(200);
    // The neighbor stands on the 7th by now; the first may go to the 6th only.
    expect((await move(0, '2026-10-07')).status).toBe(400);
    // A cancelled neighbor is none.
    await tenant.call('POST', `/users/org/events/${dates[2]}/cancel`, {});
    expect((await move(1, '2026-11-03')).status).toBe(200);
  });

  it('takes no recurrence, and nothing that belongs to the series', async () => {
    const { tenant, dates } = await book();
    const body = seriesBody() as { recurrence: unknown };
    const path = `/users/org/events/${dates[1]}`;
    expect((await tenant.call('PATCH', path, { recurrence: body.recurrence })).status).toBe(400);
    expect((await tenant.call('PATCH', path, { isOnlineMeeting: true })).status).toBe(400);
    expect((await tenant.call('PATCH', path, times('2026-10-20T11:00:00', '2026-10-20T10:00:00'))).status).toBe(400);
  });
});

describe('changing the series', () => {
  it('mails once, and once more for each edited occurrence', async () => {
    const { tenant, dates, id } = await book();
    await tenant.call('PATCH', `/users/org/events/${dates[1]}`, times('2026-10-21T11:00:00', '2026-10-21T11:30:00'));
    await tenant.settle();
    tenant.mails.length = 0;
    await tenant.call('PATCH', `/users/org/events/${id}`, { subject: 'New name' });
    await tenant.settle();
    expect(tenant.mails.filter(({ toId }) => toId === 'exec')).toHaveLength(2);
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'update', messages: 2 });
    const { body } = await tenant.call('GET', viewPath('exec'));
    expect(new Set(body.value.map((each: { subject: string }) => each.subject))).toEqual(new Set(['New name']));
    expect(body.value[1].type).toBe('exception');
  });

  it('an answer to one occurrence does not make it an edited one', async () => {
    const { tenant, id } = await book();
    const [first] = tenant.part.exchange.view('exec', START, START + 60 * 86_400_000);
    tenant.part.exchange.respond('exec', first!.eventId, 'accepted');
    await tenant.settle();
    await tenant.call('PATCH', `/users/org/events/${id}`, { subject: 'New name' });
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ messages: 1 });
  });

  it('at another time forgets exceptions and answers', async () => {
    const { tenant, dates, id } = await book();
    await acceptAll(tenant, 'exec');
    await tenant.call('PATCH', `/users/org/events/${dates[1]}`, times('2026-10-21T11:00:00', '2026-10-21T11:30:00'));
    const reply = await tenant.call(
      'PATCH',
      `/users/org/events/${id}`,
      times('2026-10-06T15:00:00', '2026-10-06T15:30:00'),
    );
    expect(reply.body.attendees[0].status.response).toBe('none');
    await tenant.settle();
    expect((await startsOf(tenant, 'exec')).slice(0, 3)).toEqual([
      '2026-10-06T13:00',
      '2026-10-20T13:00',
      '2026-11-03T14:00',
    ]);
    const copy = await tenant.call('GET', viewPath('exec'));
    expect(copy.body.value[0].responseStatus.response).toBe('notResponded');
    const write = tenant.part.exchange.writes().at(-1)!;
    expect(write.placed).toHaveLength(6);
  });

  it('that ends earlier loses its later occurrences, keeps answers and earlier exceptions', async () => {
    const { tenant, dates, id } = await book();
    await acceptAll(tenant, 'exec');
    const move = (index: number, day: string) =>
      tenant.call('PATCH', `/users/org/events/${dates[index]}`, times(`${day}T11:00:00`, `${day}T11:30:00`));
    await move(1, '2026-10-21');
    await move(4, '2026-12-02');
    await tenant.settle();
    tenant.mails.length = 0;
    const range = { type: 'endDate', startDate: '2026-10-06', endDate: '2026-11-05' };
    const reply = await tenant.call('PATCH', `/users/org/events/${id}`, { recurrence: { range } });
    expect(reply.status).toBe(200);
    expect(reply.body.recurrence.pattern.interval).toBe(2);
    await tenant.settle();
    const expected = ['2026-10-06T08:00', '2026-10-21T09:00', '2026-11-03T09:00'];
    expect(await startsOf(tenant, 'org')).toEqual(expected);
    expect(await startsOf(tenant, 'exec')).toEqual(expected);
    expect(tenant.mails.filter(({ toId }) => toId === 'exec').map(({ kind }) => kind)).toEqual(['update', 'update']);
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ messages: 2, placed: [] });
    expect(tenant.part.exchange.view('exec', START, at('2026-10-08T00:00:00Z'))[0]!.response).toBe('accepted');
  });

  it('tells newcomers and those who are off it, nobody else, when only attendees change', async () => {
    const { tenant, id } = await book();
    await acceptAll(tenant, 'exec');
    const attendees = [
      { emailAddress: { address: 'exec@contoso.example' } },
      { emailAddress: { address: 'org@contoso.example' } },
    ];
    const reply = await tenant.call('PATCH', `/users/org/events/${id}`, { attendees });
    expect(reply.body.attendees[0].status.response).toBe('accepted');
    await tenant.settle();
    expect(tenant.mails.map(({ toId, kind }) => `${toId} ${kind}`)).toEqual(['mentor cancellation']);
    const view = await tenant.call('GET', viewPath('mentor'));
    expect(view.body.value.every((each: { isCancelled: boolean }) => each.isCancelled)).toBe(true);
  });

  it('tells nobody of what is the organizers own', async () => {
    const { tenant, id } = await book();
    const patch = { showAs: 'free', categories: ['x'], isReminderOn: false, reminderMinutesBeforeStart: 5 };
    expect((await tenant.call('PATCH', `/users/org/events/${id}`, patch)).body).toMatchObject(patch);
    await tenant.settle();
    expect(tenant.mails).toEqual([]);
  });
});

describe('rules of PATCH', () => {
  it('an attendee changes only what concerns nobody else', async () => {
    const { tenant } = await book(singleBody());
    const [item] = tenant.part.exchange.view('exec', START, at('2026-10-08T00:00:00Z'));
    const path = `/users/exec/events/${item!.eventId}`;
    for (const body of [{ subject: 'x' }, times('2026-10-06T12:00:00', '2026-10-06T13:00:00'), { attendees: [] }]) {
      const reply = await tenant.call('PATCH', path, body);
      expect(reply.status).toBe(400);
      expect(reply.body.error.message).toMatch(/need to be an organizer/);
    }
    const own = await tenant.call('PATCH', path, { showAs: 'free', categories: ['Mine'] });
    expect(own.body).toMatchObject({ showAs: 'free', categories: ['Mine'] });
  });

  it('transactionId stays, isOnlineMeeting never goes back', async () => {
    const { tenant, id } = await book(singleBody({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }));
    const path = `/users/org/events/${id}`;
    expect((await tenant.call('PATCH', path, { transactionId: 'other' })).status).toBe(400);
    expect((await tenant.call('PATCH', path, { transactionId: 'tx-1' })).status).toBe(200);
    expect((await tenant.call('PATCH', path, { isOnlineMeeting: false })).status).toBe(400);
    expect((await tenant.call('PATCH', path, { titel: 'x' })).body.error.code).toBe('RequestBodyRead');
  });

  it('If-Match with an older etag is refused, also after an answer arrived', async () => {
    const { tenant, id } = await book(singleBody());
    const path = `/users/org/events/${id}`;
    const before = (await tenant.call('GET', path)).body['@odata.etag'];
    await acceptAll(tenant, 'exec');
    const late = await tenant.call('PATCH', path, { subject: 'x' }, { 'if-match': before });
    expect(late.status).toBe(412);
    expect(late.body.error.code).toBe('ErrorIrresolvableConflict');
    expect((await tenant.call('DELETE', path, undefined, { 'if-match': before })).status).toBe(412);
    const now = (await tenant.call('GET', path)).body['@odata.etag'];
    expect((await tenant.call('PATCH', path, { subject: 'x' }, { 'if-match': now })).status).toBe(200);
  });

  it('extended properties are added and replaced by id, silently', async () => {
    const { tenant, id } = await book();
    const property = 'String {11111111-2222-4333-8444-555555555555} Name InversoSeries';
    const other = { id: 'String {11111111-2222-4333-8444-555555555555} Name Other', value: 'o' };
    const properties = [{ id: property, value: 's-9' }, other];
    await tenant.call('PATCH', `/users/org/events/${id}`, { singleValueExtendedProperties: properties });
    const { body } = await tenant.call(
      'GET',
      `/users/org/events/${id}?$expand=singleValueExtendedProperties($filter=id eq '${property}' or id eq '${other.id}')`,
    );
    expect(body.singleValueExtendedProperties).toEqual(properties);
    await tenant.settle();
    expect(tenant.mails).toEqual([]);
  });

  it('a single event moves into another zone', async () => {
    const { tenant, id } = await book(singleBody());
    const moved = times('2026-10-07T09:00:00', '2026-10-07T09:30:00', 'Eastern Standard Time');
    const reply = await tenant.call('PATCH', `/users/org/events/${id}`, moved);
    expect(reply.body).toMatchObject({
      start: { dateTime: '2026-10-07T13:00:00.0000000' },
      originalStartTimeZone: 'Eastern Standard Time',
    });
    await tenant.settle();
    expect(await startsOf(tenant, 'exec')).toEqual(['2026-10-07T13:00']);
  });
});
