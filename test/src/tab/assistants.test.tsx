import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AssistantView } from '../../../server/contract/assistants.ts';
import type { AskView } from '../../../server/contract/http.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { TaskPane } from '../../../src/taskpane/TaskPane.tsx';
import { makeHost } from '../make/make-host.ts';
import { DONE, refusal, stubApi } from '../make/stub-api.ts';
import { home, id, me, NOW, proposal, session } from '../make/views.ts';

const hanna: AssistantView = { personId: id(7), displayName: 'Hanna Helper', mail: 'hanna@contoso.example' };
const assistantAsk = (): Extract<AskView, { kind: 'assistantProposal' }> => ({
  kind: 'assistantProposal',
  pairId: id(50),
  executiveName: 'Marco Bianchi',
  partnerName: 'Olha Kovalenko',
  programName: 'Learning from below',
  timeZone: 'Europe/Rome',
  shape: '6 sessions, 30 minutes each, every 4 weeks',
  offers: proposal().offers.map((offer) => ({ ...offer, reasons: [] })),
  answerBy: '2026-10-12T08:00:00Z',
  round: 2,
});
const open = () => render(<App host={makeHost()} />);
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }));
const answerPath = `POST /api/pairs/${id(50)}/proposal-answer`;

beforeEach(() => showLocale('en'));

describe('"ask my assistant" in the tab', () => {
  it('asks at once where somebody is named', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [{ ...proposal(), assistants: [hanna] }], assistants: [hanna] }),
      [answerPath]: DONE,
    });
    open();
    await screen.findByRole('heading', { name: 'Your mentor: Olha Kovalenko' });
    await press('Ask my assistant');
    await screen.findByText(/We ask your assistant/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer: 'askAssistant', round: 1 });
  });

  it('asks for one address where nobody is, says what is wrong with it, and goes on', async () => {
    let refuses = true;
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [proposal()], assistants: [] }),
      [answerPath]: () => (refuses ? refusal(400, 'badInput.assistantMentor', 'x')({} as never) : { body: DONE }),
    });
    open();
    const panel = within((await screen.findByRole('heading', { name: /^Your mentor/ })).closest('section')!);
    await press('Ask my assistant');
    const field = panel.getByRole('textbox', { name: 'Work address' });
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, 'hanna');
    await press('Ask this person');
    expect(await panel.findByText(/Enter a work address/)).toBeTruthy();
    expect(sent.some(({ method }) => method === 'POST')).toBe(false);
    await userEvent.type(field, '@contoso.example');
    await press('Ask this person');
    expect(await panel.findByText(/This is your mentor/)).toBeTruthy();
    refuses = false;
    await press('Ask this person');
    await screen.findByText(/We ask your assistant/);
    expect(sent.findLast(({ method }) => method === 'POST')?.body).toEqual({
      answer: 'askAssistant',
      round: 1,
      address: 'hanna@contoso.example',
    });
  });

  it('says whom one has asked, and offers no second asking', async () => {
    stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [{ ...proposal(), assistants: [hanna], isAssistantAsked: true }] }),
    });
    open();
    expect(await screen.findByText(/You have left the time to Hanna Helper/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ask my assistant' })).toBeNull();
  });

  it('is kind to who comes second', async () => {
    stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [proposal()] }),
      [answerPath]: refusal(409, 'closed.answeredElsewhere', 'x'),
    });
    open();
    await screen.findByRole('heading', { name: /^Your mentor/ });
    await press('Agree and book');
    expect((await screen.findByText(/answered already/)).closest('[role=status]')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('my assistants', () => {
  it('are named by address and removed again, and the focus is never lost', async () => {
    let assistants: AssistantView[] = [];
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ assistants }) }),
      'POST /api/assistants': () => {
        assistants = [hanna];
        return { body: hanna };
      },
      [`POST /api/assistants/${id(7)}/remove`]: () => {
        assistants = [];
        return { body: DONE };
      },
    });
    open();
    await screen.findByText('Nobody yet.');
    await userEvent.type(screen.getByRole('textbox', { name: 'Work address' }), ' hanna@contoso.example ');
    await press('Add');
    await screen.findByText('Hanna Helper');
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ address: 'hanna@contoso.example' });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Work address' }).value).toBe('');
    await press('Remove Hanna Helper');
    await screen.findByText('Nobody yet.');
    expect(document.activeElement).toBe(screen.getByRole('group', { name: 'People who answer for you' }));
  });

  it('are at most five, and none of a mentor’s', async () => {
    const five = Array.from({ length: 5 }, (_, i) => ({ ...hanna, personId: id(70 + i) }));
    stubApi({ 'GET /api/me': me(), 'GET /api/home': home({ assistants: five }) });
    const { unmount } = open();
    await screen.findByText(/You have named five people/);
    expect(screen.queryByRole('textbox')).toBeNull();
    unmount();
    stubApi({ 'GET /api/me': me({ roles: ['mentor'] }), 'GET /api/home': home() });
    open();
    await screen.findByRole('heading', { name: 'Nothing to do right now' });
    expect(screen.queryByRole('heading', { name: 'My assistants' })).toBeNull();
  });
});

describe('an assistant', () => {
  it('chooses a time in the tab, and sees of agreed pairs the yes and the times', async () => {
    const { sessionId, start, end } = session();
    const sent = stubApi({
      'GET /api/me': me({ roles: ['assistant'] }),
      'GET /api/home': home({
        asks: [assistantAsk()],
        assisting: [
          {
            pairId: id(51),
            executiveName: 'Dora Director',
            partnerName: 'Max Mentor',
            programName: 'Learning from below',
            timeZone: 'Asia/Tokyo',
            sessions: [{ sessionId, start, end }],
          },
        ],
      }),
      [answerPath]: DONE,
    });
    open();
    await screen.findByRole('heading', { name: 'Which time suits Marco Bianchi?' });
    expect(screen.getByRole('heading', { name: 'Dora Director with Max Mentor' })).toBeTruthy();
    expect(screen.getByText('Dora Director has agreed.')).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Sessions' })).getByText(/Tue, Oct 6, 4:30/)).toBeTruthy();
    expect(screen.getByText(/time zone of Dora Director: Japan/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: /Tue, Oct 6/ })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: /Thursdays at 09:30/ }));
    await press('Take this time and book');
    await screen.findByText(/The sessions are being booked/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer: 'agree', offer: 1, round: 2 });
  });
});

describe('in the Outlook pane', () => {
  const lookup = { now: NOW, sessionId: null, upcoming: [] };

  it.each([
    [proposal(), 'Agree and book', /Booked\. The invitation/],
    [assistantAsk(), 'Another time', /We look for other times/],
  ])('the open proposal is answered', async (ask, button, done) => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/sessions/lookup': lookup,
      'GET /api/home': home({ asks: [ask] }),
      [answerPath]: DONE,
    });
    render(<TaskPane host={makeHost({ name: 'outlook', item: async () => null })} />);
    await screen.findByRole('heading', { name: /^(Your mentor|Which time)/ });
    await press(button);
    const text = await screen.findByText(done);
    await waitFor(() => expect(document.activeElement).toBe(text.closest('[role=status]')));
    expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ round: ask.round });
  });

  it('other questions, and a failure to read them, leave the pane as it is', async () => {
    const goals = { kind: 'goals' as const, cohortId: id(60), programName: 'x', topics: [] };
    for (const reply of [home({ asks: [goals] }), refusal(500, 'other')]) {
      stubApi({ 'GET /api/me': me(), 'GET /api/sessions/lookup': lookup, 'GET /api/home': reply });
      const { unmount } = render(<TaskPane host={makeHost({ name: 'browser' })} />);
      await screen.findByRole('heading', { name: 'Your next sessions' });
      expect(screen.queryByRole('heading', { name: 'For you to answer' })).toBeNull();
      unmount();
    }
  });
});
