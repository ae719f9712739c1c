import { describe, expect, it } from 'vitest';
import { makeTenant, MINUTE, singleBody, START, viewPath, type Tenant } from './make-tenant.ts';

const online = (more: Record<string, unknown> = {}): Record<string, unknown> =>
  singleBody({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness', ...more });

const OFFLINE = { isOnlineMeeting: false, onlineMeeting: null, onlineMeetingProvider: 'unknown' };

describe('a Teams meeting', () => {
  it('has a join link, in the body too, and so have the copies', async () => {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', online());
    expect(body).toMatchObject({
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      onlineMeetingUrl: null,
    });
    expect(body.onlineMeeting.joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//);
    expect(body.body.content).toContain(body.onlineMeeting.joinUrl);
    await tenant.settle();
    const copy = await tenant.call('GET', viewPath('exec'));
    expect(copy.body.value[0].onlineMeeting).toEqual(body.onlineMeeting);
    expect(tenant.part.exchange.view('exec', START, START + 10 * 86_400_000)[0]!.joinUrl).toBe(
      body.onlineMeeting.joinUrl,
    );
  });

  it('comes without a link from a mailbox without a license', async () => {
    const tenant = makeTenant();
    tenant.world.people.get('org')!.mailbox.teamsLicensed = false;
    const reply = await tenant.call('POST', '/users/org/events', online());
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject(OFFLINE);
  });

  it('loses its link when the body is written without it, keeps it otherwise', async () => {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', online());
    const path = `/users/org/events/${body.id}`;
    const kept = { contentType: 'html', content: body.body.content.replace('Session', 'Agenda') };
    expect((await tenant.call('PATCH', path, { body: kept })).body.isOnlineMeeting).toBe(true);
    const lost = await tenant.call('PATCH', path, { body: { contentType: 'html', content: '<p>New</p>' } });
    expect(lost.body).toMatchObject(OFFLINE);
  });

  it('can be made out of a plain one', async () => {
    const tenant = makeTenant();
    const { body } = await tenant.call('POST', '/users/org/events', singleBody());
    const reply = await tenant.call('PATCH', `/users/org/events/${body.id}`, { isOnlineMeeting: true });
    expect(reply.body.onlineMeeting.joinUrl).toBeTruthy();
    await tenant.settle();
    expect(tenant.part.exchange.mailsOf('exec').map(({ kind }) => kind)).toEqual(['invitation', 'update']);
  });
});

describe('meetings that come back without a link', () => {
  /** 300 meetings without attendees, because of the sending limit. */
  async function many(): Promise<{ tenant: Tenant; without: string[] }> {
    const tenant = makeTenant();
    const without: string[] = [];
    for (let i = 0; i < 300; i++) {
      const { body } = await tenant.call(
        'POST',
        '/users/org/events',
        online({ attendees: [], transactionId: `t${i}` }),
      );
      if (!body.isOnlineMeeting) without.push(body.id);
    }
    return { tenant, without };
  }

  it('are about three in a hundred; some get it within two minutes, others never', async () => {
    const { tenant, without } = await many();
    expect(without.length).toBeGreaterThan(2);
    expect(without.length).toBeLessThan(20);
    const changed = tenant.changes.length;
    await tenant.world.clock.advanceTo(START + 10 * MINUTE);
    const later = await Promise.all(without.map((id) => tenant.call('GET', `/users/org/events/${id}`)));
    const linked = later.filter(({ body }) => body.isOnlineMeeting);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.length).toBeLessThan(without.length);
    for (const { body } of linked) expect(body.body.content).toContain(body.onlineMeeting.joinUrl);
    expect(tenant.changes.length - changed).toBe(linked.length);
    expect(tenant.mails).toEqual([]);
  });
});
