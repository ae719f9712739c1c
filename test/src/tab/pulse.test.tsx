import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SafeContactView, SessionReply } from '../../../server/contract/http.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { TaskPane } from '../../../src/taskpane/TaskPane.tsx';
import { makeHost } from '../make/make-host.ts';
import { DONE, refusal, stubApi } from '../make/stub-api.ts';
import { home, id, me, NOW, overview, session, sessionReply } from '../make/views.ts';

const sara: SafeContactView = {
  personId: id(8),
  cohortId: id(60),
  cohortName: 'Autumn',
  displayName: 'Sara Safe',
  mail: 'sara.safe@contoso.example',
};
const path = `/api/sessions/${id(100)}`;
const open = () => render(<App host={makeHost({ pageId: `session:${id(100)}` })} />);
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }));
const pulse = (part: Partial<SessionReply> = {}) =>
  sessionReply({
    session: session({ number: 2, held: 'presumed', feedback: 'open' }),
    isPulse: true,
    safeContact: sara,
    ...part,
  });
const low = () =>
  pulse({
    session: session({ number: 2, held: 'confirmed', feedback: 'answered' }),
    isHardlySafe: true,
    answer: {
      tookPlace: true,
      usefulness: null,
      nextTopic: null,
      note: null,
      noteReader: null,
      rightMatch: 'unsure',
      safeToSpeak: 1,
      taughtBy: null,
    },
  });

beforeEach(() => showLocale('en'));

describe('the pulse in the tab', () => {
  it('takes the place of the usual questions, says who sees each, and then shows three ways', async () => {
    let isAnswered = false;
    const sent = stubApi({
      'GET /api/me': me(),
      [`GET ${path}`]: () => ({ body: isAnswered ? low() : pulse() }),
      [`POST ${path}/feedback`]: () => {
        isAnswered = true;
        return { body: DONE };
      },
    });
    open();
    await screen.findByRole('heading', { name: 'A short check: you and Olha Kovalenko' });
    await userEvent.click(screen.getByRole('radio', { name: 'Yes' }));
    expect(screen.queryByText('How useful was it?')).toBeNull();
    expect(screen.getAllByText(/Seen by you alone/)).toHaveLength(3);
    await userEvent.click(screen.getByRole('radio', { name: 'I am not sure' }));
    await userEvent.click(screen.getByRole('radio', { name: /not safe at all/ }));
    await press('Send');
    await screen.findByRole('heading', { name: 'Thank you for saying so' });
    const posted = sent.filter(({ method }) => method === 'POST');
    expect(posted.map(({ body }) => body)).toEqual([
      { attempt: 1, tookPlace: true, rightMatch: 'unsure', safeToSpeak: 1 },
    ]);
  });

  it('shows the ways to nobody who feels safe enough', async () => {
    stubApi({ 'GET /api/me': me(), [`GET ${path}`]: { ...low(), isHardlySafe: false } });
    open();
    await screen.findByRole('heading', { name: 'A short check: you and Olha Kovalenko' });
    expect(screen.queryByRole('heading', { name: 'Thank you for saying so' })).toBeNull();
  });

  it('sends a name to the safe contact, or the wish, on a press alone; to stop takes two', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      [`GET ${path}`]: low(),
      'POST /api/contact-requests': DONE,
      [`POST /api/pairs/${id(50)}/leave`]: DONE,
    });
    open();
    await screen.findByRole('heading', { name: 'Thank you for saying so' });
    const posts = () => sent.flatMap(({ method, path: to, body }) => (method === 'POST' ? [[to, body]] : []));
    expect(posts()).toEqual([]);
    await press('Talk to Sara Safe');
    await screen.findByText(/Your name was sent to Sara Safe, and nothing else/);
    expect(posts()).toEqual([['/api/contact-requests', { cohortId: id(60), contactId: id(8) }]]);
    await press('Stop this pair');
    expect(posts()).toHaveLength(1);
    await press('Go on as before');
    await press('Stop this pair');
    await press('Yes, stop now');
    await screen.findByText(/The pair has ended/);
    expect(posts()[1]).toEqual([`/api/pairs/${id(50)}/leave`, undefined]);
  });

  it('says so where there is no safe contact', async () => {
    stubApi({ 'GET /api/me': me(), [`GET ${path}`]: { ...low(), safeContact: null } });
    open();
    expect(await screen.findByText('This program has no safe contact at the moment.')).toBeTruthy();
  });
});

describe('the safe contact', () => {
  it('stands at home and at the foot of the pane, with an address and a button', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ safeContacts: [sara] }),
      'GET /api/sessions/lookup': { now: NOW, sessionId: null, upcoming: [] },
      'POST /api/contact-requests': refusal(409, 'conflict.safeContactMissing'),
    });
    const tab = render(<App host={makeHost()} />);
    await screen.findByRole('heading', { name: 'Your safe contact: Sara Safe' });
    expect(screen.getByRole('link', { name: /sara\.safe/ }).getAttribute('href')).toMatch(/^mailto:/);
    await press('Ask them to contact me');
    expect(await screen.findByText(/Please name a safe contact first/)).toBeTruthy();
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
    tab.unmount();
    render(<TaskPane host={makeHost()} />);
    expect(await screen.findByRole('heading', { name: 'Your safe contact: Sara Safe' })).toBeTruthy();
  });

  it('reads the names of those who asked, and nothing else', async () => {
    stubApi({
      'GET /api/me': me({ roles: ['safeContact'] }),
      'GET /api/home': home({ contactRequests: [{ displayName: 'Ann Other' }, { displayName: 'Bo Third' }] }),
    });
    render(<App host={makeHost()} />);
    await screen.findByRole('heading', { name: 'They ask you to get in touch' });
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Ann Other', 'Bo Third']);
  });
});

describe('the administrator', () => {
  const administrator = me({ roles: ['administrator'] });
  const { cohort, pairs } = overview();

  it('reads why another safe contact is needed, and names one', async () => {
    let refuses = true;
    const safeContact = { displayName: 'Sara Safe', problem: 'inLine' as const, people: ['Ann Other', 'Bo Third'] };
    const sent = stubApi({
      'GET /api/me': administrator,
      'GET /api/admin/overview': overview({ cohort: { ...cohort!, safeContact } }),
      [`POST /api/admin/cohorts/${id(60)}/safe-contact`]: () =>
        refuses ? refusal(400, 'badInput.safeContactGuest')({} as never) : { body: { displayName: 'Vera Third' } },
    });
    render(<App host={makeHost()} />);
    await screen.findByText(/Sara Safe stands above or below participants .*\(Ann Other, Bo Third\)/);
    await userEvent.type(screen.getByRole('textbox', { name: /safe contact/ }), 'vera@contoso.example');
    await press('Name this person');
    expect(await screen.findByText(/A guest cannot be the safe contact/)).toBeTruthy();
    refuses = false;
    await press('Name this person');
    await waitFor(() => expect(sent.filter(({ path: to }) => to === '/api/admin/overview')).toHaveLength(2));
    expect(sent.findLast(({ method }) => method === 'POST')?.body).toEqual({ address: 'vera@contoso.example' });
  });

  it('reads of a pair that it would like another match, and may end it', async () => {
    stubApi({
      'GET /api/me': administrator,
      'GET /api/admin/overview': overview({ pairs: [{ ...pairs[0]!, state: 'booked', wantsAnotherMatch: true }] }),
    });
    render(<App host={makeHost()} />);
    expect(await screen.findByText('Would like another match')).toBeTruthy();
    expect(screen.getByText(/One of the two, or both/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /Look for another match/ })).toBeTruthy();
  });
});
