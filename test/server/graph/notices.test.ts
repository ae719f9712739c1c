import { describe, expect, it } from 'vitest';
import { isSameClientState, parseLifecycleNotices, parseNotices } from '../../../server/graph/notices.ts';

const USER = '622eaaff-0683-4862-9de4-f2ec83c2bd98';
const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
const item = {
  id: 'lsgTZMr9KwAAA',
  subscriptionId: '7F105C7D-2DC5-4530-97CD-4E7AE6534C07',
  subscriptionExpirationDateTime: '2026-03-19T22:11:09.952Z',
  clientState: 'secret',
  changeType: 'updated',
  resource: `Users/${USER}/Events/AAMk=`,
  tenantId: TENANT,
  resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: 'AAMk=' },
};

describe('parseNotices', () => {
  it('gives what a notice says', () => {
    expect(
      parseNotices({ value: [item, { ...item, changeType: 'deleted', resource: `users/${USER}@${TENANT}/events/x` }] }),
    ).toEqual([
      {
        subscriptionId: item.subscriptionId.toLowerCase(),
        tenantId: TENANT,
        clientState: 'secret',
        changeType: 'updated',
        mailboxId: USER,
        eventId: 'AAMk=',
      },
      expect.objectContaining({ changeType: 'deleted', mailboxId: USER, eventId: 'x' }),
    ]);
  });

  it.each(['me/events/x', 'Users/../Events/x', `Users/${USER}/Messages/x`, `Users/${USER}/Events/`, 'x'.repeat(4_000)])(
    'a resource of another form names nothing: %s',
    (resource) =>
      expect(parseNotices({ value: [{ ...item, resource }] })).toMatchObject([{ mailboxId: null, eventId: null }]),
  );

  it('leaves out items that are not understood', () => {
    expect(
      parseNotices({
        value: [null, 1, {}, { ...item, changeType: 'moved' }, { ...item, clientState: 'x'.repeat(201) }, item],
      }),
    ).toHaveLength(1);
    expect(parseNotices({ value: [{ ...item, clientState: null, tenantId: 'x' }] })).toMatchObject([
      { clientState: '', tenantId: null },
    ]);
  });

  it.each([null, undefined, [], 'x', {}, { value: 'x' }, { value: Array.from({ length: 10_000 }, () => item) }])(
    '40: refuses %#',
    (body) => {
      const start = performance.now();
      expect(parseNotices(body)).toBeNull();
      expect(parseLifecycleNotices(body)).toBeNull();
      expect(performance.now() - start).toBeLessThan(50);
    },
  );
});

describe('parseLifecycleNotices', () => {
  it.each(['missed', 'subscriptionRemoved', 'reauthorizationRequired'])('%s', (lifecycleEvent) => {
    const { subscriptionId, tenantId, clientState } = item;
    expect(parseLifecycleNotices({ value: [{ subscriptionId, tenantId, clientState, lifecycleEvent }] })).toEqual([
      { subscriptionId: subscriptionId.toLowerCase(), tenantId, clientState, lifecycleEvent },
    ]);
  });
  it('leaves out the unknown', () =>
    expect(parseLifecycleNotices({ value: [{ ...item, lifecycleEvent: 'else' }] })).toEqual([]));
});

describe('isSameClientState', () => {
  it('compares', () => {
    expect(isSameClientState('abc', 'abc')).toBe(true);
    expect(isSameClientState('abc', 'abd')).toBe(false);
    expect(isSameClientState('abc', '')).toBe(false);
  });
});
