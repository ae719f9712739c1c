import { describe, expect, it } from 'vitest';
import {
  instancesPath,
  makeTenant,
  seriesBody,
  singleBody,
  times,
  type Reply,
  type Tenant,
  type Json,
} from './make-tenant.ts';

const WINDOW = '?startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-11-10T00:00:00Z';
const PATH = `/users/org/calendarView/delta${WINDOW}`;

const follow = (tenant: Tenant, link: string, prefer = ''): Promise<Reply> =>
  tenant.call('GET', link.replace('http://127.0.0.1:4100/v1.0', ''), undefined, { prefer });

/** All entries of one round and its deltaLink. */
async function round(
  tenant: Tenant,
  path: string,
  prefer = '',
): Promise<{ entries: Json[]; link: string; pages: number }> {
  const entries: unknown[] = [];
  let reply = await follow(tenant, path, prefer);
  for (let pages = 1; ; pages++) {
    expect(reply.status).toBe(200);
    entries.push(...reply.body.value);
    const next = reply.body['@odata.nextLink'] as string | undefined;
    if (next === undefined) return { entries, link: reply.body['@odata.deltaLink'], pages };
    reply = await follow(tenant, next, prefer);
  }
}

async function booked(): Promise<{ tenant: Tenant; id: string; dates: string[] }> {
  const tenant = makeTenant();
  const { body } = await tenant.call('POST', '/users/org/events', seriesBody(), { prefer: '' });
  const list = await tenant.call('GET', instancesPath('org', body.id), undefined, { prefer: '' });
  return { tenant, id: body.id, dates: list.body.value.map((each: { id: string }) => each.id) };
}

describe('calendarView/delta', () => {
  it('gives masters and singles whole, occurrences bare', async () => {
    const { tenant, id } = await booked();
    await tenant.call('POST', '/users/org/events', singleBody({ transactionId: 'tx-2' }));
    const { entries } = await round(tenant, PATH);
    const kinds = entries.map(({ type }) => type).toSorted();
    expect(kinds).toEqual(['occurrence', 'occurrence', 'occurrence', 'seriesMaster', 'singleInstance']);
    const bare = entries.find(({ type }) => type === 'occurrence');
    expect(
      Object.keys(bare)
        .filter((name) => !name.includes('@'))
        .toSorted(),
    ).toEqual(['end', 'id', 'seriesMasterId', 'start', 'type']);
    expect(bare.seriesMasterId).toBe(id);
    expect(entries.find(({ type }) => type === 'seriesMaster').subject).toBe('Exec / Mentor');
  });

  it('pages by Prefer, and a later round tells only what changed', async () => {
    const { tenant, id, dates } = await booked();
    const first = await round(tenant, PATH, 'odata.maxpagesize=2');
    expect(first.pages).toBe(2);
    expect(first.entries).toHaveLength(4);
    const quiet = await round(tenant, first.link);
    expect(quiet.entries).toEqual([]);
    await tenant.call('PATCH', `/users/org/events/${dates[1]}`, times('2026-10-21T11:00:00', '2026-10-21T11:30:00'));
    const changed = await round(tenant, quiet.link);
    expect(changed.entries.find(({ id }) => id === dates[1])).toMatchObject({
      type: 'exception',
      subject: 'Exec / Mentor',
    });
    await tenant.call('DELETE', `/users/org/events/${id}`);
    const gone = await round(tenant, changed.link);
    expect(gone.entries).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
    expect((await round(tenant, gone.link)).entries).toEqual([]);
  });

  it('says nothing of deleted occurrences', async () => {
    const { tenant, dates } = await booked();
    const { link } = await round(tenant, PATH);
    await tenant.call('POST', `/users/org/events/${dates[1]}/cancel`, {});
    const { entries } = await round(tenant, link);
    expect(entries.some((each) => each['@removed'] || each.id === dates[1])).toBe(false);
    expect(entries.map(({ type }) => type).toSorted()).toEqual(['occurrence', 'occurrence', 'seriesMaster']);
  });

  it('reports what lies outside of its window as removed', async () => {
    const { tenant, dates } = await booked();
    const { link } = await round(tenant, PATH);
    const later = singleBody({ ...times('2027-01-05T10:00:00', '2027-01-05T11:00:00'), transactionId: 'tx-3' });
    const { body } = await tenant.call('POST', '/users/org/events', later, { prefer: '' });
    await tenant.call('PATCH', `/users/org/events/${dates[2]}`, times('2026-11-12T11:00:00', '2026-11-12T11:30:00'));
    const { entries } = await round(tenant, link);
    const removed = entries.filter((each) => each['@removed']).map(({ id }) => id);
    expect(removed.toSorted()).toEqual([body.id, dates[2]].toSorted());
  });

  it.each(['$select=id', '$filter=x', '$expand=instances', '$orderby=subject', '$top=5', '$search=x'])(
    'refuses %s',
    async (option) => {
      const reply = await follow(makeTenant(), `${PATH}&${option}`);
      expect(reply.status).toBe(400);
      expect(reply.body.error.code).toBe('ErrorInvalidUrlQuery');
    },
  );

  it('answers 410 with the way back to a token that it does not know', async () => {
    const reply = await follow(makeTenant(), '/users/org/calendarView/delta?$deltatoken=abc');
    expect(reply.status).toBe(410);
    expect(reply.body.error.code).toBe('SyncStateNotFound');
    expect(reply.headers?.['Location']).toBe('http://127.0.0.1:4100/v1.0/users/org/calendarView/delta');
    expect((await follow(makeTenant(), '/users/org/calendarView/delta')).status).toBe(400);
  });
});
