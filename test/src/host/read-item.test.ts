import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readItem } from '../../../src/host/read-item.ts';

const start = new Date('2026-10-06T07:30:00Z');
const organizer = { emailAddress: 'inverso@contoso.example' };
const later = (value: unknown, status = 'succeeded') => ({
  getAsync: (done: (result: unknown) => void) => done({ status, value }),
});

describe('readItem', () => {
  beforeEach(() => vi.stubGlobal('Office', { AsyncResultStatus: { Succeeded: 'succeeded' } }));

  it('reads a meeting as attendee', async () => {
    expect(await readItem({ item: { itemType: 'appointment', organizer, start } })).toEqual({
      kind: 'appointment',
      organizer: 'inverso@contoso.example',
      start: '2026-10-06T07:30:00.000Z',
    });
  });

  it('reads a meeting as organizer, whose values come by getAsync', async () => {
    const item = { itemType: 'appointment', organizer: later(organizer), start: later(start) };
    expect(await readItem({ item })).toMatchObject({
      organizer: 'inverso@contoso.example',
      start: start.toISOString(),
    });
    const denied = { itemType: 'appointment', organizer: later(null, 'failed'), start: later(null, 'failed') };
    expect(await readItem({ item: denied })).toEqual({ kind: 'appointment', organizer: null, start: null });
  });

  it('tells an invitation from a plain message', async () => {
    expect(await readItem({ item: { itemType: 'message', from: organizer, start } })).toMatchObject({
      kind: 'invitation',
    });
    expect(await readItem({ item: { itemType: 'message', from: organizer } })).toMatchObject({
      kind: 'message',
      start: null,
    });
    expect(await readItem({ item: null })).toBeNull();
    expect(await readItem(undefined)).toBeNull();
  });
});
