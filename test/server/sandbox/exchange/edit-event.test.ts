import { describe, expect, it } from 'vitest';
import {
  at,
  instancesPath,
  makeTenant,
  seriesBody,
  START,
  TAG,
  times,
  viewPath,
  DAY,
  type Json,
  type Tenant,
} from './make-tenant.ts';

async function booked(): Promise<{ tenant: Tenant; id: string; iCalUId: string }> {
  const tenant = makeTenant();
  const { body } = await tenant.call('POST', '/users/org/events', seriesBody());
  await tenant.settle();
  tenant.mails.length = 0;
  return { tenant, id: body.id, iCalUId: body.iCalUId };
}

const tagged = async ({ call }: Tenant): Promise<Json[]> =>
  (
    await call(
      'GET',
      `/users/org/events?$filter=singleValueExtendedProperties/Any(ep: ep/id eq '${TAG}' and ep/value ne null)`,
    )
  ).body.value;

describe('a delegate edits', () => {
  it('subject and text: guests are told; foreign properties are lost on the way, where the tool is such a one', async () => {
    const { tenant, id } = await booked();
    tenant.part.exchange.edit('org', id, { subject: 'Coffee' });
    expect(await tagged(tenant)).toHaveLength(1);
    tenant.part.exchange.edit('org', id, { bodyHtml: '<p>Bring a cup</p>', stripsTags: true });
    await tenant.settle();
    expect(await tagged(tenant)).toEqual([]);
    const kinds = tenant.mails.filter(({ toId }) => toId === 'exec').map(({ kind }) => kind);
    expect(kinds).toEqual(['update', 'update']);
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'update', by: 'person:org', tags: {} });
  });

  it('and an application that puts the property back tells nobody', async () => {
    const { tenant, id } = await booked();
    tenant.part.exchange.edit('org', id, { stripsTags: true });
    await tenant.settle();
    tenant.mails.length = 0;
    const body = { singleValueExtendedProperties: [{ id: TAG, value: 's-1' }] };
    expect((await tenant.call('PATCH', `/users/org/events/${id}`, body)).status).toBe(200);
    await tenant.settle();
    expect(await tagged(tenant)).toMatchObject([{ id }]);
    expect(tenant.mails).toEqual([]);
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'tag', messages: 0, placed: [] });
  });
});

it('a copy is another meeting with the same property, to which nobody is invited', async () => {
  const { tenant, id, iCalUId } = await booked();
  const copyId = tenant.part.exchange.copy('org', id);
  await tenant.settle();
  expect(tenant.mails).toEqual([]);
  const found = await tagged(tenant);
  expect(found.map((event) => event.id).sort()).toEqual([id, copyId].sort());
  const copy = found.find((event) => event.id === copyId);
  expect(copy).toMatchObject({ attendees: [], isOrganizer: true, type: 'seriesMaster' });
  expect(copy.iCalUId).not.toBe(iCalUId);
  expect((await tenant.call('GET', instancesPath('org', copyId))).body.value).toHaveLength(6);
  expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'create', by: 'person:org', eventId: copyId });
});

it('a mailbox that was moved holds the same items under other ids, and they go on as meetings', async () => {
  const { tenant, id, iCalUId } = await booked();
  const before = tenant.part.exchange.view('org', START, START + 90 * DAY);
  tenant.part.renumber('org');
  expect((await tenant.call('GET', `/users/org/events/${id}`)).status).toBe(404);
  const [master] = await tagged(tenant);
  expect(master).toMatchObject({ iCalUId });
  expect(master.id).not.toBe(id);
  const after = tenant.part.exchange.view('org', START, START + 90 * DAY);
  const told = ({ iCalUId: uid, start }: (typeof after)[number]) => ({ uid, start });
  expect(after.map(told)).toEqual(before.map(told));
  expect(after.some(({ eventId }) => before.some((item) => item.eventId === eventId))).toBe(false);
  // Answers still find the organizer's copy, and its changes the guests'.
  tenant.part.exchange.respond(
    'exec',
    tenant.part.exchange.view('exec', START, START + 90 * DAY)[0]!.eventId,
    'accepted',
  );
  await tenant.settle();
  const [first] = tenant.part.exchange.view('org', START, START + 90 * DAY);
  expect(first!.attendees.find(({ address }) => address.startsWith('exec'))!.response).toBe('accepted');
  await tenant.call(
    'PATCH',
    `/users/org/events/${first!.eventId}`,
    times('2026-10-08T09:00:00', '2026-10-08T09:30:00'),
  );
  await tenant.settle();
  expect((await tenant.call('GET', viewPath('exec'))).body.value[0].start.dateTime).toBe('2026-10-08T07:00:00.0000000');
  expect(tenant.part.exchange.view('exec', START, START + 90 * DAY)[0]!.start).toBe(at('2026-10-08T07:00:00Z'));
});
