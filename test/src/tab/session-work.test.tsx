import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkReply } from '../../../server/contract/session-work.ts';
import { agendaPoint, clockOf } from '../../../src/components/session-work/agenda-timer.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { makeHost } from '../make/make-host.ts';
import { DONE, NO_WORK, refusal, stubApi } from '../make/stub-api.ts';
import { home, id, me, NOW, pair, session, sessionReply } from '../make/views.ts';

const path = `/api/sessions/${id(100)}`;
const AGENDA = [
  { minutes: 5, text: 'The mentor opens.' },
  { minutes: 25, text: 'Try it together.' },
];
const work = (part: Partial<WorkReply> = {}): WorkReply => ({ ...NO_WORK, ...part });
const action = (n: number, part: Partial<WorkReply['actions'][number]>) => ({
  actionId: id(500 + n),
  isOwn: true,
  text: `try ${n}`,
  doneAt: null,
  number: 1,
  ...part,
});

function open(routes: Record<string, unknown> = {}) {
  const guide = { ...sessionReply().guide!, agenda: AGENDA };
  const sent = stubApi({
    'GET /api/me': me(),
    'GET /api/home': home(),
    [`GET ${path}`]: sessionReply({ now: NOW, session: session(), guide }),
    ...routes,
  });
  location.hash = `#/sessions/${id(100)}`;
  render(<App host={makeHost()} />);
  return sent;
}
const posts = (sent: ReturnType<typeof open>) =>
  sent.filter(({ method }) => method === 'POST').map(({ path: to, body }) => [to, body]);

beforeEach(() => showLocale('en'));
afterEach(() => void vi.useRealTimers());

describe('notes', () => {
  it('have no field before their reader is chosen, and save themselves for that reader', async () => {
    const sent = open({
      [`POST ${path}/note`]: DONE,
      [`GET ${path}/work`]: work({ notes: { onlyMe: 'kept', partner: '', ofPartner: 'hers' } }),
    });
    const panel = await screen.findByRole('region', { name: 'Notes' });
    expect(within(panel).getByText('hers')).toBeTruthy();
    expect(within(panel).queryByRole('textbox')).toBeNull();
    await userEvent.click(within(panel).getByRole('radio', { name: 'Only me' }));
    expect(within(panel).getByRole<HTMLTextAreaElement>('textbox').value).toBe('kept');
    await userEvent.click(within(panel).getByRole('radio', { name: /and me$/ }));
    const field = within(panel).getByRole<HTMLTextAreaElement>('textbox', { name: /^My note, shared with/ });
    expect(field.value).toBe('');
    await userEvent.type(field, 'ours');
    await waitFor(() => expect(posts(sent)).toEqual([[`${path}/note`, { share: 'partner', text: 'ours' }]]));
    await within(panel).findByText('Saved');
  });

  it('stay while they cannot be saved, also when the page is left, and are sent later', async () => {
    let isDown = true;
    const sent = open({
      [`POST ${path}/note`]: (request: never) => (isDown ? refusal(503, 'unavailable')(request) : { body: DONE }),
    });
    const choose = async () => userEvent.click(await screen.findByRole('radio', { name: 'Only me' }));
    await choose();
    await userEvent.type(screen.getByRole('textbox', { name: /for me alone/ }), 'mine');
    await screen.findByText(/^Not saved yet/);
    await act(async () => {
      location.hash = '#/home';
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    isDown = false;
    await act(async () => {
      location.hash = `#/sessions/${id(100)}`;
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await choose();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /for me alone/ }).value).toBe('mine');
    await screen.findByText('Saved');
    expect(posts(sent).at(-1)).toEqual([`${path}/note`, { share: 'onlyMe', text: 'mine' }]);
    expect(sessionStorage.length).toBe(0);
  });

  it('can only be read once the pair has ended', async () => {
    open({ [`GET ${path}/work`]: work({ canWrite: false, notes: { onlyMe: 'kept', partner: '', ofPartner: null } }) });
    await userEvent.click(await screen.findByRole('radio', { name: 'Only me' }));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /for me alone/ }).readOnly).toBe(true);
    expect(screen.queryByLabelText('What will you try?')).toBeNull();
  });
});

describe('actions', () => {
  it('are ticked by their owner, and show what the other one tries', async () => {
    const actions = [action(1, {}), action(2, { isOwn: false, doneAt: NOW })];
    const sent = open({ [`GET ${path}/work`]: work({ actions }), [`POST /api/actions/${id(501)}`]: DONE });
    const panel = await screen.findByRole('region', { name: 'Until we meet again' });
    expect(within(panel).getAllByRole('checkbox')).toHaveLength(1);
    expect(within(panel).getByText(/, done\)$/)).toBeTruthy();
    await userEvent.click(within(panel).getByRole('checkbox', { name: 'try 1' }));
    await waitFor(() => expect(posts(sent)).toEqual([[`/api/actions/${id(501)}`, { change: 'done' }]]));
    await waitFor(() => expect(sent.filter(({ path: to }) => to === `${path}/work`).length).toBeGreaterThan(1));
    await userEvent.click(within(panel).getByRole('button', { name: 'Remove: try 1' }));
    await waitFor(() => expect(posts(sent)).toHaveLength(2));
  });

  it('are added, and what was typed stays where that fails', async () => {
    const sent = open({ [`POST ${path}/actions`]: refusal(503, 'unavailable') });
    const field = await screen.findByLabelText<HTMLInputElement>('What will you try?');
    await userEvent.type(field, '  Ask twice {Enter}');
    await screen.findByText(/cannot reach Microsoft 365/);
    expect(posts(sent)).toEqual([[`${path}/actions`, { text: 'Ask twice' }]]);
    expect(field.value).toContain('Ask twice');
  });
});

describe('home', () => {
  it('shows what the two try until their next session, and lets one stop without a reason, in two presses', async () => {
    const actions = [action(1, {})];
    let isOver = false;
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ pairs: isOver ? [] : [pair({ state: 'booked' })] }) }),
      [`GET ${path}/work`]: work({ actions }),
      [`POST /api/pairs/${pair().pairId}/leave`]: () => {
        isOver = true;
        return { body: DONE };
      },
    });
    location.hash = '#/home';
    render(<App host={makeHost()} />);
    await screen.findByRole('checkbox', { name: 'try 1' });
    await userEvent.click(screen.getByText('Stop this pair', { selector: 'summary' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Stop this pair' }));
    expect(posts(sent)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Go on as before' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop this pair' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, stop now' }));
    await screen.findByText(/^The pair has ended and its sessions to come are cancelled/);
    expect(posts(sent)).toEqual([[`/api/pairs/${pair().pairId}/leave`, undefined]]);
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'try 1' })).toBeNull());
  });
});

describe('moving a session', () => {
  it('asks for times, and shows them as a question of the session', async () => {
    let isAsked = false;
    const asks = [
      {
        kind: 'newTime' as const,
        sessionId: id(100),
        round: 1,
        partnerName: 'Mia Mentor',
        forName: null,
        start: session().start,
        because: 'wished' as const,
        starts: ['2026-10-07T09:00:00Z'],
        answerBy: '2026-10-08T09:00:00Z',
        canKeep: true,
      },
    ];
    const sent = open({
      [`POST ${path}/other-times`]: () => {
        isAsked = true;
        return { body: DONE };
      },
      'GET /api/home': () => ({ body: home({ asks: isAsked ? asks : [] }) }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Move or skip …' }));
    await screen.findByText(/^Another time for the session of/);
    await screen.findByRole('button', { name: 'Do without this session' });
    expect(posts(sent)).toEqual([[`${path}/other-times`, undefined]]);
  });
});

describe('the timer of the agenda', () => {
  it('goes through the steps, pauses, and begins anew', async () => {
    open();
    const start = await screen.findByRole('button', { name: 'Start the timer' });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    fireEvent.click(start);
    expect(screen.getByText('Now: The mentor opens.')).toBeTruthy();
    act(() => void vi.advanceTimersByTime(5 * 60_000));
    expect(screen.getByText('Now: Try it together.')).toBeTruthy();
    expect(screen.getByText('25:00')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    act(() => void vi.advanceTimersByTime(60_000));
    expect(screen.getByText('25:00')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    act(() => void vi.advanceTimersByTime(25 * 60_000));
    expect(screen.getByText('The time is over.', { selector: 'div[role=group] *' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Begin anew' }));
    expect(screen.getByRole('button', { name: 'Start the timer' })).toBeTruthy();
  });

  it('counts each step to its end', () => {
    expect(agendaPoint(AGENDA, 0)).toEqual({ index: 0, secondsLeft: 300 });
    expect(agendaPoint(AGENDA, 299)).toEqual({ index: 0, secondsLeft: 1 });
    expect(agendaPoint(AGENDA, 300)).toEqual({ index: 1, secondsLeft: 1500 });
    expect(agendaPoint(AGENDA, 9_999)).toEqual({ index: 2, secondsLeft: 0 });
    expect(agendaPoint([], 0)).toEqual({ index: 0, secondsLeft: 0 });
    expect([clockOf(0), clockOf(65), clockOf(1500)]).toEqual(['0:00', '1:05', '25:00']);
  });
});
