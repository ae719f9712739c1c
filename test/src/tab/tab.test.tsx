import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HomeReply } from '../../../server/contract/http.ts';
import { SignInNeeded, type Host } from '../../../src/host/host.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import {
  feedbackOverview,
  home,
  id,
  me,
  overview,
  pair,
  partner,
  proposal,
  session,
  sessionReply,
} from '../make/views.ts';
import { makeHost } from '../make/make-host.ts';
import { DONE, refusal, stubApi } from '../make/stub-api.ts';

const open = (host: Host = makeHost()) => render(<App host={host} />);
const heading = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('heading', { name });
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }));

beforeEach(() => showLocale('en'));

describe('home', () => {
  it('shows a mentee the one proposal and books the chosen time', async () => {
    let asks: unknown[] = [proposal()];
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ asks: asks as never }) }),
      [`POST /api/pairs/${id(50)}/proposal-answer`]: () => {
        asks = [];
        return { body: DONE };
      },
    });
    open();
    await heading('Your mentor: Olha Kovalenko');
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
    expect(screen.getByText('Six sessions of 30 minutes.')).toBeTruthy();
    expect(screen.getAllByText(/1 date is at another time/)).toHaveLength(2);
    await userEvent.click(screen.getByRole('radio', { name: /Thursdays at 09:30/ }));
    await press('Agree and book');
    const done = await screen.findByText(/Booked\. The invitation/);
    await waitFor(() => expect(document.activeElement).toBe(done.closest('[role=status]')));
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer: 'agree', offer: 1, round: 1 });
    await waitFor(() => expect(sent.filter(({ path }) => path === '/api/home')).toHaveLength(2));
    expect(screen.getByText(/Booked\. The invitation/)).toBeTruthy();
  });

  it.each([
    ['Another time', 'anotherTime'],
    ['Another mentor', 'anotherMentor'],
  ])('answers the proposal with “%s”', async (button, answer) => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [proposal()] }),
      [`POST /api/pairs/${id(50)}/proposal-answer`]: DONE,
    });
    open();
    await heading('Your mentor: Olha Kovalenko');
    await press(button);
    await screen.findByText(/We look for/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer, round: 1 });
  });

  const newTime = (starts: string[]) => ({
    kind: 'newTime' as const,
    sessionId: id(100),
    round: 2,
    partnerName: 'Olha Kovalenko',
    forName: null,
    start: '2026-10-06T07:30:00Z',
    because: 'conflict' as const,
    starts,
    answerBy: '2026-10-02T08:00:00Z',
    canKeep: true,
  });

  it('takes another time for a session with one tap, and shows others when it is gone', async () => {
    let starts = ['2026-10-07T07:30:00Z', '2026-10-08T07:30:00Z'];
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ asks: [newTime(starts)] }) }),
      [`POST /api/sessions/${id(100)}/new-time`]: () => {
        if (starts.length === 1) return { body: DONE };
        starts = ['2026-10-09T07:30:00Z'];
        return refusal(409, 'conflict.timeTaken')({} as never);
      },
    });
    open();
    await heading('Another time for your session with Olha Kovalenko');
    await press(/^Wed, Oct 7/);
    expect(await screen.findByText(/That time was taken a moment ago/)).toBeTruthy();
    await screen.findByRole('button', { name: /^Fri, Oct 9/ });
    expect(screen.queryByRole('button', { name: /Oct 7/ })).toBeNull();
    await press(/^Fri, Oct 9/);
    await screen.findByText(/The session moves to the time you chose/);
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { round: 2, answer: 'take', start: '2026-10-07T07:30:00Z' },
      { round: 2, answer: 'take', start: '2026-10-09T07:30:00Z' },
    ]);
  });

  it.each([
    ['Leave it as it is', 'keep'],
    ['Do without this session', 'skip'],
  ])('answers other times with “%s”', async (button, answer) => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [newTime([])] }),
      [`POST /api/sessions/${id(100)}/new-time`]: DONE,
    });
    open();
    await screen.findByText(/No other time is free/);
    await press(button);
    await screen.findByText(/Thank you/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ round: 2, answer });
  });

  it('asks whether to look for new times when all dates are gone', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [{ kind: 'restart', pairId: id(50), partnerName: 'Olha Kovalenko' }] }),
      [`POST /api/pairs/${id(50)}/restart`]: DONE,
    });
    open();
    await heading('No more dates with Olha Kovalenko');
    await press('Look for new times');
    await screen.findByText(/We are looking for new times/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer: 'findTimes' });
  });

  it('takes dates that nobody could cancel out of the calendar, and says what to click where that is refused', async () => {
    let state: 'open' | 'refused' = 'open';
    const ask = () => ({ kind: 'copiesLeft' as const, pairId: id(50), state, starts: ['2026-10-06T07:30:00Z'] });
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ asks: [ask()] }) }),
      [`POST /api/pairs/${id(50)}/remove-copies`]: () => {
        state = 'refused';
        return { body: DONE };
      },
    });
    open();
    await heading('These sessions no longer take place');
    expect(within(screen.getByRole('list', { name: 'Dates' })).getByText(/Tue, Oct 6, 9:30/)).toBeTruthy();
    await press('Take the dates out of my calendar');
    await screen.findByText(/The dates leave your calendar/);
    expect((await screen.findByRole('alert')).textContent).toContain('choose “Delete”');
    await press('Try again');
    await waitFor(() => expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(2));
  });

  it('looks again by itself while dates are being taken out', async () => {
    let asks: HomeReply['asks'] = [
      { kind: 'copiesLeft', pairId: id(50), state: 'working', starts: ['2026-10-06T07:30:00Z'] },
    ];
    stubApi({ 'GET /api/me': me(), 'GET /api/home': () => ({ body: home({ asks }) }) });
    open();
    await screen.findByText('The dates are being taken out of your calendar.');
    expect(screen.queryByRole('button', { name: /Take the dates/ })).toBeNull();
    asks = [];
    await waitFor(() => expect(screen.queryByText(/being taken out/)).toBeNull(), { timeout: 9_000 });
  });

  it('asks for goals with levels, and sends nothing without one', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({
        asks: [{ kind: 'goals', cohortId: id(60), programName: 'x', topics: ['generative-ai', 'short-video'] }],
      }),
      'POST /api/asks/goals': DONE,
    });
    open();
    await heading('What would you like to learn?');
    await press('Send my goals');
    expect((await screen.findByRole('alert')).textContent).toContain('Choose at least one topic.');
    expect(sent.some(({ method }) => method === 'POST')).toBe(false);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Generative AI' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /Generative AI/ }), '5');
    await press('Send my goals');
    await screen.findByText(/We are looking for your mentor/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({
      cohortId: id(60),
      goals: [{ topic: 'generative-ai', level: 5 }],
    });
  });

  it('lets a colleague join with the suggested skills, or decline', async () => {
    const ask = {
      kind: 'join' as const,
      cohortId: id(60),
      programName: 'x',
      suggested: [{ topic: 'short-video' as const, level: 4 }],
    };
    const sent = stubApi({
      'GET /api/me': me({ roles: ['mentor'] }),
      'GET /api/home': home({ asks: [ask] }),
      'POST /api/asks/join': DONE,
    });
    const { unmount } = open();
    await heading('Would you like to be a mentor?');
    await userEvent.type(screen.getByRole('textbox', { name: /Why would you/ }), ' I like it ');
    await press('Join as a mentor');
    await screen.findByText(/Welcome!/);
    unmount();
    open();
    await heading('Would you like to be a mentor?');
    await press('Not this time');
    await screen.findByText(/nobody will ask why/);
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { cohortId: id(60), answer: 'join', skills: [{ topic: 'short-video', level: 4 }], motivation: 'I like it' },
      { cohortId: id(60), answer: 'decline' },
    ]);
  });

  it('asks the mentor and shows pairs, next session and waiting feedback', async () => {
    const sent = stubApi({
      'GET /api/me': me({ roles: ['mentor'], displayName: 'Olha Kovalenko' }),
      'GET /api/home': home({
        asks: [
          {
            kind: 'mentor',
            pairId: id(51),
            partner: partner({ displayName: 'Ana Souza' }),
            reasons: ['You share Portuguese.'],
          },
        ],
        pairs: [
          pair({
            side: 'mentor',
            partner: partner({ displayName: 'Marco Bianchi' }),
            sessions: [session({ sessionId: id(99), held: 'presumed', feedback: 'open' }), session({ number: 2 })],
          }),
        ],
      }),
      [`POST /api/pairs/${id(51)}/mentor-answer`]: DONE,
    });
    const host = makeHost();
    open(host);
    await heading('Would you mentor Ana Souza?');
    expect(screen.getByText((_text, element) => element?.matches('time') === true).textContent).toMatch(
      /^Tuesday, October 6, 9:30\s–\s10:00\sAM$/,
    );
    expect(screen.getByRole('link', { name: 'Give feedback' }).getAttribute('href')).toBe(`#/sessions/${id(99)}`);
    await press('Join in Teams');
    expect(host.opened).toEqual(['https://teams.microsoft.com/l/meetup-join/1']);
    await press('No, thank you');
    await screen.findByText(/Ana Souza will not learn of it/);
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ answer: 'decline' });
  });

  it('is kind to somebody who is in no program', async () => {
    stubApi({ 'GET /api/me': me({ roles: [], programName: null }), 'GET /api/home': home() });
    open();
    await heading('You are not part of a program yet');
  });

  it('keeps the question after a failed answer and says why', async () => {
    stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [proposal()] }),
      [`POST /api/pairs/${id(50)}/proposal-answer`]: refusal(503, 'unavailable'),
    });
    open();
    await heading('Your mentor: Olha Kovalenko');
    await press('Agree and book');
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was lost');
    expect(screen.getByRole('button', { name: 'Agree and book' })).toBeTruthy();
  });

  it('offers to try again when the home cannot be read', async () => {
    let fails = true;
    stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => (fails ? refusal(500, 'other')({} as never) : { body: home({ pairs: [pair()] }) }),
    });
    open();
    await screen.findByRole('alert');
    fails = false;
    await press('Try again');
    await heading('Olha Kovalenko is your mentor');
  });

  it('speaks the language of the person', async () => {
    stubApi({ 'GET /api/me': me({ locale: 'uk' }), 'GET /api/home': home({ pairs: [pair()] }) });
    open();
    await heading('Ваш ментор: Olha Kovalenko');
    expect(document.documentElement.lang).toBe('uk');
  });
});

describe('sign-in', () => {
  it('offers a button to a host that did not answer, and goes on after it', async () => {
    let isIn = false;
    const host = makeHost({
      name: 'browser',
      isFallback: true,
      token: async () => {
        if (!isIn) throw new SignInNeeded('signedOut');
        return 't';
      },
      signIn: async () => {
        isIn = true;
      },
    });
    stubApi({ 'GET /api/me': me(), 'GET /api/home': home({ pairs: [pair()] }) });
    open(host);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in in this window' }));
    await heading('Olha Kovalenko is your mentor');
  });

  it('explains missing consent, and says when signing in fails', async () => {
    stubApi({});
    open(
      makeHost({
        token: () => Promise.reject(new SignInNeeded('consent')),
        signIn: () => Promise.reject(new Error('blocked')),
      }),
    );
    await heading('One permission is missing');
    await press('Continue');
    expect((await screen.findByRole('alert')).textContent).toContain('pop-ups');
  });

  it('goes to the sign-in page by itself once, and then asks', async () => {
    const signIn = vi.fn().mockResolvedValue(undefined);
    const host = makeHost({
      name: 'browser',
      signsInByRedirect: true,
      token: () => Promise.reject(new SignInNeeded('signedOut')),
      signIn,
    });
    stubApi({});
    const { unmount } = open(host);
    await waitFor(() => expect(signIn).toHaveBeenCalledTimes(1));
    unmount();
    open(host);
    await screen.findByRole('button', { name: 'Sign in' });
    expect(signIn).toHaveBeenCalledTimes(1);
  });
});

describe('session', () => {
  const path = `/api/sessions/${id(100)}`;

  it('shows the guide and sends the feedback with the reader of the note', async () => {
    const sent = stubApi({ 'GET /api/me': me(), [`GET ${path}`]: sessionReply(), [`POST ${path}/feedback`]: DONE });
    location.hash = `#/sessions/${id(100)}`;
    open();
    await heading('Session 1 of 6 with Olha Kovalenko');
    expect(screen.getByText('One prompt to keep.')).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await screen.findByText('Say whether the session took place.');
    expect(screen.queryByText('How useful was it?')).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'Yes' }));
    await userEvent.click(screen.getByRole('radio', { name: /4 – useful/ }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /next session/ }), 'short-video');
    await userEvent.click(screen.getAllByRole('radio', { name: /Only me/ })[0]!);
    await userEvent.type(screen.getByRole('textbox', { name: /One line/ }), 'Good');
    await press('Send');
    await screen.findByText('Thank you for your feedback.');
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({
      tookPlace: true,
      usefulness: 4,
      nextTopic: 'short-video',
      note: 'Good',
      noteReader: 'onlyMe',
      attempt: 1,
    });
  });

  it('asks nothing more when the session did not take place', async () => {
    let asks: HomeReply['asks'] = [];
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': () => ({ body: home({ asks }) }),
      [`GET ${path}`]: sessionReply({ attempt: 2 }),
      [`POST ${path}/feedback`]: DONE,
    });
    location.hash = `#/sessions/${id(100)}`;
    open();
    await userEvent.click(await screen.findByRole('radio', { name: 'No' }));
    await press('Send');
    await screen.findByText('Thank you for telling us.');
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ tookPlace: false, attempt: 2 });
    expect(screen.queryByText(/did not take place\.$/)).toBeNull();
    // Both calendars are read meanwhile; the page looks again by itself.
    asks = [
      {
        kind: 'newTime',
        sessionId: id(100),
        round: 1,
        partnerName: 'Olha Kovalenko',
        forName: null,
        start: '2026-10-06T07:30:00Z',
        because: 'notHeld',
        starts: ['2026-10-08T07:30:00Z'],
        answerBy: '2026-10-07T08:00:00Z',
        canKeep: false,
      },
    ];
    await screen.findByText(/^The session of .* did not take place\.$/, {}, { timeout: 8_000 });
    expect(screen.queryByRole('button', { name: 'Leave it as it is' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Do without this session' })).toBeTruthy();
    expect(screen.getByText(/Please answer by/)).toBeTruthy();
  });

  it('says that there is no other time, and asks for nothing by a day', async () => {
    const none = {
      kind: 'newTime' as const,
      sessionId: id(100),
      round: 1,
      partnerName: 'Olha Kovalenko',
      forName: null,
      start: '2026-10-06T07:30:00Z',
      because: 'notHeld' as const,
      starts: [],
      answerBy: '2026-10-07T08:00:00Z',
      canKeep: false,
    };
    stubApi({ 'GET /api/me': me(), 'GET /api/home': home({ asks: [none] }) });
    open();
    await screen.findByText(/No other time is free/);
    expect(screen.getByRole('button', { name: 'Do without this session' })).toBeTruthy();
    expect(screen.queryByText(/Please answer by/)).toBeNull();
  });

  it('opens from a deep link of the host, and says when there is no such session', async () => {
    stubApi({ 'GET /api/me': me() });
    open(makeHost({ pageId: `session:${id(100)}` }));
    expect((await screen.findByRole('alert')).textContent).toContain('We could not find this.');
  });
});

describe('program', () => {
  const administrator = me({ roles: ['administrator'] });

  it('shows the administrator the next step, the numbers and why one is hidden', async () => {
    const sent = stubApi({
      'GET /api/me': administrator,
      'GET /api/admin/overview': overview(),
      [`POST /api/admin/cohorts/${id(60)}/match`]: {
        pairs: 12,
        seats: 13,
        worst: 400_000,
        total: 9,
        blockingPairs: 1,
        unmatched: [{ personId: id(7), displayName: 'Luca Ferrari', reasons: ['No mentor speaks Polish.'] }],
      },
    });
    open();
    await heading('Program');
    for (const why of Object.values(overview().feedback.hidden)) expect(screen.getByText(why!)).toBeTruthy();
    const cells = within(screen.getByRole('table', { name: 'Pairs' })).getAllByRole('cell');
    expect(cells.map(({ textContent }) => textContent)).toEqual([
      'Marco Bianchi',
      'Olha Kovalenko',
      'Not continued',
      '6 / 2 / 1',
      'Tue, Oct 6, 9:30 AM',
      '1',
    ]);
    await press('Propose matches');
    await screen.findByText(/12 pairs of 13 places/);
    expect(screen.getByText(/Luca Ferrari: No mentor speaks Polish\./)).toBeTruthy();
    expect(sent.filter(({ path }) => path === '/api/admin/overview').length).toBeGreaterThan(1);
  });

  it('shows what was published of answers, bounds as bounds, and notes with the names of their writers', async () => {
    const week = (day: string): string => `2026-10-${day}T00:00:00Z`;
    const published = {
      scores: [
        {
          week: week('19'),
          all: { people: 24, value: 4.21 },
          by: 'department' as const,
          groups: [
            { label: 'Finance', score: { people: 13, value: 4.3 } },
            { label: null, score: { people: 11, value: 4.1 } },
          ],
        },
        { week: week('12'), all: { people: 9, atLeast: 3.1 }, by: null, groups: [] },
      ],
      topics: [
        {
          week: week('19'),
          topics: [
            { topic: 'data-literacy' as const, people: null },
            { topic: 'short-video' as const, people: 12 },
          ],
        },
      ],
      comments: [{ week: week('19'), texts: ['A good guide.', 'Too short.'] }],
    };
    const hidden = { answers: null, scores: null, topics: null, comments: null };
    const notes = [{ writerName: 'Olha Kovalenko', day: '2026-10-13', text: 'Please call me.' }];
    const feedback = feedbackOverview({ answers: { asked: 30, answered: 24 }, published, hidden, notes });
    stubApi({ 'GET /api/me': administrator, 'GET /api/admin/overview': overview({ feedback }) });
    open();
    await heading('What people say');
    const part = (name: string): string => screen.getByRole('region', { name }).textContent;
    const useful = part('How useful the sessions were (1 to 5)');
    expect(useful).toMatch(/4\.2mean of 24 people, published for the weeks until October 19, 2026/);
    expect(useful).toMatch(/By department.*Finance4\.3 \(people: 13\)Everybody else4\.1 \(people: 11\)/);
    expect(useful).toMatch(/Earlier weeks.*at least 3\.1.*so much alike/);
    expect(part('Topics wanted next')).toMatch(/Reading data.*\(people: 12\)$/);
    expect(part('Comments to the program team, without names')).toMatch(/A good guide\.Too short\.$/);
    expect(part('To the program team, with their names')).toMatch(/Olha Kovalenko, October 13, 2026Please call me\.$/);
    expect(screen.getByText('answers of 30 asked, by yesterday')).toBeTruthy();
  });

  it('says since when calendars do not answer', async () => {
    stubApi({
      'GET /api/me': me({ roles: ['administrator'] }),
      'GET /api/admin/overview': overview({ calendarsDownSince: '2026-10-06T07:30:00Z' }),
    });
    open();
    const said = await screen.findByText(/Calendars cannot be reached since/);
    expect(said.textContent).toContain('Tue, Oct 6, 9:30');
    expect(said.closest('[role=status]')).toBeTruthy();
  });

  it('says until when everything is kept after the app was removed, and hands it over', async () => {
    const whole = { exportedAt: '2026-10-06T07:30:00Z', erasedAt: '2026-11-05T07:30:00Z', programs: [], runLog: [] };
    stubApi({
      'GET /api/me': administrator,
      'GET /api/admin/overview': overview({ erasedAt: '2026-11-05T07:30:00Z' }),
      'GET /api/admin/export': whole,
    });
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      files.push(file as Blob);
      return 'blob:1';
    });
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    open();
    expect((await screen.findByText(/is erased on November 5, 2026/)).closest('[role=status]')).toBeTruthy();
    await press('Download the program’s data (JSON)');
    await waitFor(() => expect(clicked).toHaveBeenCalledOnce());
    expect(JSON.parse(await files[0]!.text())).toEqual(whole);
    vi.restoreAllMocks();
  });

  it('creates a cohort from two groups, after checking the form', async () => {
    const sent = stubApi({
      'GET /api/me': administrator,
      'GET /api/admin/overview': overview({ cohort: null, pairs: [] }),
      'GET /api/admin/groups': {
        groups: [
          { groupId: id(70), displayName: 'Executives' },
          { groupId: id(71), displayName: 'Juniors' },
        ],
      },
      'POST /api/admin/cohorts': { cohortId: id(60), mentees: 12, mentors: 20 },
    });
    open();
    await heading('Start a cohort');
    await press('Create the cohort');
    expect(await screen.findAllByText('Enter a name of 1 to 80 characters.')).toHaveLength(2);
    expect(screen.getAllByText('Choose a group from the list.')).toHaveLength(2);
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true'));
    expect(sent.some(({ method }) => method === 'POST')).toBe(false);
    await userEvent.type(screen.getByRole('textbox', { name: /Name of the program/ }), 'Learning');
    await userEvent.type(screen.getByRole('textbox', { name: /Name of this cohort/ }), 'Autumn');
    await userEvent.type(screen.getByRole('combobox', { name: /Group of the executives/ }), 'Exec');
    await userEvent.click(await screen.findByRole('option', { name: 'Executives' }));
    await userEvent.type(screen.getByRole('combobox', { name: /Group of the future mentors/ }), 'Jun');
    await userEvent.click(await screen.findByRole('option', { name: 'Juniors' }));
    await userEvent.type(screen.getByRole('textbox', { name: /safe contact/ }), 'sara.safe@contoso.example');
    await press('Create the cohort');
    await waitFor(() =>
      expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({
        programName: 'Learning',
        cohortName: 'Autumn',
        menteeGroupId: id(70),
        mentorGroupId: id(71),
        safeContact: 'sara.safe@contoso.example',
        sessions: 6,
        minutes: 30,
        everyWeeks: 4,
        automatic: false,
        movesAllowed: false,
      }),
    );
  });
});
