import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LibraryReply, ModuleReply, TrainingReply } from '../../../server/contract/training.ts';
import { TOPICS } from '../../../server/contract/vocabulary.ts';
import type { Host } from '../../../src/host/host.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { TOPIC_GROUPS } from '../../../src/tab/learning/groups.ts';
import { home, id, me, NOW, pair, proposal, sessionReply } from '../make/views.ts';
import { makeHost } from '../make/make-host.ts';
import { refusal, stubApi } from '../make/stub-api.ts';

const open = (pageId: string | null, host: Host = makeHost()) => render(<App host={{ ...host, pageId }} />);
const heading = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('heading', { name });
const press = async (name: string | RegExp): Promise<void> =>
  userEvent.click(await screen.findByRole('button', { name }));

beforeEach(async () => {
  window.location.hash = '';
  await showLocale('en');
});

const MODULES: TrainingReply['modules'] = [
  { moduleId: 'teaching', title: 'Teaching', lead: 'Four habits.', minutes: 4, isRequired: true, finishedAt: NOW },
  { moduleId: 'trust', title: 'Trust', lead: 'A few rules.', minutes: 4, isRequired: true, finishedAt: null },
  { moduleId: 'thirty-minutes', title: 'Half an hour', lead: 'Calm.', minutes: 4, isRequired: false, finishedAt: null },
];
const MODULE: ModuleReply = {
  moduleId: 'trust',
  title: 'Trust',
  lead: 'A few rules.',
  minutes: 4,
  sections: [{ title: 'What stays', text: ['It stays between you.'] }],
  check: [
    { question: 'First?', answers: ['One', 'Two', 'Three'] },
    { question: 'Second?', answers: ['Red', 'Green', 'Blue'] },
  ],
  finishedAt: null,
  next: { moduleId: 'thirty-minutes', title: 'Half an hour' },
};
const MENTOR = me({ roles: ['mentor'] });

describe('training', () => {
  it('is asked for at home with what is missing and the way to it', async () => {
    const training = { modules: [{ moduleId: 'trust' as const, title: 'Trust', minutes: 4 }], isPairWaiting: true };
    stubApi({ 'GET /api/me': MENTOR, 'GET /api/home': home({ training }) });
    open('home');
    await heading('Your training');
    expect(screen.getByText(/Your pair waits only for this: about 4 minutes/)).toBeTruthy();
    expect(screen.queryByText('Nothing to do right now')).toBeNull();
    expect(screen.getByRole('link', { name: 'Go on learning' }).getAttribute('href')).toBe('#/training/trust');
  });

  it('lists the modules with progress', async () => {
    stubApi({ 'GET /api/me': MENTOR, 'GET /api/training': { modules: MODULES } });
    open('training');
    await heading('1 of 3 finished');
    const items = screen.getAllByRole('listitem');
    expect(items.map((item) => within(item).queryByText(/^(Finished|Required)$/)?.textContent ?? null)).toEqual([
      'Finished',
      'Required',
      null,
    ]);
    expect(screen.getByRole('link', { name: 'Trust' }).getAttribute('href')).toBe('#/training/trust');
  });

  it('answers each question at once, keeps right ones, and ends with the next module', async () => {
    const right = [1, 2];
    const sent = stubApi({
      'GET /api/me': MENTOR,
      'GET /api/training/trust': MODULE,
      'POST /api/training/trust/check': ({ body }: { body: { answers: (number | null)[] } }) => {
        const results = body.answers.map((answer, i) =>
          answer === null ? null : { isRight: answer === right[i], why: `Because of ${i + 1}.` },
        );
        const isFinished = results.every((result) => result?.isRight);
        return { body: { results, isFinished, isReady: isFinished } };
      },
    });
    open('training:trust');
    await heading('What stays');
    expect(screen.queryByRole('button', { name: /Check answer/ })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'One' }));
    await press('Check answer 1');
    expect(await screen.findByText(/Not quite/)).toBeTruthy();
    expect(screen.getByText(/Because of 1/)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Two' }));
    expect(screen.queryByText(/Not quite/)).toBeNull();
    await press('Check answer 1');
    await screen.findByText(/Right\./);
    expect(screen.queryByRole('button', { name: 'Check answer 1' })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'Blue' }));
    await press('Check answer 2');
    await screen.findByText(/Your training is complete/);
    expect(screen.getByRole('link', { name: 'Next: Half an hour' }).getAttribute('href')).toBe(
      '#/training/thirty-minutes',
    );
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { answers: [0, null] },
      { answers: [1, null] },
      { answers: [1, 2] },
    ]);
  });

  it('keeps the answer when it could not be checked, and says why', async () => {
    stubApi({
      'GET /api/me': MENTOR,
      'GET /api/training/trust': MODULE,
      'POST /api/training/trust/check': refusal(503, 'unavailable'),
    });
    open('training:trust');
    await userEvent.click(await screen.findByRole('radio', { name: 'Three' }));
    await press('Check answer 1');
    expect(await screen.findByText(/cannot reach Microsoft 365/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Three' }).checked).toBe(true);
  });

  it('gives executives their two minutes inside the proposal, read only when they open it', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ asks: [proposal()] }),
      'GET /api/training/executive': {
        title: 'Two minutes',
        lead: 'Your mentor volunteers.',
        minutes: 2,
        sections: [{ title: 'Power', text: ['Leave a pause.'] }],
      },
    });
    open('home');
    const summary = await screen.findByText('Two minutes before you begin');
    expect(sent.some(({ path }) => path === '/api/training/executive')).toBe(false);
    await userEvent.click(summary);
    await screen.findByText('Leave a pause.');
    expect(screen.getByRole('button', { name: 'Agree and book' })).toBeTruthy();
  });
});

describe('the agreement', () => {
  it('is shown with its version on demand', async () => {
    const sent = stubApi({
      'GET /api/me': me(),
      'GET /api/home': home({ pairs: [pair()] }),
      [`GET /api/pairs/${id(50)}/agreement`]: {
        version: 2,
        paragraphs: ['What we say stays between us.'],
        expectations: ['You choose the topics.'],
      },
    });
    open('home');
    await userEvent.click(await screen.findByText('What we agreed'));
    await screen.findByText('What we say stays between us.');
    expect(screen.getByText('The agreement (version 2)')).toBeTruthy();
    expect(screen.getByText('You choose the topics.')).toBeTruthy();
    expect(sent.filter(({ path }) => path.endsWith('/agreement'))).toHaveLength(1);
  });
});

describe('the library', () => {
  const GUIDES: LibraryReply['guides'] = [
    { topic: 'data-literacy', title: 'Reading numbers', belief: 'Numbers speak.', takeaway: 'Ask for what.' },
    { topic: 'short-video', title: 'Why it works', belief: 'Short is shallow.', takeaway: 'Begin with the point.' },
  ];

  it('has a shelf for every topic, and one only', () => {
    expect(Object.values(TOPIC_GROUPS).flat().sort()).toEqual([...TOPICS].sort());
  });

  it('lists guides by group and finds them by words of title, topic and text', async () => {
    stubApi({ 'GET /api/me': me(), 'GET /api/guides': { guides: GUIDES } });
    open('guides');
    await heading('Technology, data and AI');
    await heading('Social media and communities');
    expect(screen.queryByRole('heading', { name: 'Ways of working' })).toBeNull();
    const search = screen.getByRole('searchbox');
    await userEvent.type(search, 'VIDEO point');
    expect(screen.queryByRole('link', { name: 'Reading numbers' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Why it works' }).getAttribute('href')).toBe('#/guides/short-video');
    expect(screen.getByText('1 guide').getAttribute('role')).toBe('status');
    await userEvent.type(search, ' nothing');
    await heading('No guide has these words');
  });

  it('shows the guide that a deep link names, without taking a side', async () => {
    stubApi({ 'GET /api/me': me(), 'GET /api/guides/generative-ai': { guide: sessionReply().guide } });
    open('guide:generative-ai');
    await heading('A first look');
    await heading('The mentor prepares');
    await heading('The executive prepares');
    expect(screen.getByText('It knows everything.')).toBeTruthy();
    expect(screen.getByText('Try it once a week.')).toBeTruthy();
    await waitFor(() => expect(window.location.hash).toBe('#/guides/generative-ai'));
  });

  it('puts the reader’s own preparation first in a session', async () => {
    const reply = sessionReply({ side: 'mentee' });
    stubApi({ 'GET /api/me': me(), [`GET /api/sessions/${id(100)}`]: reply, 'GET /api/home': home() });
    open(`session:${id(100)}`);
    const own = await heading('You prepare');
    const theirs = await heading('The mentor prepares');
    expect(own.compareDocumentPosition(theirs) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });
});
