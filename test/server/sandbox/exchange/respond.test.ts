import { describe, expect, it } from 'vitest';
import {
  at,
  DAY,
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

async function book(body = seriesBody()): Promise<{ tenant: Tenant; id: string; own: string; master: string }> {
  const tenant = makeTenant();
  const { body: event } = await tenant.call('POST', '/users/org/events', body);
  await tenant.settle();
  tenant.mails.length = 0;
  tenant.changes.length = 0;
  const [item] = tenant.part.exchange.view('exec', START, START + 60 * DAY);
  return { tenant, id: event.id, own: item!.eventId, master: item!.seriesMasterId ?? item!.eventId };
}

const slot = times('2026-10-07T15:00:00', '2026-10-07T15:30:00');

describe('an answer', () => {
  it.each([
    ['accept', 'accepted', 'busy'],
    ['TentativelyAccept', 'tentativelyAccepted', 'tentative'],
  ])('%s: shows at once on the own copy, later on the organizers', async (action, response, showAs) => {
    const { tenant, id, master } = await book();
    const reply = await tenant.call('POST', `/users/exec/events/${master}/${action}`, {
      comment: '',
      sendResponse: true,
    });
    expect(reply.status).toBe(202);
    const own = await tenant.call('GET', `/users/exec/events/${master}`);
    expect(own.body).toMatchObject({ responseStatus: { response }, showAs });
    const before = await tenant.call('GET', `/users/org/events/${id}`);
    expect(before.body.attendees[0].status.response).toBe('none');
    await tenant.settle();
    const after = await tenant.call('GET', `/users/org/events/${id}`);
    expect(after.body.attendees[0].status).toEqual({ response, time: own.body.responseStatus.time });
    expect(after.body.attendees[1].status.response).toBe('none');
    expect(tenant.mails).toMatchObject([{ toId: 'org', fromId: 'exec', kind: 'response', eventId: id }]);
    expect(tenant.changes.map(({ ownerId, change }) => `${ownerId} ${change}`)).toEqual([
      'exec updated',
      'org updated',
    ]);
  });

  it('that is not sent stays in the own mailbox', async () => {
    const { tenant, id, master } = await book();
    await tenant.call('POST', `/users/exec/events/${master}/accept`, { sendResponse: false });
    await tenant.settle();
    expect(tenant.mails).toEqual([]);
    expect((await tenant.call('GET', `/users/org/events/${id}`)).body.attendees[0].status.response).toBe('none');
  });

  it('to one occurrence shows on that occurrence alone', async () => {
    const { tenant, id, own } = await book();
    await tenant.call('POST', `/users/exec/events/${own}/accept`, {});
    await tenant.settle();
    const { body } = await tenant.call('GET', instancesPath('org', id));
    expect(body.value.map((each: Json) => `${each.type} ${each.attendees[0].status.response}`)).toEqual([
      'exception accepted',
      ...Array(5).fill('occurrence none'),
    ]);
    expect((await tenant.call('GET', `/users/org/events/${id}`)).body.attendees[0].status.response).toBe('none');
  });

  it('decline deletes the copy: of the series, or of one occurrence', async () => {
    const { tenant, id, own, master } = await book();
    await tenant.call('POST', `/users/exec/events/${own}/decline`, {});
    expect((await tenant.call('GET', viewPath('exec'))).body.value).toHaveLength(5);
    await tenant.call('POST', `/users/exec/events/${master}/microsoft.graph.decline`, {});
    expect((await tenant.call('GET', viewPath('exec'))).body.value).toEqual([]);
    expect((await tenant.call('GET', `/users/exec/events/${master}`)).status).toBe(404);
    await tenant.settle();
    const list = await tenant.call('GET', instancesPath('org', id));
    expect(list.body.value.map((each: Json) => each.attendees[0].status.response)).toEqual(Array(6).fill('declined'));
  });

  it('a declined meeting comes back, under a new id, when the organizer changes it', async () => {
    const { tenant, id, master } = await book();
    await tenant.call('POST', `/users/exec/events/${master}/decline`, {});
    await tenant.settle();
    await tenant.call('PATCH', `/users/org/events/${id}`, { subject: 'Again' });
    await tenant.settle();
    const { body } = await tenant.call('GET', viewPath('exec'));
    expect(body.value).toHaveLength(6);
    expect(body.value[0].seriesMasterId).not.toBe(master);
  });

  it('to a time that no longer holds does not count', async () => {
    const { tenant, id, own } = await book(singleBody());
    await tenant.call('PATCH', `/users/org/events/${id}`, times('2026-10-06T12:00:00', '2026-10-06T12:30:00'));
    tenant.part.exchange.respond('exec', own, 'accepted');
    await tenant.settle();
    expect((await tenant.call('GET', `/users/org/events/${id}`)).body.attendees[0].status.response).toBe('none');
    expect(tenant.mails.some(({ kind }) => kind === 'response')).toBe(true);
  });
});

describe('a proposed new time', () => {
  it('travels to the organizers copy', async () => {
    const { tenant, id, own } = await book(singleBody());
    const body = { Comment: 'Later?', SendResponse: true, ProposedNewTime: slot };
    expect((await tenant.call('POST', `/users/exec/events/${own}/tentativelyAccept`, body)).status).toBe(202);
    await tenant.settle();
    const prefer = 'IdType="ImmutableId", outlook.timezone="W. Europe Standard Time"';
    const { body: event } = await tenant.call('GET', `/users/org/events/${id}`, undefined, { prefer });
    expect(event.attendees[0]).toMatchObject({
      status: { response: 'tentativelyAccepted' },
      proposedNewTime: {
        start: { dateTime: '2026-10-07T15:00:00.0000000', timeZone: 'W. Europe Standard Time' },
        end: { dateTime: '2026-10-07T15:30:00.0000000', timeZone: 'W. Europe Standard Time' },
      },
    });
    expect(tenant.mails[0]!.subject).toBe('New Time Proposed: Exec / Mentor');
    // Another time from the organizer answers the proposal.
    await tenant.call('PATCH', `/users/org/events/${id}`, slot);
    expect((await tenant.call('GET', `/users/org/events/${id}`)).body.attendees[0]).not.toHaveProperty(
      'proposedNewTime',
    );
  });

  it.each([
    ['with accept', 'accept', { sendResponse: true, proposedNewTime: slot }, {}],
    ['without a sent response', 'decline', { sendResponse: false, proposedNewTime: slot }, {}],
    ['where the organizer allows none', 'decline', { proposedNewTime: slot }, { allowNewTimeProposals: false }],
    ['that ends before it starts', 'decline', { proposedNewTime: { start: slot['end'], end: slot['start'] } }, {}],
    ['without an end', 'decline', { proposedNewTime: { start: slot['start'] } }, {}],
    ['beside an unknown parameter', 'decline', { proposedNewTime: slot, Reason: 'x' }, {}],
  ])('is refused %s', async (_name, action, body, overrides) => {
    const { tenant, own } = await book(singleBody(overrides));
    const reply = await tenant.call('POST', `/users/exec/events/${own}/${action}`, body);
    expect(reply.status).toBe(400);
    expect((await tenant.call('GET', `/users/exec/events/${own}`)).body.responseStatus.response).toBe('notResponded');
  });

  it('by a person, through Outlook', async () => {
    const { tenant, id, own } = await book(singleBody());
    const proposal = { start: at('2026-10-07T13:00:00Z'), end: at('2026-10-07T13:30:00Z') };
    tenant.part.exchange.respond('exec', own, 'declined', proposal);
    await tenant.settle();
    const { body } = await tenant.call('GET', `/users/org/events/${id}`);
    expect(body.attendees[0].status.response).toBe('declined');
    expect(body.attendees[0].proposedNewTime.start.dateTime).toBe('2026-10-07T13:00:00.0000000');
  });
});

describe('who may answer', () => {
  it('not the organizer, and nobody to a cancelled meeting', async () => {
    const { tenant, id, own } = await book(singleBody());
    const organizer = await tenant.call('POST', `/users/org/events/${id}/accept`, {});
    expect(organizer.body.error.message).toMatch(/you're the meeting organizer/);
    await tenant.call('POST', `/users/org/events/${id}/cancel`, {});
    await tenant.settle();
    const late = await tenant.call('POST', `/users/exec/events/${own}/accept`, {});
    expect(late.status).toBe(400);
    expect(late.body.error.code).toBe('ErrorCalendarIsCancelledForAccept');
  });
});
