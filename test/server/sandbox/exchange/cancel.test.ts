import { describe, expect, it } from 'vitest';
import {
  DAY,
  instancesPath,
  makeTenant,
  seriesBody,
  singleBody,
  START,
  viewPath,
  type Tenant,
  type Json,
} from './make-tenant.ts';

async function book(body = seriesBody()): Promise<{ tenant: Tenant; id: string; dates: string[] }> {
  const tenant = makeTenant();
  const { body: event } = await tenant.call('POST', '/users/org/events', body);
  const list = event.type === 'seriesMaster' ? await tenant.call('GET', instancesPath('org', event.id)) : undefined;
  await tenant.settle();
  tenant.mails.length = 0;
  tenant.changes.length = 0;
  return { tenant, id: event.id, dates: (list?.body.value ?? []).map((each: { id: string }) => each.id) };
}

const statesOf = async (tenant: Tenant, owner: string): Promise<string[]> => {
  const { body } = await tenant.call('GET', viewPath(owner, '&$select=subject,isCancelled,showAs'));
  return body.value.map((each: Json) => `${each.subject} ${each.isCancelled} ${each.showAs}`);
};

describe('the organizer cancels', () => {
  it.each(['cancel', 'Cancel', 'microsoft.graph.cancel'])('the series with %s', async (action) => {
    const { tenant, id } = await book();
    const reply = await tenant.call('POST', `/users/org/events/${id}/${action}`, { Comment: 'Sorry' });
    expect(reply.status).toBe(202);
    expect(reply.body).toBeUndefined();
    expect((await tenant.call('GET', `/users/org/events/${id}`)).status).toBe(404);
    expect(await statesOf(tenant, 'org')).toEqual([]);
    await tenant.settle();
    expect(tenant.mails.map(({ toId, kind, subject }) => `${toId} ${kind} ${subject}`).toSorted()).toEqual([
      'exec cancellation Canceled: Exec / Mentor',
      'mentor cancellation Canceled: Exec / Mentor',
    ]);
    expect(await statesOf(tenant, 'exec')).toEqual(Array(6).fill('Canceled: Exec / Mentor true free'));
    expect(tenant.part.exchange.tagged('InversoSeries')).toMatchObject([{ eventId: id, isCancelled: true }]);
    expect(tenant.part.exchange.writes().at(-1)).toMatchObject({ kind: 'cancel', messages: 1, by: 'app:app2' });
  });

  it('and the copies disappear within two days', async () => {
    const { tenant, id } = await book();
    await tenant.call('POST', `/users/org/events/${id}/cancel`, {});
    await tenant.world.clock.advanceTo(START + 3 * DAY);
    expect(await statesOf(tenant, 'exec')).toEqual([]);
    expect(tenant.changes.filter(({ ownerId }) => ownerId === 'exec').map(({ change }) => change)).toEqual([
      'updated',
      'deleted',
    ]);
  });

  it('one occurrence: the others stay', async () => {
    const { tenant, id, dates } = await book();
    expect((await tenant.call('POST', `/users/org/events/${dates[2]}/cancel`, {})).status).toBe(202);
    expect((await tenant.call('GET', `/users/org/events/${dates[2]}`)).status).toBe(404);
    expect((await tenant.call('GET', instancesPath('org', id))).body.value).toHaveLength(5);
    await tenant.settle();
    const states = await statesOf(tenant, 'exec');
    expect(states[2]).toBe('Canceled: Exec / Mentor true free');
    expect(states.filter((state) => state.includes('true'))).toHaveLength(1);
    await tenant.world.clock.advanceTo(START + 3 * DAY);
    expect(await statesOf(tenant, 'exec')).toHaveLength(5);
  });

  it('with DELETE, which mails as well', async () => {
    const { tenant, id } = await book(singleBody());
    expect((await tenant.call('DELETE', `/users/org/events/${id}`)).status).toBe(204);
    await tenant.settle();
    expect(tenant.mails.map(({ kind }) => kind)).toEqual(['cancellation', 'cancellation']);
  });

  it('before the invitation has arrived: both arrive, in order', async () => {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', singleBody());
    await tenant.call('POST', `/users/org/events/${body.id}/cancel`, {});
    await tenant.settle();
    expect(tenant.part.exchange.mailsOf('exec').map(({ kind }) => kind)).toEqual(['invitation', 'cancellation']);
    expect(await statesOf(tenant, 'exec')).toEqual(['Canceled: Exec / Mentor true free']);
  });
});

describe('an attendee', () => {
  it('cannot cancel', async () => {
    const { tenant } = await book(singleBody());
    const [item] = tenant.part.exchange.view('exec', START, START + 30 * DAY);
    const reply = await tenant.call('POST', `/users/exec/events/${item!.eventId}/cancel`, {});
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatchObject({
      code: 'ErrorInvalidRequest',
      message: "Your request can't be completed. You need to be an organizer to cancel a meeting.",
    });
    expect(() => tenant.part.exchange.cancel('exec', item!.eventId)).toThrow(/organizer/);
  });

  it('deletes silently: the organizer learns nothing', async () => {
    const { tenant, id } = await book();
    const [first] = tenant.part.exchange.view('exec', START, START + 30 * DAY);
    tenant.part.exchange.remove('exec', first!.eventId);
    expect(await statesOf(tenant, 'exec')).toHaveLength(5);
    expect((await tenant.call('DELETE', `/users/exec/events/${first!.seriesMasterId}`)).status).toBe(204);
    await tenant.settle();
    expect(await statesOf(tenant, 'exec')).toEqual([]);
    expect(tenant.mails).toEqual([]);
    const master = await tenant.call('GET', `/users/org/events/${id}`);
    expect(master.body.attendees[0].status.response).toBe('none');
    expect(tenant.part.exchange.writes().slice(-2)).toMatchObject([
      { kind: 'delete', by: 'person:exec', messages: 0 },
      { kind: 'delete', by: 'app:app2', messages: 0 },
    ]);
  });
});
