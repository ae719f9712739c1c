import { describe, expect, it } from 'vitest';
import {
  instancesPath,
  makeTenant,
  MINUTE,
  seriesBody,
  singleBody,
  START,
  TAG,
  times,
  viewPath,
  type Tenant,
} from './make-tenant.ts';

const subjects = (body: { value: { subject: string }[] }): string[] => body.value.map(({ subject }) => subject);

async function threeSingles(): Promise<Tenant> {
  const tenant = makeTenant();
  for (const [index, day] of ['07', '05', '06'].entries()) {
    const body = singleBody({
      ...times(`2026-10-${day}T10:00:00`, `2026-10-${day}T11:00:00`, 'UTC'),
      subject: `S${day}`,
      transactionId: `tx${index}`,
      attendees: [],
      importance: index === 0 ? 'high' : 'normal',
    });
    await tenant.call('POST', '/users/org/events', body);
    await tenant.world.clock.advanceTo(START + (index + 1) * MINUTE);
  }
  return tenant;
}

describe('$select', () => {
  it('gives exactly what it names, with id and etag', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const path = `/users/org/calendarView?startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-11-01T00:00:00Z&$select=iCalUId,type,start,originalStart`;
    const { body } = await tenant.call('GET', path);
    expect(Object.keys(body.value[0]).toSorted()).toEqual([
      '@odata.etag',
      'iCalUId',
      'id',
      'originalStart',
      'start',
      'type',
    ]);
    const one = await tenant.call('GET', `/users/org/events/${event.id}?$select=subject`);
    expect(Object.keys(one.body).toSorted()).toEqual(['@odata.context', '@odata.etag', 'id', 'subject']);
    const bad = await tenant.call('GET', `/users/org/events/${event.id}?$select=colour`);
    expect(bad.status).toBe(400);
  });

  it('gives cancelledOccurrences of a master only when asked', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const list = await tenant.call('GET', instancesPath('org', event.id));
    await tenant.call('POST', `/users/org/events/${list.body.value[1].id}/cancel`, { comment: 'x' });
    const all = await tenant.call('GET', `/users/org/events/${event.id}`);
    expect(all.body).not.toHaveProperty('cancelledOccurrences');
    const asked = await tenant.call('GET', `/users/org/events/${event.id}?$select=cancelledOccurrences`);
    expect(asked.body.cancelledOccurrences).toEqual([`OID.${event.id}.2026-10-20`]);
  });
});

describe('$expand', () => {
  it('gives extended properties of occurrences too, and wants a filter on ids', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const expand = `$expand=singleValueExtendedProperties($filter=id eq '${TAG}')`;
    const view = await tenant.call('GET', viewPath('org', `&${expand}`));
    expect(view.body.value[3].singleValueExtendedProperties).toEqual([{ id: TAG, value: 's-1' }]);
    const other = expand.replace('Series', 'Other');
    expect((await tenant.call('GET', `/users/org/events/${event.id}?${other}`)).body).not.toHaveProperty(
      'singleValueExtendedProperties',
    );
    const bare = await tenant.call('GET', `/users/org/events/${event.id}?$expand=singleValueExtendedProperties`);
    expect(bare.status).toBe(400);
    expect((await tenant.call('GET', `/users/org/events/${event.id}?$expand=subject`)).status).toBe(400);
  });

  it('gives the exceptions of a master', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const list = await tenant.call('GET', instancesPath('org', event.id));
    const moved = list.body.value[1].id;
    await tenant.call('PATCH', `/users/org/events/${moved}`, times('2026-10-21T11:00:00', '2026-10-21T11:30:00'));
    const { body } = await tenant.call('GET', `/users/org/events/${event.id}?$expand=exceptionOccurrences`);
    expect(body.exceptionOccurrences.map(({ id }: { id: string }) => id)).toEqual([moved]);
  });
});

describe('$filter, $orderby and paging', () => {
  it.each([
    ["subject eq 'S05'", ['S05']],
    ["start/dateTime ge '2026-10-06T00:00'", ['S06', 'S07']],
    ["start/dateTime ge '2026-10-06T00:00:00Z' and start/dateTime lt '2026-10-07T00:00:00Z'", ['S06']],
    ["not (subject eq 'S05') and importance eq 'normal'", ['S06']],
    ["startswith(subject,'s0') and (contains(subject,'5') or endswith(subject,'7'))", ['S05', 'S07']],
    ['isCancelled eq true', []],
    ['createdDateTime gt 2026-09-28T06:00:30Z', ['S05', 'S06']],
    ['seriesMasterId eq null', ['S05', 'S06', 'S07']],
    [`singleValueExtendedProperties/any(p:p/id eq '${TAG}' and p/value eq 's-1')`, ['S05', 'S06', 'S07']],
    [`singleValueExtendedProperties/any(p:p/id eq '${TAG}' and p/value eq 'other')`, []],
  ])('%s', async (filter, expected) => {
    const tenant = await threeSingles();
    const { body } = await tenant.call(
      'GET',
      `/users/org/events?$orderby=start/dateTime&$filter=${encodeURIComponent(filter)}`,
    );
    expect(subjects(body)).toEqual(expected);
  });

  it('refuses what it cannot read', async () => {
    const tenant = makeTenant();
    for (const query of [
      '$filter=subject like 5',
      '$filter=colour eq 1 or',
      "$filter=(subject eq 'x'",
      '$top=0',
      '$top=1001',
      '$search=x',
    ]) {
      const reply = await tenant.call('GET', `/users/org/events?${encodeURI(query)}`);
      expect(reply.status, query).toBe(400);
      expect(reply.body.error.code, query).toBe('BadRequest');
    }
  });

  it('pages of ten unless asked otherwise; nextLink keeps the query', async () => {
    const tenant = await threeSingles();
    const first = await tenant.call(
      'GET',
      '/users/org/events?$orderby=start/dateTime desc&$top=2&$count=true&$select=subject',
    );
    expect(subjects(first.body)).toEqual(['S07', 'S06']);
    expect(first.body['@odata.count']).toBe(3);
    const link = first.body['@odata.nextLink'] as string;
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4100\/v1\.0\/users\/org\/events\?/);
    const second = await tenant.call('GET', link.replace('http://127.0.0.1:4100/v1.0', ''));
    expect(subjects(second.body)).toEqual(['S05']);
    expect(Object.keys(second.body.value[0])).toEqual(['@odata.etag', 'id', 'subject']);
    expect(second.body).not.toHaveProperty('@odata.nextLink');

    const daily = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'numbered', startDate: '2026-10-06', numberOfOccurrences: 25 },
    };
    await tenant.call('POST', '/users/mentor/events', seriesBody({ recurrence: daily, attendees: [] }));
    const view = '/users/mentor/calendarView?startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z';
    expect((await tenant.call('GET', view)).body.value).toHaveLength(10);
  });
});

describe('calendarView', () => {
  it('needs a window, reads offsets, and takes times without one as UTC', async () => {
    const tenant = makeTenant();
    const missing = await tenant.call('GET', '/users/org/calendarView');
    expect(missing.status).toBe(400);
    expect(missing.body.error.code).toBe('ErrorInvalidParameter');
    await tenant.call('POST', '/users/org/events', singleBody());
    const ask = (from: string, to: string) =>
      tenant.call('GET', `/users/org/calendarView?startDateTime=${from}&endDateTime=${to}`, undefined, {
        prefer: 'outlook.timezone="W. Europe Standard Time"',
      });
    expect((await ask('2026-10-06T08:00:00', '2026-10-06T08:10:00')).body.value).toHaveLength(1);
    expect((await ask('2026-10-06T10:00:00', '2026-10-06T10:10:00')).body.value).toHaveLength(0);
    expect((await ask('2026-10-06T10:00:00+02:00', '2026-10-06T10:10:00+02:00')).body.value).toHaveLength(1);
    // Touching the edge is not overlapping.
    expect((await ask('2026-10-06T08:30:00Z', '2026-10-06T09:00:00Z')).body.value).toHaveLength(0);
  });

  it('answers in the zone of Prefer; all-day events are the same day everywhere', async () => {
    const tenant = makeTenant();
    await tenant.call('POST', '/users/org/events', singleBody());
    const day = { ...times('2026-10-07T00:00:00', '2026-10-08T00:00:00'), isAllDay: true, transactionId: 'tx-2' };
    await tenant.call('POST', '/users/org/events', singleBody(day));
    const prefer = 'outlook.timezone="Eastern Standard Time", IdType="ImmutableId"';
    const { body, headers } = await tenant.call('GET', viewPath('org'), undefined, { prefer });
    expect(body.value[0].start).toEqual({ dateTime: '2026-10-06T04:00:00.0000000', timeZone: 'Eastern Standard Time' });
    expect(body.value[1].start.dateTime).toBe('2026-10-07T00:00:00.0000000');
    expect(headers).toMatchObject({ 'Preference-Applied': prefer });
    const bad = await tenant.call('GET', viewPath('org'), undefined, { prefer: 'outlook.timezone="Mars"' });
    expect(bad.body.error.code).toBe('TimeZoneNotSupportedException');
  });

  it('gives bodies as text when asked', async () => {
    const tenant = makeTenant();
    await tenant.call('POST', '/users/org/events', singleBody());
    const prefer = 'outlook.body-content-type="text"';
    const { body } = await tenant.call('GET', viewPath('org'), undefined, { prefer });
    expect(body.value[0].body).toEqual({ contentType: 'text', content: 'Session' });
  });
});

describe('instances', () => {
  it('come with exceptions first, only for a series', async () => {
    const tenant = makeTenant();
    const { body: event } = await tenant.call('POST', '/users/org/events', seriesBody());
    const before = await tenant.call('GET', instancesPath('org', event.id));
    expect(before.body.value).toHaveLength(6);
    const id = before.body.value[2].id;
    await tenant.call('PATCH', `/users/org/events/${id}`, times('2026-11-04T11:00:00', '2026-11-04T11:30:00'));
    const after = await tenant.call('GET', instancesPath('org', event.id));
    expect(after.body.value[0]).toMatchObject({ id, type: 'exception', originalStart: '2026-11-03T09:00:00.0000000Z' });
    const single = await tenant.call('POST', '/users/org/events', singleBody({ transactionId: 'tx-2' }));
    expect((await tenant.call('GET', instancesPath('org', single.body.id))).status).toBe(400);
  });
});

describe('the calendar itself', () => {
  it('names the online meeting providers of a licensed mailbox', async () => {
    const tenant = makeTenant();
    tenant.world.people.get('mentor')!.mailbox.teamsLicensed = false;
    const licensed = await tenant.call('GET', '/users/org/calendar');
    expect(licensed.body).toMatchObject({
      isDefaultCalendar: true,
      allowedOnlineMeetingProviders: ['teamsForBusiness'],
      defaultOnlineMeetingProvider: 'teamsForBusiness',
    });
    const path = '/users/mentor/calendar?$select=allowedOnlineMeetingProviders';
    const other = await tenant.call('GET', path);
    expect(other.body.allowedOnlineMeetingProviders).toEqual([]);
    expect(other.body).not.toHaveProperty('name');
    const permissions = await tenant.call('GET', '/users/org/calendar/calendarPermissions');
    expect(permissions.body.value[0]).toMatchObject({ role: 'freeBusyRead', isInsideOrganization: true });
  });
});
