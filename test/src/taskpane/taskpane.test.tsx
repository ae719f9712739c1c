import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostItem } from '../../../src/host/host.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { TaskPane } from '../../../src/taskpane/TaskPane.tsx';
import { id, me, NOW, session, sessionReply } from '../make/views.ts';
import { makeHost } from '../make/make-host.ts';
import { stubApi } from '../make/stub-api.ts';

const item: HostItem = { kind: 'appointment', organizer: 'inverso@contoso.example', start: '2026-10-06T07:30:00.000Z' };
const upcoming = [{ session: session(), partnerName: 'Olha Kovalenko' }];

beforeEach(() => showLocale('en'));

describe('TaskPane', () => {
  it('shows the brief of the meeting beside it', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/sessions/lookup': { now: NOW, sessionId: id(100), upcoming },
      [`GET /api/sessions/${id(100)}`]: sessionReply({ now: NOW, session: session() }),
    });
    render(<TaskPane host={makeHost({ name: 'outlook', item: async () => item })} />);
    await screen.findByRole('heading', { level: 1, name: 'Your session' });
    expect(screen.getByText('The feedback form opens when the session is over.')).toBeTruthy();
    expect(screen.getByText('A first look')).toBeTruthy();
    const lookup = new URL(sent.find(({ path }) => path.includes('lookup'))?.path ?? '', location.href);
    expect(Object.fromEntries(lookup.searchParams)).toEqual({
      organizer: 'inverso@contoso.example',
      start: '2026-10-06T07:30:00.000Z',
    });
  });

  it('is kind about another meeting, and looks again when the item changes', async () => {
    let sessionId: string | null = null;
    let changed: () => void = () => undefined;
    stubApi({
      'GET /api/me': me(),
      'GET /api/sessions/lookup': () => ({ body: { now: NOW, sessionId, upcoming } }),
      [`GET /api/sessions/${id(100)}`]: sessionReply(),
    });
    const host = makeHost({
      name: 'outlook',
      item: async () => item,
      onItem: (listener) => {
        changed = listener;
        return () => undefined;
      },
    });
    render(<TaskPane host={host} />);
    await screen.findByRole('heading', { level: 1, name: 'This is not one of our sessions' });
    sessionId = id(100);
    act(() => changed());
    await screen.findByRole('heading', { level: 1, name: 'Your session' });
  });

  it('lists the next sessions in a plain browser and opens one', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/sessions/lookup': { now: NOW, sessionId: null, upcoming },
      [`GET /api/sessions/${id(100)}`]: sessionReply(),
    });
    render(<TaskPane host={makeHost({ name: 'browser' })} />);
    await screen.findByRole('heading', { name: 'Your next sessions' });
    expect(sent.find(({ path }) => path.includes('lookup'))?.path).toBe('/api/sessions/lookup');
    await userEvent.click(screen.getByRole('button', { name: /^Tue, Oct 6/ }));
    await screen.findByRole('heading', { level: 1, name: 'Your session' });
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Your next sessions' })).toBeTruthy());
  });
});
