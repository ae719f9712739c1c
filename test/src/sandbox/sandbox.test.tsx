import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { beforeEach, describe, expect, it } from 'vitest';
import { Announcer } from '../../../src/components/Announcer.tsx';
import { Themed } from '../../../src/components/Themed.tsx';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { Sandbox } from '../../../src/sandbox/Sandbox.tsx';
import { id } from '../make/views.ts';
import { makeHost } from '../make/make-host.ts';
import { stubApi, type SentRequest } from '../make/stub-api.ts';

const NOW = '2026-10-05T08:00:00.000Z';
const marco = {
  id: id(1),
  name: 'Marco Bianchi',
  mail: 'marco@contoso.example',
  title: 'CFO',
  department: 'Finance',
  zone: 'Europe/Rome',
  role: 'executive',
  photo: null,
};
const mailbox = { ...marco, id: id(2), name: 'Inverso', mail: 'inverso@contoso.example', role: 'programMailbox' };
const session = {
  eventId: 'e1',
  seriesMasterId: 'm1',
  start: '2026-10-06T07:30:00.000Z',
  end: '2026-10-06T08:00:00.000Z',
  subject: 'Marco / Olha',
  showAs: 'tentative',
  isOrganizer: false,
  isCancelled: false,
  organizerAddress: 'inverso@contoso.example',
  attendees: [],
  response: 'notResponded',
  joinUrl: null,
  tags: {},
};
const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'How was it?' },
    { type: 'Input.Text', id: 'note', label: 'One line' },
  ],
  actions: [{ type: 'Action.Execute', title: 'Send it', verb: 'feedback.submit', data: { sessionId: 's1' } }],
};
const chat = {
  conversationId: 'c1',
  activities: [{ id: 'a1', at: NOW, updatedAt: null, from: 'bot', text: 'Hello', card, replaced: 0 }],
};

function open(): SentRequest[] {
  const sent = stubApi({
    'GET /sandbox/api/people': ({ path }: SentRequest) => {
      const people = path.includes('role=programMailbox') ? [mailbox] : [marco, mailbox];
      return { body: { total: people.length, people } };
    },
    'GET /sandbox/api/clock': { now: NOW, following: false },
    'POST /sandbox/api/clock/advance': { now: NOW, following: false },
    'GET /sandbox/api/calendar': {
      enabled: true,
      zone: 'Europe/Rome',
      workingHours: { daysOfWeek: ['monday', 'tuesday'], start: '09:00', end: '17:00' },
      items: [session],
    },
    'POST /sandbox/api/calendar/respond': () => ({
      status: 409,
      body: { error: { field: 'eventId', message: 'eventId: is over' } },
    }),
    'GET /sandbox/api/chat': chat,
    'POST /sandbox/api/chat/execute': {
      answer: { httpStatus: 200, statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: {} },
      chat: {
        ...chat,
        activities: [
          {
            ...chat.activities[0],
            text: null,
            card: { ...card, body: [{ type: 'TextBlock', text: 'Thank you' }], actions: [] },
          },
        ],
      },
    },
    'GET /sandbox/api/mails': {
      mails: [
        { id: '1', at: NOW, fromAddress: 'inverso@contoso.example', kind: 'invitation', subject: 'Marco / Olha' },
      ],
    },
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Themed host={makeHost({ name: 'browser' })}>
        <Announcer>
          <Sandbox />
        </Announcer>
      </Themed>
    </QueryClientProvider>,
  );
  return sent;
}

beforeEach(async () => {
  await showLocale('en', 'sandbox');
  i18next.setDefaultNamespace('sandbox');
});

describe('Sandbox', () => {
  it('shows a person’s week, marks our sessions and passes refusals of the mailbox on', async () => {
    const sent = open();
    await userEvent.click(await screen.findByRole('button', { name: /Marco Bianchi/ }));
    await screen.findByRole('heading', { name: 'Calendar of Marco Bianchi' });
    await userEvent.click(
      await screen.findByRole('button', { name: /Marco \/ Olha, Inverso session, tentative, not answered/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Accept' }));
    expect((await within(dialog).findByRole('alert')).textContent).toBe('eventId: is over');
    expect(sent.find(({ path }) => path.endsWith('calendar/respond'))?.body).toEqual({
      person: id(1),
      eventId: 'm1',
      answer: 'accepted',
    });
  });

  it('renders cards, sends their inputs and shows the card that replaces them', async () => {
    location.hash = `#person=${id(1)}&view=chat`;
    const sent = open();
    await userEvent.type(await screen.findByRole('textbox', { name: /One line/ }), 'Good');
    await userEvent.click(screen.getByRole('button', { name: 'Send it' }));
    await screen.findByText('Thank you');
    const body = sent.find(({ path }) => path.endsWith('chat/execute'))?.body;
    expect(body).toMatchObject({
      person: id(1),
      activityId: 'a1',
      action: { type: 'Action.Execute', verb: 'feedback.submit', data: { sessionId: 's1' } },
      inputs: { note: 'Good' },
    });
  });

  it('moves the clock', async () => {
    const sent = open();
    await userEvent.click(await screen.findByRole('button', { name: '1 day' }));
    await waitFor(() => expect(sent.find(({ path }) => path.endsWith('advance'))?.body).toEqual({ minutes: 1440 }));
    await userEvent.click(screen.getByRole('button', { name: 'To the next session' }));
    await waitFor(() =>
      expect(sent.filter(({ path }) => path.endsWith('advance')).at(-1)?.body).toEqual({ untilNextMeeting: 'start' }),
    );
  });

  it('lists mails', async () => {
    location.hash = `#person=${id(1)}&view=mail`;
    open();
    await screen.findByText('Marco / Olha');
    expect(screen.getByText(/Invitation, from inverso@contoso\.example/)).toBeTruthy();
  });
});
