import { describe, expect, it } from 'vitest';
import {
  instancesPath,
  makeTenant,
  seriesBody,
  singleBody,
  START,
  TAG,
  viewPath,
  type Tenant,
  type Json,
} from './make-tenant.ts';

const FULL_EVENT = [
  ...['createdDateTime', 'lastModifiedDateTime', 'changeKey', 'categories', 'originalStartTimeZone'],
  ...['originalEndTimeZone', 'iCalUId', 'reminderMinutesBeforeStart', 'isReminderOn', 'hasAttachments', 'subject'],
  ...['bodyPreview', 'importance', 'sensitivity', 'isAllDay', 'isCancelled', 'isDraft', 'isOrganizer'],
  ...['responseRequested', 'seriesMasterId', 'showAs', 'type', 'webLink', 'onlineMeetingUrl', 'isOnlineMeeting'],
  ...['onlineMeetingProvider', 'onlineMeeting', 'allowNewTimeProposals', 'hideAttendees', 'responseStatus', 'body'],
  ...['start', 'end', 'location', 'locations', 'recurrence', 'attendees', 'organizer', 'id', '@odata.etag'],
];

async function create(tenant: Tenant, body = seriesBody()): Promise<Record<string, Json>> {
  const reply = await tenant.call('POST', '/users/org/events', body);
  expect(reply.status).toBe(201);
  return reply.body;
}

describe('creating a series', () => {
  it('answers the whole event with the fillers of the server, and without extended properties', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    for (const name of FULL_EVENT) expect(event, name).toHaveProperty([name]);
    expect(event).not.toHaveProperty('singleValueExtendedProperties');
    expect(event).toMatchObject({
      '@odata.context': "https://graph.microsoft.com/v1.0/$metadata#users('org')/events/$entity",
      type: 'seriesMaster',
      isOrganizer: true,
      transactionId: 'tx-1',
      createdDateTime: '2026-09-28T06:00:00.0000000Z',
      originalStartTimeZone: 'W. Europe Standard Time',
      start: { dateTime: '2026-10-06T08:00:00.0000000', timeZone: 'UTC' },
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      organizer: { emailAddress: { name: 'ORG', address: 'org@contoso.example' } },
    });
    expect(event['recurrence']).toEqual({
      pattern: {
        type: 'weekly',
        interval: 2,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: ['tuesday'],
        firstDayOfWeek: 'monday',
        index: 'first',
      },
      range: {
        type: 'numbered',
        startDate: '2026-10-06',
        endDate: '0001-01-01',
        recurrenceTimeZone: 'W. Europe Standard Time',
        numberOfOccurrences: 6,
      },
    });
    expect(event['body'].content).toContain('<p>Session</p>');
    expect(event['bodyPreview']).toBe('Session');
    expect(event['attendees'][0].status).toEqual({ response: 'none', time: '0001-01-01T00:00:00Z' });
  });

  it('works under /calendar/events and by user principal name as well', async () => {
    const tenant = makeTenant();
    const reply = await tenant.call('POST', '/users/ORG.upn@contoso.example/calendar/events', singleBody());
    expect(reply.status).toBe(201);
    expect((await tenant.call('GET', `/users/org/calendar/events/${reply.body.id}`)).body.type).toBe('singleInstance');
  });

  it('begins a series at the first day that fits its pattern', async () => {
    const tenant = makeTenant();
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['thursday'] },
      range: { type: 'numbered', startDate: '2026-10-06', numberOfOccurrences: 2 },
    };
    const event = await create(tenant, seriesBody({ recurrence }));
    expect(event['start'].dateTime).toBe('2026-10-08T08:00:00.0000000');
    expect(event['recurrence'].range.startDate).toBe('2026-10-08');
  });

  it('gives each occurrence an id with its date and an iCalUId of its own', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    const { body } = await tenant.call('GET', instancesPath('org', event['id']));
    const ids = body.value.map((each: { id: string }) => each.id);
    const uids = body.value.map((each: { iCalUId: string }) => each.iCalUId);
    expect(ids[1]).toContain('20261020');
    expect(new Set([...uids, event['iCalUId']]).size).toBe(7);
    expect(body.value[0]).toMatchObject({
      type: 'occurrence',
      seriesMasterId: event['id'],
      recurrence: null,
      originalStart: '2026-10-06T08:00:00.0000000Z',
    });
  });

  it('ids depend on the content alone', async () => {
    const [a, b] = [makeTenant(), makeTenant()];
    await b.call('POST', '/users/org/events', singleBody({ subject: 'Something else before', transactionId: 'tx-0' }));
    expect((await create(a))['id']).toBe((await create(b))['id']);
    const again = await create(a, seriesBody({ transactionId: undefined }));
    const third = await create(a, seriesBody({ transactionId: undefined }));
    expect(again['id']).not.toBe(third['id']);
  });
});

describe('two kinds of ids', () => {
  it('differ, and both are accepted', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    const plain = await tenant.call('GET', `/users/org/events/${event['id']}`, undefined, { prefer: '' });
    expect(plain.body.id).not.toBe(event['id']);
    expect(plain.body.iCalUId).toBe(event['iCalUId']);
    expect(tenant.part.plainId(event['id'])).toBe(plain.body.id);
    const back = await tenant.call('GET', `/users/org/events/${plain.body.id}`);
    expect(back.body.id).toBe(event['id']);
  });

  it('of another mailbox or in another case are not found', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    const foreign = await tenant.call('GET', `/users/exec/events/${event['id']}`);
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.code).toBe('ErrorItemNotFound');
    expect((await tenant.call('GET', `/users/org/events/${event['id'].toLowerCase()}`)).status).toBe(404);
  });
});

describe('transactionId', () => {
  it('is refused for an hour, with the id of the event that it made', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    const again = await tenant.call('POST', '/users/org/events', seriesBody());
    expect(again.status).toBe(409);
    expect(again.body.error).toMatchObject({
      code: 'ErrorDuplicateTransactionId',
      '@event.existingEventId': event['id'],
    });
    await tenant.world.clock.advanceTo(START + 61 * 60_000);
    expect((await tenant.call('POST', '/users/org/events', seriesBody())).status).toBe(201);
  });

  it('is remembered for each mailbox apart, and even when the event is gone', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    expect((await tenant.call('POST', '/users/exec/events', singleBody())).status).toBe(201);
    await tenant.call('DELETE', `/users/org/events/${event['id']}`);
    expect((await tenant.call('POST', '/users/org/events', seriesBody())).status).toBe(409);
  });
});

describe('invitations', () => {
  it('arrive late, as copies with ids of their own and the same iCalUIds', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    expect((await tenant.call('GET', viewPath('exec'))).body.value).toEqual([]);
    expect(tenant.mails).toEqual([]);
    await tenant.settle();
    const [organizers, own] = await Promise.all([
      tenant.call('GET', instancesPath('org', event['id'])),
      tenant.call('GET', viewPath('exec')),
    ]);
    const uidsOf = (list: { value: { iCalUId: string }[] }): string[] => list.value.map(({ iCalUId }) => iCalUId);
    expect(uidsOf(own.body)).toEqual(uidsOf(organizers.body));
    expect(own.body.value[0]).toMatchObject({
      isOrganizer: false,
      showAs: 'tentative',
      responseStatus: { response: 'notResponded' },
      organizer: { emailAddress: { address: 'org@contoso.example' } },
    });
    expect(own.body.value[0].id).not.toBe(organizers.body.value[0].id);
    const master = own.body.value[0].seriesMasterId;
    const copy = await tenant.call('GET', `/users/exec/events/${master}?$select=iCalUId,transactionId`);
    expect(copy.body.iCalUId).toBe(event['iCalUId']);
    expect(copy.body).not.toHaveProperty('transactionId');
  });

  it('bring one mail each and tell the listeners', async () => {
    const tenant = makeTenant();
    const event = await create(tenant);
    await tenant.settle();
    expect(tenant.mails.map(({ toId, kind }) => `${toId} ${kind}`).toSorted()).toEqual([
      'exec invitation',
      'mentor invitation',
    ]);
    const [mail] = tenant.part.exchange.mailsOf('exec');
    expect(mail).toMatchObject({ fromId: 'org', subject: 'Exec / Mentor', iCalUId: event['iCalUId'] });
    expect(mail!.at).toBeGreaterThan(START);
    expect(mail!.at - START).toBeLessThanOrEqual(90_000);
    expect(tenant.changes.map(({ ownerId, change, by }) => `${ownerId} ${change} ${by}`).toSorted()).toEqual([
      'exec created app:app2',
      'mentor created app:app2',
      'org created app:app2',
    ]);
    expect(mail!.eventId).toBe(tenant.changes.find(({ ownerId }) => ownerId === 'exec')!.eventId);
  });

  it('carry the tag, which any copy is found by', async () => {
    const tenant = makeTenant();
    await create(tenant);
    await create(
      tenant,
      singleBody({ transactionId: 'tx-2', singleValueExtendedProperties: [{ id: TAG, value: 's-2' }] }),
    );
    await tenant.settle();
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${TAG}' and ep/value eq 's-1')`;
    const expand = `singleValueExtendedProperties($filter=id eq '${TAG}')`;
    for (const owner of ['org', 'exec']) {
      const path = `/users/${owner}/events?$filter=${filter}&$expand=${expand}&$select=id`;
      const { body } = await tenant.call('GET', path);
      expect(body.value).toHaveLength(1);
      expect(Object.keys(body.value[0])).toEqual(['@odata.etag', 'id', 'singleValueExtendedProperties']);
      expect(body.value[0].singleValueExtendedProperties).toEqual([{ id: TAG, value: 's-1' }]);
    }
    const wrongCase = filter.replace('InversoSeries', 'inversoseries');
    expect((await tenant.call('GET', `/users/org/events?$filter=${wrongCase}`)).body.value).toEqual([]);
    expect(
      tenant.part.exchange
        .tagged('InversoSeries')
        .map(({ ownerId, tag }) => `${ownerId} ${tag}`)
        .toSorted(),
    ).toEqual(['org s-1', 'org s-2']);
  });
});
